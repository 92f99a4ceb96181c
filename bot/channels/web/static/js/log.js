// The list of bubbles of one room: in order of id, grouped by sender and day; unconfirmed ones last.
import { bubble } from "./bubble.js";
import { dayKey, dayName } from "./dates.js";
import { h } from "./dom.js";

export class Log {
  constructor(box, actions) {
    Object.assign(this, { box, actions, messages: new Map(), elements: new Map() });
  }

  get oldest() {
    return Math.min(...[...this.messages.values()].map((message) => message.id ?? Infinity));
  }

  get newest() {
    return Math.max(0, ...[...this.messages.values()].map((message) => message.id ?? 0));
  }

  get empty() {
    return this.messages.size === 0;
  }

  has(id) {
    return this.messages.has(id);
  }

  get(key) {
    return this.messages.get(key);
  }

  /** Adds or replaces. Returns "added", "replaced", or null when something newer is already there. */
  put(message, { quiet = false } = {}) {
    const key = message.id ?? message.client_id;
    const known = this.messages.get(key);
    if (known?.seq !== undefined && known.seq >= message.seq) return null;
    if (message.id && message.client_id) this.remove(message.client_id);
    this.messages.set(key, message);
    const element = bubble(message, this.actions);
    const old = this.elements.get(key);
    this.elements.set(key, element);
    if (old) this.replace(old, element);
    else this.insert(message, element, quiet);
    this.group(element);
    return old ? "replaced" : "added";
  }

  /** Puts the focus back where it was when the bubble under it changed. */
  replace(old, element) {
    const had = old.contains(document.activeElement);
    const index = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
    old.replaceWith(element);
    if (!had) return;
    const twin = element.querySelectorAll("button, a")[index];
    (twin ?? element).focus({ preventScroll: true });
  }

  insert(message, element, quiet) {
    if (!quiet) element.classList.add("msg--new");
    const later = message.id === null ? null : [...this.box.querySelectorAll(".msg")].find((other) => this.after(other, message.id));
    this.box.insertBefore(element, later ? this.dayBefore(later) : null);
  }

  after(element, id) {
    const other = this.messages.get(this.key(element));
    if (other?.state === "failed") return false; // stays where it failed
    return !other?.id || other.id > id;
  }

  key(element) {
    const { key } = element.dataset;
    return /^\d+$/.test(key) && this.messages.has(Number(key)) ? Number(key) : key;
  }

  dayBefore(element) {
    const before = element.previousElementSibling;
    return before?.classList.contains("day") ? before : element;
  }

  remove(key) {
    const element = this.elements.get(key);
    const next = element?.nextElementSibling;
    element?.remove();
    this.elements.delete(key);
    this.messages.delete(key);
    if (next?.classList.contains("msg")) this.group(next);
  }

  clear() {
    this.messages.clear();
    this.elements.clear();
    this.box.replaceChildren();
  }

  /** Sets day heading and "first of its sender" for this bubble and the one after it. */
  group(element) {
    this.head(element);
    let next = element.nextElementSibling;
    if (next?.classList.contains("day")) next = next.nextElementSibling;
    if (next) this.head(next);
  }

  head(element) {
    const message = this.messages.get(this.key(element));
    let before = element.previousElementSibling;
    const heading = before?.classList.contains("day") ? before : null;
    if (heading) before = heading.previousElementSibling;
    const previous = before && this.messages.get(this.key(before));
    const newDay = !previous || dayKey(previous.date) !== dayKey(message.date);
    if (heading) heading.remove();
    if (newDay) element.before(h("div", { class: "day" }, dayName(message.date)));
    element.classList.toggle("msg--first", newDay || previous.mine !== message.mine);
  }

  progress(item) {
    const bar = this.elements.get(item.client_id)?.querySelector(".progress");
    bar?.firstElementChild.style.setProperty("--done", item.progress);
    bar?.setAttribute("aria-valuenow", String(Math.round(item.progress * 100)));
  }

  /** Scrolls to a message and marks it for a moment. False when it is not loaded. */
  show(id) {
    const element = this.elements.get(id);
    if (!element) return false;
    element.scrollIntoView({ block: "center" });
    element.classList.add("msg--flash");
    element.focus({ preventScroll: true });
    setTimeout(() => element.classList.remove("msg--flash"), 1600);
    return true;
  }
}
