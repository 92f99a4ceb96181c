"""What people typed, without what could tell who they are; and which questions are alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from bot.fold import fold, nfc

SHORT = 120  # characters kept of a question nobody was linked to
LONG = 300  # of one that somebody sent to staff
CUT = "…"
_READ = 600  # the rest of a long message is not looked at

_AS_LONG = 0.75  # "pin" is not "pin xe điện": the shorter must be nearly as long
_LONG_WORD = 5  # letters; in a shorter one another letter is another word: "cá", "cát"

_PRIVATE = re.compile(
    r"""
    [a-z][a-z0-9+.-]{1,15}://\S+ | www\.\S+                                   # links
    | \S*@\S+                                                                # e-mail addresses, @names
    | \b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|vn|info|me|io|gov|edu|app|ly)\b(?:/\S*)?
    | \b[\w-]+(?:\.[\w-]+)+/\S+
    | \+?\d{6,} | \+?\d(?:[\s.()–-]*\d){8,}                                   # telephones, identity cards
    """,
    re.IGNORECASE | re.VERBOSE,
)
_GAPS = re.compile(rf"{CUT}(?:\s*{CUT})+")


def redacted(text: str, most: int = SHORT) -> str:
    """NFC, one line, at most `most` characters; links, addresses, @names and long numbers become "…"."""
    text = nfc(text)
    if len(text) > _READ:
        text = text[:_READ].rpartition(" ")[0]  # half a number would not be known as one
    text = _GAPS.sub(CUT, _PRIVATE.sub(CUT, text))
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + CUT


def likeness(telling: Iterable[str]) -> str:
    """The same for questions of the same words in any order, with or without accents. Empty: says nothing."""
    words = sorted({folded for word in telling if (folded := fold(word))})
    return " ".join(words) if any(map(str.isalpha, words)) else ""


def alike(key: str, known: Mapping[str, str]) -> str | None:
    """The id (of id → likeness) of a question that has one word more or less, or a slip in a long word.

    Never one with another word: "thuốc diệt cỏ" and "thuốc diệt mối" need two answers.
    """
    return next((id for id, other in known.items() if _are_alike(key, other)), None)


def _are_alike(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _AS_LONG * len(longer):
        return False
    here, there = set(one.split()), set(other.split())
    fewer, more = sorted((here - there, there - here), key=len)
    return len(more) - len(fewer) <= 1 and all(any(_is_slip(word, like) for like in more) for word in fewer)


def _is_slip(word: str, other: str) -> bool:
    return min(len(word), len(other)) >= _LONG_WORD and OSA.distance(word, other, score_cutoff=1) <= 1
