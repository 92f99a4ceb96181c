from __future__ import annotations

import pytest

from bot.places import BadPoint, Point, is_short_map_link, parse_point
from bot.places.links import link_name, without_links

PIN = "https://www.google.com/maps/place/Ch%E1%BB%A3+C%E1%BA%A7u+Ngang/@9.80,106.44,15z/data=!4m6!3m5!8m2!3d9.8012!4d106.4501!16s"


@pytest.mark.parametrize(
    ("link", "lat", "lon"),
    [
        (PIN, 9.8012, 106.4501),
        ("https://www.google.com/maps/@9.934,106.345,15z", 9.934, 106.345),
        ("https://maps.google.com/?q=9.934,106.345", 9.934, 106.345),
        ("https://maps.google.com/maps?q=loc:9.934,106.345", 9.934, 106.345),
        ("https://www.google.com/maps/search/?api=1&query=9.934%2C106.345", 9.934, 106.345),
        ("https://www.google.com/maps/search/9.934,+106.345?entry=tts", 9.934, 106.345),
        (
            "https://www.google.com/maps/place/9%C2%B056'02.4%22N+106%C2%B020'42%22E/@9.1,106.1,9z",
            9.934,
            106.345,
        ),
        ("https://www.google.com/maps/dir/10.1,106.2/9.934,106.345/@9.9,106.3,12z", 9.934, 106.345),
        ("https://maps.apple.com/?ll=9.934,106.345&q=Dropped%20Pin", 9.934, 106.345),
        ("https://maps.apple.com/place?coordinate=9.934,106.345&name=A", 9.934, 106.345),
        ("https://www.openstreetmap.org/#map=15/9.9123/106.3123", 9.9123, 106.3123),
        ("https://www.openstreetmap.org/?mlat=9.934&mlon=106.345#map=15/9.1/106.1", 9.934, 106.345),
        ("geo:9.934,106.345?z=16", 9.934, 106.345),
        ("geo:0,0?q=9.934,106.345(Bãi rác)", 9.934, 106.345),
        ("google.com/maps?q=9.934,106.345", 9.934, 106.345),
        ("Rác đây: https://maps.google.com/?q=9.934,106.345.", 9.934, 106.345),
    ],
)
def test_points_in_links(link: str, lat: float, lon: float) -> None:
    point = parse_point(link)
    assert isinstance(point, Point)
    assert (point.lat, point.lon) == pytest.approx((lat, lon), abs=1e-9)


def test_an_impossible_point_in_a_link_is_told() -> None:
    assert parse_point("https://maps.google.com/?q=99.9,999.9") == BadPoint("99.9,999.9")


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/",
        "https://maps.app.goo.gl/abcd",
        "https://www.google.com/maps/place/Tr%C3%A0+Vinh",
        "https://[broken?q=9.934,106.345",
    ],
)
def test_links_without_a_point(link: str) -> None:
    assert parse_point(link) is None


@pytest.mark.parametrize(
    "link", ["https://maps.app.goo.gl/AbC", "goo.gl/maps/x", "xem https://goo.gl/maps/abc nha"]
)
def test_short_links(link: str) -> None:
    assert is_short_map_link(link)


@pytest.mark.parametrize("text", [PIN, "https://google.com/maps?q=1", "goo.gl/forms/x", "chợ"])
def test_what_is_no_short_link(text: str) -> None:
    assert not is_short_map_link(text)


def test_the_name_a_link_looks_up() -> None:
    assert link_name(PIN) == "Chợ Cầu Ngang"
    assert link_name("https://maps.google.com/?q=Tr%C3%A0+C%C3%BA") == "Trà Cú"
    assert link_name("https://maps.google.com/?q=9.934,106.345") == ""


def test_text_without_its_links() -> None:
    assert without_links("Chợ Cầu Ngang https://maps.app.goo.gl/x") == "Chợ Cầu Ngang"
