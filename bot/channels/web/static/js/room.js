// One conversation: its log, text box, keyboard, history and unread count.
import { getHistory, press } from "./api.js";
import { summary } from "./bubble.js";
import { Composer } from "./composer.js";
import { $, memory, newId } from "./dom.js";
import { t } from "./i18n.js";
import { Keyboard } from "./keyboard.js";
import { Log } from "./log.js";
import { toast } from "./notices.js";
import { Outgoing } from "./outgoing.js";
import { askPlace } from "./place.js";
import { Scroll } from "./scroll.js";

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

export class Room {
  /** `onUnread()` when the count may have changed; `onTyping(room)`. */
  constructor({ id, title }, { onUnread }) {
    this.id = id;
    this.title = title;
    this.onUnread = onUnread;
    this.root = $("#room-template").content.firstElementChild.cloneNode(true);
    this.root.id = `room-${id}`;
    this.more = false;
    this.unread = 0;
    this.seen = memory.get(`seen.${id}`, 0);
    this.setUp();
    this.translate();
  }

  setUp() {
    this.log = new Log($(".log", this.root), this.actions());
    this.keyboard = new Keyboard($(".keyboard", this.root), $(".composer__keys", this.root), (key) => this.onKey(key));
    this.composer = new Composer(this.root, { text: (text) => this.sendText(text), photos: (files) => this.sendPhotos(files), place: () => this.askPlace() }, () => this.keyboard.makeRoom());
    this.scroll = new Scroll($(".room__scroll", this.root), (atEnd, nearTop) => this.onScroll(atEnd, nearTop));
    this.outgoing = new Outgoing(this.id, {
      changed: (item, part) => (part ? this.log.progress(item) : this.draw(item)),
      confirmed: (item, answer) => this.confirmed(item, answer),
      dropped: (item) => this.dropped(item),
    });
    $(".older", this.root).addEventListener("click", () => this.loadOlder());
    $(".jump", this.root).addEventListener("click", () => this.toEnd());
    $(".welcome__start", this.root).addEventListener("click", () => this.sendText("/start"));
    this.log.box.addEventListener("click", (event) => this.onTap(event));
    new ResizeObserver(([dock]) => this.root.style.setProperty("--dock", `${dock.target.offsetHeight}px`)).observe($(".dock", this.root));
  }

  actions() {
    return {
      press: (message, button, element) => this.press(message, button, element),
      reply: (message) => this.composer.quote({ id: message.id, text: summary(message) }),
      command: (text) => this.sendText(text),
      show: (id) => this.log.show(id),
      retry: (item) => this.outgoing.retry(item),
      drop: (item) => this.outgoing.drop(item),
    };
  }

  translate() {
    const duty = this.id === "duty";
    $(".room__title", this.root).textContent = this.title;
    this.root.setAttribute("aria-label", this.title);
    this.log.box.setAttribute("aria-label", t("logLabel", { room: this.title }));
    $(".older", this.root).textContent = t("older");
    $(".typing__words", this.root).textContent = t("typing");
    $(".jump", this.root).setAttribute("aria-label", t("jump"));
    $(".welcome__title", this.root).textContent = t(duty ? "dutyTitle" : "welcomeTitle");
    $(".welcome__text", this.root).textContent = t(duty ? "dutyText" : "welcomeText");
    $(".welcome__start", this.root).textContent = t("start");
    $(".welcome__start", this.root).hidden = duty;
    this.composer.translate();
    this.keyboard.label();
  }

  /** Loads the newest page. Returns the seq after which the stream must go on. */
  async load() {
    const { messages, more, seq, keyboard } = await getHistory(this.id);
    this.log.clear();
    this.fill(messages);
    this.more = more;
    this.keyboard.from = this.log.newest;
    this.keyboard.set(keyboard);
    this.outgoing.items.forEach((item) => this.log.put(item, { quiet: true }));
    if (this.outgoing.items.length === 0) this.outgoing.restore();
    this.quoteQuestion(messages.at(-1));
    this.unread = messages.filter((message) => !message.mine && message.id > this.seen).length;
    if (!this.seen) this.unread = 0;
    this.refresh();
    this.scroll.toEnd();
    return seq;
  }

  fill(messages) {
    this.log.box.setAttribute("aria-busy", "true"); // screen readers are not to read history aloud
    messages.forEach((message) => this.log.put(message, { quiet: true }));
    setTimeout(() => this.log.box.setAttribute("aria-busy", "false"), 300);
  }

  async loadOlder() {
    if (this.loading || !this.more) return;
    this.loading = true;
    $(".older", this.root).textContent = t("loading");
    try {
      const { messages, more } = await getHistory(this.id, this.log.oldest);
      this.more = more;
      this.scroll.keep(() => { this.fill([...messages].reverse()); this.refresh(); });
    } catch (error) {
      toast(error.message, { bad: true });
    }
    this.loading = false;
    $(".older", this.root).textContent = t("older");
  }

  /** A message from the stream: new or changed. */
  receive(message) {
    if (this.more && message.id < this.log.oldest) return; // an edit above what is loaded; comes with its page
    this.unbusy(message.id);
    const result = this.log.put(message);
    if (!result) return;
    if (!message.mine) this.typing(0);
    if (this.keyboard.follow(message)) this.composer.rest();
    if (result === "added") this.arrived(message);
    this.refresh();
    if (this.scroll.pinned) this.scroll.toEnd("smooth");
  }

  arrived(message) {
    this.quoteQuestion(message);
    if (message.mine) this.scroll.pinned = true;
    else if (!this.reading()) this.unread += 1;
  }

  /** A question with a forced reply: the next thing sent answers it. */
  quoteQuestion(message) {
    if (!message || message.mine) return;
    if (message.ask_reply) this.composer.quote({ id: message.id, text: summary(message) });
    if (message.ask_reply && this.root.contains(document.activeElement)) this.composer.focus();
  }

  typing(seconds) {
    clearTimeout(this.typingTimer);
    $(".typing", this.root).hidden = !seconds;
    if (!seconds) return;
    this.typingTimer = setTimeout(() => this.typing(0), seconds * 1000);
    if (this.scroll.pinned) this.scroll.toEnd("smooth");
  }

  sendText(text) {
    this.keyboard.answered();
    this.outgoing.add({ text, html: escape(text), reply_to: this.composer.takeQuote() });
  }

  sendPhotos(files) {
    const photos = files.map((file) => {
      const address = URL.createObjectURL(file);
      return { thumb: address, full: address, alt: "" };
    });
    this.outgoing.add({ files, photos, progress: 0, reply_to: this.composer.takeQuote() });
  }

  askPlace(now = false) {
    askPlace(({ location, text }) => {
      if (text) this.sendText(text);
      else this.sendLocation(location);
    }, { now });
  }

  sendLocation(location) {
    this.keyboard.answered();
    this.outgoing.add({ location, reply_to: this.composer.takeQuote() });
  }

  onKey(key) {
    if (key.request_location) this.askPlace(true);
    else this.sendText(key.text);
  }

  async press(message, button, element) {
    if (element.getAttribute("aria-busy") === "true") return;
    element.setAttribute("aria-busy", "true");
    const calm = setTimeout(() => element.removeAttribute("aria-busy"), 6000);
    const what = { room: this.id, message_id: message.id, data: button.data, client_id: newId() };
    try {
      await press(what).catch((error) => (error.passing ? press(what) : Promise.reject(error)));
    } catch (error) {
      clearTimeout(calm);
      element.removeAttribute("aria-busy");
      toast(error.passing ? t("pressFailed") : error.message, { bad: true });
    }
  }

  /** The answer to a press has come: as an edit of this message, any new message, or a toast. */
  unbusy() {
    this.root.querySelectorAll('.press[aria-busy="true"]').forEach((element) => element.removeAttribute("aria-busy"));
  }

  draw(item) {
    this.scroll.pinned = true;
    item.seq = undefined;
    this.log.put(item);
    this.refresh();
    this.scroll.toEnd();
  }

  confirmed(item, { message, rejected = [] }) {
    rejected.forEach(({ text }) => toast(text, { bad: true }));
    this.log.put(message, { quiet: true });
    this.dropped(item);
  }

  dropped(item) {
    item.photos.forEach((photo) => photo.thumb.startsWith("blob:") && URL.revokeObjectURL(photo.thumb));
    this.log.remove(item.client_id);
    this.refresh();
  }

  /** In sight: its tab is chosen, the page is visible, the end is on screen. */
  reading() {
    return document.visibilityState === "visible" && this.root.offsetParent !== null && this.scroll.pinned;
  }

  onScroll(atEnd, nearTop) {
    if (atEnd) this.refresh();
    else $(".jump", this.root).hidden = this.scroll.distance() < 300;
    if (nearTop && this.more && !this.loading && this.log.messages.size) this.loadOlder();
  }

  onTap(event) {
    const tapped = event.target.closest(".msg");
    this.log.box.querySelectorAll(".msg--touched").forEach((other) => other !== tapped && other.classList.remove("msg--touched"));
    if (!event.target.closest("a, button, code, summary")) tapped?.classList.toggle("msg--touched");
  }

  toEnd() {
    this.scroll.toEnd("smooth");
    this.refresh();
  }

  /** Brings counts and the parts that depend on emptiness up to date. */
  refresh() {
    if (this.reading()) {
      this.unread = 0;
      this.seen = Math.max(this.seen, this.log.newest);
      memory.set(`seen.${this.id}`, this.seen);
    }
    $(".welcome", this.root).hidden = !this.log.empty;
    $(".older", this.root).hidden = !this.more;
    $(".jump", this.root).hidden = this.scroll.pinned;
    $(".jump__count", this.root).textContent = this.unread ? t("newMessages", { count: this.unread }) : "";
    this.onUnread();
  }
}
