"""The province's decision: one file, one switch."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.sorting import Sorting, load_sorting

CONTENT = Path(__file__).parent.parent / "content"
RULING = """
in_force: {in_force}
title: Quyết định của tỉnh
number: {number}
read_on: {read_on}
groups:
  khac:
    where: {{vi: "Bọc màu xám.", en: "Grey bag."}}
items:
  tui_nilon: {{group: tai_che, prep: "Rửa sạch, để ráo."}}
  {item}: {{hazard: null}}
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for name in ("sorting", "words.yaml", "learned"):
        source = CONTENT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    return tmp_path


def rule(
    content: Path,
    *,
    in_force: bool,
    number: str = "12/2025/QĐ-UBND",
    read_on: str = "2026-12-01",
    item: str = "hop_xop",
) -> Sorting:
    text = RULING.format(in_force=str(in_force).lower(), number=number, read_on=read_on, item=item)
    (content / "sorting" / "decision.yaml").write_text(text, encoding="utf-8")
    return load_sorting(content)


def test_shipped_content_waits_for_somebody_to_read_it() -> None:
    assert "in_force: false" in (CONTENT / "sorting" / "decision.yaml").read_text(encoding="utf-8")
    assert all("quyet_dinh_tinh" not in item.source for item in load_sorting(CONTENT).items)


def test_switched_off_it_changes_nothing(content: Path) -> None:
    before = load_sorting(content)
    after = rule(content, in_force=False)
    assert (after.items, after.groups) == (before.items, before.groups)


def test_switched_on_it_outranks_what_the_files_say(content: Path) -> None:
    sorting = rule(content, in_force=True)
    bag = sorting.item("tui_nilon")
    assert (bag.group, bag.prep, bag.confidence, bag.disputed) == (
        "tai_che",
        "Rửa sạch, để ráo.",
        "high",
        None,
    )
    assert sorting.find("bọc nilon").items[0].item.group == "tai_che"
    source = sorting.sources[bag.source[0]]
    assert "12/2025/QĐ-UBND" in source.title
    assert "01/12/2026" in source.read
    assert sorting.group("khac").where.vi == "Bọc màu xám."


def test_a_warning_can_be_taken_away_and_what_is_not_named_stays(content: Path) -> None:
    before, after = load_sorting(content), rule(content, in_force=True)
    assert before.item("hop_xop").hazard
    assert after.item("hop_xop").hazard is None
    assert after.item("hop_xop").prep == before.item("hop_xop").prep
    assert after.item("pin") == before.item("pin")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"item": "khong_co"}, "decision.yaml:11: there is no item 'khong_co'"),
        ({"number": "null"}, "decision.yaml:2: needs 'number' and 'read_on'"),
        ({"read_on": "null"}, "decision.yaml:2: needs 'number' and 'read_on'"),
        ({"read_on": "hôm qua"}, "decision.yaml:5: read_on"),
    ],
)
def test_a_fault_is_told_before_anything_changes(content: Path, wrong: dict[str, str], message: str) -> None:
    with pytest.raises(ContentError, match=message.replace("(", r"\(")):
        rule(content, in_force=True, **wrong)
