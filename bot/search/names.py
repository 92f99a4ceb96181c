"""All names of all entries as meanings with weights: what is compared with a message."""

from __future__ import annotations

import itertools
import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.search.entries import Entry
from bot.search.lexicon import Lexicon
from bot.search.tokens import is_foreign

_STATE = 0.3  # "cũ", "hư": say little about what it is
_SMALL = 0.35  # "xài rồi" say still less
_COUNT = 0.1  # "3 cái lon"
_NONE: array[int] = array("I")

_Spelled = tuple[int, tuple[str, ...]]
"""The place of an entry, and the meanings of one of its names."""


@dataclass(slots=True)
class Name:
    """`head`: the place of the first word that says what the thing is. `weight`: of all words together."""

    entry: Entry
    meanings: tuple[str, ...]
    weight: float
    head: int


class Names:
    """Thousands of names are kept as numbers in a few arrays, and put together when they are likely."""

    def __init__(self, entries: Sequence[Entry], lexicon: Lexicon, danger: str) -> None:
        """The lexicon learns the names."""
        self._lexicon = lexicon
        self._entries = entries
        pairs = ((place, lexicon.learn(name)) for place, entry in enumerate(entries) for name in entry.names)
        spelled = [pair for pair in dict.fromkeys(pairs) if pair[1]]
        owners = _owners(spelled)
        weights = self._weigh(owners, len(entries))
        self.poisons = self._hazardous(owners, danger)
        self._meanings = list(weights)
        self._weights = array("d", weights.values())
        self._number_of = {meaning: number for number, meaning in enumerate(self._meanings)}
        self._keep(spelled)

    def weight(self, meaning: str) -> float:
        """How much a word tells, 0..1."""
        number = self._number_of.get(meaning)
        return self._class_share(meaning) if number is None else self._weights[number]

    def promising(self, best: Mapping[str, float], least: float) -> list[tuple[float, int]]:
        """The numbers of the names of which the share `least` can be in a message with the meanings `best`.

        With the share that can be, and the largest first.
        """
        share: defaultdict[int, float] = defaultdict(float)
        for meaning, sure in best.items():
            weight = self.weight(meaning) * sure
            for number in self._having(meaning):
                share[number] += weight
        covered = ((weight / self._weight_of[number], number) for number, weight in share.items())
        return sorted((pair for pair in covered if pair[0] >= least), reverse=True)

    def entry(self, number: int) -> str:
        """The id of the entry that a name is of."""
        return self._entries[self._entry_of[number]].id

    def name(self, number: int) -> Name:
        numbers = self._words[self._starts[number] : self._starts[number + 1]]
        return Name(
            entry=self._entries[self._entry_of[number]],
            meanings=tuple(self._meanings[word] for word in numbers),
            weight=self._weight_of[number],
            head=self._heads[number],
        )

    def words(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every name as the id of its entry and its words."""
        for number, entry in enumerate(self._entry_of):
            yield self._entries[entry].id, self.name(number).meanings

    def has(self, entry: str, meaning: str) -> bool:
        """Whether a word stands in a name of an entry."""
        number = self._number_of.get(meaning)
        return number is not None and number in self._words_of[entry]

    def _having(self, meaning: str) -> array[int]:
        """The numbers of the names in which a meaning stands."""
        number = self._number_of.get(meaning)
        if number is None:
            return _NONE
        return self._where[self._where_starts[number] : self._where_starts[number + 1]]

    def _keep(self, spelled: Iterable[_Spelled]) -> None:
        self._entry_of, self._heads, self._weight_of = array("H"), array("B"), array("d")
        self._words, self._starts = array("H"), array("I", [0])
        where: list[list[int]] = [[] for _ in self._meanings]
        words_of: dict[str, set[int]] = {entry.id: set() for entry in self._entries}
        for number, (entry, meanings) in enumerate(spelled):
            self._entry_of.append(entry)
            self._heads.append(self._head(meanings))
            self._weight_of.append(sum(map(self.weight, meanings)))
            words = [self._number_of[meaning] for meaning in meanings]
            self._words.extend(words)
            self._starts.append(len(self._words))
            words_of[self._entries[entry].id].update(words)
            for word in words:
                where[word].append(number)
        self._words_of = {id: array("H", sorted(words)) for id, words in words_of.items()}
        self._where = array("I", itertools.chain.from_iterable(where))
        self._where_starts = array("I", itertools.accumulate(map(len, where), initial=0))

    def _head(self, meanings: tuple[str, ...]) -> int:
        if len(meanings) > 2 and self._lexicon.counter.issuperset(meanings[:2]):
            return 0  # "xe máy ngập nước"
        telling = [at for at, meaning in enumerate(meanings) if meaning not in self._lexicon.leading] or [0]
        return telling[-1] if is_foreign(meanings) else telling[0]

    def _weigh(self, owners: Mapping[str, set[int]], count: int) -> dict[str, float]:
        """Rare words tell much, those of many of the `count` entries little."""
        return {
            meaning: self._class_share(meaning) * math.log(1 + count / len(entries)) / math.log(1 + count)
            for meaning, entries in owners.items()
        }

    def _class_share(self, meaning: str) -> float:
        if meaning.isdigit() and len(meaning) < 3:
            return _COUNT
        if meaning in self._lexicon.vague:
            return _STATE
        return _SMALL if meaning in self._lexicon.small else 1.0

    def _hazardous(self, owners: Mapping[str, set[int]], danger: str) -> frozenset[str]:
        """The words that mostly name entries of the family `danger`: thuốc, nhớt, axit…"""
        harmless = self._lexicon.vague | self._lexicon.headless | self._lexicon.light
        return frozenset(
            meaning
            for meaning, entries in owners.items()
            if meaning not in harmless
            and sum(self._entries[entry].family == danger for entry in entries) > max(1, 0.7 * len(entries))
        )


def _owners(spelled: Iterable[_Spelled]) -> dict[str, set[int]]:
    """The entries in whose names a meaning stands."""
    owners: dict[str, set[int]] = {}
    for entry, meanings in spelled:
        for meaning in meanings:
            owners.setdefault(meaning, set()).add(entry)
    return owners
