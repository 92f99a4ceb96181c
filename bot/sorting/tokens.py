"""Vietnamese syllables compared the way people type them: marks count when they were typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from bot.fold import fold, nfc

_TONES = {"\u0300": "grave", "\u0301": "acute", "\u0303": "tilde", "\u0309": "hook", "\u0323": "dot"}
_CLOSE_TONES = {frozenset(("tilde", "hook"))}  # southern speech does not tell them apart, so spelling wavers

_UNMARKED = 0.75  # among marked syllables one without marks is mostly meant so ("mua" is not "mưa")
_ALL_UNMARKED = 0.96

# A long message is a story, not a thing to sort; the limit also bounds the work.
MAX_TOKENS = 40
_MAX_CHARS = 400


@dataclass(frozen=True)
class Token:
    """One syllable as typed: lower case, composed."""

    text: str

    @cached_property
    def bare(self) -> str:
        return fold(self.text)

    @cached_property
    def quality(self) -> str:
        """Letters with their own marks (ă â ê ô ơ ư đ) but no tone, so that "hoà" and "hòa" are one."""
        decomposed = unicodedata.normalize("NFD", self.text)
        return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))

    @cached_property
    def tone(self) -> str:
        return next((_TONES[c] for c in unicodedata.normalize("NFD", self.text) if c in _TONES), "")

    @property
    def marked(self) -> bool:
        return self.text != self.bare


def tokenise(text: str) -> list[Token]:
    """The syllables and numbers of a message, at most MAX_TOKENS of them."""
    words = re.findall(r"[^\W_]+", nfc(text[:_MAX_CHARS]).casefold())
    return [Token(_calm(word)) for word in words[:MAX_TOKENS]]


def likeness(typed: Token, known: Token, *, marks_expected: bool) -> float:
    """How surely `typed` is meant as `known`, 0..1. `marks_expected`: the message has marks elsewhere."""
    if typed.bare != known.bare:
        return 0.0
    if typed.quality == known.quality:
        return _tone_likeness(typed, known, marks_expected=marks_expected)
    if not typed.marked:
        return _UNMARKED if marks_expected else _ALL_UNMARKED
    if typed.quality == typed.bare and typed.tone == known.tone:
        return 0.85  # "chai nhụa": the tone typed, the horn forgotten
    return 0.0


def sound(bare: str) -> str:
    """A key equal for folded syllables that southern speech makes alike (bịt/bịch, kim tim/kim tiêm)."""
    key = re.sub(r"^(gi|d|v)(?=[aeiouy])", "d", bare)
    key = re.sub(r"^(ch|tr)", "tr", key)
    key = re.sub(r"^[kq](?!h)", "c", key)
    key = re.sub(r"^[sx]", "s", key)
    key = re.sub(r"(ng|nh)$", "n", key)
    key = re.sub(r"(ch|c)$", "t", key)
    return key.replace("ie", "i").replace("y", "i")


def unslip(bare: str) -> str:
    """Letters and digits of Telex and VNI that were left standing, taken out: "nhuwaj" → "nhua"."""
    word = re.sub(r"(?<=[a-z])[0-9]", "", bare)
    word = re.sub(r"(?<=[aeiouyw])[sfrxj]|(?<=[a-z])[sfrxj]$|(?<=[aou])w", "", word)
    return re.sub(r"([aeod])\1", r"\1", word)


def _tone_likeness(typed: Token, known: Token, *, marks_expected: bool) -> float:
    if typed.tone == known.tone:
        return 1.0
    if frozenset((typed.tone, known.tone)) in _CLOSE_TONES:
        return 0.97
    if typed.tone:
        return 0.0
    if typed.marked:
        return 0.85
    return _UNMARKED if marks_expected else _ALL_UNMARKED


def _calm(word: str) -> str:
    """Letters held down ("rồiiii") count once; a number stays as it is ("333" is a beer)."""
    return re.sub(r"([^\W\d])\1{2,}", r"\1", word)
