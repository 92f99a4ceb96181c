// The reply keyboard: the bot's big buttons above the text box.
import { h, icon, touch } from "./dom.js";
import { languageOf, t } from "./i18n.js";

export class Keyboard {
  /** `onPress(key)` with {text, request_location}. `toggle`: the button that hides and shows it. */
  constructor(box, toggle, onPress) {
    Object.assign(this, { box, toggle, onPress, rows: [], open: false, from: 0 });
    toggle.addEventListener("click", () => this.show(!this.open));
    this.show(false);
  }

  /** Follows the messages in order; an edit of an older message changes nothing. True when keys came into sight. */
  follow(message) {
    if (!message.keyboard || message.mine || message.id < this.from) return false;
    this.from = message.id;
    this.set(message.keyboard);
    return this.open;
  }

  set(keyboard) {
    this.rows = keyboard?.rows ?? [];
    this.box.replaceChildren(...this.rows.map((row) => h("div", { class: "keyboard__row" }, row.map((key) => this.key(key)))));
    this.box.classList.toggle("keyboard--pairs", this.rows.length > 2 && this.rows.every((row) => row.length === 2));
    this.toggle.hidden = this.rows.length === 0;
    this.show(this.rows.length > 0);
  }

  key(key) {
    const place = key.request_location;
    return h(
      "button",
      { class: place ? "key key--place" : "key", lang: languageOf(key.text), type: "button", on: { click: () => this.onPress(key) } },
      place && !key.text.includes("📍") ? icon("pin") : null,
      key.text,
    );
  }

  show(open) {
    this.open = open && this.rows.length > 0;
    this.box.hidden = !this.open;
    this.label();
  }

  /** The place was told: its key makes room for the next question. */
  answered() {
    if (this.rows.flat().some((key) => key.request_location)) this.show(false);
  }

  /** Gives the room to the keyboard of the phone while the person types. */
  makeRoom() {
    if (touch()) this.show(false);
  }

  label() {
    const words = t(this.open ? "keysHide" : "keysShow");
    this.toggle.setAttribute("aria-pressed", String(this.open));
    this.toggle.setAttribute("aria-label", words);
    this.toggle.title = words;
    this.box.setAttribute("aria-label", t("keysLabel"));
  }
}
