from __future__ import annotations

import pytest

from bot.places import BadPoint, Point, checked_point, distance_m


def test_a_degree_of_latitude_is_111_km() -> None:
    assert distance_m(9, 106, 10, 106) == pytest.approx(111_195, abs=1)


def test_distance_is_symmetric_and_nothing_to_itself() -> None:
    assert distance_m(9.9, 106.3, 10.2, 106.4) == distance_m(10.2, 106.4, 9.9, 106.3)
    assert distance_m(9.9, 106.3, 9.9, 106.3) == 0


def test_opposite_ends_of_the_earth_do_not_break_it() -> None:
    assert distance_m(0, 0, 0, 180) == pytest.approx(20_015_115, abs=10)


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (9.934, 106.345, Point(9.934, 106.345)),
        (106.345, 9.934, Point(9.934, 106.345)),
        (48.85, 2.35, Point(48.85, 2.35)),
        (-33.8, 151.2, Point(-33.8, 151.2)),
        (95.0, 206.0, BadPoint("95.0, 206.0")),
        (106.3, 99.9, BadPoint("106.3, 99.9")),
    ],
)
def test_order_is_exchanged_only_when_just_the_other_lies_in_viet_nam(
    lat: float, lon: float, expected: Point | BadPoint
) -> None:
    assert checked_point(lat, lon) == expected
