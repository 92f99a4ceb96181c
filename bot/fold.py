"""One way of comparing Vietnamese text: NFC in store, case and diacritics folded in matching."""

from __future__ import annotations

import re
import unicodedata

# Direction and joining marks, control characters (PostgreSQL refuses NUL), halves of surrogate pairs.
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# Joiners stay in stored text (Khmer line breaks, joined emoji) but never count in matching.
_JOINERS = frozenset("\u200b\u200c\u200d\u2060")
# Vowels and subscripts of Khmer are marks to Unicode, but parts of the word to its readers.
_KHMER = range(0x1780, 0x17D4)


class _Folding(dict[int, str]):
    """What each character becomes, worked out at its first appearance."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(char: str) -> str:
    if ord(char) in _KHMER:
        return char
    if char in _JOINERS or unicodedata.combining(char):
        return ""
    if char in "đĐ":
        return "d"
    bare = (part for part in unicodedata.normalize("NFD", char.casefold()) if not unicodedata.combining(part))
    return "".join(part if part.isalnum() or part == "_" else " " for part in bare)


_FOLDING = _Folding()


def nfc(text: str) -> str:
    """Text as stored: composed, without invisible direction and control characters, stripped."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).strip()


def storable(text: str, most: int) -> str:
    """Any text, for example an error's, as both databases take it: no NUL, no halves of surrogate pairs."""
    return text.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()[:most]


def fold(text: str) -> str:
    """Text as compared: lower case, no diacritics (đ → d), single spaces, punctuation gone."""
    return " ".join(text.translate(_FOLDING).split())
