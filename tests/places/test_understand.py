from __future__ import annotations

import json

import pytest

from bot.places import BadPoint, Places, Point, place_json, understand


def names(places: Places, text: str) -> list[str]:
    return [candidate.commune.name for candidate in understand(places, text).candidates]


def test_an_address_has_candidates_and_no_point(places: Places) -> None:
    told = understand(places, "chợ Cầu Ngang")
    assert [candidate.commune.code for candidate in told.candidates] == ["29416"]
    assert (told.point, told.located, told.bad_point, told.short_link) == (None, None, None, False)


@pytest.mark.parametrize(
    "text", ["9.7974, 106.45493", "https://maps.google.com/?q=9.7974,106.45493", "geo:9.7974,106.45493"]
)
def test_a_point_is_located(places: Places, text: str) -> None:
    told = understand(places, text)
    assert told.point == Point(9.7974, 106.45493)
    assert told.located is not None
    assert told.located.candidates == told.candidates
    assert told.candidates[0].commune.name == "Xã Cầu Ngang"


def test_a_link_wins_over_the_words_around_it(places: Places) -> None:
    assert names(places, "chợ Trà Cú https://maps.google.com/?q=9.7974,106.45493")[0] == "Xã Cầu Ngang"


def test_coordinates_that_cannot_be(places: Places) -> None:
    told = understand(places, "95.5, 206.5")
    assert told.bad_point == BadPoint("95.5, 206.5")
    assert told.candidates == ()


def test_a_short_link_alone_asks_for_another_form(places: Places) -> None:
    told = understand(places, "https://maps.app.goo.gl/AbCd")
    assert told.short_link
    assert told.candidates == ()


def test_the_words_beside_a_short_link_still_help(places: Places) -> None:
    told = understand(places, "Chợ Cầu Ngang\nhttps://maps.app.goo.gl/AbCd")
    assert told.short_link
    assert [candidate.commune.name for candidate in told.candidates] == ["Xã Cầu Ngang"]


def test_a_link_that_names_a_place_is_read_as_its_name(places: Places) -> None:
    assert names(places, "https://www.google.com/maps/place/Ch%E1%BB%A3+C%E1%BA%A7u+Ngang") == [
        "Xã Cầu Ngang"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "6PX8W8CQ+W7",
        "W8CQ+W7 Trà Vinh",
        "W8CQ+W7",
        "https://www.google.com/maps/place/W8CQ%2BW7+Tr%C3%A0+Vinh",
    ],
)
def test_plus_codes(places: Places, text: str) -> None:
    assert names(places, text)[0] == "Phường Trà Vinh"


def test_a_plus_code_of_another_town_is_not_moved_here(places: Places) -> None:
    assert names(places, "W8CQ+W7 Hà Nội") == []


def test_a_point_elsewhere_is_outside(places: Places) -> None:
    told = understand(places, "21.03, 105.85")
    assert told.located is not None
    assert told.located.outside
    assert told.candidates == ()


def test_json_is_one_line_best_first_in_plain_vietnamese(places: Places) -> None:
    line = place_json(places, "Thạnh Phú, Cầu Kè")
    assert "\n" not in line
    assert "Xã Tam Ngãi" in line
    assert json.loads(line) == [
        {"code": "29335", "name": "Xã Tam Ngãi", "why": "trước đây là xã Thạnh Phú, huyện Cầu Kè"}
    ]


@pytest.mark.parametrize("text", ["", "chợ", "21.03,105.85", "95.5,206.5", "https://maps.app.goo.gl/x"])
def test_json_of_nothing(places: Places, text: str) -> None:
    assert place_json(places, text) == "[]"
