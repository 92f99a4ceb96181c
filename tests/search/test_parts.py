"""Where a message may be taken apart."""

from __future__ import annotations

import pytest

from bot.search.parts import Divider, Joint

DIVIDER = Divider(between=("và", "với", "and", "និង"), perhaps=("còn",))


def divided(text: str, *, marks: bool = True) -> list[tuple[str, Joint]]:
    return [(part.text, part.joint) for part in DIVIDER.parts(text, marks=marks)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("pin cũ, vỏ chuối và chai", ["pin cũ", "vỏ chuối", "chai"]),
        ("pin\nchai + lon & hộp; giấy", ["pin", "chai", "lon", "hộp", "giấy"]),
        ("tã / băng vệ sinh", ["tã", "băng vệ sinh"]),
        ("pin AA/AAA", ["pin AA/AAA"]),  # no lone slash
        ("Pin. Chai nhựa? Bỏ đâu!", ["Pin", "Chai nhựa", "Bỏ đâu"]),
        ("pin 1.5V còn chai thì sao", ["pin 1.5V", "chai thì sao"]),
        ("pin vowis chai", ["pin", "chai"]),  # Telex left standing
        ("ថ្មនិងដប", ["ថ្ម", "ដប"]),
        ("pin, , …", ["pin"]),
        ("", []),
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert [part for part, _ in divided(text)] == parts


def test_what_stands_in_front_of_a_part_is_told() -> None:
    assert [joint for _, joint in divided("pin, vỏ và chai còn lon")] == [
        Joint.NONE,
        Joint.MARK,
        Joint.WORD,
        Joint.PERHAPS,
    ]


def test_words_without_accents_divide_only_where_none_are_typed() -> None:
    assert len(divided("pin va chai", marks=False)) == 2
    assert len(divided("pin va chai nhựa", marks=True)) == 1


def test_at_most_ten_parts() -> None:
    assert len(divided(",".join("abcdefghijklmnop"))) == 10
