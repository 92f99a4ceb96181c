"""What was learned, beside names that were not there to learn."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.search import Entry, Index, load_words
from bot.search.learned import FOLDER, JUDGES, load_learned
from bot.sorting.loading import load_content
from bot.sorting.search import DANGER, entry_of
from scripts.examples import fingerprint

CONTENT = Path(__file__).parents[2] / "content"
NEW = Entry("thien_thach", ("thiên thạch", "đá trời rớt"), family="dac_thu")


@pytest.fixture(scope="module")
def index() -> Index:
    """Of the real items, and one that was written after the learning."""
    items = load_content(CONTENT / "sorting").items
    entries = [*map(entry_of, items), NEW]
    return Index(entries, load_words(CONTENT), danger=DANGER, learned=load_learned(CONTENT))


def test_it_was_learned_from_the_examples_as_they_are() -> None:
    learned = json.loads((CONTENT / FOLDER / JUDGES).read_text(encoding="utf-8"))
    assert learned["learned_from"] == fingerprint(), "the examples have changed: run `make learn`"


@pytest.mark.parametrize(
    "text",
    [
        "thiên thạch",
        "thien thach",
        "cục thiên thạch bỏ đâu vậy em",
        "đá trời rớt bể rồi",
    ],
)
def test_an_entry_that_is_not_learned_yet_is_found_by_its_names(index: Index, text: str) -> None:
    assert index.find(text).hits[0].id == NEW.id


def test_a_new_name_is_told_surely(index: Index) -> None:
    assert index.find("thiên thạch cũ bỏ đâu").confident


@pytest.mark.parametrize(
    ("thing", "other"),
    [
        ("pin hư bỏ đâu", "mua pin ở đâu"),
        ("vỏ chai nước suối uống hết", "chai nước suối bao nhiêu tiền"),
        ("tivi cũ quăng đâu em", "sửa tivi ở đâu rẻ"),
        ("thuoc tay het han", "uong thuoc may lan mot ngay"),
    ],
)
def test_what_stands_around_a_thing_decides(index: Index, thing: str, other: str) -> None:
    assert index.find(thing).hits
    assert not index.find(other).hits


def test_two_things_of_one_name_are_both_offered(index: Index) -> None:
    found = index.find("bóng đèn")
    assert not found.confident
    assert {hit.id for hit in found.hits} == {"bong_den_huynh_quang", "bong_den_led"}


def test_files_that_are_missing_are_told(tmp_path: Path) -> None:
    shutil.copytree(CONTENT / FOLDER, tmp_path / FOLDER)
    (tmp_path / FOLDER / JUDGES).unlink()
    with pytest.raises(ContentError, match=r"judges\.json"):
        load_learned(tmp_path)
