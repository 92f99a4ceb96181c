// The text box with its tools: attach menu, photos by picker, camera, paste or drop, the quoted message.
import { $, h, icon, touch } from "./dom.js";
import { t } from "./i18n.js";
import { toast } from "./notices.js";

const LARGEST = 20 * 1024 * 1024;
const ALBUM = 10;

export class Composer {
  /** `send.text(text)`, `send.photos(files)`, `send.place()`; `typing()` when the box gets the focus on a phone. */
  constructor(root, send, typing) {
    Object.assign(this, { root, send, form: $(".composer", root), box: $(".composer__text", root), menu: $(".menu", root), attach: $(".composer__attach", root), replyTo: null });
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    this.box.addEventListener("input", () => this.resize());
    this.box.addEventListener("focus", typing);
    this.box.addEventListener("paste", (event) => this.onPaste(event));
    $(".replying__close", root).addEventListener("click", () => this.quote(null));
    $(".composer__photo", root).addEventListener("click", () => $(".pick-photos", root).click());
    ["camera", "photos"].forEach((name) => $(`.pick-${name}`, root).addEventListener("change", (event) => this.picked(event.target)));
    this.setUpMenu();
    this.setUpDrop();
    this.translate();
    this.resize();
  }

  translate() {
    const label = (selector, key) => {
      $(selector, this.root).setAttribute("aria-label", t(key));
      $(selector, this.root).title = t(key);
    };
    this.box.placeholder = t("placeholder");
    this.box.setAttribute("aria-label", t("message"));
    label(".composer__attach", "attach");
    label(".composer__photo", "sendPhotos");
    label(".composer__send", "send");
    label(".replying__close", "cancelReply");
    $(".drop__words", this.root).textContent = t("dropHere");
    this.menu.replaceChildren(
      this.item("camera", "camera", () => $(".pick-camera", this.root).click()),
      this.item("image", "photos", () => $(".pick-photos", this.root).click()),
      this.item("pin", "location", () => this.send.place()),
    );
  }

  item(name, key, run) {
    const choose = () => { this.showMenu(false); run(); };
    return h("button", { class: "menu__item", type: "button", role: "menuitem", on: { click: choose } }, icon(name), t(key));
  }

  submit(event) {
    event?.preventDefault();
    const text = this.box.value.trim();
    if (text) this.send.text(text);
    if (text) this.box.value = "";
    this.resize();
    this.box.focus();
  }

  onKey(event) {
    // While an input method composes a Vietnamese letter, Enter belongs to it.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
    if (event.key === "Escape" && this.replyTo) this.quote(null);
  }

  resize() {
    this.form.classList.toggle("composer--empty", !this.box.value.trim());
    if (CSS.supports("field-sizing", "content")) return;
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight}px`;
  }

  /** Quotes a message {id, text} in the next thing that is sent; null quotes nothing. */
  quote(message) {
    this.replyTo = message;
    $(".replying", this.root).hidden = !message;
    $(".replying__text", this.root).textContent = message ? t("replyTo", { text: message.text }) : "";
    if (message) this.box.focus();
  }

  takeQuote() {
    const quoted = this.replyTo;
    this.quote(null);
    return quoted;
  }

  focus() {
    if (!touch()) this.box.focus({ preventScroll: true });
  }

  /** The keys of the bot take the place of the phone's keyboard, unless something is being written. */
  rest() {
    if (touch() && !this.box.value) this.box.blur();
  }

  picked(input) {
    this.photos([...input.files]);
    input.value = "";
  }

  /** Sends what is a photo and small enough, in albums; says what is not. */
  photos(files) {
    const bad = files.filter((file) => (file.type && !file.type.startsWith("image/")) || file.size > LARGEST);
    bad.forEach((file) => toast(t(file.size > LARGEST ? "tooBig" : "notPhoto", { name: file.name }), { bad: true }));
    const good = files.filter((file) => !bad.includes(file));
    for (let start = 0; start < good.length; start += ALBUM) this.send.photos(good.slice(start, start + ALBUM));
  }

  onPaste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.photos(files);
  }

  setUpDrop() {
    const over = (on) => this.root.classList.toggle("room--dropping", on);
    this.root.addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      over(true);
    });
    this.root.addEventListener("dragleave", (event) => !this.root.contains(event.relatedTarget) && over(false));
    this.root.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      this.photos([...event.dataTransfer.files]);
    });
  }

  setUpMenu() {
    this.attach.addEventListener("click", () => this.showMenu(this.menu.hidden));
    this.menu.addEventListener("keydown", (event) => this.onMenuKey(event));
    document.addEventListener("pointerdown", (event) => {
      if (!this.menu.contains(event.target) && !this.attach.contains(event.target)) this.showMenu(false, false);
    });
  }

  showMenu(open, refocus = true) {
    if (this.menu.hidden === !open) return;
    this.menu.hidden = !open;
    this.attach.setAttribute("aria-expanded", String(open));
    if (open) this.menu.firstElementChild.focus();
    else if (refocus) this.attach.focus();
  }

  onMenuKey(event) {
    const items = [...this.menu.children];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") this.showMenu(false);
    if (to === undefined) return;
    event.preventDefault();
    items[(to + items.length) % items.length].focus();
  }
}
