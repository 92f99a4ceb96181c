"""A message read: slips undone, and told apart what is asked, what is filler and what is another matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.fold import fold
from bot.search.lexicon import Lexicon, lone
from bot.search.respelling import Respelling
from bot.search.spelling import restore
from bot.search.tokens import Token, is_foreign, token_of, words_of
from bot.search.wording import Wordings
from bot.search.words import Words

_MAX_PIECES = 4
_NEAR_BY = 4  # words; "bo" without its accent may be bò, bó or bộ
_SHORTEST_FRAME = 2  # words, such as "bo dau"
_MOSTLY = 0.3  # of the syllables of carefully written Vietnamese about three in four have accents
_KHMER = range(0x1780, 0x17D4)


@dataclass(frozen=True, slots=True)
class Message:
    """The tokens of a message, and by their places what kind of words they are.

    `dropped`: questions where to throw something and phrases of filler, which name nothing. `filler`:
    single words of filler, which may be part of a name. `links`: words that tie a thing to what it belongs
    to. `aside`: words of other matters; of those `off` are sure, being several, and `perhaps` (never in
    `aside`) are typed without the accents that would tell. `elsewhere`: phrases of law, of reports, of
    shops, whatever else is asked. `marks`: accents were typed as a rule, or are not to be expected.
    `asks`: it asks where to throw something. `questions`: it asks anything at all.
    """

    tokens: tuple[Token, ...]
    dropped: frozenset[int]
    filler: frozenset[int]
    links: frozenset[int]
    aside: frozenset[int]
    off: frozenset[int]
    elsewhere: frozenset[int]
    perhaps: frozenset[int]
    marks: bool
    asks: bool
    questions: bool

    @property
    def says_anything(self) -> bool:
        """Whether there are words beside questions: without accents even filler may name a thing."""
        return any(token.bare and place not in self.dropped for place, token in enumerate(self.tokens))

    @property
    def telling(self) -> tuple[str, ...]:
        """The words beside greetings and question words."""
        dropped = self.dropped | self.filler
        return tuple(
            token.text for place, token in enumerate(self.tokens) if token.bare and place not in dropped
        )


class Reader:
    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._spellings = Respelling([words.teencode, words.spellings])
        self._frames = Wordings(words.frames, loose=True)
        self._filler = Wordings(words.filler)
        self._aside = Wordings(words.aside, strict=True)
        self._elsewhere = Wordings(words.elsewhere, strict=True)
        self._throwing = Wordings(words.throwing)
        self._asking = Wordings(words.asking)
        self._ending = Wordings(words.ending)
        self._links = Wordings(words.link, strict=True)
        self._small = {fold(word) for word in lone(words.filler)}
        self._perhaps_aside = {fold(word) for word in lone(words.aside) if fold(word) != word}

    def read(self, text: str) -> Message:
        pieces = [piece for word in words_of(text) for piece in self._pieces(word)]
        foreign = is_foreign([token.text for token in pieces if token.bare])
        is_plain_word = len(pieces) == 1 and self._lexicon.is_word(pieces[0])
        marks = _has_marks(pieces) or is_plain_word or foreign
        tokens = tuple(self._respelled(pieces, marks))
        names = self._lexicon.names_in(tokens, marks=marks)
        frames = _covered(_beside(place, names) for place in self._frames.places(tokens, marks=marks))
        rest = [place for place in range(len(tokens)) if place not in frames]
        found = [
            _beside([rest[number] for number in place], names, least=1)
            for place in self._filler.places([tokens[place] for place in rest], marks=marks)
        ]
        phrases = _covered(place for place in found if len(place) > 1)
        filler = _covered(found) - phrases
        dropped = frames | phrases
        aside = [
            place
            for place in self._aside.places(tokens, marks=marks)
            if frames.isdisjoint(place) and _beside(place, names, least=1) == place
        ]
        return Message(
            tokens=tokens,
            dropped=frozenset(dropped),
            filler=frozenset(filler),
            links=frozenset(_covered(self._links.places(tokens, marks=marks)) - frames),
            aside=frozenset(_covered(aside)),
            off=frozenset(_covered(place for place in aside if len(place) > 1)),
            elsewhere=frozenset(_covered(self._elsewhere.places(tokens, marks=marks))),
            perhaps=frozenset() if marks else self._perhaps(tokens, dropped | filler | _covered(names)),
            marks=marks,
            asks=bool(frames) or self._asks_where_to_throw(tokens, marks),
            questions=self._asks(tokens, marks, dropped, filler),
        )

    def _respelled(self, pieces: Sequence[Token], marks: bool) -> Iterator[Token]:
        """Names stay as they are: "tai nghe" is no "tai nhé"."""
        pieces = self._lexicon.spelled(pieces, marks=marks)
        done = 0
        for name in self._lexicon.names_in(pieces, marks=marks):
            yield from self._spellings.of(pieces[done : name.start], marks_expected=marks)
            yield from pieces[name.start : name.stop]
            done = name.stop
        yield from self._spellings.of(pieces[done:], marks_expected=marks)

    def _asks_where_to_throw(self, tokens: Sequence[Token], marks: bool) -> bool:
        """Whether a word of throwing away stands in front of one of asking, with accents however far off."""
        farthest = len(tokens) if marks else _NEAR_BY
        thrown = [place.start for place in self._throwing.places(tokens, marks=marks)]
        asked = [place.start for place in self._asking.places(tokens, marks=marks)]
        asked += [place.start for place in self._ending.places(tokens, marks=marks)]
        return any(0 < there - here <= farthest for here in thrown for there in asked)

    def _asks(self, tokens: Sequence[Token], marks: bool, dropped: set[int], filler: set[int]) -> bool:
        """Whether anything is asked beside what is `dropped`, such as every "làm sao"."""
        telling = (
            place for place, token in enumerate(tokens) if token.bare and place not in dropped | filler
        )
        last = max(telling, default=0)
        asked = self._asking.places(tokens, marks=marks)
        ended = [place for place in self._ending.places(tokens, marks=marks) if place.start > last]
        return any(dropped.isdisjoint(place) for place in (*asked, *ended))

    def _perhaps(self, tokens: Sequence[Token], dropped: set[int]) -> frozenset[int]:
        return frozenset(
            place
            for place, token in enumerate(tokens)
            if token.bare in self._perhaps_aside and place not in dropped
        )

    def _pieces(self, word: str) -> list[Token]:
        """The syllables of one typed word: slips undone, run-together ones taken apart."""
        bare = fold(word)
        if not bare or self._is_known(bare):
            return [token_of(word)]
        if ord(word[0]) in _KHMER:
            return self._khmer(word)
        restored = restore(word)
        if len(bare) < 6 or restored != word or (len(bare) < 8 and self._lexicon.typo(bare)):
            return [token_of(restored)]
        return [token_of(part) for part in self._parts(bare, _MAX_PIECES)] or [token_of(restored)]

    def _is_known(self, bare: str) -> bool:
        return self._lexicon.knows(bare) or bare in self._small or self._spellings.knows(bare)

    def _parts(self, bare: str, most: int) -> list[str]:
        if self._is_known(bare):
            return [bare]
        if most == 1:
            return []
        for cut in range(min(len(bare) - 2, 7), 1, -1):
            if self._is_known(bare[:cut]):
                rest = self._parts(bare[cut:], most - 1)
                if rest:
                    return [bare[:cut], *rest]
        return []

    def _khmer(self, run: str) -> list[Token]:
        """Khmer is written without spaces: the known words in `run`, and what is left between them."""
        for length in range(len(run) - 1, 1, -1):
            for at in range(len(run) - length + 1):
                if self._lexicon.knows(run[at : at + length]):
                    around = (run[:at], run[at + length :])
                    before, after = (self._khmer(part) if part else [] for part in around)
                    return [*before, Token(run[at : at + length]), *after]
        return [Token(run)]


def _has_marks(tokens: Sequence[Token]) -> bool:
    """Whether accents were typed as a rule, so that a word without may well have none."""
    words = [token for token in tokens if token.bare.isalpha()]
    return sum(token.marked for token in words) > _MOSTLY * len(words)


def _beside(place: Sequence[int], names: Iterable[range], least: int = _SHORTEST_FRAME) -> Sequence[int]:
    """What names that reach beyond a place leave of it: in "vo dua bo dau" it is dừa, not đưa.

    At least so many places are left where any are: "dau" alone asks nothing.
    """
    held = {at for name in names if not set(name).issubset(place) for at in name}
    left = [at for at in place if at not in held]
    return place if len(left) == len(place) else place[-least:] if 0 < len(left) < least else left


def _covered(places: Iterable[Sequence[int]]) -> set[int]:
    return {number for place in places for number in place}
