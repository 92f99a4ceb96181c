from __future__ import annotations

import pytest

from bot.places import Point, distance_m, parse_plus_code
from bot.places.pluscode import plus_code, without_plus_code

WARD = Point(9.92233, 106.33822)
FULL, SHORT = "6PX8W8CQ+W7", "W8CQ+W7"


@pytest.mark.parametrize("text", [FULL, FULL.lower(), f"ở {FULL} nha"])
def test_a_full_code_needs_no_reference(text: str) -> None:
    point = parse_plus_code(text, None)
    assert point is not None
    assert distance_m(point.lat, point.lon, WARD.lat, WARD.lon) < 20


@pytest.mark.parametrize("near", [WARD, Point(9.7, 106.2), Point(10.2, 106.6)])
def test_a_short_code_is_completed_nearby(near: Point) -> None:
    assert parse_plus_code(f"{SHORT} Trà Vinh", near) == parse_plus_code(FULL, None)


def test_a_short_code_means_nothing_alone() -> None:
    assert parse_plus_code(SHORT, None) is None


@pytest.mark.parametrize("text", ["", "C++", "2345+67", "6PX80000+", "AAAA+AA", "xW8CQ+W7", "Trà Vinh"])
def test_what_is_no_code(text: str) -> None:
    assert plus_code(text) == ""
    assert parse_plus_code(text, WARD) is None


def test_text_without_its_code() -> None:
    assert without_plus_code(f"{SHORT}, Trà Vinh") == "Trà Vinh"
