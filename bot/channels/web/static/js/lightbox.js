// Photos in full size: arrows, swipes, Escape.
import { $ } from "./dom.js";
import { t } from "./i18n.js";

let photos = [];
let index = 0;

export function openLightbox(all, first) {
  photos = all;
  show(first);
  $("#lightbox").showModal();
}

function show(next) {
  index = (next + photos.length) % photos.length;
  const image = $(".lightbox__image");
  image.src = photos[index].full;
  image.alt = photos[index].alt || t("photo");
  $(".lightbox__save").href = photos[index].full;
  const many = photos.length > 1;
  $(".lightbox__count").textContent = many ? t("photoOf", { index: index + 1, total: photos.length }) : "";
  $(".lightbox__prev").hidden = $(".lightbox__next").hidden = !many;
}

export function setUpLightbox() {
  const dialog = $("#lightbox");
  let from = null;
  $(".lightbox__close").addEventListener("click", () => dialog.close());
  $(".lightbox__prev").addEventListener("click", () => show(index - 1));
  $(".lightbox__next").addEventListener("click", () => show(index + 1));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => { $(".lightbox__image").removeAttribute("src"); });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(index - 1);
    if (event.key === "ArrowRight") show(index + 1);
  });
  dialog.addEventListener("pointerdown", (event) => { from = event.isPrimary ? event.clientX : null; });
  dialog.addEventListener("pointerup", (event) => {
    const moved = from === null || (visualViewport?.scale ?? 1) > 1.05 ? 0 : event.clientX - from;
    if (Math.abs(moved) > 60 && photos.length > 1) show(index - Math.sign(moved));
    from = null;
  });
}
