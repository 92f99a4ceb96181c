"""What speaks for and against answering a message with an entry, as numbers that can be learned from."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter

from bot.search.asked import Asked

NEVER = -1.0  # what was learned about an entry that was not there to learn


@dataclass(frozen=True, slots=True)
class Evidence:
    """`closest` is of any entry, `best` of the one that fits best; `lead`: before those of other families."""

    aligned_closest: float
    aligned_best: float
    aligned_lead: float
    learned_closest: float
    learned_best: float
    learned_lead: float
    fit: float
    lead: float
    runner_up: float
    matter: float
    other: float  # as learned for another matter than any entry
    telling: float
    words: float
    covered: float  # words of the message that are words of the best entry,
    uncovered: float  # and telling ones that are not,
    share: float
    begins: float  # the message begins with the thing
    asks: float
    questions: float
    marks: float
    aside: float
    elsewhere: float

    def numbers(self) -> tuple[float, ...]:
        return _NUMBERS(self)


EVIDENCE = tuple(field.name for field in fields(Evidence))
_NUMBERS: Callable[[Evidence], tuple[float, ...]] = attrgetter(*EVIDENCE)


@dataclass(frozen=True, slots=True)
class Ways:
    """Entry id → how well it is aligned with the message, what was learned for it, and both as one fit.

    `best`: the entry that fits best.
    """

    aligned: Mapping[str, float]
    learned: Mapping[str, float]
    fits: Mapping[str, float]
    best: str
    family_of: Mapping[str, str]

    def lead(self, scores: Mapping[str, float], *, least: float) -> float:
        """How far the best one is before the entries of other families."""
        family = self.family_of[self.best]
        others = (score for id, score in scores.items() if self.family_of[id] != family)
        return scores.get(self.best, least) - max(others, default=least)


def gather(asked: Asked, ways: Ways, thing: frozenset[int], *, matter: float, other: float) -> Evidence:
    """`thing`: the places of words of the best entry. `matter`: as learned for the words around them.

    `other`: as learned for any other matter, NEVER where that was not learned.
    """
    message, best = asked.message, ways.best
    words = [place for place, token in enumerate(message.tokens) if token.bare]
    silent = message.dropped | message.filler | thing
    uncovered = sum(place not in silent for place in words)
    fits = sorted(ways.fits.values(), reverse=True)
    return Evidence(
        aligned_closest=max(ways.aligned.values(), default=0.0),
        aligned_best=ways.aligned.get(best, 0.0),
        aligned_lead=ways.lead(ways.aligned, least=0.0),
        learned_closest=max(ways.learned.values(), default=NEVER),
        learned_best=ways.learned.get(best, NEVER),
        learned_lead=ways.lead(ways.learned, least=NEVER),
        fit=fits[0],
        lead=ways.lead(ways.fits, least=NEVER),
        runner_up=fits[1] if len(fits) > 1 else NEVER,
        matter=matter,
        other=other,
        telling=math.log1p(len(message.telling)),
        words=math.log1p(len(words)),
        covered=len(thing),
        uncovered=uncovered,
        share=len(thing) / (len(thing) + uncovered or 1),
        begins=words[:1] == [min(thing)] if thing else False,
        asks=message.asks,
        questions=message.questions,
        marks=message.marks,
        aside=len(message.aside),
        elsewhere=len(message.elsewhere),
    )
