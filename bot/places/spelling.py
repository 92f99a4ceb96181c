"""Comparing Vietnamese place names: a key that forgives, marks that decide between names of one key."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum

from bot.fold import fold

Marks = tuple[str, ...]
"""Per syllable its diacritics in a fixed order, wherever in the syllable they were typed ("hoà", "hòa")."""


def key(text: str) -> str:
    """Folded, and y as the vowel written i: "Mĩ Long" and "Mỹ Long", "An Quy" and "An Qui" are one name each.

    Not after a, where it sounds different: "dây" is not "đại".
    """
    return re.sub(r"(?<!a)y\b", "i", fold(text))


def marks(text: str) -> Marks:
    return tuple(_marks(word) for word in text.split())


def _marks(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(sorted(char for char in decomposed if unicodedata.combining(char) or char == "đ"))


class Agreement(IntEnum):
    """How the marks someone typed fit those of a name with the same key."""

    OTHER = 0
    PART = 1
    """What is typed fits, some are missing: "Thạnh Phu"."""
    BARE = 2
    """Typed without any."""
    FULL = 3


def agreement(typed: Marks, name: Marks) -> Agreement:
    if typed == name:
        return Agreement.FULL
    if not any(typed):
        return Agreement.BARE
    if len(typed) == len(name) and all(set(a) <= set(b) for a, b in zip(typed, name, strict=True)):
        return Agreement.PART
    return Agreement.OTHER


_TELEX_VOWEL = re.compile(r"(aa|ee|oo|dd|[aou]w|w)", re.I)
_TELEX_TONE = re.compile(r"(?<=[a-z])[sfrxj](?=(?:ch?|m|n[gh]?|p|t)?$)", re.I)
_VNI = re.compile(r"(?<=[a-z])[1-9]+", re.I)
_TELEX = {"aa": "a", "ee": "e", "oo": "o", "dd": "d", "aw": "a", "ow": "o", "uw": "u", "w": "u"}


def untelex(word: str) -> str:
    """What Telex or VNI keystrokes mean, without marks: "Caauf" → "Cau", "Tra2" → "Tra"."""
    bare = _VNI.sub("", word)
    bare = _TELEX_VOWEL.sub(lambda match: _TELEX[match[0].lower()], bare)
    return _TELEX_TONE.sub("", bare)
