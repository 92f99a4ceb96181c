"""What each typed syllable may mean in the vocabulary of an index, typos included."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.keys import decode
from bot.search.respelling import Respelling
from bot.search.tokens import Token, likeness, sound, tokenise
from bot.search.words import Words

_LIKE_SOUND = 0.78
_OTHER_SOUND = 0.72  # of a word that was typed, and is one itself
_LIKE_SLIP = 0.92
_OTHER_WORD = 0.8
_OTHER_MARKS = 0.55  # "vỏ trúng" beside other words that fit
_LIKE_TYPO = 0.75
_LIKE_LONG_TYPO = 0.82  # in a long word one wrong letter leaves little doubt

_LONGEST_NAME = 6  # words

Meanings = Mapping[str, float]


class Lexicon:
    """The vocabulary: every syllable of every name learned, grouped into meanings ("mủ" is "nhựa")."""

    def __init__(self, words: Words, *, of_things: bool) -> None:
        """`of_things`: no question holds a whole name, as "vứt rác xuống kênh phạt bao nhiêu" does."""
        self._of_things = of_things
        self._same = {word: group[0] for group in words.same for word in group}
        self._spellings = Respelling([words.spellings])
        self._meanings: dict[str, str] = {}
        self._known: dict[str, tuple[Token, ...]] = {}
        self._sounds: dict[str, tuple[str, ...]] = {}
        self.state = frozenset(map(self.meaning, words.state))
        self.vague = self.state | frozenset(map(self.meaning, (*words.quality, *words.brand)))
        self.vessel = frozenset(map(self.meaning, words.vessel))
        self.counter = frozenset(map(self.meaning, words.counter))
        self.headless = self.vessel | self.counter
        self.light = frozenset(map(self.meaning, (*words.counter, *words.part, *words.verb)))
        self.small = frozenset(lone(words.filler))
        self.leading = self.vague | self.headless | self.small
        self._names, self._sorted = array("I"), 0  # hashed, and so many of them in order
        self._everyday = self.small.union(lone(words.aside), words.verb)
        self._recalled = lru_cache(maxsize=1024)(self._meanings_of)  # a list is read whole and part by part
        for word in (*self._same, *words.state, *words.quality, *words.brand):
            self.learn(word)

    def learn(self, name: str) -> tuple[str, ...]:
        """The meanings of the words of a name, which are known from now on."""
        tokens = [token for token in self.spelled(tokenise(name), marks=True) if token.bare]
        for token in tokens:
            if token.text not in self._meanings:
                self._learn(token)
        if self._of_things and len(tokens) > 1 and not self.small.issuperset(token.text for token in tokens):
            self._names.append(_hashed(token.text for token in tokens))
            self._names.append(_hashed(token.bare for token in tokens))
        return tuple(self.meaning(token.text) for token in tokens)

    def spelled(self, tokens: Sequence[Token], *, marks: bool) -> list[Token]:
        """As names are spelled."""
        return self._spellings.of(tokens, marks_expected=marks)

    def _is_name(self, hashed: int) -> bool:
        if self._sorted != len(self._names):  # names were learned since
            self._names = array("I", sorted(set(self._names)))
            self._sorted = len(self._names)
        at = bisect_left(self._names, hashed)
        return at < self._sorted and self._names[at] == hashed

    def meaning(self, syllable: str) -> str:
        """The one word that stands for all of the same meaning."""
        return self._meanings.get(syllable) or self._same.get(syllable, syllable)

    def knows(self, bare: str) -> bool:
        return bare in self._known

    def names_in(self, tokens: Sequence[Token], *, marks: bool) -> list[range]:
        """Where whole names of several words stand, the longest; without `marks` the accents do not count."""
        words = [token.text if marks else token.bare for token in tokens]
        found: list[range] = []
        for start in range(len(words)):
            if found and start < found[-1].stop:
                continue
            for end in range(min(len(words), start + _LONGEST_NAME), start + 1, -1):
                if self._is_name(_hashed(words[start:end])):
                    found.append(range(start, end))
                    break
        return found

    def is_word(self, token: Token) -> bool:
        """Whether `token` is known just as it is typed."""
        return token.text in self._meanings

    def meanings(self, token: Token, *, marks_expected: bool) -> Meanings:
        """The meanings `token` may have and how surely; empty for a word of another matter."""
        return self._recalled(token, marks_expected)

    def _meanings_of(self, token: Token, marks_expected: bool) -> Meanings:
        found = self._exact(token, marks_expected) or self._telex(token)
        if token.bare.isdigit():
            return found
        if token.marked:
            found = {
                **self._spoken(token, _LIKE_SOUND if 1.0 not in found.values() else _OTHER_SOUND),
                **found,
            }
        if found:
            return found
        if token.bare in self._known:  # "chào" is hardly a slip of "chao"
            return dict.fromkeys(self._of(token.bare), _OTHER_MARKS)
        if len(token.bare) < 3:
            return {}
        alike = self._sounds.get(sound(token.bare), ())
        if alike and not token.marked:
            return {meaning: _LIKE_SOUND for bare in alike for meaning in self._of(bare)}
        return self.typo(token.bare) if not token.marked else self._typo_with_marks(token)

    def _learn(self, token: Token) -> None:
        known = self._known.get(token.bare, ())
        if not known:
            heard = sound(token.bare)
            self._sounds[heard] = (*self._sounds.get(heard, ()), token.bare)
        self._known[token.bare] = (*known, token)
        self._meanings[token.text] = self.meaning(token.text)

    def _exact(self, token: Token, marks_expected: bool) -> Meanings:
        found: dict[str, float] = {}
        for known in self._known.get(token.bare, ()):
            sure = likeness(token, known, marks_expected=marks_expected)
            meaning = self.meaning(known.text)
            if sure > found.get(meaning, 0.0):
                found[meaning] = sure
        is_word = 1.0 in found.values() or token.text in self._everyday
        if is_word and (token.marked or marks_expected):  # hardly another one
            return {m: s if s == 1.0 else s * _OTHER_WORD for m, s in found.items()}
        return found

    def _spoken(self, token: Token, sure: float) -> Meanings:
        """Words of the same tone that southern speech makes alike: "dỏ" for "vỏ", "thiết" for "thiếc"."""
        return {
            self.meaning(known.text): sure
            for bare in self._sounds.get(sound(token.bare), ())
            if bare != token.bare
            for known in self._known[bare]
            if known.tone == token.tone and sound(known.letters) == sound(token.letters)
        }

    def _telex(self, token: Token) -> Meanings:
        """A foreign word that was Telex after all ("tax" for "tã")."""
        decoded = None if token.marked else decode(token.bare)
        return {m: s * _LIKE_SLIP for m, s in self._exact(Token(decoded), True).items()} if decoded else {}

    def _of(self, bare: str) -> list[str]:
        return [self.meaning(known.text) for known in self._known[bare]]

    def typo(self, bare: str) -> Meanings:
        """What an unknown word may be with a letter wrong, missing, doubled or swapped."""
        if len(bare) < 4:
            return {}
        allowed = 1 if len(bare) < 8 else 2
        near = process.extract(bare, self._known.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=3)
        words = [word for word, _, _ in near if len(word) >= 4 and word[0] == bare[0]]
        sure = _LIKE_TYPO if len(bare) < 6 else _LIKE_LONG_TYPO
        return {meaning: sure for word in words for meaning in self._of(word)}

    def _typo_with_marks(self, token: Token) -> Meanings:
        """The same where accents were typed: they count as letters."""
        allowed = 1 if len(token.bare) < 6 else 2
        return {
            meaning: sure
            for meaning, sure in self.typo(token.bare).items()
            if OSA.distance(token.text, meaning) <= allowed
        }


def _hashed(words: Iterable[str]) -> int:
    return crc32(" ".join(words).encode())


def lone(ways: Iterable[str]) -> Iterator[str]:
    """Those that are single syllables."""
    return (word for way in ways if " " not in way for word in way.split("/"))
