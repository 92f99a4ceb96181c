"""Words around place names: which names are everyday words, what announces a place, what lies elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.content.files import ContentError, read_yaml
from bot.places.names import Names
from bot.places.spelling import key


@dataclass(frozen=True, slots=True)
class Words:
    """All as keys (see `spelling.key`)."""

    everyday: frozenset[str]
    not_places: frozenset[str]
    place_words: frozenset[str]
    elsewhere: frozenset[str]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")

    everyday: list[str]
    not_places: list[str]
    place_words: list[str]
    elsewhere: list[str]


def read_words(path: Path, names: Names) -> Words:
    """Raises ContentError; an everyday name that no commune, former unit or district bears is a fault."""
    document = read_yaml(path)
    words = document.validate(_Words)
    faults = [
        document.fault(f"{name!r} is no name of a commune, former unit or district", "everyday", index)
        for index, name in enumerate(words.everyday)
        if key(name) not in names
    ]
    if faults:
        raise ContentError(faults)
    return Words(
        everyday=frozenset(map(key, words.everyday)),
        not_places=frozenset(map(key, words.not_places)),
        place_words=frozenset(map(key, words.place_words)),
        elsewhere=frozenset(map(key, words.elsewhere)),
    )
