"""What each typed syllable may mean in the vocabulary of the sorting files, typos included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.sorting.content import Words
from bot.sorting.tokens import Token, likeness, sound, tokenise, unslip

_SURE = 0.8  # a filler or another spelling must be met at least this closely
_LIKE_SOUND = 0.78
_LIKE_SLIP = 0.92
_LIKE_TYPO = 0.75
_LIKE_LONG_TYPO = 0.82  # in a long word one wrong letter leaves little doubt
_MAX_PIECES = 4

Meanings = dict[str, float]


class _Phrases:
    """Finds known sequences of syllables, the longest first."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """`phrases`: what may be typed, and what stands for it ("" to drop it)."""
        self._known: dict[tuple[str, ...], list[tuple[list[Token], list[Token]]]] = {}
        self._longest = 0
        for typed, meant in phrases:
            tokens = tokenise(typed)
            key = tuple(token.bare for token in tokens)
            self._known.setdefault(key, []).append((tokens, tokenise(meant)))
            self._longest = max(self._longest, len(key))

    def replace(self, tokens: Sequence[Token], *, marks_expected: bool) -> list[Token]:
        result: list[Token] = []
        at = 0
        while at < len(tokens):
            length, meant = self._at(tokens, at, marks_expected)
            result += meant if length else [tokens[at]]
            at += length or 1
        return result

    def _at(self, tokens: Sequence[Token], at: int, marks_expected: bool) -> tuple[int, list[Token]]:
        for length in range(min(self._longest, len(tokens) - at), 0, -1):
            part = tokens[at : at + length]
            for known, meant in self._known.get(tuple(token.bare for token in part), ()):
                pairs = zip(part, known, strict=True)
                if all(likeness(a, b, marks_expected=marks_expected) >= _SURE for a, b in pairs):
                    return length, meant
        return 0, []


class Lexicon:
    """The vocabulary: every syllable of every name, grouped into meanings ("mủ" is "nhựa")."""

    def __init__(self, words: Words, names: Iterable[str]) -> None:
        self._same = {word: group[0] for group in words.same for word in group}
        self._spellings = _Phrases(
            (typed, meant) for meant, all_ in words.spellings.items() for typed in all_
        )
        self._long_filler = _Phrases((text, "") for text in words.filler if " " in text)
        self._filler = _Phrases((text, "") for text in words.filler)
        self._filler_bare = {token.bare for text in words.filler for token in tokenise(text)}
        self._aside = [token for word in words.aside for token in tokenise(word)]
        self._known: dict[str, dict[str, Token]] = {}
        self._sounds: dict[str, set[str]] = {}
        self.state = frozenset(map(self.meaning, words.state))
        self.holder = frozenset(map(self.meaning, words.holder))
        for name in (*names, *self._same, *words.state):
            for token in self.spell(tokenise(name)):
                self._learn(token)
        self._bare = list(self._known)

    def meaning(self, syllable: str) -> str:
        return self._same.get(syllable, syllable)

    def spell(self, tokens: Sequence[Token]) -> list[Token]:
        """`tokens` of the content in the one spelling that is compared."""
        return self._spellings.replace(tokens, marks_expected=True)

    def read(self, text: str) -> tuple[list[list[Token]], bool]:
        """A message as up to three readings (as typed, without question phrases, without all filler).

        The second value tells whether marks were typed at all.
        """
        typed = tokenise(text)
        marks = any(token.marked for token in typed)
        pieces = [piece for token in typed for piece in self._split(token)]
        whole = self._spellings.replace(pieces, marks_expected=marks)
        asked = self._long_filler.replace(whole, marks_expected=marks)
        content = self._filler.replace(whole, marks_expected=marks)
        readings: list[list[Token]] = []
        for reading in (whole, asked, content):
            if reading and reading not in readings:
                readings.append(reading)
        return (readings if content else []), marks

    def meanings(self, token: Token, *, marks_expected: bool) -> Meanings:
        """The meanings `token` may have and how surely; empty for a word of another matter."""
        found = self._exact(token, marks_expected)
        if found or token.bare.isdigit():
            return found
        slip = token.bare if token.marked else unslip(token.bare)
        if slip != token.bare and slip in self._known:
            return dict.fromkeys(self._of(slip), _LIKE_SLIP)
        if token.bare in self._known or len(token.bare) < 3:
            return {}  # a word of its own, only with other marks: "chào" is not a slip of "chao"
        alike = sorted(self._sounds.get(sound(token.bare), ()))
        if alike:
            return {meaning: _LIKE_SOUND for bare in alike for meaning in self._of(bare)}
        return self._typo(token.bare)

    def is_aside(self, token: Token, *, marks_expected: bool) -> bool:
        """Whether `token` tells of another matter, unless it turns out to be part of a name."""
        found = (likeness(token, word, marks_expected=marks_expected) for word in self._aside)
        return any(sure == 1.0 or (sure > _SURE and not token.marked) for sure in found)  # sửa is not sữa

    def _learn(self, token: Token) -> None:
        self._known.setdefault(token.bare, {})[token.text] = token
        self._sounds.setdefault(sound(token.bare), set()).add(token.bare)

    def _exact(self, token: Token, marks_expected: bool) -> Meanings:
        found: Meanings = {}
        for known in self._known.get(token.bare, {}).values():
            sure = likeness(token, known, marks_expected=marks_expected)
            meaning = self.meaning(known.text)
            if sure > found.get(meaning, 0.0):
                found[meaning] = sure
        return found

    def _of(self, bare: str) -> list[str]:
        return [self.meaning(known.text) for known in self._known[bare].values()]

    def _typo(self, bare: str) -> Meanings:
        if len(bare) < 4:
            return {}
        allowed = 1 if len(bare) < 8 else 2
        near = process.extract(bare, self._bare, scorer=OSA.distance, score_cutoff=allowed, limit=3)
        words = [word for word, _, _ in near if len(word) >= 4 and word[0] == bare[0]]
        sure = _LIKE_TYPO if len(bare) < 6 else _LIKE_LONG_TYPO
        return {meaning: sure for word in words for meaning in self._of(word)}

    def _split(self, token: Token) -> list[Token]:
        """Syllables run together ("chainhua") taken apart, when each part is known."""
        if len(token.bare) < 6 or token.bare in self._known or token.bare in self._filler_bare:
            return [token]
        parts = self._parts(token.bare, _MAX_PIECES)
        return [Token(part) for part in parts] if parts else [token]

    def _parts(self, bare: str, most: int) -> list[str]:
        if bare in self._known or bare in self._filler_bare:
            return [bare]
        if most == 1:
            return []
        for cut in range(min(len(bare) - 2, 7), 1, -1):
            if (head := bare[:cut]) in self._known or head in self._filler_bare:
                rest = self._parts(bare[cut:], most - 1)
                if rest:
                    return [head, *rest]
        return []
