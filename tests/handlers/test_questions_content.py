"""An answer of staff as lines for content/."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
import yaml

from bot.content.check import check
from bot.content.files import Fault
from bot.faq import load_faqs
from bot.questions import help_entry, item_entry
from bot.settings import ROOT
from bot.sorting import load_sorting
from bot.sorting.content import Entry as Item
from bot.sorting.lengths import MOST as CARD_MOST
from tests.fakes import START
from tests.handlers.asking import answers, asks, opens
from tests.harness import User, World

WORDS = "yên ngựa da trâu"
ANSWER = "Gói kỹ lại. Bỏ vô rác khác, # đừng: bỏ xuống kênh."


def _pasted(tmp_path: Path, file: str, entry: str) -> Path:
    content = tmp_path / "content"
    if not content.exists():
        shutil.copytree(ROOT / "content", content)
    with (content / file).open("a", encoding="utf-8") as out:
        out.write("\n" + entry)
    return content


def _faults(content: Path, file: str) -> list[Fault]:
    """Those of the lines that were pasted."""
    before = len((ROOT / "content" / file).read_text(encoding="utf-8").splitlines())
    found = check(content, START.date())
    return [fault for fault in found if fault.path == content / file and fault.line > before]


def _filled_in(entry: str) -> str:
    return re.sub(r"en: ''.*", "en: broken saddle", entry)


async def _answered(world: World) -> User:
    admin = world.admin()
    await asks(world.user(), WORDS)
    await answers(admin, ANSWER, WORDS)
    return admin


def _handed_out(world: World, admin: User) -> tuple[str, str]:
    """What stands in the message, and in the file."""
    (sent,) = [one for one in world.telegram.sent if one.method == "sendDocument"]
    said = next(one for one in reversed(admin.heard) if "<pre>" in one.text)
    inside = re.search(r"<pre>(.*)</pre>", said.text, re.DOTALL)
    assert inside and "/naplai" in said.text
    return unescape(inside[1]), next(iter(sent.files.values())).decode()


async def test_an_item_needs_only_its_english_name(world: World, tmp_path: Path) -> None:
    admin = await _answered(world)
    await admin.presses("Món rác")
    assert len(admin.last.labels) == 7
    await admin.presses("⚪ 🗑️ Rác khác")
    entry, in_file = _handed_out(world, admin)
    assert entry.strip() == in_file.strip()
    assert "content/sorting/khac.yaml" in next(one.text for one in admin.heard if "<pre>" in one.text)

    content = _pasted(tmp_path, "sorting/khac.yaml", in_file)
    (fault,) = _faults(content, "sorting/khac.yaml")
    lines = (content / "sorting/khac.yaml").read_text(encoding="utf-8").splitlines()
    assert "tên tiếng Anh" in lines[fault.line - 1] and "en" in fault.message

    shutil.rmtree(content)
    content = _pasted(tmp_path, "sorting/khac.yaml", _filled_in(in_file))
    assert _faults(content, "sorting/khac.yaml") == []
    (found,) = load_sorting(content).find(WORDS).items
    assert (found.item.name, found.item.group) == (WORDS, "khac")
    assert (found.item.prep, found.item.where) == ("Gói kỹ lại.", "Bỏ vô rác khác, # đừng: bỏ xuống kênh.")
    assert (found.item.source, found.item.confidence) == (("can_bo_tra_loi",), "medium")


async def test_a_frequent_question(world: World, tmp_path: Path) -> None:
    admin = await _answered(world)
    await admin.presses("Câu trả lời thường gặp")
    entry, in_file = _handed_out(world, admin)
    assert entry.strip() == in_file.strip()
    content = _pasted(tmp_path, "help.yaml", in_file)
    (fault,) = _faults(content, "help.yaml")
    lines = (content / "help.yaml").read_text(encoding="utf-8").splitlines()
    assert "thêm cách hỏi" in lines[fault.line - 1] and "asks" in fault.message

    shutil.rmtree(content)
    ways = ", ".join(f"{WORDS} {state}" for state in ("mới", "hư", "rách", "mục", "sờn"))
    content = _pasted(tmp_path, "help.yaml", in_file.replace(f"[{WORDS}]", f"[{ways}]"))
    assert _faults(content, "help.yaml") == []
    faq = load_faqs(content).entry("yen_ngua_da_trau")
    assert (faq.title, faq.answer) == ("Yên ngựa da trâu", ANSWER)
    assert "# Cán bộ trả lời ngày 23/11/2026" in in_file


async def test_the_way_there_is_open_later_too(world: World) -> None:
    admin = await _answered(world)
    (row,) = [one for one in admin.heard if "Đã gửi câu trả lời" in one.text]
    missed_id = row.data("Món rác").split(":")[2]
    await admin.presses_data(f"1:question.open:{missed_id}:0", admin.last)
    assert ANSWER in admin.last.text
    await admin.presses("📄 Đưa vô nội dung")
    assert admin.last.labels == ["Món rác", "Câu trả lời thường gặp", "◀ Danh sách"]


async def test_without_an_answer_there_is_no_content(world: World) -> None:
    admin = world.admin()
    await asks(world.user())
    missed_id = (await opens(admin)).data("✍️ Trả lời").split(":")[2]
    for action in ("content", "item", "entry", "faq"):
        assert "chưa có trả lời" in str(
            await admin.presses_data(f"1:question.{action}:{missed_id}:khac", admin.last)
        )


async def test_an_unknown_group_is_refused(world: World) -> None:
    admin = await _answered(world)
    missed_id = admin.last.data("Món rác").split(":")[2]
    assert "Không có nhóm" in str(await admin.presses_data(f"1:question.entry:{missed_id}:../x", admin.last))


LONG_ANSWER = f"{'Gói kỹ ' * 40}. {'Bỏ vô rác khác ' * 20}"


@pytest.mark.parametrize("answer", ["Bỏ vô rác khác", "a: b\n- c\n#d", "…", "'\"", LONG_ANSWER, "yes", "1"])
@pytest.mark.parametrize("words", ["yes", "đàn tranh: gỗ", "x" * 120, "#1 'a'", "សំរាម", "123"])
def test_whatever_was_asked_and_answered_it_is_an_item(words: str, answer: str) -> None:
    entry = item_entry("khac", words.split(), answer, {"yes"})
    (read,) = yaml.safe_load("items:\n" + _filled_in(entry.text))["items"]
    item = Item.model_validate(read)
    assert item.id == entry.id != "yes" and item.prep
    assert len(item.name) + len(item.prep) + len(item.where or "") <= CARD_MOST


def test_a_long_answer_is_kept_whole_as_a_remark() -> None:
    entry = item_entry("khac", ["đàn"], LONG_ANSWER, set())
    assert entry.text.startswith("  # Nguyên câu trả lời: Gói kỹ")
    assert LONG_ANSWER.split(". ")[1].strip() in entry.text.splitlines()[0]


def test_long_answers_need_no_more_than_short_ones(tmp_path: Path) -> None:
    words = ["yên"] * 30
    item = item_entry("khac", words, LONG_ANSWER, set())
    content = _pasted(tmp_path, item.file, _filled_in(item.text))
    faq = help_entry(" ".join(words), words, LONG_ANSWER, START.date(), set())
    ways = ", ".join(f"yên ngựa thứ {number}" for number in range(5))
    _pasted(tmp_path, faq.file, re.sub(r"asks: \[.*?\].*", f"asks: [{ways}]", faq.text))
    assert _faults(content, item.file) == _faults(content, faq.file) == []


def test_ids_are_free_and_short() -> None:
    taken = {"dan_tranh", "dan_tranh_2"}
    assert item_entry("khac", ["Đàn", "tranh"], "x", taken).id == "dan_tranh_3"
    long = item_entry("khac", ["đàn"] * 30, "x", set()).id
    assert len(long) <= 32 and item_entry("khac", ["đàn"] * 30, "x", {long}).id != long
    assert len(help_entry("?", ["đàn"] * 30, "x", START.date(), set()).id) <= 32
    assert help_entry("?", [], "x", START.date(), set()).id == "cau_hoi"
