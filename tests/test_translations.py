"""Khmer text beside the content: what is wrong with it is told by file and line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.content.check import faults_of_parts
from bot.content.files import ContentError
from bot.content.outdated import outdated_translations
from bot.kinds import load_kinds
from bot.sorting import load_sorting
from bot.tips import load_tips

CONTENT = Path(__file__).parent.parent / "content"
KHMER = sorted((CONTENT / "khmer").glob("*.yaml"))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def change(content: Path, name: str, old: str, new: str) -> None:
    path = content / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def spoil(content: Path, name: str, old: str, new: str) -> int:
    """Replaces the first `old`; the line on which `new` stands."""
    path = content / "khmer" / name
    before, found, after = path.read_text(encoding="utf-8").partition(old)
    assert found, f"{old!r} is not in {name}"
    path.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def told(content: Path) -> list[str]:
    return [f"{fault.path.name}:{fault.line}: {fault.message}" for fault in faults_of_parts(content)]


PIN = "name: ថ្មពិលចាស់"
FAULTS = {
    "no such item": ("items", "id: pin", "id: pin_xua", "there is no 'pin_xua' to translate"),
    "item twice": ("items", "id: pin", "id: tui_nilon", "'tui_nilon' is there twice"),
    "no such tip": ("tips", "id: sua-voi-ri", "id: sua-voi", "there is no 'sua-voi' to translate"),
    "no such group": ("labels", "id: dac_thu", "id: dac_biet", "there is no 'dac_biet' to translate"),
    "no such topic": ("labels", "id: cho-buon-ban", "id: cho", "there is no 'cho' to translate"),
    "no such kind": ("labels", "id: dot_rac", "id: dot", "there is no 'dot' to translate"),
    "not Khmer": ("items", PIN, "name: Pin", "has no Khmer letters"),
    "invisible space": ("items", PIN, "name: ថ្មពិល\u200bចាស់", "has a zero width space"),
    "long name": ("items", PIN, f"name: {'ថ្ម' * 14}", "at most 40"),
    "long title": ("tips", "title: ជួសជុលមុនចោល", f"title: {'ជួស' * 30}", "at most 80"),
    "unknown field": ("items", "words: [", "wordz: [", "Extra inputs are not permitted"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_faults_are_told_by_file_and_line(content: Path, fault: tuple[str, str, str, str]) -> None:
    name, old, new, message = fault
    line = spoil(content, f"{name}.yaml", old, new)
    faults = [one for one in told(content) if one.startswith(f"{name}.yaml:{line}: ")]
    assert any(message in one for one in faults), told(content)


def test_each_translation_names_what_it_translates(content: Path) -> None:
    line = spoil(content, "labels.yaml", "      name: Nguy hại", "      what: Nguy hại")
    message = "groups.3: Value error, 'vi' must hold what was translated: name"
    assert f"labels.yaml:{line - 2}: {message}" in told(content)


def test_who_must_ask_the_collector_keeps_the_vietnamese_words(content: Path) -> None:
    item = next(
        item
        for item in load_sorting(content).items
        if "hỏi đơn vị thu gom" in (item.where or "").lower() and not item.km
    )
    line = spoil(content, "items.yaml", "id: pin", f"id: {item.id}")
    path = content / "khmer" / "items.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[line + 4] = f"      where: {item.where}"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert f"items.yaml:{line + 7}: must keep the words 'hỏi đơn vị thu gom'" in told(content)


def test_what_changed_since_is_vietnamese_until_translated_again(content: Path) -> None:
    """The old advice must not live on in Khmer."""
    change(content, "sorting/khac.yaml", "Còn sạch thì xài lại;", "Còn sạch thì xài lại nhiều lần;")
    change(content, "tips/tiet-kiem-nuoc/sua-voi-ri.md", "Tối trước khi ngủ", "Tối nay trước khi ngủ")
    item, before = load_sorting(content).item("tui_nilon"), load_sorting(CONTENT).item("tui_nilon")
    assert item.km and before.km
    assert (item.km.name, item.km.prep, item.km.where) == (before.km.name, item.prep, before.km.where)
    assert load_tips(content).tip("sua-voi-ri").km is None
    faults = [f"{fault.path.name}: {fault.message}" for fault in outdated_translations(content)]
    again = "has changed: translate it again, and 'vi' with it"
    assert faults == [
        f"items.yaml: the Vietnamese of 'prep' {again}",
        f"tips.yaml: the Vietnamese of 'body' {again}",
    ]


def test_what_ships_is_translated_from_what_ships() -> None:
    assert list(outdated_translations(CONTENT)) == []


def test_without_the_files_everything_is_vietnamese(content: Path) -> None:
    shutil.rmtree(content / "khmer")
    sorting, tips, kinds = load_sorting(content), load_tips(content), load_kinds(content)
    assert not any(item.km for item in sorting.items) and not any(tip.km for tip in tips.all)
    assert sorting.item("pin").name_in("km") == "pin"
    assert sorting.group("khac").name.in_language("km") == "Rác khác"
    assert tips.topics[0].name.of("km") == "Tiêu dùng xanh"
    assert kinds.all[0].name.of("km") == "Rác sinh hoạt"


def test_a_bad_translation_keeps_the_content_from_loading(content: Path) -> None:
    spoil(content, "tips.yaml", "id: sua-voi-ri", "id: sua-voi")
    with pytest.raises(ContentError, match=r"tips\.yaml"):
        load_tips(content)


def test_every_label_is_there() -> None:
    sorting, tips, kinds = load_sorting(CONTENT), load_tips(CONTENT), load_kinds(CONTENT)
    names = [group.name.km for group in sorting.groups]
    names += [topic.name.km for topic in tips.topics] + [kind.name.km for kind in kinds.all]
    assert len(names) == 26
    assert None not in names


def test_nothing_counts_as_reviewed_until_somebody_signs(content: Path) -> None:
    assert not any(item.km and item.km.reviewed for item in load_sorting(content).items)
    spoil(content, "items.yaml", "reviewed_by: null", "reviewed_by: Thạch Thị Sa Rây")
    assert all(item.km.reviewed for item in load_sorting(content).items if item.km)
    assert not any(tip.km and tip.km.reviewed for tip in load_tips(content).all)


def test_single_entries_can_be_reviewed_first(content: Path) -> None:
    spoil(content, "items.yaml", "id: pin\n", "id: pin\n    reviewed: true\n")
    assert [item.id for item in load_sorting(content).items if item.km and item.km.reviewed] == ["pin"]


def test_a_ruling_replaces_the_translation_of_what_it_rules(content: Path) -> None:
    (content / "sorting" / "decision.yaml").write_text(
        "in_force: true\ntitle: Quyết định của tỉnh\nnumber: 12/2025/QĐ-UBND\nread_on: 2025-12-01\n"
        "items:\n  tui_nilon: {prep: Rửa sạch.}\ngroups:\n  khac: {where: {vi: Bọc xám., en: Grey bag.}}\n",
        encoding="utf-8",
    )
    sorting = load_sorting(content)
    item, before = sorting.item("tui_nilon"), load_sorting(CONTENT).item("tui_nilon")
    assert item.km and before.km
    assert (item.km.prep, item.km.where) == ("Rửa sạch.", before.km.where)
    assert sorting.group("khac").where.in_language("km") == "Bọc xám."


@pytest.mark.parametrize("path", KHMER, ids=lambda path: path.name)
def test_what_ships_says_at_its_top_that_nobody_reviewed_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert 'status: "bản dịch máy, chờ người bản ngữ duyệt"\nreviewed_by: null\n' in text
    runs = [run for run in re.findall("[\u1780-\u17ff]+", text) if len(run) > 36]
    assert runs == []  # a longer one does not fit a narrow bubble where lines break at spaces only
