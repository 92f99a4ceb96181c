"""One way of comparing Vietnamese text: NFC in store, case and diacritics folded in matching."""

from __future__ import annotations

import re
import unicodedata

# Direction and joining marks, control characters (PostgreSQL refuses NUL), halves of surrogate pairs.
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# Joiners stay in stored text (Khmer line breaks, joined emoji) but never count in matching.
_JOINERS = re.compile("[\u200b-\u200d\u2060]")
_MARKS = {"đ": "d", "Đ": "d"}


def nfc(text: str) -> str:
    """Text as stored: composed, without invisible direction and control characters, stripped."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Text as compared: lower case, no diacritics (đ → d), single spaces, punctuation gone."""
    decomposed = unicodedata.normalize("NFD", _JOINERS.sub("", text).casefold())
    bare = "".join(_MARKS.get(char, char) for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", bare))
