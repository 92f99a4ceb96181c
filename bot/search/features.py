"""The features that weights are learned for: words, neighbours, and what stands around the thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from bot.fold import fold
from bot.search.reading import Message
from bot.search.tokens import Token

_NUMBER = "9"  # stands for every number
_THING = "{x}"  # stands for the words of the thing
_START, _END = "^", "$"
_LONGEST = 3  # of the words in a row that stand around a thing
_FAR = 10  # words between two that still speak together
_MANY = 2  # words of other matters


def of_things(words: Iterable[str]) -> set[str]:
    """The words of a name or message, each two in a row, and those with accents just as they are typed."""
    words = list(words)
    bare = [fold(word) for word in words]
    return {*bare, *words, *(f"{one} {two}" for one, two in pairwise(bare))}


def of_matter(tokens: Sequence[Token], thing: Collection[int]) -> set[str]:
    """The words of a message as above, any two of them, and the wording around the places of the `thing`."""
    words = [token.text for token in tokens if token.bare]
    bare = [token.bare for token in tokens if token.bare]
    pairs = {f"{one} … {two}" for at, one in enumerate(bare) for two in bare[at + 2 : at + 2 + _FAR]}
    around = [_START]
    for place, token in enumerate(tokens):
        if place in thing:
            if around[-1] != _THING:
                around.append(_THING)
        elif token.bare:
            around.append(_NUMBER if token.bare.isdigit() else token.bare)
    around.append(_END)
    return (
        of_things(words)
        | pairs
        | {
            " ".join(("~", *around[at : at + length]))
            for length in range(1, _LONGEST + 1)
            for at in range(len(around) - length + 1)
        }
    )


def of_signs(message: Message) -> set[str]:
    """What the rules have read out of a message: that it asks, and words of other matters."""
    return {
        f"! asks {message.asks}",
        f"! questions {message.questions}",
        f"! aside {min(len(message.aside), _MANY)}",
        f"! elsewhere {min(len(message.elsewhere), _MANY)}",
    }
