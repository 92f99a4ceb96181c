"""What finding or locating a place answers with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.places.communes import Commune


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commune that may be meant; `why` is one short Vietnamese phrase for the citizen."""

    commune: Commune
    why: str
    distance_m: float | None = None
    """From the point asked about: to the border if areas are known (0 inside), else to the commune's own."""


@dataclass(frozen=True, slots=True)
class Located:
    """Communes for a point, best first.

    `certain`: the first one's area, and no other, contains the point.
    `outside`: the point is not in the province as mapped; candidates, if any, lie within 2 km, to be offered.
    """

    candidates: tuple[Candidate, ...]
    certain: bool
    outside: bool


def shown_distance(metres: float) -> str:
    """`350 m`, `2,4 km`: rounded the way people say it, with the Vietnamese decimal comma."""
    if metres < 950:
        return f"{max(50, round(metres / 50) * 50)} m"
    return f"{metres / 1000:.1f} km".replace(".", ",")
