// Short words above the conversation: toasts, the must-read dialog, the connection banner.
import { $, h } from "./dom.js";
import { t } from "./i18n.js";

export function toast(text, { bad = false } = {}) {
  const element = h("p", { class: bad ? "toast toast--bad" : "toast" }, text);
  const box = $("#toasts");
  while (box.children.length > 2) box.firstElementChild.remove();
  box.append(element);
  setTimeout(() => element.remove(), 3500 + text.length * 45);
}

/** A text that must be closed by hand. */
export function notice(text) {
  const dialog = $("#notice");
  $("#notice-text").textContent = text;
  if (!dialog.open) dialog.showModal();
}

let late = null;
let shown = false;

/** Tells of a lost line only when it stays lost for a moment, and once when it is back. */
export function connection(open) {
  clearTimeout(late);
  if (open) {
    if (shown) banner(t("online"), true);
    late = setTimeout(() => banner(""), shown ? 1800 : 0);
  } else {
    late = setTimeout(() => banner(navigator.onLine ? t("offline") : t("offlineHere")), shown ? 0 : 1200);
  }
}

function banner(text, good = false) {
  const element = $("#banner");
  shown = Boolean(text) && !good;
  element.hidden = !text;
  element.textContent = text;
  element.classList.toggle("banner--good", good);
}
