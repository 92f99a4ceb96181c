"""What a free text means, and how well that is understood."""

from __future__ import annotations

import json

import pytest

from bot.intents import WISHES
from bot.knowledge import Knowledge
from bot.search.learned import FOLDER
from bot.settings import ROOT
from bot.understanding import understand
from scripts.eval_intents import Answer, ask, read_questions, share, share_of_answers
from scripts.examples import fingerprint_of_wishes
from tests.harness import known


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return known(ROOT / "content", None)


@pytest.fixture(scope="module")
def answers(knowledge: Knowledge) -> list[Answer]:
    """All that nothing was learned from, and a part of what was."""
    questions = read_questions()
    unseen = [question for question in questions if question.split == "unseen"]
    return ask(knowledge, [*unseen, *questions[:300], *questions[300::5]])


def of(split: str, answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.question.split == split]


def test_the_level_is_held(answers: list[Answer]) -> None:
    unseen, seen = of("unseen", answers), of("seen", answers)
    assert len(unseen) >= 660
    assert share(unseen) >= 0.93
    assert share_of_answers(unseen) >= 0.91
    assert share(seen) >= 0.93
    assert share_of_answers(seen) >= 0.92


def test_hardly_a_report_is_lost_and_hardly_anything_becomes_one(answers: list[Answer]) -> None:
    reports = [answer for answer in answers if answer.question.kinds[0] == "report"]
    assert len(reports) >= 80
    assert share(reports) >= 0.8
    told = [answer for answer in answers if answer.kind == "report"]
    assert share(told) >= 0.9


def test_it_was_learned_from_the_examples_as_they_are() -> None:
    path = ROOT / "content" / FOLDER / WISHES
    head = json.loads(path.read_bytes().partition(b"\n")[0])
    assert head["learned_from"] == fingerprint_of_wishes(), "the examples have changed: run `make learn`"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("vứt rác ra đường phạt bao nhiêu", "law"),  # though it tells of dumping
        ("tôi muốn báo có người vứt rác ra đường, phạt bao nhiêu cũng được", "report"),
        ("pin cũ bỏ đâu", "item"),
        ("vứt pin bừa bãi bị phạt bao nhiêu", "law"),  # though it names an item
        ("cách xài ít bọc nilon", "tip"),  # though it names an item
        ("tiết kiệm điện", "topic"),
        ("mẹo trữ nước mưa", "tip"),
        ("chào em", "talk"),
        ("chào em, pin cũ bỏ đâu", "item"),
        ("cảm ơn nha, cho hỏi vỏ chuối bỏ đâu", "item"),
        ("xóa dữ liệu của tôi", "help"),
        ("xã Cầu Ngang", "commune"),
        ("có đống rác ở xã Cầu Ngang", "report"),
        ("bịch vé số cũ bỏ vô đâu vậy", "item"),
        ("nhớt máy cày xả ra", "item"),  # though somebody might tell of a dump in such words
        ("cơm tấm đựng hộp xốp, ăn xong vứt chung với cơm dư luôn hả", "item"),
        ("nhà kế bên xả nhớt xuống kênh hoài", "report"),
        ("vượt đèn đỏ phạt bao nhiêu", "nothing"),
        ("", "talk"),
        ("...", "talk"),
        ("qwrtzp", "nothing"),
    ],
)
def test_what_comes_before_what(knowledge: Knowledge, text: str, kind: str) -> None:
    assert understand(knowledge, text).kind == kind


def test_a_law_question_that_fits_nothing_has_no_ids_and_other_laws_are_nothing(knowledge: Knowledge) -> None:
    assert understand(knowledge, "luật đất đai mới quy định gì").kind == "nothing"


def test_a_text_of_any_length_is_read(knowledge: Knowledge) -> None:
    assert understand(knowledge, "a " * 5000).kind == "nothing"
    assert understand(knowledge, "có đống rác trước nhà tôi " * 200).kind == "report"


def test_it_is_worked_out_the_same_each_time(knowledge: Knowledge) -> None:
    for text in ("pin cũ", "đốt rác có bị phạt không", "phường 1"):
        assert understand(knowledge, text) == understand(knowledge, text)
