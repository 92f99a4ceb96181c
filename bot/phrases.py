"""Phrases in what people type, with and without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.fold import fold
from bot.search.spelling import restore

_GAP = 3  # words that may stand for a "…"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def spelled(text: str) -> tuple[str, ...]:
    """The words of a text with their accents; the tone stands last, so that 'hoá' equals 'hóa'."""
    composed = unicodedata.normalize("NFC", text.casefold())
    return tuple(_tone_last(word) for word in re.findall(r"\w+", composed))


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    bare = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", bare) + "".join(letter for letter in letters if letter in _TONES)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed, slips undone, prepared once for the comparison with many phrases."""

    words: tuple[str, ...]
    folded: str

    @classmethod
    def of(cls, text: str) -> Typed:
        words = spelled(restore(text))
        return cls(words, f" {fold(' '.join(words))} ")


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that follow each other at once."""

    spelled: tuple[str, ...]
    folded: tuple[str, ...]
    padded: str

    @classmethod
    def of(cls, text: str) -> _Run:
        words = spelled(text)
        return cls(words, tuple(fold(word) for word in words), f" {fold(text)} ")

    def ends(self, words: Sequence[str], starts: Iterable[int], exact: bool) -> list[int]:
        size = len(self.spelled)
        return [start + size for start in starts if self._is(words[start : start + size], exact)]

    def _is(self, words: Sequence[str], exact: bool) -> bool:
        return len(words) == len(self.spelled) and all(
            word == spelled or (not exact and word == folded)
            for word, spelled, folded in zip(words, self.spelled, self.folded, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, or with up to three others where the file has "…".

    A word typed without accents may stand for any accents, never for wrong ones.
    """

    runs: tuple[_Run, ...]

    @classmethod
    def of(cls, text: str) -> Phrase:
        return cls(tuple(_Run.of(part) for part in text.split("…") if fold(part)))

    @property
    def length(self) -> int:
        """Number of words."""
        return sum(len(run.spelled) for run in self.runs)

    @property
    def head(self) -> str:
        """Its first word without accents: a text without it cannot hold the phrase."""
        return self.runs[0].padded.split()[0]

    def within(self, typed: Typed, *, exact: bool = False) -> bool:
        """Whether the phrase was typed; `exact` asks for each accent."""
        for run in self.runs:  # settles nearly all phrases at the speed of C
            if run.padded not in typed.folded:
                return False
        starts: Iterable[int] = range(len(typed.words))
        for run in self.runs:
            ends = run.ends(typed.words, starts, exact)
            starts = sorted({end + skipped for end in ends for skipped in range(_GAP + 1)})
        return bool(ends)


def phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(Phrase.of(text) for text in texts)


def any_within(candidates: Iterable[Phrase], typed: Typed, *, exact: bool = False) -> bool:
    return any(phrase.within(typed, exact=exact) for phrase in candidates)
