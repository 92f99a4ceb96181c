"""The level reached on the questions of real people, held so that no edit of content or engine lowers it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sorting import Sorting, load_sorting
from scripts.questions import UNRELATED, Answer, answers, ask_sorting, level, read_questions

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def sorting() -> Sorting:
    return load_sorting(CONTENT)


@pytest.fixture(scope="module")
def asked(sorting: Sorting) -> list[Answer]:
    """All that nothing was learned from, and a part of what was."""
    questions = read_questions()
    unseen = [question for question in questions if question.split == "unseen"]
    seen = [question for question in questions if question.split == "seen"]
    others = [question for question in seen if question.kind == UNRELATED]
    things = [question for question in seen if question.kind != UNRELATED]
    return answers([*unseen, *others, *things[::20]], ask_sorting(sorting), lambda id: sorting.item(id).group)


def test_level_of_the_unseen_questions(asked: list[Answer]) -> None:
    at = level([answer for answer in asked if answer.question.split == "unseen"])
    assert at.things >= 3600
    assert at.others >= 1900
    assert at.group_at_1 >= 0.98
    assert at.item_at_1 >= 0.97
    assert at.item_at_3 >= 0.99
    assert at.sure >= 0.65
    assert at.false <= 0.03
    assert at.listed <= 0.01


def test_level_of_the_seen_questions(asked: list[Answer]) -> None:
    at = level([answer for answer in asked if answer.question.split == "seen"])
    assert at.group_at_1 >= 0.985
    assert at.others >= 460
    assert at.false <= 0.02


def test_hardly_ever_is_a_wrong_group_told_surely(asked: list[Answer]) -> None:
    wrong = [answer.question for answer in asked if answer.surely_wrong]
    assert [question.text for question in wrong if question.split == "unseen"][8:] == []
    assert len(wrong) <= 0.005 * len(asked)


def test_no_kind_of_slip_is_left_behind(asked: list[Answer]) -> None:
    for kind in sorted({answer.question.kind for answer in asked if answer.question.things}):
        of = [answer for answer in asked if answer.question.kind == kind]
        if len(of) >= 30:  # of fewer, one is several percent
            assert level(of).group_at_1 >= 0.88, kind


def test_answers_come_at_once(asked: list[Answer]) -> None:
    assert sorted(answer.seconds for answer in asked)[len(asked) // 2] < 0.01


def test_every_expected_item_exists(sorting: Sorting) -> None:
    known = {item.id for item in sorting.items}
    assert {id for question in read_questions() for right in question.things for id in right} <= known
