"""Spelling of Vietnamese in the content: composed letters, possible syllables, the tone where it belongs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from pydantic import Field

from bot.content.fields import Entry, Text
from bot.content.files import Document, Fault, Location, read_front_matter, read_yaml
from bot.search.syllables import Syllable

NOT_PROSE = frozenset({"words.yaml", "understanding.yaml", "spelling.yaml", "places"})
"""How people type; what is allowed; official names."""

_OTHER_FIELDS = frozenset(
    {
        "synonyms",
        "english",
        "asks",
        "says",
        "about",
        "fillers",
        "words",
        "always",
        "unless",
        "report_words",
        "harmless",
        "en",
        "km",
    }
)
"""What people type, slips and all, and other languages."""

_WORD = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+")


class _File(Entry):
    allowed: frozenset[Text] = Field(default=frozenset())


def load_allowed(content_dir: Path) -> frozenset[str]:
    """Borrowed words that are right as they are, in lower case. Raises ContentError."""
    return read_yaml(content_dir / "spelling.yaml").validate(_File).allowed


def faults_of_spelling(content_dir: Path) -> Iterator[Fault]:
    """Raises ContentError for a file that cannot be read at all."""
    allowed = load_allowed(content_dir)
    for path in sorted(content_dir.rglob("*.yaml")):
        if path.relative_to(content_dir).parts[0] not in NOT_PROSE:
            yield from _in_document(read_yaml(path), allowed)
    for path in sorted(content_dir.glob("*/*/*.md")):
        document, body = read_front_matter(path)
        yield from _in_document(document, allowed)
        yield from _in_body(path, body, allowed)


def _in_document(document: Document, allowed: Set[str]) -> Iterator[Fault]:
    for location, text in _texts(document.value, ()):
        for message in misspelt(text, allowed):
            yield document.fault(message, *location)


def _texts(value: Any, at: Location) -> Iterator[tuple[Location, str]]:
    """Every text to be read by people, with where it is."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in _OTHER_FIELDS:
                yield from _texts(part, (*at, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, (*at, number))


def _in_body(path: Path, body: str, allowed: Set[str]) -> Iterator[Fault]:
    lines = path.read_text(encoding="utf-8").splitlines()
    first = len(lines) - len(body.splitlines())
    for number, line in enumerate(lines[first:], first + 1):
        for message in misspelt(line, allowed):
            yield Fault(path, number, message)


def misspelt(text: str, allowed: Set[str] = frozenset()) -> Iterator[str]:
    """What is wrong with the words of a text that have Vietnamese letters."""
    if not unicodedata.is_normalized("NFC", text):
        yield "letters are decomposed; save the file as Unicode NFC"
        return
    for word in _WORD.findall(text):
        if word.isascii() or word.isupper() or word.lower() in allowed:
            continue  # another language, an abbreviation such as NĐ, a borrowed word
        syllable = Syllable.of(word.lower())
        if not syllable.is_possible():
            yield f"'{word}' is no Vietnamese syllable"
        elif syllable.written() != word.lower():
            yield f"'{word}' is written '{syllable.written()}'"
