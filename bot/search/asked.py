"""A message weighed: what each of its words may mean, how much it tells, and its role."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from bot.search.lexicon import Lexicon, Meanings
from bot.search.names import Names
from bot.search.reading import Message
from bot.search.tokens import Token, is_foreign

_ABOUT = 0.05
LIKELY = 0.72  # from it a word counts as known
_UNKNOWN = 0.9
_UNKNOWN_SHORT = 0.4
_COUNT = 0.1  # "3 cái lon";
_CODE = 2.0  # a longer number is a code or a telephone
_AMBIGUOUS = 0.06
_LIGHT = 0.4  # the share of its weight that a light word costs when it is left over


class Sign(IntEnum):
    """What tells that something is to be thrown away."""

    NONE = 0
    STATE = 1  # it is broken, used up, rotten
    ASKED = 2  # the question itself


class Role(IntEnum):
    BREAK = 0  # punctuation, filler, question: a phrase ends here
    LINK = 1  # của, đựng, trong: what follows belongs to what stands in front
    LIGHT = 2  # states and words that count things: cây, con, hư
    VESSEL = 3  # chai, hộp, bao
    OTHER = 4  # an unknown word
    THING = 5  # a known word that says what it is


@dataclass(frozen=True, slots=True)
class Asked:
    """By place in the message: `meanings`, `costs` (what a word left over costs), `roles`, `states` (hư, cũ).

    `places`: where a meaning is met. `before[i]`: the sum of costs up to place i. `lone`: a single
    syllable without its accents, which may be anything.
    """

    message: Message
    meanings: tuple[Meanings, ...]
    places: Mapping[str, tuple[int, ...]]
    costs: tuple[float, ...]
    before: tuple[float, ...]
    roles: tuple[Role, ...]
    states: tuple[bool, ...]
    sign: Sign
    foreign: bool
    lone: bool


def weigh(message: Message, lexicon: Lexicon, names: Names) -> Asked:
    meanings = tuple(
        {} if place in message.dropped else lexicon.meanings(token, marks_expected=message.marks)
        for place, token in enumerate(message.tokens)
    )
    roles = tuple(_role(message, place, means, lexicon) for place, means in enumerate(meanings))
    costs = tuple(
        _cost(token, means, role, names) if role > Role.LINK else _doubtful(means, message, lexicon)
        for token, means, role in zip(message.tokens, meanings, roles, strict=True)
    )
    states = tuple(
        max(means.values(), default=0.0) >= LIKELY and not lexicon.state.isdisjoint(likely(means))
        for means in meanings
    )
    content = [place for place, role in enumerate(roles) if role > Role.LINK]
    return Asked(
        message=message,
        meanings=meanings,
        places=_places(meanings),
        costs=costs,
        before=(0.0, *itertools.accumulate(costs)),
        roles=roles,
        states=states,
        sign=Sign.ASKED if message.asks else Sign.STATE if any(states) else Sign.NONE,
        foreign=is_foreign([token.text for token in message.tokens if token.bare]),
        lone=len(content) == 1 and 1.0 not in meanings[content[0]].values(),
    )


def likely(means: Meanings) -> list[str]:
    """The meanings that are about as sure as the surest: without accents "cu" is cũ as well as củ."""
    least = max(means.values(), default=0.0) - _ABOUT
    return [meaning for meaning, sure in means.items() if sure >= least]


def likeliest(means: Meanings) -> str:
    return max(means, key=lambda meaning: means[meaning])


def _places(meanings: tuple[Meanings, ...]) -> dict[str, tuple[int, ...]]:
    places: dict[str, tuple[int, ...]] = {}
    for place, means in enumerate(meanings):
        for meaning in means:
            places[meaning] = (*places.get(meaning, ()), place)
    return places


def _role(message: Message, place: int, means: Meanings, lexicon: Lexicon) -> Role:
    if place in message.links:
        return Role.LINK
    if place in message.dropped or place in message.filler or not message.tokens[place].bare:
        return Role.BREAK
    if not means or max(means.values()) < LIKELY:
        return Role.OTHER
    meaning = likeliest(means)
    if meaning in lexicon.vessel:
        return Role.VESSEL
    is_light = meaning in lexicon.light or not lexicon.vague.isdisjoint(likely(means))
    return Role.LIGHT if is_light else Role.THING


def _doubtful(means: Meanings, message: Message, lexicon: Lexicon) -> float:
    """Filler costs nothing, unless without accents it may be something else: "vo" is vô or vỏ."""
    return _AMBIGUOUS if not message.marks and any(m not in lexicon.small for m in means) else 0.0


def _cost(token: Token, means: Meanings, role: Role, names: Names) -> float:
    if means:
        return min(map(names.weight, likely(means))) * (_LIGHT if role == Role.LIGHT else 1.0)
    if token.bare.isdigit():
        return _COUNT if len(token.bare) < 4 else _CODE
    return _UNKNOWN_SHORT if len(token.bare) < 3 else _UNKNOWN
