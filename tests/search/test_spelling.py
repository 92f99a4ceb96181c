"""Slips of the keyboard undone, and what must be left alone."""

from __future__ import annotations

import unicodedata

import pytest

from bot.search.keys import decode
from bot.search.spelling import restore
from bot.search.syllables import Syllable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nhuwaj", "nhựa"),
        ("chai nhuwaj", "chai nhựa"),
        ("nhuwja", "nhựa"),  # keys in another order
        ("nhwaj", "nhựa"),
        ("nhưaj", "nhựa"),  # half of it was written by the keyboard
        ("ddieejn", "điện"),
        ("dieenj thoaij", "diện thoại"),  # the stroke forgotten: the search forgives it
        ("nuowcs mawms", "nước mắm"),
        ("nuwowcs", "nước"),
        ("dduwowngf", "đường"),
        ("giuwowngf", "giường"),
        ("hoawcj", "hoặc"),
        ("quyr thuyr hoaf", "quỷ thủy hòa"),  # tones placed the traditional way
        ("quaanf aos cux", "quần áo cũ"),
        ("khoong", "không"),
        ("XUOWNG CAS", "xương cá"),
        ("nuocs", "nuóc"),  # the tone typed, the horns forgotten
    ],
)
def test_telex(typed: str, meant: str) -> None:
    assert restore(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nhu7a5", "nhựa"),
        ("nhua75", "nhựa"),  # all digits at the end
        ("d9ie6n5 thoai5", "điện thoại"),
        ("bo1ng d9e2n", "bóng đèn"),
        ("nuo7c1 ma8m1", "nước mắm"),
        ("ca1", "cá"),
    ],
)
def test_vni(typed: str, meant: str) -> None:
    assert restore(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "battery",
        "box",
        "tax",
        "four",
        "pizza",
        "lazada",
        "tix",
        "was",
        "sofa",
        "taxi",
        "gas",
        "bus",
        "glass bottles",
        "a4",
        "o2",
        "covid19",
        "pin12",
        "333",
        "21l",
        "60x60",
        "com ga",
        "bo dau",
        "xoong",
        "hòa bình",
        "ថ្មពិលចាស់",
        "",
    ],
)
def test_what_is_no_slip_stays(text: str) -> None:
    assert restore(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rồiiii", "rồi"),
        ("pinnnn", "pin"),
        ("vậyy đâuu", "vậy đâu"),
        ("CHAI NHỰA!!!", "chai nhựa!!!"),
        ("ｐｉｎ ｃũ", "pin cũ"),  # full width
        ("pіn сũ", "pin cũ"),  # Cyrillic і and с
        ("p\u200bi\u00adn", "pin"),
        ("pin cu\u0303", "pin cũ"),
        ("Ðiện", "điện"),  # eth instead of đ
        ("bǎng", "băng"),  # caron instead of breve
        ("pin cũ 🔋, chai", "pin cũ 🔋, chai"),
    ],
)
def test_letters_held_down_and_look_alikes(typed: str, meant: str) -> None:
    assert restore(typed) == meant


def test_any_composition_of_a_text_is_restored_alike() -> None:
    for text in ("nhựa điện tử", "hoặc quý", "giặt ủi"):
        assert restore(unicodedata.normalize("NFD", text)) == restore(text) == text


def test_restoring_twice_changes_nothing_more() -> None:
    for text in ("chai nhuwaj roof bor ddaau", "d9ie6n5 thoai5 hu7", "pinnnn cuxx"):
        assert restore(restore(text)) == restore(text)


@pytest.mark.parametrize("word", ["", "abc", "bottle", "nhua", "12", "x", "sss", "www", "7w7w"])
def test_words_without_keys_decode_to_nothing(word: str) -> None:
    assert decode(word) is None


@pytest.mark.parametrize(
    ("word", "possible"),
    [
        ("nghiêng", True),
        ("quạt", True),
        ("gì", True),
        ("khuya", True),
        ("thuoc", True),  # typed without accents
        ("các", True),
        ("càc", False),  # no such tone before a stop
        ("ke", True),
        ("ka", False),
        ("ngi", False),
        ("pizza", False),
        ("", False),
    ],
)
def test_what_a_syllable_may_be(word: str, possible: bool) -> None:
    assert Syllable.of(word).is_possible() is possible
