// The line on which the server tells what is new. Survives sleep, tunnels and restarts of the server.

const QUIET = 40_000; // the server beats every 15 s; two missed beats mean a dead line that nobody told us about
const LONGEST_PAUSE = 15_000;

export class Stream {
  /** `after`: what was seen of each room, {room: seq}. `handlers`: message, typing, toast, me, reset (what was missed is too much to replay), state(open). */
  constructor(after, handlers) {
    this.after = after;
    this.handlers = handlers;
    this.pause = 500;
    this.connect();
    addEventListener("online", () => this.now());
    addEventListener("offline", () => this.broken());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && !this.open && this.now());
  }

  connect() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = new EventSource(`/api/events?after=${this.cursor()}`);
    this.source.onopen = () => this.opened();
    this.source.onerror = () => this.broken();
    for (const name of ["message", "typing", "toast", "me", "reset", "beat"]) {
      this.source.addEventListener(name, (event) => this.heard(name, event));
    }
    this.listen();
  }

  cursor() {
    return Object.entries(this.after).map(([room, seq]) => `${room}:${seq}`).join(",");
  }

  /** The id of an event is again such a cursor. */
  see(cursor) {
    for (const [room, seq] of cursor.split(",").map((part) => part.split(":"))) {
      this.after[room] = Math.max(this.after[room] ?? 0, Number(seq));
    }
  }

  opened() {
    this.open = true;
    this.pause = 500;
    this.handlers.state(true);
  }

  heard(name, event) {
    this.listen();
    if (event.lastEventId) this.see(event.lastEventId);
    if (name !== "beat") this.handlers[name](JSON.parse(event.data));
  }

  /** Starts the watch for silence again. */
  listen() {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.broken(), QUIET);
  }

  broken() {
    this.source.close();
    this.open = false;
    clearTimeout(this.timer);
    clearTimeout(this.watch);
    this.handlers.state(false);
    this.timer = setTimeout(() => this.connect(), this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  /** Tries at once: the network is back or the person looks again. */
  now() {
    this.pause = 500;
    this.connect();
  }
}
