"""Ways of saying something, written short: "bỏ/vứt [vào/vô] (thùng nào/đâu)" stands for all its variants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.fold import fold
from bot.search.syllables import Syllable
from bot.search.tokens import Token

_SWAPPED = {"hook": "tilde", "tilde": "hook"}
_PART = re.compile(r"\[([^\]]+)\]|\(([^)]+)\)|(\S+)")


class Wordings:
    """Finds any of many such ways in a message, those of most words first.

    In a phrase a word may lack its accents, in `loose` ones some of them; a lone word only where the whole
    message is typed without, `strict` never, and phrases then only there.
    """

    def __init__(self, texts: Iterable[str], *, strict: bool = False, loose: bool = False) -> None:
        ways = sorted(set(texts), key=_words, reverse=True)
        self._pattern = re.compile("|".join(_pattern(way, strict, loose) for way in ways)) if ways else None

    def places(self, tokens: Sequence[Token], *, marks: bool) -> list[range]:
        """Where they stand among `tokens` of a message typed with `marks` (accents) or without."""
        if not self._pattern:
            return []
        typed, starts = " ", {}
        for number, token in enumerate(tokens):
            starts[len(typed)] = number
            typed += token.text + (" " if marks or token.marked else "~ ")
        ends = {**starts, len(typed): len(tokens)}
        return [range(starts[match.start()], ends[match.end()]) for match in self._pattern.finditer(typed)]


def _words(text: str) -> int:
    """How many words a way can have."""
    parts = (one or two or three for one, two, three in _PART.findall(text))
    return sum(max(len(phrase.split()) for phrase in part.split("/")) for part in parts)


def _pattern(text: str, strict: bool, loose: bool) -> str:
    """A regular expression over syllables that each end in a space, without expected accents in "~ "."""
    parts = _PART.findall(text)
    lone = len(parts) == 1
    return r"(?<= )" + "".join(
        _choice(optional or words or word, strict, loose, lone and not words) + ("?" if optional else "")
        for optional, words, word in parts
    )


def _choice(words: str, strict: bool, loose: bool, lone: bool) -> str:
    ways = sorted(
        (_phrase(phrase, strict, loose, lone) for phrase in words.split("/")), key=len, reverse=True
    )
    return f"(?:{'|'.join(ways)})"


def _phrase(phrase: str, strict: bool, loose: bool, lone: bool) -> str:
    return "".join(f"(?:{'|'.join(_spellings(word, strict, loose, lone))}) " for word in phrase.split())


def _spellings(word: str, strict: bool, loose: bool, lone: bool) -> list[str]:
    syllable, bare = Syllable.of(word), fold(word)
    written = syllable.written()
    if written == bare:
        return [f"{re.escape(bare)}~?"]
    if lone and strict:
        return [re.escape(written)]
    spelled = [re.escape(written), re.escape(bare) + ("~" if strict or lone else "~?")]
    if loose and not lone:
        spelled.append(re.escape(Syllable(fold(syllable.letters), syllable.tone).written()))
    if syllable.tone in _SWAPPED and not strict:
        spelled.append(re.escape(Syllable(syllable.letters, _SWAPPED[syllable.tone]).written()))
    return spelled
