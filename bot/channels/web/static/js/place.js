// Asking the device, or the person, where they are.
import { $ } from "./dom.js";
import { metres } from "./dates.js";
import { t } from "./i18n.js";

const GOOD_ENOUGH = 150; // metres; worse than this the person is asked before it is sent
const PAIR = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;

let send = () => {};
let rough = null;
let search = 0;

/** Opens the sheet; `onPlace` gets {location} or {text}. `now` starts the search without another press. */
export function askPlace(onPlace, { now = false } = {}) {
  send = onPlace;
  say("");
  offerGps(null);
  $("#place-text").value = "";
  $("#place").showModal();
  if (now) locate();
}

/** "9.93, 106.34" as {lat, lon}; null when it is something else. */
export function coordinates(text) {
  const match = PAIR.exec(text);
  const [lat, lon] = match ? [Number(match[1]), Number(match[2])] : [NaN, NaN];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null;
}

function say(words, bad = false) {
  $("#place-note").textContent = words;
  $("#place-note").classList.toggle("sheet__note--bad", bad);
}

function offerGps(position) {
  rough = position;
  $("#place-gps").disabled = false;
  $("#place-gps span").textContent = t(position ? "placeSendRough" : "placeGps");
}

function locate() {
  if (!navigator.geolocation || !isSecureContext) return refused("placeInsecure");
  const mine = ++search;
  const current = () => mine === search && $("#place").open; // the sheet may be closed before the answer comes
  say(t("placeSearching"));
  $("#place-gps").disabled = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => current() && found({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy }),
    (error) => current() && refused(["", "placeDenied", "placeUnavailable", "placeTimeout"][error.code] ?? "placeUnavailable"),
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 20_000 },
  );
}

function found(position) {
  if (position.accuracy <= GOOD_ENOUGH) return finish({ location: position });
  say(t("placeRough", { metres: metres(position.accuracy) }));
  offerGps(position);
}

function refused(reason) {
  say(t(reason), true);
  offerGps(null);
  $("#place-text").focus();
}

function finish(place) {
  $("#place").close();
  send(place);
}

export function setUpPlace() {
  $("#place-gps").addEventListener("click", () => (rough ? finish({ location: rough }) : locate()));
  $("#place form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = $("#place-text").value.trim();
    const point = coordinates(text);
    if (text) finish(point ? { location: { ...point, accuracy: null } } : { text });
  });
}
