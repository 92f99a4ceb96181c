"""The sorting files: what people edit, and every fault told with its line."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.sorting import Sorting, load_sorting

CONTENT = Path(__file__).parent.parent / "content"


@pytest.fixture(scope="module")
def sorting() -> Sorting:
    return load_sorting(CONTENT)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Content that a test may spoil."""
    shutil.copytree(CONTENT / "sorting", tmp_path / "sorting")
    shutil.copy(CONTENT / "words.yaml", tmp_path)
    return tmp_path


def spoil(content: Path, name: str, old: str, new: str) -> int:
    """Replaces the first `old`; the line on which `new` now begins."""
    path = content / "sorting" / name
    text = path.read_text(encoding="utf-8")
    before, found, after = text.partition(old)
    assert found, f"{old!r} is not in {name}"
    path.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def faults(content: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_sorting(content)
    return [f"{fault.path.name}:{fault.line}: {fault.message}" for fault in caught.value.faults]


LEAST = {"tai_che": 100, "khac": 70, "nguy_hai": 50, "thuc_pham": 35, "dac_thu": 30, "cong_kenh": 25}
"""Items of each group that must not get lost."""


def test_there_are_items_enough_in_every_group(sorting: Sorting) -> None:
    counts = Counter(str(item.group) for item in sorting.items)
    assert {group: counts[group] for group, least in LEAST.items() if counts[group] < least} == {}
    assert len(sorting.items) >= 240


def test_groups_have_their_exact_names(sorting: Sorting) -> None:
    assert {group.code: group.name.vi for group in sorting.groups} == {
        "tai_che": "Tái chế",
        "thuc_pham": "Thực phẩm",
        "khac": "Rác khác",
        "nguy_hai": "Nguy hại",
        "cong_kenh": "Cồng kềnh",
        "dac_thu": "Đặc thù",
    }


def test_how_sure_the_items_are_is_kept(sorting: Sorting) -> None:
    counts = Counter(item.confidence for item in sorting.items)
    assert counts["high"] >= 62
    assert all(item.ask_collector == (item.confidence == "low") for item in sorting.items)
    assert sum(item.ask_collector for item in sorting.items) == counts["low"] >= 42


def test_what_only_an_editor_thinks_is_never_sure(sorting: Sorting) -> None:
    opinions = [item for item in sorting.items if item.source == ("bien_tap",)]
    assert opinions
    assert [item.id for item in opinions if item.confidence == "high"] == []


def test_names_in_both_languages(sorting: Sorting) -> None:
    pin = sorting.item("pin")
    assert (pin.name_in("vi"), pin.name_in("en")) == ("pin", "used battery")
    assert sorting.group("nguy_hai").name.in_language("en") == "Hazardous waste"


def test_an_unknown_id_is_a_key_error(sorting: Sorting) -> None:
    with pytest.raises(KeyError):
        sorting.item("khong_co")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("khac.yaml", "id: hop_xop", "id: tui_nilon", "'tui_nilon' is there twice"),
        ("khac.yaml", "source: [quan_thanh_ha_noi]", "source: [nghe_noi]", "source 'nghe_noi' is not"),
        ("nguy_hai.yaml", "confidence: high", "confidence: chac", "'high', 'medium' or 'low'"),
        ("nguy_hai.yaml", "name: pin sạc", "name: " + "pin sạc " * 20, "at most 60 characters"),
        ("tai_che.yaml", "prep: Giữ khô", "prpe: Giữ khô", "Extra inputs"),
        ("groups.yaml", "code: khac", "code: lung_tung", "'tai_che', 'thuc_pham'"),
        ("groups.yaml", 'colour: "#757575"', "colour: gray", "should match pattern"),
        ("sources.yaml", "id: bien_tap", "id: qd87_ha_noi", "'qd87_ha_noi' is there twice"),
        ("../words.yaml", "  - [ly, cốc]", "  - [ly, cái cốc]", "should match pattern"),
    ],
)
def test_a_fault_names_file_and_line(copy: Path, name: str, old: str, new: str, message: str) -> None:
    line = spoil(copy, name, old, new)
    assert any(fault.startswith(f"{Path(name).name}:{line}: ") and message in fault for fault in faults(copy))


def test_one_name_in_two_groups_is_a_fault_also_without_accents(copy: Path) -> None:
    line = spoil(copy, "khac.yaml", "name: vỏ sầu riêng", "name: vo chuoi")
    assert faults(copy) == [f"khac.yaml:{line}: 'vo chuoi' also names 'vo_trai_cay' in group thuc_pham"]


def test_text_must_be_composed(copy: Path) -> None:
    line = spoil(copy, "khac.yaml", "name: vỏ dừa", "name: vo\u0309 du\u031b\u0300a")
    assert any(fault.startswith(f"khac.yaml:{line}: letters are decomposed") for fault in faults(copy))


def test_a_file_of_no_group_is_told(copy: Path) -> None:
    (copy / "sorting" / "giay.yaml").write_text("items: []\n", encoding="utf-8")
    assert faults(copy) == ["giay.yaml:1: no group has the code 'giay'"]


def test_a_missing_file_and_a_file_without_items_are_told(copy: Path) -> None:
    (copy / "sorting" / "dac_thu.yaml").write_text("things: []\n", encoding="utf-8")
    assert faults(copy) == ["dac_thu.yaml:1: must have a list 'items'"]
    (copy / "sorting" / "dac_thu.yaml").unlink()
    assert faults(copy)[0].startswith("dac_thu.yaml:1: cannot be read")
