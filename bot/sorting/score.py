"""How well the names of the items fit a message: which syllables each covers of the other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.sorting.content import Item
from bot.sorting.lexicon import Lexicon, Meanings
from bot.sorting.tokens import Token, tokenise

# Found on the questions of tests/data/sorting_questions.tsv marked "seen"; see scripts/eval_sorting.py.
NEAR = 62.0  # below it nothing is said
_LEAST_SHARE = (NEAR / 100) ** 2  # of a name: the score is at most the root of it
_SURE_WORD = 0.8
_STATE = 0.3  # "cũ", "hư": say little about what it is
_UNKNOWN = 0.9
_UNKNOWN_SHORT = 0.4
_BEFORE = 1.5  # an unknown word in front is a verb: the message is about doing something else
_COUNT = 0.1  # "3 cái lon"; a longer number is a code or a telephone
_LONE = 0.8  # a lone syllable without its marks is never answered surely,
_LONE_LEFT = 0.6  # and not at all when it is only what the filler left
_WRONG_HEAD = 0.75  # the first noun says what it is; a name without it is about something else
_OWN_HEAD_MISSING = 0.8
_ASIDE = 0.6  # "mua pin": another matter
_LONE_OF_MORE = 0.9  # one syllable for a name of several leaves a question open
_SWAPPED = 0.95
_WHOLE = 0.8  # so much of a name is the whole name ("quạt" and "cũ" of "quạt cũ")
_POISON_LEFT = 0.76  # a harmless thing beside a hazard is not the likely answer
_PART_OF = 0.83  # a whole name at the head, the rest says what it belonged to
_HELD = 0.9  # "hộp bánh trung thu" may be the box or the cake
_PART_OF_MORE = 0.1  # the longer of two such names


@dataclass(frozen=True)
class _Name:
    item: Item
    meanings: tuple[str, ...]
    weight: float
    head: int


@dataclass(frozen=True)
class _Asked:
    """One reading of a message: each syllable with its meanings and weight."""

    meanings: tuple[Meanings, ...]
    weights: tuple[float, ...]
    weight: float
    head: int
    aside: tuple[int, ...]
    trust: float


@dataclass(frozen=True)
class _Overlap:
    """What a name and a message have in common: places in the message, and weights of both."""

    places: tuple[int | None, ...]
    matched: tuple[int, ...]
    of_name: float
    """Share of the name that the message covers, 0..1."""
    of_asked: float
    """Share of the message that the name covers, 0..1."""


class Index:
    """All names of all items, ready to be scored against a message."""

    def __init__(self, items: Sequence[Item], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        spelled = [(item, self._spelled(name)) for item in items for name in names(item)]
        self._weights = _weigh(spelled, len(items))
        self._poisons = _hazardous(spelled) - lexicon.state - lexicon.holder
        self._names = [self._name(item, meanings) for item, meanings in spelled]
        self._where: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            for meaning in name.meanings:
                self._where.setdefault(meaning, []).append(number)

    def scores(self, text: str) -> dict[str, float]:
        """Item id → 0..100 for every item that may be meant."""
        readings, marks = self._lexicon.read(text)
        best: dict[str, float] = {}
        for number, reading in enumerate(readings):
            asked = self._asked(reading, marks, stripped=number > 0)
            for name in self._promising(asked):
                score = 100 * asked.trust * self._fit(asked, name)
                if score > best.get(name.item.id, 0.0):
                    best[name.item.id] = score
        return best

    def _spelled(self, name: str) -> tuple[str, ...]:
        return tuple(self._lexicon.meaning(token.text) for token in self._lexicon.spell(tokenise(name)))

    def _name(self, item: Item, meanings: tuple[str, ...]) -> _Name:
        head = self._head([{meaning: 1.0} for meaning in meanings])
        return _Name(item, meanings, sum(map(self._weight, meanings)), head)

    def _weight(self, meaning: str) -> float:
        if meaning.isdigit() and len(meaning) < 3:
            return _COUNT
        return self._weights.get(meaning, 1.0) * (_STATE if meaning in self._lexicon.state else 1.0)

    def _asked(self, reading: Sequence[Token], marks: bool, *, stripped: bool) -> _Asked:
        meanings = tuple(self._lexicon.meanings(token, marks_expected=marks) for token in reading)
        first_known = next((at for at, means in enumerate(meanings) if means), 0)
        weights = tuple(
            self._weight(_likeliest(means))
            if means
            else _unknown_weight(token) * (_BEFORE if at < first_known else 1.0)
            for at, (token, means) in enumerate(zip(reading, meanings, strict=True))
        )
        aside = [at for at, t in enumerate(reading) if self._lexicon.is_aside(t, marks_expected=marks)]
        lone = len(reading) == 1 and 1.0 not in meanings[0].values()
        # A lone syllable typed without its marks may be anything: "dat" is đất, đạt, đặt, dắt.
        trust = (_LONE_LEFT if stripped else _LONE) if lone else 1.0
        return _Asked(meanings, weights, sum(weights), self._head(meanings), tuple(aside), trust)

    def _head(self, meanings: Sequence[Meanings]) -> int:
        """The place of the first word that says what the thing is."""
        light = self._lexicon.state | self._lexicon.holder
        return next((at for at, means in enumerate(meanings) if not means or not light & set(means)), 0)

    def _promising(self, asked: _Asked) -> Iterator[_Name]:
        """The names of which enough is in the message to be offered at all: a cheap upper bound."""
        best: Meanings = {}
        for means in asked.meanings:
            for meaning, sure in means.items():
                best[meaning] = max(sure, best.get(meaning, 0.0))
        share: dict[int, float] = {}
        for meaning, sure in best.items():
            weight = self._weight(meaning) * sure
            for number in self._where.get(meaning, ()):
                share[number] = share.get(number, 0.0) + weight
        for number, weight in share.items():
            if weight >= _LEAST_SHARE * self._names[number].weight:
                yield self._names[number]

    def _fit(self, asked: _Asked, name: _Name) -> float:
        """How well `name` and the message cover each other, 0..1."""
        overlap = self._overlap(asked, name)
        if not self._has_sure_word(asked, name, overlap):
            return 0.0
        doubt = self._doubt(asked, name, overlap)
        fit = math.sqrt(overlap.of_name * overlap.of_asked)
        if self._is_whole_head(asked, name, overlap):
            part = (_PART_OF + _PART_OF_MORE * overlap.of_asked) * overlap.of_name
            return max(fit, part if overlap.matched[0] == 0 else part * _HELD) * doubt
        if asked.head not in overlap.matched and asked.meanings[asked.head]:
            fit *= _WRONG_HEAD
        if overlap.places[name.head] is None:
            fit *= _OWN_HEAD_MISSING
        return fit * doubt

    def _overlap(self, asked: _Asked, name: _Name) -> _Overlap:
        places = _align(asked, name.meanings)
        of_name = of_asked = 0.0
        for meaning, place in zip(name.meanings, places, strict=True):
            if place is not None:
                of_name += self._weight(meaning) * asked.meanings[place][meaning]
                of_asked += asked.weights[place] * asked.meanings[place][meaning]
        matched = tuple(place for place in places if place is not None)
        return _Overlap(places, matched, of_name / name.weight, min(1.0, of_asked / asked.weight))

    def _doubt(self, asked: _Asked, name: _Name, overlap: _Overlap) -> float:
        doubt = _LONE_OF_MORE if len(asked.meanings) == 1 < len(name.meanings) else 1.0
        if list(overlap.matched) != sorted(overlap.matched):
            doubt *= _SWAPPED
        if any(place not in overlap.matched for place in asked.aside):
            doubt *= _ASIDE
        if name.item.group != "nguy_hai" and self._names_poison(asked, overlap.matched):
            doubt *= _POISON_LEFT
        return doubt

    def _is_whole_head(self, asked: _Asked, name: _Name, overlap: _Overlap) -> bool:
        """Whether the whole name opens the message and only known words follow ("pin điều khiển tivi")."""
        first, count = overlap.matched[0], len(overlap.matched)
        return (
            overlap.of_name >= max(_WHOLE, 0.5 / name.weight)
            and asked.head in overlap.matched
            and overlap.matched == tuple(range(first, first + count))
            and all(self._lexicon.holder & set(means) for means in asked.meanings[:first])
            and (count > 1 or 1.0 in asked.meanings[first].values())
            and all(asked.meanings)
        )

    def _has_sure_word(self, asked: _Asked, name: _Name, overlap: _Overlap) -> bool:
        """Whether one telling syllable was surely met: guessed spellings alone prove nothing."""
        return any(
            place is not None and asked.meanings[place][meaning] >= _SURE_WORD
            for meaning, place in zip(name.meanings, overlap.places, strict=True)
            if meaning not in self._lexicon.state
        )

    def _names_poison(self, asked: _Asked, matched: Sequence[int]) -> bool:
        """Whether a hazard stands beside what `matched` covers: "chai nhựa đựng thuốc sâu"."""
        rest = (means for place, means in enumerate(asked.meanings) if place not in matched)
        return any(_likeliest(means) in self._poisons for means in rest if means)


def names(item: Item) -> tuple[str, ...]:
    """Everything `item` may be called."""
    return (item.name, *item.synonyms, item.en)


def _likeliest(means: Meanings) -> str:
    return max(means, key=lambda meaning: means[meaning])


def _unknown_weight(token: Token) -> float:
    if token.bare.isdigit():
        return _COUNT if len(token.bare) < 4 else _UNKNOWN
    return _UNKNOWN_SHORT if len(token.bare) < 3 else _UNKNOWN


def _align(asked: _Asked, meanings: Sequence[str]) -> tuple[int | None, ...]:
    """For each meaning of a name the place in the message that says it best, each place used once."""
    places: list[int | None] = []
    for meaning in meanings:
        free = [at for at, means in enumerate(asked.meanings) if meaning in means and at not in places]
        places.append(max(free, key=lambda at: asked.meanings[at][meaning], default=None))
    return tuple(places)


def _weigh(spelled: Iterable[tuple[Item, tuple[str, ...]]], count: int) -> dict[str, float]:
    """How much each meaning tells, 0..1: rare ones much, those of many of the `count` items little."""
    owners: dict[str, set[str]] = {}
    for item, meanings in spelled:
        for meaning in meanings:
            owners.setdefault(meaning, set()).add(item.id)
    return {meaning: math.log(1 + count / len(ids)) / math.log(1 + count) for meaning, ids in owners.items()}


def _hazardous(spelled: Iterable[tuple[Item, tuple[str, ...]]]) -> frozenset[str]:
    """The words that mostly name hazardous things: thuốc, nhớt, axit…"""
    groups: dict[str, dict[str, str]] = {}
    for item, meanings in spelled:
        for meaning in meanings:
            groups.setdefault(meaning, {})[item.id] = item.group
    return frozenset(
        meaning
        for meaning, by_id in groups.items()
        if sum(group == "nguy_hai" for group in by_id.values()) > len(by_id) / 2
    )
