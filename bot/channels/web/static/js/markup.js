// Telegram's HTML subset to DOM nodes. Whatever is not on the list is shown as the characters it is made of.
import { h, safeUrl } from "./dom.js";
import { t } from "./i18n.js";

const TAGS = {
  b: "strong", strong: "strong", i: "em", em: "em", u: "u", ins: "u", s: "s", strike: "s", del: "s",
  code: "code", pre: "pre", blockquote: "blockquote", a: "a", span: "span", "tg-spoiler": "span", "tg-emoji": "span",
};
const NAMED = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: "\u00a0" };
const TOKEN = /<(\/?)([a-z][a-z-]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>|&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,4});/gi;

/**
 * `source` as a fragment. `onCommand(text)`: what a tapped /command does; without it commands stay plain text.
 */
export function parse(source, onCommand = null) {
  const root = document.createDocumentFragment();
  const open = [{ tag: "", node: root }];
  let text = "";
  let position = 0;
  const flush = () => {
    if (text) open.at(-1).node.append(...linked(text, open, onCommand));
    text = "";
  };
  for (const token of source.matchAll(TOKEN)) {
    const [whole, closing, name, attributes, entity] = token;
    text += source.slice(position, token.index);
    position = token.index + whole.length;
    if (entity) text += character(entity) ?? whole;
    else if (!TAGS[name.toLowerCase()]) text += whole;
    else {
      flush();
      if (closing) close(open, name.toLowerCase());
      else start(open, name.toLowerCase(), attributes);
    }
  }
  text += source.slice(position);
  flush();
  root.querySelectorAll("details").forEach(fold);
  return root;
}

/** The words alone, for quotes, copying and titles. */
export const plain = (source) => parse(source ?? "").textContent;

function start(open, tag, attributes) {
  const node = element(tag, attributes);
  open.at(-1).node.append(node);
  open.push({ tag, node });
}

function close(open, tag) {
  const depth = open.findLastIndex((level) => level.tag === tag);
  if (depth > 0) open.length = depth;
}

/** What is not needed at once: its first line opens the rest. */
function fold(details) {
  const summary = h("summary");
  while (details.firstChild && !summary.textContent.includes("\n")) summary.append(details.firstChild);
  const last = summary.lastChild;
  const rest = last?.nodeType === Node.TEXT_NODE ? last.data.indexOf("\n") : -1;
  if (rest >= 0) details.prepend(last.splitText(rest + 1));
  details.prepend(summary);
}

function element(tag, attributes) {
  if (tag === "blockquote" && /\bexpandable\b/i.test(attributes)) return h("details");
  if (tag === "a") return anchor(decode(/\bhref="([^"]*)"/i.exec(attributes)?.[1] ?? ""));
  if (tag === "tg-spoiler" || (tag === "span" && /\bclass="tg-spoiler"/i.test(attributes))) return spoiler();
  return h(TAGS[tag]);
}

function anchor(address) {
  const href = safeUrl(address);
  return href && address ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }) : h("span");
}

function spoiler() {
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (node.classList.contains("spoiler--open")) return;
    event.preventDefault();
    node.classList.add("spoiler--open");
    ["role", "tabindex", "aria-label"].forEach((name) => node.removeAttribute(name));
  };
  const node = h("span", {
    class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler"), on: { click: reveal, keydown: reveal },
  });
  return node;
}

function character(entity) {
  if (entity[0] !== "#") return NAMED[entity.toLowerCase()];
  const code = entity[1].toLowerCase() === "x" ? parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : null;
}

const decode = (value) => value.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,4});/gi, (whole, entity) => character(entity) ?? whole);

const LINKS = /https?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)\]]|(?<![\p{L}\p{N}_/])\/[a-z][a-z_]{1,31}(?![\p{L}\p{N}_/])/giu;

function linked(text, open, onCommand) {
  if (open.some(({ tag }) => tag === "a" || tag === "code" || tag === "pre")) return [text];
  const parts = [];
  let position = 0;
  for (const match of text.matchAll(LINKS)) {
    parts.push(text.slice(position, match.index), match[0][0] === "/" ? command(match[0], onCommand) : link(match[0]));
    position = match.index + match[0].length;
  }
  return [...parts, text.slice(position)];
}

function link(address) {
  const node = anchor(address);
  node.append(address);
  return node;
}

function command(words, onCommand) {
  if (!onCommand) return words;
  return h("button", { class: "command", type: "button", "aria-label": t("command", { command: words }), on: { click: () => onCommand(words) } }, words);
}
