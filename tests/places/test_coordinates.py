from __future__ import annotations

import pytest

from bot.places import BadPoint, Point, parse_point

HERE = Point(9.934, 106.345)


@pytest.mark.parametrize(
    "text",
    [
        "9.934, 106.345",
        "9.934,106.345",
        "9.934 106.345",
        "(9.934, 106.345)",
        "9.934; 106.345",
        "106.345, 9.934",
        "9,934 106,345",
        "9,934, 106,345",
        "9,934,106,345",
        "9,934; 106,345",
        "106,345 9,934",
        "N9.934 E106.345",
        "9.934N, 106.345E",
        "E106.345 N9.934",
        "9.934°, 106.345°",
        "9°56'02.4\"N 106°20'42\"E",
        "9°56′02,4″B 106°20′42″Đ",
        "9º56’02.4’’N, 106º20’42’’E",
        "9° 56.04' N, 106° 20.7' E",
        "vĩ độ 9.934 kinh độ 106.345",
        "Lat: 9.934, Long: 106.345",
        "rác ở đây nè 9.934, 106.345 nha",
        "chỗ này 9,934 106,345 đó",
    ],
)
def test_typed_coordinates(text: str) -> None:
    point = parse_point(text)
    assert isinstance(point, Point)
    assert (point.lat, point.lon) == pytest.approx((HERE.lat, HERE.lon), abs=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "chợ Cầu Ngang",
        "số 10, 106 đường Lê Lợi",
        "giá 9.5, 10.2 nghìn",
        "12,5 kg 3,5 kg",
        "bán 12.000, 15.000 đồng",
        "hẹn 12.10, 9.30 nha",
        "0901234567",
        "1.234.567, 8.910.111",
        "9.934106.345",
        "TV-2611-0001",
        "ngày 20.11.2026",
        "9.934",
    ],
)
def test_other_numbers_are_no_point(text: str) -> None:
    assert parse_point(text) is None


@pytest.mark.parametrize("text", ["95.2, 206.3", "99.9 99.9", "9°99'N 106°20'E", "200,5 300,5"])
def test_impossible_coordinates_are_told(text: str) -> None:
    assert parse_point(text) == BadPoint(text)


def test_a_place_elsewhere_is_still_a_point() -> None:
    assert parse_point("48.85, 2.35") == Point(48.85, 2.35)
    assert parse_point("33°51'S 151°12'E") == Point(-33.85, 151.2)
