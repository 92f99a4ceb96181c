"""Two ways of finding as one: names aligned with the message by rules, and what was learned from questions.

The rules know every name, also one written a minute ago; what was learned knows how people tell of things.
Whether anything is answered at all is judged by the evidence of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.fold import fold
from bot.search.alignment import Alignment
from bot.search.asked import LIKELY, Asked, likeliest
from bot.search.evidence import NEVER, Ways, gather
from bot.search.features import of_matter, of_signs, of_things
from bot.search.learned import OTHER, Learned
from bot.search.score import NEAR

EXACT = 98.0  # an alignment from which an entry was named, not guessed

_BY_ALIGNMENT = 0.06
_BY_LEARNING = 0.25
_CURVE = 0.326  # so that what deserves an answer, from 0.35 on, begins where anything is said at all
_FEW = 3  # words that may as well be another thing:
_SOMEWHAT = 20.0  # only entries that are aligned at least so well are meant
_FOR, _AGAINST = 0.3, -0.5  # as learned
_BEHIND = 60.0  # of the score for each 1.0 of fit


@dataclass(frozen=True, slots=True)
class Blended:
    """`scores`: entry id → 0..100. `sure`: how likely the family of the best one is right, 0..1.

    None when the alignment alone can tell.
    """

    scores: dict[str, float]
    sure: float | None = None


class Blend:
    def __init__(self, alignment: Alignment, learned: Learned, family_of: Mapping[str, str]) -> None:
        self._names = alignment.names
        self._lexicon = alignment.lexicon
        self._learned = learned
        self._family_of = family_of
        columns = learned.things.columns
        self._columns = [(place, id) for place, id in enumerate(columns) if id in family_of]
        self._other = columns.index(OTHER) if OTHER in columns else None
        self._known = {id for _, id in self._columns}

    def of(self, asked: Asked, aligned: Mapping[str, float]) -> Blended:
        """`aligned`: entry id → 0..100."""
        if not asked.message.says_anything:
            return Blended({})
        said = self._learned.things.of(of_things(self.words(asked)))
        ways = self.ways(aligned, {id: said[place] for place, id in self._columns})
        thing = self.thing(asked, ways.best)
        other = NEVER if self._other is None else said[self._other]
        matter = self._learned.matter.of(self.around(asked, thing))[0]
        numbers = gather(asked, ways, thing, matter=matter, other=other).numbers()
        score = min(100 * self._learned.found.of(numbers) ** _CURVE, EXACT - 1)
        fit = ways.fits[ways.best]
        near = fit - score / _BEHIND  # behind it nothing is left of the score
        least = _SOMEWHAT if self._is_plain(asked) else 0.0
        scores = {
            id: self._scaled(id, score - _BEHIND * (fit - one), ways)
            for id, one in ways.fits.items()
            if (one >= near or id in aligned) and aligned.get(id, 0.0) >= least
        }
        if ways.best not in ways.learned or max(scores.values(), default=0.0) < NEAR:
            return Blended(scores)  # by its names alone, or nothing is said at all
        return Blended(scores, self._learned.sure.of(numbers))

    def ways(self, aligned: Mapping[str, float], learned: Mapping[str, float]) -> Ways:
        """Both ways as one."""
        fits = {id: _fit(score / 100, learned.get(id)) for id, score in aligned.items()}
        fits |= {id: _BY_LEARNING * score for id, score in learned.items() if id not in fits}
        return Ways(aligned, learned, fits, max(fits, key=fits.__getitem__), self._family_of)

    def words(self, asked: Asked) -> list[str]:
        """The words that may name the thing, spelled as the names spell them."""
        return [
            self._spelled(asked, place)
            for place, token in enumerate(asked.message.tokens)
            if token.bare and place not in asked.message.dropped
        ]

    def thing(self, asked: Asked, entry: str) -> frozenset[int]:
        """The places of words that stand in names of an entry."""
        return frozenset(
            place
            for place, means in enumerate(asked.meanings)
            if any(sure >= LIKELY and self._names.has(entry, meaning) for meaning, sure in means.items())
        )

    def around(self, asked: Asked, thing: frozenset[int]) -> set[str]:
        """The wording around a thing, and what the rules read out of it."""
        return of_matter(asked.message.tokens, thing) | of_signs(asked.message)

    def _is_plain(self, asked: Asked) -> bool:
        """Whether a few words are typed with care and known as they are: then the alignment must agree.

        What was learned is mostly without accents, and "bảo cũ" is not "báo cũ".
        """
        message = asked.message
        return (
            message.marks
            and len(message.telling) <= _FEW
            and all(
                self._lexicon.is_word(token)
                for place, token in enumerate(message.tokens)
                if token.bare and place not in message.dropped | message.filler
            )
        )

    def _scaled(self, id: str, score: float, ways: Ways) -> float:
        """The very name stands for itself, and so does an entry that was not there to learn.

        Unless what was learned speaks against it and for another: "tap vo cu" is no tap.
        """
        aligned = ways.aligned.get(id, 0.0)
        if id in self._known and aligned < EXACT:
            return score
        is_other = ways.learned.get(ways.best, NEVER) > _FOR and ways.learned.get(id, 0.0) < _AGAINST
        return score if is_other else max(score, aligned)

    def _spelled(self, asked: Asked, place: int) -> str:
        token, means = asked.message.tokens[place], asked.meanings[place]
        if not means or self._lexicon.knows(token.bare):
            return self._lexicon.meaning(token.text)
        return likeliest(means) if token.marked else fold(likeliest(means))


def _fit(aligned: float, learned: float | None) -> float:
    """Both 0..1, or rather -1..1 for what was learned; what was not is taken to be as the names say."""
    return _BY_ALIGNMENT * aligned + _BY_LEARNING * (2 * aligned - 1 if learned is None else learned)
