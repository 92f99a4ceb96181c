// One message as an element. Shapes of messages: see the contract in bot/channels/web.
import { bytes, clock } from "./dates.js";
import { h, icon, safeUrl } from "./dom.js";
import { languageOf, t } from "./i18n.js";
import { openLightbox } from "./lightbox.js";
import { parse, plain } from "./markup.js";
import { toast } from "./notices.js";

const SIGNS = { "📷": "photo", "📍": "place" }; // how the server names what has no words
const JUST_EMOJI = /^(?:\p{Extended_Pictographic}|[\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]|\s){1,8}$/u;

/**
 * `actions`: press(message, button, element), reply(message), command(text), show(id), retry(message), drop(message).
 */
export function bubble(message, actions) {
  const column = h("div", { class: "msg__column" }, body(message, actions), trouble(message, actions), inlineButtons(message, actions));
  return h(
    "article",
    { class: classes(message), tabindex: "-1", data: { key: message.id ?? message.client_id } },
    message.mine ? null : h("span", { class: "msg__avatar" }, icon("leaf", "icon--fill")),
    column,
    message.id ? tools(message, actions) : null,
  );
}

const classes = (message) =>
  ["msg", message.mine && "msg--mine", message.state === "failed" && "msg--failed"].filter(Boolean).join(" ");

function body(message, actions) {
  const words = plain(message.html);
  return h(
    "div",
    { class: "bubble" },
    h("span", { class: "sr" }, t("says", { who: t(message.mine ? "me" : "bot") })),
    message.reply_to ? quote(message.reply_to, actions) : null,
    message.photos?.length ? album(message.photos) : null,
    message.files && message.state !== "failed" ? progress(message) : null,
    message.location ? place(message.location) : null,
    message.file ? file(message.file) : null,
    words && h("div", { class: JUST_EMOJI.test(words) ? "bubble__text bubble__text--emoji" : "bubble__text", lang: languageOf(words) }, text(message, actions)),
    meta(message),
  );
}

function text(message, actions) {
  const fragment = parse(message.html, actions.command);
  fragment.querySelectorAll("code").forEach((code) => code.addEventListener("click", () => copy(code.textContent)));
  return fragment;
}

function quote({ id, text: words }, actions) {
  return h(
    "button",
    { class: "quote", type: "button", on: { click: () => actions.show(id) } },
    h("span", { class: "quote__text", lang: languageOf(words) }, SIGNS[words] ? `${words} ${t(SIGNS[words])}` : words || t("earlier")),
  );
}

function album(photos) {
  return h("div", { class: `photos photos--${Math.min(photos.length, 10)}` }, photos.map((photo, index) => thumbnail(photos, photo, index)));
}

function thumbnail(photos, photo, index) {
  if (!photo.thumb) return h("span", { class: "photo photo--lost" }, t("photoLost"));
  const alt = photo.alt || (photos.length > 1 ? t("photoOf", { index: index + 1, total: photos.length }) : t("photo"));
  const shown = photos.filter(({ full }) => full);
  const image = h("img", { src: photo.thumb, alt, decoding: "async", draggable: "false" });
  const button = h("button", { class: "photo", type: "button", "aria-label": t("openPhoto", { alt }), on: { click: () => openLightbox(shown, shown.indexOf(photo)) } }, image);
  if (photo.width && photo.height) button.style.setProperty("--ratio", Math.min(Math.max(photo.width / photo.height, 0.7), 1.9));
  image.addEventListener("error", () => button.replaceWith(h("span", { class: "photo photo--lost" }, t("photoLost"))));
  return button;
}

function progress(message) {
  const percent = Math.round((message.progress ?? 0) * 100);
  const bar = h("div", { class: "progress__bar" });
  bar.style.setProperty("--done", message.progress ?? 0);
  return h(
    "div",
    { class: "progress", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": String(percent), "aria-label": t("uploading", { percent }) },
    bar,
  );
}

function place({ lat, lon }) {
  const point = `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
  return h(
    "a",
    { class: "place", href: `https://www.google.com/maps?q=${lat},${lon}`, target: "_blank", rel: "noopener noreferrer" },
    h("span", { class: "place__map" }, icon("pin")),
    h("span", {}, h("span", { class: "place__name" }, t("place")), h("span", { class: "place__point" }, point), h("span", { class: "place__point" }, t("openMap"))),
  );
}

function file({ name, url, size }) {
  return h(
    "a",
    { class: "file", href: safeUrl(url), download: name, "aria-label": t("file", { name }) },
    h("span", { class: "file__icon" }, icon("file")),
    h("span", {}, h("span", { class: "file__name" }, name), h("span", { class: "file__size" }, size ? bytes(size) : "")),
  );
}

function meta(message) {
  return h(
    "footer",
    { class: "bubble__meta" },
    h("time", { datetime: message.date }, clock(message.date)),
    message.mine ? state(message) : null,
  );
}

function state(message) {
  const [name, label] = { waiting: ["clock", "waiting"], sending: ["clock", "sending"], failed: ["close", "notSent"] }[message.state] ?? ["check", "received"];
  return h("span", { class: message.state ? "state--wait" : "", title: t(label) }, icon(name), h("span", { class: "sr" }, t(label)));
}

function trouble(message, actions) {
  if (message.state !== "failed" && message.state !== "waiting") return null;
  return h(
    "div",
    { class: "msg__trouble" },
    h("span", {}, message.trouble || t(message.state === "failed" ? "notSent" : "waiting")),
    message.final ? null : h("button", { type: "button", on: { click: () => actions.retry(message) } }, icon("retry", "icon--small"), t("retry")),
    h("button", { type: "button", on: { click: () => actions.drop(message) } }, t("drop")),
  );
}

function inlineButtons(message, actions) {
  if (!message.buttons?.length) return null;
  return h("div", { class: "buttons" }, message.buttons.map((row) => h("div", { class: "buttons__row" }, row.map((button) => inlineButton(message, button, actions)))));
}

function inlineButton(message, button, actions) {
  if (button.url) {
    const label = `${button.text}, ${t("opens")}`;
    return h("a", { class: "press", lang: languageOf(button.text), href: safeUrl(button.url), target: "_blank", rel: "noopener noreferrer", "aria-label": label }, button.text, icon("out", "icon--small"));
  }
  const element = h("button", { class: "press", lang: languageOf(button.text), type: "button", on: { click: () => actions.press(message, button, element) } }, button.text);
  return element;
}

function tools(message, actions) {
  const words = plain(message.html);
  return h(
    "div",
    { class: "msg__actions" },
    tool("reply", t("reply"), () => actions.reply(message)),
    words ? tool("copy", t("copy"), () => copy(words)) : null,
  );
}

const tool = (name, label, run) => h("button", { class: "tool", type: "button", "aria-label": label, title: label, on: { click: run } }, icon(name));

async function copy(words) {
  await navigator.clipboard?.writeText(words).then(() => toast(t("copied")), () => {});
}

/** What stands for the message in a quote. */
export function summary(message) {
  const words = plain(message.html).replace(/\s+/g, " ").trim();
  return words || (message.photos?.length ? `📷 ${t("photo")}` : message.location ? `📍 ${t("place")}` : message.file?.name || "");
}
