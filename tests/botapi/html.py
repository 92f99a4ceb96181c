"""Telegram's HTML parse mode, as strict as the original: text and entities, or "can't parse entities"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.botapi.wire import JsonObject, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_TAG = re.compile(r"<(/?)([^\s>]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"\s*([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([a-zA-Z0-9.-]+)))?")


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int


@dataclass(slots=True)
class _Parser:
    source: str
    text: list[str] = field(default_factory=list)
    offset: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[JsonObject] = field(default_factory=list)

    def run(self) -> None:
        at = 0
        while (start := self.source.find("<", at)) >= 0:
            self._plain(self.source[at:start])
            at = self._tag(start)
        self._plain(self.source[at:])
        if self.open:
            raise _fault(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')

    def _plain(self, piece: str) -> None:
        text = _unescape(piece)
        self.text.append(text)
        self.offset += utf16_length(text)

    def _tag(self, start: int) -> int:
        where = len(self.source[:start].encode())
        match = _TAG.match(self.source, start)
        closing = self.source.startswith("</", start)
        if match is None:
            raise _fault(f"Unclosed {'end' if closing else 'start'} tag at byte offset {where}")
        name = match[2].lower()
        if closing:
            self._close(name, where)
        else:
            self.open.append(_Open(name, _argument(name, match[3], where), self.offset))
        return match.end()

    def _close(self, name: str, where: int) -> None:
        if not self.open:
            raise _fault(f"Unexpected end tag at byte offset {where}")
        opened = self.open.pop()
        if name not in {"", opened.tag}:
            raise _fault(
                f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.offset > opened.offset:
            self.entities.append(self._entity(opened))

    def _entity(self, opened: _Open) -> JsonObject:
        kind = _KINDS[opened.tag]
        entity = {"type": kind, "offset": opened.offset, "length": self.offset - opened.offset}
        if kind == "text_link":
            entity["url"] = opened.argument
        elif kind == "custom_emoji":
            entity["custom_emoji_id"] = opened.argument
        return entity


def _argument(name: str, attributes: str, where: int) -> str:
    """The one attribute that means something for this tag, after checking all of them."""
    if name not in _KINDS:
        raise _fault(f'Unsupported start tag "{name}" at byte offset {where}')
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(attributes.strip()):
        values = [value for value in match.groups()[1:] if value is not None]
        if not values and match[1] != "expandable":
            raise _fault(f'Expected equal sign in an attribute of the tag "{name}" at byte offset {where}')
        found[match[1].lower()] = _unescape(values[0]) if values else ""
    if name == "span" and found.get("class") != "tg-spoiler":
        raise _fault(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    return found.get({"a": "href", "tg-emoji": "emoji-id"}.get(name, ""), "")


def _unescape(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED.get(match[3], match[0])
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]


def _fault(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")


def parse_html(source: str) -> tuple[str, list[JsonObject]]:
    """Return the plain text and its entities (offsets in UTF-16 units, outermost first)."""
    if "<" not in source and "&" not in source:
        return source, []
    parser = _Parser(source)
    parser.run()
    entities = sorted(parser.entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(parser.text), entities
