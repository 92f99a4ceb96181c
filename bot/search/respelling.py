"""Other spellings of a word put into the one that is compared: "ni lông" is "nilon", "ko" is "không"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.search.tokens import Token, likeness, tokenise

_SURE = 0.95  # a single syllable must be met at least this closely,
_SURE_PHRASE = 0.74  # each of several so


class Respelling:
    """Replaces known sequences of syllables, the longest first."""

    def __init__(self, spellings: Iterable[Mapping[str, Iterable[str]]]) -> None:
        """`spellings`: what is meant, and the ways in which it may be typed."""
        self._known: dict[tuple[str, ...], list[tuple[list[Token], list[Token]]]] = {}
        self._longest: dict[str, int] = {}  # syllables from each first one on
        for each in spellings:
            for meant, ways in each.items():
                for way in ways:
                    self._add(tokenise(way), tokenise(meant))

    def knows(self, bare: str) -> bool:
        """Whether it is a spelling of one syllable."""
        return (bare,) in self._known

    def of(self, tokens: Sequence[Token], *, marks_expected: bool) -> list[Token]:
        if self._longest.keys().isdisjoint([token.bare for token in tokens]):
            return list(tokens)  # nearly every name, and there are thousands
        result: list[Token] = []
        at = 0
        while at < len(tokens):
            length, meant = self._at(tokens, at, marks_expected)
            result += meant if length else [tokens[at]]
            at += length or 1
        return result

    def _add(self, typed: list[Token], meant: list[Token]) -> None:
        self._known.setdefault(tuple(token.bare for token in typed), []).append((typed, meant))
        first = typed[0].bare
        self._longest[first] = max(self._longest.get(first, 0), len(typed))

    def _at(self, tokens: Sequence[Token], at: int, marks_expected: bool) -> tuple[int, list[Token]]:
        for length in range(min(self._longest.get(tokens[at].bare, 0), len(tokens) - at), 0, -1):
            part = tokens[at : at + length]
            for known, meant in self._known.get(tuple(token.bare for token in part), ()):
                pairs = zip(part, known, strict=True)
                least = _SURE_PHRASE if length > 1 else _SURE
                if all(likeness(a, b, marks_expected=marks_expected) >= least for a, b in pairs):
                    return length, meant
        return 0, []
