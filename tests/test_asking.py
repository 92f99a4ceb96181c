"""Laws, help and small talk as files: what they hold, and every fault by its line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.cues import load_cues
from bot.faq import load_faqs
from bot.laws import Laws, load_laws
from bot.phrases import Typed
from bot.smalltalk import SmallTalk, load_small_talk

CONTENT = Path(__file__).parents[1] / "content"
FILES = ("laws.yaml", "help.yaml", "talk.yaml", "understanding.yaml", "words.yaml")
UNKNOWN = ("dot_rac", "nguy_hai", "xa_ban", "xac_vat_nuoi", "ai_phat")
"""Laws about which nothing certain was read."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Content that a test may spoil."""
    for name in FILES:
        shutil.copy(CONTENT / name, tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def laws() -> Laws:
    return load_laws(CONTENT)


@pytest.fixture(scope="module")
def small_talk() -> SmallTalk:
    return load_small_talk(CONTENT)


def spoil(copy: Path, name: str, old: str, new: str) -> int:
    """Replaces the first `old`; the line on which it begins."""
    path = copy / name
    before, found, after = path.read_text(encoding="utf-8").partition(old)
    assert found, f"{old!r} is not in {name}"
    path.write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1


def faults(load: Callable[[Path], object], copy: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load(copy)
    return [f"{fault.path.name}:{fault.line}: {fault.message}" for fault in caught.value.faults]


def test_every_law_names_its_source_and_day(laws: Laws) -> None:
    assert len(laws.all) >= 14
    assert all(law.source and law.checked <= date(2026, 11, 22) for law in laws.all)
    assert {law.checked for law in laws.all} == {date(2026, 11, 22)}


def test_an_amount_has_its_article(laws: Laws) -> None:
    assert all(law.articles and "Nghị định 45/2022" in law.articles for law in laws.all if law.amount)


@pytest.mark.parametrize("id", UNKNOWN)
def test_what_was_not_read_has_no_amount_and_sends_to_the_commune(laws: Laws, id: str) -> None:
    law = laws.law(id)
    assert law.amount is None and law.articles is None and law.confidence == "low"
    assert "chưa kiểm được" in law.answer and "UBND" in law.answer


def test_look_ups(laws: Laws) -> None:
    faqs = load_faqs(CONTENT)
    assert len(faqs.all) >= 20
    for ask in (laws.law, faqs.entry, load_small_talk(CONTENT).talk):
        with pytest.raises(KeyError):
            ask("none")


def test_a_law_is_found_by_its_question_and_by_its_matter(laws: Laws) -> None:
    assert laws.questions.find("đốt rác có bị phạt không").hits[0].id == "dot_rac"
    assert laws.questions.find_matter("chú Tư đổ gạch đá đầy lộ thì bị phạt nhiêu").hits[0].id == "xa_ban"


LOADERS: dict[str, Callable[[Path], object]] = {
    "laws.yaml": load_laws,
    "help.yaml": load_faqs,
    "talk.yaml": load_small_talk,
    "understanding.yaml": load_cues,
}


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("laws.yaml", "id: rac_ra_duong", "id: nhua_xuong_kenh", "id 'nhua_xuong_kenh' is used twice"),
        ("laws.yaml", "- đốt rơm phạt bao nhiêu", "- đốt rác phạt bao nhiêu", "already asks for 'dot_rac'"),
        ("laws.yaml", "checked: 2026-11-22", "checked: hôm qua", "checked: Input should be a valid date"),
        ("laws.yaml", 'source: "hoinong', 'sauce: "hoinong', "sauce: Extra inputs"),
        ("laws.yaml", 'title: "Đốt rác"', f'title: "{"Đốt rác" * 6}"', "at most 40"),
        ("help.yaml", "action: help", "action: fly", "action: Input should be"),
        ("help.yaml", "id: la_ai", "id: lam_gi", "id 'lam_gi' is used twice"),
        ("help.yaml", "- em là ai", "- bạn làm được gì", "already asks for 'lam_gi'"),
        ("talk.yaml", "id: bye", "id: thanks", "id 'thanks' is used twice"),
        ("talk.yaml", "- tạm biệt", "- tạm … biệt", "without …"),
        ("talk.yaml", 'en: "You', f'en: "{"x" * 160}', "at most 160"),
        ("understanding.yaml", "- phạt bao nhiêu", "- …", "law_questions.0: Value error, has no words"),
    ],
)
def test_a_fault_names_file_and_line(copy: Path, name: str, old: str, new: str, message: str) -> None:
    line = spoil(copy, name, old, new)
    found = faults(LOADERS[name], copy)
    assert any(fault.startswith(f"{name}:{line}: ") and message in fault for fault in found), found


@pytest.mark.parametrize(("name", "most"), [("laws.yaml", 350), ("help.yaml", 300)])
def test_an_answer_that_is_too_long_is_a_fault(copy: Path, name: str, most: int) -> None:
    line = spoil(copy, name, "answer: >-\n      ", f"answer: >-\n      {'dài ' * (most // 3)}")
    told = f"{name}:{line}: "
    assert any(fault.startswith(told) and f"at most {most}" in fault for fault in faults(LOADERS[name], copy))


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("chào em", "greeting"),
        ("xin chào", "greeting"),
        ("chào em, cảm ơn nhiều nha", "thanks"),
        ("CAM ON NHIEU", "thanks"),
        ("camr own nhieeuf", "thanks"),
        ("haaa haha", "laughing"),
        ("😀😀", "fine"),
    ],
)
def test_a_message_that_is_small_talk_as_a_whole(small_talk: SmallTalk, text: str, id: str) -> None:
    talk = small_talk.whole(Typed.of(text))
    assert talk is not None and talk.id == id


@pytest.mark.parametrize(
    "text", ["chào em, pin cũ bỏ đâu", "em ơi", "bạn", "cảm ơn nha còn chai nhựa", "cảm cúm"]
)
def test_a_message_that_is_more_or_less_than_small_talk(small_talk: SmallTalk, text: str) -> None:
    assert small_talk.whole(Typed.of(text)) is None
