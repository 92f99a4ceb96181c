"""Finding the entry that a message means, or nothing: a wrong answer told surely is the worst one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from bot.search.alignment import Alignment
from bot.search.blend import EXACT, Blend, Blended
from bot.search.entries import Entry, Hit, Ranked
from bot.search.learned import Learned
from bot.search.lists import Reading, gather_list
from bot.search.parts import Divider, Joint, Part
from bot.search.reading import Message
from bot.search.score import NEAR
from bot.search.tokens import Token
from bot.search.words import Words

_SURE = 86.0  # from it one answer is given, when no other comes close
_APART = 8.0  # how far the next entry must be behind,
_FAMILIES_APART = 10.0  # and the next of another family
_NAMED = 95.0  # from it nothing else raises a doubt
_AGREED = 0.94  # how likely the family must be right where the alignment is clear,
_LEARNED = 0.98  # and where it is not
_BESIDE = 10.0  # under NEAR a candidate is still offered beside a likely one,
_BESIDE_LEARNED = 30.0  # where both ways tell how likely it is
_DANGER = 55.0  # a dangerous entry this close forbids a sure harmless answer
_BEHIND = 22.0  # a candidate further behind the best is not offered,
_BEHIND_EXACT = 15.0  # behind the very name
_HOPELESS = 35.0  # of a message that fits nothing at all no part is looked at
_LONGEST_PART = 7  # telling words of a part; what has more is a story
_LONGEST_UNKNOWN = 3  # telling words of a part of a list that fits no entry but may be a thing
_LIST_LIKELY = 0.5
_LISTED = 90.0  # where nothing was learned of lists, at least two parts must be so plain


class Index:
    """Entries and the search over their names; `danger` is the family that must never be missed."""

    def __init__(
        self, entries: Iterable[Entry], words: Words, *, danger: str = "", learned: Learned | None = None
    ) -> None:
        """With what was `learned` about the entries it counts beside their names."""
        entries = tuple(entries)
        self._family = {entry.id: entry.family or entry.id for entry in entries}
        self._alignment = Alignment(entries, words, danger)
        self._blend = Blend(self._alignment, learned, self._family) if learned else None
        self._lists = learned.lists if learned else None
        self._divider = Divider(words.between, words.between_perhaps)
        self._danger = danger

    def find(self, text: str, limit: int = 3) -> Ranked:
        """The entries that `text` means, best first, at most `limit`."""
        return self._reading(Part(text, Joint.NONE), self._alignment.read(text), limit).ranked

    def find_many(self, text: str, limit: int = 3) -> list[tuple[str, Ranked]]:
        """Each part of `text` that names something of its own, at most ten, with what it means.

        A message about one thing is one part. A part that says something but fits no entry has no hits.
        """
        whole, parts = self.taken_apart(text, limit)
        if not self._is_list(whole, parts):
            return [(text, whole.ranked)]
        listed: dict[str, Reading] = {}
        for part in parts:
            if part.best or len(part.message.telling) <= _LONGEST_UNKNOWN:
                listed.setdefault(part.best or part.part.text, part)
        return [(part.part.text, part.ranked) for part in listed.values()]

    def taken_apart(self, text: str, limit: int = 3) -> tuple[Reading, list[Reading]]:
        """A message as a whole, and each of its parts that tells anything; none where it cannot be a list."""
        whole = self._reading(Part(text, Joint.NONE), self._alignment.read(text), limit)
        if max(whole.scores.values(), default=0.0) < _HOPELESS:
            return whole, []
        parts = self._divider.parts(text, marks=whole.message.marks)
        if len(parts) < 2:
            return whole, []
        read = [(part, self._alignment.read(part.text)) for part in parts]
        told = [(part, message) for part, message in read if message.telling]
        if len(told) < 2 or any(len(message.telling) > _LONGEST_PART for _, message in told):
            return whole, []
        asks = whole.message.asks
        return whole, [
            self._reading(part, dataclasses.replace(message, asks=message.asks or asks), limit)
            for part, message in told
        ]

    def _is_list(self, whole: Reading, parts: Sequence[Reading]) -> bool:
        if len({part.best for part in parts if part.best}) < 2:
            return False
        if self._lists:
            return self._lists.of(gather_list(whole, parts)) >= _LIST_LIKELY
        is_named = whole.ranked.confident and whole.score >= EXACT  # a name may hold "và" itself
        least = EXACT if is_named else _LISTED
        return len({part.best for part in parts if part.ranked.confident or part.score >= least}) > 1

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The words of `text`, slips undone, and its punctuation."""
        return self._alignment.read(text).tokens

    def telling(self, text: str) -> tuple[str, ...]:
        """The words of `text` that are more than greetings and question words, slips undone, in order."""
        return self._alignment.read(text).telling

    def _reading(self, part: Part, message: Message, limit: int) -> Reading:
        asked = self._alignment.weigh(message)
        aligned = self._alignment.of(asked)
        blended = self._blend.of(asked, aligned) if self._blend else Blended(aligned)
        ranked = _ranked(blended.scores, _BESIDE_LEARNED if self._blend else _BESIDE)
        if not ranked or ranked[0][1] < NEAR:
            return Reading(part, message, blended.scores, Ranked())
        best = ranked[0][0]
        confident = self._is_clear(aligned, best)
        if self._blend:
            confident = self._is_sure(aligned, blended, best)
        shown = ranked[: 1 if confident else limit]
        hits = tuple(Hit(id, round(score)) for id, score in shown)
        return Reading(part, message, blended.scores, Ranked(hits, confident))

    def _is_clear(self, scores: dict[str, float], best: str) -> bool:
        """Whether the alignment alone leaves no doubt that `best` is meant."""
        ranked = _ranked(scores)
        if not ranked or ranked[0][0] != best or ranked[0][1] < _SURE:
            return False
        score, family = ranked[0][1], self._family[best]
        for id, other in ranked[1:]:
            apart = _APART if self._family[id] == family else _FAMILIES_APART
            if other >= min(score - apart, EXACT):
                return False
        if not self._danger or family == self._danger or score >= EXACT:
            return True
        return not self._is_danger_near(scores)

    def _is_sure(self, aligned: dict[str, float], blended: Blended, best: str) -> bool:
        """Whether all that was learned says so, or a name is met that was not there to learn."""
        is_clear = self._is_clear(aligned, best)
        if blended.sure is None:
            return is_clear
        if is_clear and (blended.sure >= _AGREED or aligned[best] >= _NAMED):
            return True
        others = (score for id, score in blended.scores.items() if id != best)
        if blended.sure < _LEARNED or max(others, default=0.0) >= min(blended.scores[best], EXACT):
            return False
        return self._family[best] == self._danger or not self._is_danger_near(aligned)

    def _is_danger_near(self, scores: dict[str, float]) -> bool:
        return any(score >= _DANGER and self._family[id] == self._danger for id, score in scores.items())


def _ranked(scores: dict[str, float], beside: float = _BESIDE) -> list[tuple[str, float]]:
    """Best first; those far behind are left out."""
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    best = ranked[0][1] if ranked else 0.0
    behind = _BEHIND_EXACT if best >= EXACT else _BEHIND
    return [pair for pair in ranked if pair[1] >= max(NEAR - beside, best - behind)]
