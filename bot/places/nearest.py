"""Communes near a point when no boundaries are known: by their points, so never certain."""

from __future__ import annotations

from collections.abc import Sequence

from bot.places.candidate import Candidate, Located, shown_distance
from bot.places.communes import Commune
from bot.places.point import distance_m

OFFERED = 5
"""For 99.6 % of random points in the province the right commune is among the nearest five (first: 74 %)."""

OUTSIDE_M = 10_000
"""Farther than this from every commune's point is outside the province.

No spot on or inside the province's border is more than 7.9 km from the nearest point; mudflats and new land
reach up to about 2 km beyond the mapped coast.
"""


def locate_nearest(communes: Sequence[Commune], lat: float, lon: float) -> Located:
    by_distance = sorted(
        ((distance_m(lat, lon, commune.lat, commune.lon), commune) for commune in communes),
        key=lambda pair: pair[0],
    )
    # "not <=" and not ">": also a NaN, which compares false with everything, is outside
    if not by_distance[0][0] <= OUTSIDE_M:
        return Located((), certain=False, outside=True)
    candidates = (
        Candidate(commune, f"tâm xã, phường cách vị trí này khoảng {shown_distance(metres)}", metres)
        for metres, commune in by_distance[:OFFERED]
    )
    return Located(tuple(candidates), certain=False, outside=False)
