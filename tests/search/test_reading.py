"""A message read beside the names of the real items: words of a name are neither questions nor filler."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.search.alignment import Alignment
from bot.sorting import Sorting, load_sorting
from bot.sorting.loading import load_content
from bot.sorting.search import DANGER, entry_of

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def alignment() -> Alignment:
    content = load_content(CONTENT / "sorting")
    return Alignment([entry_of(item) for item in content.items], content.words, DANGER)


@pytest.fixture(scope="module")
def sorting() -> Sorting:
    return load_sorting(CONTENT)


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("vo dua bo dau", ("vo", "dua")),  # dừa, not đưa
        ("vo sau rieng", ("vo", "sau", "rieng")),  # not vô, sau, riêng
        ("ta em be bo thung nao", ("ta", "em", "be")),  # tã em bé
        ("máy tính bỏ túi hư", ("máy", "tính", "bỏ", "túi", "hư")),  # nobody plans to throw anything away
        ("tai nghe", ("tai", "nghe")),  # not nhé, as "nghe" at the end of a message
        ("mụn dừa", ("mụn", "dừa")),  # not muốn
        ("chai nhựa bỏ đâu", ("chai", "nhựa")),
        ("hop bo dau", ("hop",)),  # "hộp bơ" leaves "dau", which asks nothing
        ("bỏ vô thùng rác nào", ()),  # a thing too, but here part of the question
    ],
)
def test_words_of_a_name_stay(alignment: Alignment, text: str, telling: tuple[str, ...]) -> None:
    assert alignment.read(text).telling == telling


def test_a_question_stays_one_beside_the_name_it_was_taken_for(alignment: Alignment) -> None:
    assert alignment.read("vo dua bo dau").asks


@pytest.mark.parametrize("text", ["ban la ai", "bạn là ai", "menu", "cho em hoi", "em oi", "da cam on nhieu"])
def test_talk_is_no_name(sorting: Sorting, text: str) -> None:
    assert not sorting.find(text).items


def test_the_names_of_an_item_lead_to_it(sorting: Sorting) -> None:
    """One in eleven; a few names are said of two things, or of something else altogether."""
    names = [(item.id, name) for item in sorting.items for name in entry_of(item).names][::11]
    lost = [name for id, name in names if id not in {match.item.id for match in sorting.find(name).items}]
    assert len(names) > 1900
    assert len(lost) <= 0.005 * len(names), lost
