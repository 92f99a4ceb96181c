"""Syllables compared the way people type them: marks count when they were typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.fold import fold
from bot.search.spelling import plain
from bot.search.syllables import Syllable

_CLOSE_TONES = {frozenset(("tilde", "hook"))}  # southern speech does not tell them apart, so spelling wavers

_UNMARKED = 0.75  # among marked syllables one without marks is mostly meant so ("mua" is not "mưa")
_ALL_UNMARKED = 0.96  # in a message without marks a word that has none is only a little likelier
_PLAIN = 1.0
_HALF_MARKED = 0.74  # "chai nhụa": the tone typed, the horn forgotten; or the other way round
_CLOSE_TONE = 0.97

# A long message is a story, not a thing to sort; the limit also bounds the work.
MAX_TOKENS = 40
_MAX_CHARS = 400
_PLURAL = re.compile(r"[a-z]{3}(?<![sui])s$(?<!lens)")
_WORD = re.compile(
    r"\d+(?:[.,]\d+)*|(?:[^\W_]|[\u17b4-\u17d3])+"  # vowels and subscripts of Khmer are no letters to Unicode
    r"|[,;:!?()/+&\n…។]|\.(?!\w)"
)


class Token:
    """One syllable or number: lower case, composed, the tone in its traditional place."""

    __slots__ = ("bare", "letters", "text", "tone")

    def __init__(self, word: str) -> None:
        word = _singular(word)
        syllable = Syllable.of(word)
        written = syllable.written() if syllable.tone and syllable.is_possible() else word
        self.text = word if written == word else written
        bare = fold(word)
        self.bare = self.text if bare == self.text else bare
        self.letters = self.text if syllable.letters == self.text else syllable.letters
        """With their own marks (ă â ê ô ơ ư đ) but no tone."""
        self.tone = syllable.tone

    @property
    def marked(self) -> bool:
        return self.text != self.bare != ""

    def __repr__(self) -> str:
        return f"Token({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Token) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


def _singular(word: str) -> str:
    """English nouns have one form: batteries → battery, boxes → box, bags → bag."""
    if len(word) < 4 or not _PLURAL.search(word) or Syllable.of(word).is_possible():
        return word
    return re.sub(r"s$", "", re.sub(r"(?<=[xhs])es$", "", re.sub(r"ies$", "y", word)))


@lru_cache(maxsize=4096)  # as many as the names have words
def token_of(word: str) -> Token:
    return Token(word)


def tokenise(text: str) -> list[Token]:
    """The syllables, numbers and breaks of a text, at most MAX_TOKENS of them."""
    return [token_of(word) for word in words_of(text)]


def words_of(text: str) -> list[str]:
    return _WORD.findall(plain(text[:_MAX_CHARS]))[:MAX_TOKENS]


def is_foreign(words: Sequence[str]) -> bool:
    """Whether a phrase is English, where the thing stands last: none has accents, most are no syllables."""
    if not words or not all(map(str.isascii, words)):
        return False
    strange = sum(not Syllable.of(word).is_possible() for word in words if word.isalpha())
    return 2 * strange >= len(words)


def likeness(typed: Token, known: Token, *, marks_expected: bool) -> float:
    """How surely `typed` is meant as `known`, 0..1. `marks_expected`: the message has marks elsewhere."""
    if typed.bare != known.bare:
        return 0.0
    if not typed.marked:
        if marks_expected:
            return _UNMARKED if known.marked else 1.0
        return _ALL_UNMARKED if known.marked else _PLAIN
    if typed.letters == known.letters:
        return _tone_likeness(typed.tone, known.tone)
    if typed.tone == known.tone and _is_less(typed.letters, known.letters):
        return _HALF_MARKED
    return 0.0


def _tone_likeness(typed: str, known: str) -> float:
    if typed == known:
        return 1.0
    if frozenset((typed, known)) in _CLOSE_TONES:
        return _CLOSE_TONE
    return 0.0 if typed else _HALF_MARKED


def _is_less(typed: str, known: str) -> bool:
    """Whether `typed` only leaves out marks that `known` has: "diên" for "điên", "nhua" for "nhưa"."""
    return all(a == b or a == fold(b) for a, b in zip(typed, known, strict=False))


@lru_cache(maxsize=4096)
def sound(bare: str) -> str:
    """A key equal for folded syllables that southern speech makes alike (bịt/bịch, kim tim/kim tiêm)."""
    key = re.sub(r"^(gi|d|v|z)(?=[aeiouy])", "d", bare)
    key = re.sub(r"^(ch|tr)", "tr", key)
    key = re.sub(r"^qu?(?=[aeiouy])", "w", key)
    key = re.sub(r"^k(?!h)", "c", key)
    key = re.sub(r"^[sx]", "s", key)
    key = re.sub(r"^ph", "f", key)
    key = re.sub(r"(ng|nh)$", "n", key)
    key = re.sub(r"(ch|c)$", "t", key)
    return key.replace("ie", "i").replace("y", "i")
