"""A message read, weighed, and aligned with all names."""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.asked import Asked, weigh
from bot.search.entries import Entry
from bot.search.lexicon import Lexicon
from bot.search.names import Names
from bot.search.reading import Message, Reader
from bot.search.score import Scores
from bot.search.words import Words


class Alignment:
    """The names of `entries` and the reader that knows their words.

    `danger`: the family of hazards, where the entries are things.
    """

    def __init__(self, entries: Sequence[Entry], words: Words, danger: str = "") -> None:
        self.lexicon = Lexicon(words, of_things=bool(danger))
        self.names = Names(entries, self.lexicon, danger)
        self._scores = Scores(self.names, self.lexicon, danger)
        self._reader = Reader(words, self.lexicon)

    def read(self, text: str) -> Message:
        return self._reader.read(text)

    def weigh(self, message: Message) -> Asked:
        return weigh(message, self.lexicon, self.names)

    def of(self, asked: Asked) -> dict[str, float]:
        """Entry id → 0..100 for every entry that may be meant."""
        return self._scores.of(asked)
