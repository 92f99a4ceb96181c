// What the person sent and the server has not confirmed yet: in order, repeated until it surely arrived.
// Repeating is safe: the server knows a client_id it has already taken.
import { sendMessage, sendPhotos } from "./api.js";
import { memory, newId } from "./dom.js";
import { t } from "./i18n.js";

const PATIENCE = [1000, 2000, 4000, 8000, 15_000];

export class Outgoing {
  /** `changed(item)`: draw it again; `confirmed(item, answer)`: the server has it; `dropped(item)`. */
  constructor(room, { changed, confirmed, dropped }) {
    Object.assign(this, { room, changed, confirmed, dropped, items: [], busy: false });
  }

  /** Takes up again what an earlier visit could not send (texts and places; photos do not survive a reload). */
  restore() {
    memory.get(`pending.${this.room}`, []).forEach((item) => this.add(item));
  }

  /** `what`: {html, text} | {location} | {photos, files, text}, each may carry reply_to. */
  add(what) {
    const item = { id: null, client_id: newId(), mine: true, date: new Date().toISOString(), html: "", photos: [], ...what, state: "sending", tries: 0 };
    this.items.push(item);
    this.save();
    this.changed(item);
    this.work();
    return item;
  }

  /** Tries now: the person asked, or the connection is back. */
  retry(item = null) {
    clearTimeout(this.timer);
    const failed = item ?? this.items.find((one) => one.state === "waiting");
    if (failed) Object.assign(failed, { state: "sending", tries: 0, trouble: null });
    if (failed) this.changed(failed);
    this.work();
  }

  drop(item) {
    this.items = this.items.filter((one) => one !== item);
    this.save();
    this.dropped(item);
    this.work();
  }

  async work() {
    const item = this.items.find((one) => one.state !== "failed");
    if (this.busy || !item || item.state === "waiting") return;
    this.busy = true;
    try {
      const answer = await this.send(item);
      this.items = this.items.filter((one) => one !== item);
      this.confirmed(item, answer);
    } catch (error) {
      this.failed(item, error);
    } finally {
      this.busy = false;
    }
    this.save();
    this.work();
  }

  send(item) {
    const common = { room: this.room, client_id: item.client_id, reply_to: item.reply_to?.id ?? null };
    if (item.files) {
      const progress = (share) => { item.progress = share; this.changed(item, "progress"); };
      return sendPhotos({ ...common, files: item.files, caption: item.text }, progress);
    }
    return sendMessage(item.location ? { ...common, location: item.location } : { ...common, text: item.text });
  }

  failed(item, error) {
    if (error.passing) this.waitAndRetry(item);
    else Object.assign(item, { state: "failed", final: error.status === 413 || error.status === 415, trouble: error.message || t("notSent") });
    this.changed(item);
  }

  waitAndRetry(item) {
    Object.assign(item, { state: "waiting", trouble: null });
    const pause = PATIENCE[Math.min(item.tries++, PATIENCE.length - 1)];
    this.timer = setTimeout(() => {
      if (item.state !== "waiting") return;
      item.state = "sending";
      this.changed(item);
      this.work();
    }, pause);
  }

  save() {
    const keep = this.items.filter((item) => !item.files && item.state !== "failed");
    memory.set(`pending.${this.room}`, keep.map(({ client_id, date, html, text, location, reply_to }) => ({ client_id, date, html, text, location, reply_to })));
  }
}
