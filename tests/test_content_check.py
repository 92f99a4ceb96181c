"""What the content check tells beyond the schemas: spelling, old dates, long cards."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.content.check import check
from bot.content.spelling import misspelt

CONTENT = Path(__file__).parent.parent / "content"
TODAY = date(2026, 11, 22)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def spoil(content: Path, name: str, old: str, new: str) -> int:
    """Replaces the first `old`; the line on which `new` stands."""
    path = content / name
    before, found, after = path.read_text(encoding="utf-8").partition(old)
    assert found, f"{old!r} is not in {name}"
    path.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def told(content: Path, today: date = TODAY) -> list[str]:
    return [f"{fault.path.name}:{fault.line}: {fault.message}" for fault in check(content, today)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hoà nước", "'hoà' is written 'hòa'"),
        ("thuỷ tinh", "'thuỷ' is written 'thủy'"),
        ("Khoẻ", "'Khoẻ' is written 'khỏe'"),
        ("gía đỗ", "'gía' is written 'giá'"),
        ("nghành nghề", "'nghành' is no Vietnamese syllable"),
        ("bỏ tùnng", "'tùnng' is no Vietnamese syllable"),
        ("ho\u0300a", "letters are decomposed; save the file as Unicode NFC"),
    ],
)
def test_misspelt_words_are_named(text: str, message: str) -> None:
    assert list(misspelt(text)) == [message]


@pytest.mark.parametrize(
    "text",
    [
        "Giữ quý giá, khuỷu tay, thuở xưa, ngoằn ngoèo, khuya khoắt, quệt quẹt, giếng gì gìn giữ",
        "NĐ 45/2022/NĐ-CP, QĐ-UBND, battery, 20 lít",
        "hòa thủy khỏe xóa tòa họa hóa loạt hoặc",
        "ថ្មចាស់",
    ],
)
def test_right_words_pass(text: str) -> None:
    assert list(misspelt(text)) == []


def test_borrowed_words_are_allowed_by_a_file() -> None:
    assert list(misspelt("tấm amiăng")) != []
    assert list(misspelt("tấm Amiăng", {"amiăng"})) == []


def test_a_slip_in_an_item_and_in_a_tip_is_told_by_line(content: Path) -> None:
    line = spoil(content, "sorting/khac.yaml", "tròng bể thì gói nhiều", "tròng bể thì gói nhìều")
    tip = next((content / "tips" / "giam-nhua").glob("*.md"))
    tip.write_text(tip.read_text(encoding="utf-8") + "Hoà nước.\n", encoding="utf-8")
    last = len(tip.read_text(encoding="utf-8").splitlines())
    assert told(content) == [
        f"khac.yaml:{line}: 'nhìều' is written 'nhiều'",
        f"{tip.name}:{last}: 'Hoà' is written 'hòa'",
    ]


def test_what_people_type_may_be_misspelt(content: Path) -> None:
    spoil(content, "sorting/khac.yaml", "[vỏ sầu,", "[vỏ sầu, vỏ sầu riênq,")
    assert told(content) == []


def test_a_long_card_is_told(content: Path) -> None:
    spoil(content, "sorting/khac.yaml", "prep: Đừng hốt", "prep: " + "gói kỹ " * 21 + "Đừng hốt")
    spoil(content, "sorting/khac.yaml", "hazard: Miểng bén,", "hazard: " + "bén " * 48 + ",")
    assert any("the card of 'mieng_chai_kieng_be' has" in line for line in told(content))


def test_sources_grow_stale(content: Path) -> None:
    assert told(content) == []
    later = told(content, date(2028, 1, 15))
    assert any(
        line.startswith("sources.yaml:") and "days ago; read the source again" in line for line in later
    )
    assert any("has not come yet" in line for line in told(content, date(2020, 1, 1)))
