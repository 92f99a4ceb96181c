// Puts the page together: who am I, which rooms, the stream.
import { getMe } from "./api.js";
import { $ } from "./dom.js";
import { setLanguage, t } from "./i18n.js";
import { setUpLightbox } from "./lightbox.js";
import { connection, notice, toast } from "./notices.js";
import { setUpPlace } from "./place.js";
import { Room } from "./room.js";
import { Stream } from "./stream.js";
import { Tabs } from "./tabs.js";

let rooms = [];
let tabs = null;

const roomOf = (id) => rooms.find((room) => room.id === id);

async function boot() {
  setUpLightbox();
  setUpPlace();
  followViewport();
  const me = await persist(getMe);
  setLanguage(me.language);
  rooms = me.rooms.map((room) => new Room(room, { onUnread: () => tabs?.count() }));
  $("#boot").remove();
  $("#rooms").append(...rooms.map((room) => room.root));
  tabs = new Tabs(rooms);
  listen(await load());
  tabs.choose(tabs.current); // the person may have chosen meanwhile
  if (matchMedia("(min-width: 900px)").matches) rooms[0].composer.focus();
  followLink();
}

/** Loads the newest page of each room. Returns what the stream goes on from, {room: seq}. */
async function load() {
  const seqs = await persist(() => Promise.all(rooms.map((room) => room.load())));
  return Object.fromEntries(rooms.map((room, index) => [room.id, seqs[index]]));
}

function listen(after) {
  return new Stream(after, {
    message: (message) => roomOf(message.room)?.receive(message),
    typing: ({ room, seconds }) => typing(roomOf(room), seconds ?? 5),
    toast: ({ room, text, alert }) => {
      roomOf(room)?.unbusy();
      if (text) (alert ? notice : toast)(text);
    },
    me: (me) => becomes(me),
    reset: () => load(),
    state: (open) => {
      connection(open);
      if (open) rooms.forEach((room) => room.outgoing.retry());
    },
  });
}

function typing(room, seconds) {
  room?.typing(seconds);
}

/** The person chose another language, or became staff. */
function becomes(me) {
  if (me.rooms.length !== rooms.length) return location.reload();
  setLanguage(me.language);
  me.rooms.forEach(({ id, title }) => {
    roomOf(id).title = title;
    roomOf(id).translate();
  });
  tabs.draw();
}

/** `/?start=payload` is this page's deep link: it says "/start payload" once. */
function followLink() {
  const payload = new URLSearchParams(location.search).get("start");
  if (!payload) return;
  history.replaceState(null, "", "/");
  if (/^[\w-]{1,64}$/.test(payload)) rooms[0].sendText(`/start ${payload}`);
}

/** Phones shrink the visible part, not the page, when their keyboard opens. */
function followViewport() {
  const view = window.visualViewport;
  const fit = () => {
    if (view.scale > 1.05) return; // the person zooms: leave the page alone
    document.documentElement.style.setProperty("--visible-height", `${Math.round(view.height)}px`);
    scrollTo(0, 0);
  };
  view?.addEventListener("resize", fit);
  if (view) fit();
}

/** Tries until it works, with a word to the person. */
async function persist(attempt) {
  for (let pause = 800; ; pause = Math.min(pause * 2, 15_000)) {
    try {
      return await attempt();
    } catch (error) {
      if (!error.passing) toast(error.message ?? t("failed"), { bad: true });
      else if (pause > 800) toast(t("bootFailed"), { bad: true });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

document.addEventListener("visibilitychange", () => rooms.forEach((room) => room.refresh()));
addEventListener("focus", () => rooms.forEach((room) => room.refresh()));
boot();
