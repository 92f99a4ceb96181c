"""Telegram's HTML subset and nothing else: every other tag becomes the characters it is made of."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

SIMPLE = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "code",
    "pre",
    "blockquote",
    "tg-spoiler",
}
SCHEMES = {"http", "https", "mailto", "tel"}


def sanitise(html: str) -> str:
    """Well-formed HTML of allowed tags, each closed; links only to web pages, mail and telephones."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.result()


def plain(html: str, most: int) -> str:
    """The words alone, at most `most` characters."""
    reader = _Reader(words_only=True)
    reader.feed(html)
    reader.close()
    words = " ".join("".join(reader.parts).split())
    return words if len(words) <= most else words[: most - 1] + "…"


def safe_url(address: str) -> str | None:
    try:
        return address if urlsplit(address.strip()).scheme.lower() in SCHEMES else None
    except ValueError:
        return None


class _Reader(HTMLParser):
    def __init__(self, *, words_only: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[tuple[str, str]] = []  # name as read, tag as written
        self._words_only = words_only

    def result(self) -> str:
        closing = "".join(f"</{written}>" for _, written in reversed(self._open))
        return "".join(self.parts) + closing

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in SIMPLE:
            self._start(tag, tag, " expandable" if tag == "blockquote" and "expandable" in values else "")
        elif tag == "a" and (href := safe_url(values.get("href") or "")):
            self._start(tag, "a", f' href="{escape(href)}"')
        elif tag == "span" and values.get("class") == "tg-spoiler":
            self._start(tag, "tg-spoiler")
        elif tag not in ("a", "span"):
            self._literal(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._literal(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag not in names:
            if tag not in SIMPLE and tag not in ("a", "span"):
                self._literal(f"</{tag}>")
            return
        while self._open:
            name, written = self._open.pop()
            self._markup(f"</{written}>")
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        self._literal(data)

    def handle_comment(self, data: str) -> None:
        self._literal(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._literal(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self._literal(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self._literal(f"<![{data}]>")

    def _start(self, name: str, written: str, attributes: str = "") -> None:
        self._open.append((name, written))
        self._markup(f"<{written}{attributes}>")

    def _markup(self, markup: str) -> None:
        if not self._words_only:
            self.parts.append(markup)

    def _literal(self, text: str) -> None:
        self.parts.append(text if self._words_only else escape(text, quote=False))
