"""A typed address as words in segments, with the words that say what kind of place a name is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.fold import nfc
from bot.places.spelling import key, untelex

_SEGMENT_END = re.compile(r"[,;\n()\[\]/|!?:\"“”]|\s[-–—]+\s")
_NUMBERED = re.compile(r"\b(phường|phuong|khóm|khom|quận|quan|p|f|k|q)\.?\s*0*(\d{1,2})\b", re.I)
_CITY_LETTERS = re.compile(r"\b(tp|tx)\.?\s?(tv|vl|bt|dh|bm)\b", re.I)

KINDS = {
    "xa": "xã",
    "x": "xã",
    "phuong": "phường",
    "p": "phường",
    "f": "phường",
    "thi tran": "thị trấn",
    "tt": "thị trấn",
    "huyen": "huyện",
    "h": "huyện",
    "thi xa": "thị xã",
    "tx": "thị xã",
    "thanh pho": "thành phố",
    "tp": "thành phố",
    "tinh": "tỉnh",
    "t": "tỉnh",
    "ap": "ấp",
    "khom": "ấp",
    "kenh": "ấp",
    "rach": "ấp",
    "song": "ấp",
    "duong": "đường",
    "hem": "đường",
    "quoc lo": "đường",
    "huong lo": "đường",
    "tinh lo": "đường",
    "ql": "đường",
    "hl": "đường",
}
"""What stands before a name → the kind of place.

Hamlets and waters (`ấp`) and streets (`đường`) are often called after a commune in which they are not.
"""

INITIALS = {"tv": "tra vinh", "vl": "vinh long", "bt": "ben tre", "dh": "duyen hai", "bm": "binh minh"}
"""Only for districts and provinces: "tv" is also a television."""


@dataclass(frozen=True, slots=True)
class Token:
    word: str
    key: str
    segment: int


def tokenise(text: str, *, telex: bool = False) -> list[Token]:
    """Words with their keys; `telex` reads them as Telex or VNI keystrokes."""
    plain = _CITY_LETTERS.sub(r"\1 \2", _NUMBERED.sub(r"\1 \2 ", nfc(text)))
    tokens = []
    for number, segment in enumerate(_SEGMENT_END.split(plain)):
        for word in re.findall(r"\w+", segment):
            folded = key(untelex(word) if telex else word)
            if folded:
                tokens.append(Token(word, folded, number))
    return tokens


def joined(tokens: Sequence[Token]) -> str:
    return " ".join(token.key for token in tokens)


def kind_before(tokens: Sequence[Token], start: int) -> tuple[str, int]:
    """The kind named right before `start` in its segment and where that word begins, else (`""`, start)."""
    for length in (2, 1):
        begin = start - length
        if begin < 0 or tokens[begin].segment != tokens[start].segment:
            continue
        if kind := KINDS.get(joined(tokens[begin:start])):
            return kind, begin
    return "", start
