from __future__ import annotations

import math

import pytest

from bot.places import Places


def test_the_nearest_five_and_never_certain(places: Places) -> None:
    located = places.locate(9.7974, 106.45493)
    distances = [candidate.distance_m or 0 for candidate in located.candidates]
    assert located.candidates[0].commune.name == "Xã Cầu Ngang"
    assert len(distances) == 5
    assert distances == sorted(distances)
    assert not located.certain
    assert not located.outside


@pytest.mark.parametrize(
    ("lat", "lon"), [(21.03, 105.85), (10.03, 105.6), (9.3, 106.5), (0, 0), (-90, 180), (math.nan, 106.3)]
)
def test_far_away_is_outside(places: Places, lat: float, lon: float) -> None:
    located = places.locate(lat, lon)
    assert located.outside
    assert located.candidates == ()


def test_distances_are_told_in_words(places: Places) -> None:
    whys = [candidate.why for candidate in places.locate(9.92233, 106.33822).candidates]
    assert whys[0].endswith("khoảng 50 m")
    assert whys[1].endswith("khoảng 3,1 km")
