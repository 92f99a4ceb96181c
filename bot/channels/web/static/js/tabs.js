// Two rooms: tabs on a phone, side by side on a desktop; unread counts in tabs and page title.
import { $, h } from "./dom.js";
import { t } from "./i18n.js";

const wide = matchMedia("(min-width: 900px)");

export class Tabs {
  constructor(rooms) {
    this.rooms = rooms;
    this.current = rooms[0];
    this.box = $("#tabs");
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    wide.addEventListener("change", () => this.layout());
    this.draw();
  }

  draw() {
    const many = this.rooms.length > 1;
    this.box.setAttribute("aria-label", t("roomsLabel"));
    this.box.replaceChildren(...this.rooms.map((room) => this.tab(room)));
    $(".app").dataset.rooms = String(this.rooms.length);
    this.rooms.forEach((room) => { $(".room__head", room.root).hidden = !many; });
    this.layout();
  }

  tab(room) {
    return h(
      "button",
      { class: "tab", type: "button", role: "tab", id: `tab-${room.id}`, "aria-controls": room.root.id, on: { click: () => this.choose(room) } },
      room.title,
    );
  }

  layout() {
    const asTabs = this.rooms.length > 1 && !wide.matches;
    this.box.hidden = !asTabs;
    this.rooms.forEach((room) => {
      room.root.classList.toggle("room--current", room === this.current);
      $(".room__head", room.root).hidden = this.rooms.length < 2 || asTabs;
      const tab = $(`#tab-${room.id}`);
      tab.setAttribute("aria-selected", String(room === this.current));
      tab.tabIndex = room === this.current ? 0 : -1;
    });
    this.count();
  }

  choose(room) {
    this.current = room;
    this.layout();
    if (room.scroll.pinned) room.scroll.toEnd();
    room.refresh();
  }

  onKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = this.rooms[(this.rooms.indexOf(this.current) + step + this.rooms.length) % this.rooms.length];
    this.choose(next);
    $(`#tab-${next.id}`).focus();
  }

  count() {
    let total = 0;
    for (const room of this.rooms) {
      total += room.unread;
      const badge = room.unread ? [h("span", { class: "count", "aria-hidden": "true" }, String(room.unread)), h("span", { class: "sr" }, t("unread", { count: room.unread }))] : [];
      [$(`#tab-${room.id}`), $(".room__title", room.root)].forEach((place) => place.replaceChildren(room.title, ...badge.map((part) => part.cloneNode(true))));
    }
    document.title = total ? `(${total}) ${t("bot")}` : t("bot");
  }
}
