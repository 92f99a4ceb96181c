"""The search over named things: what is found, how surely, and when it keeps silent."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from bot.search import Entry, Index, Words, load_words

CONTENT = Path(__file__).parents[2] / "content"

ENTRIES = (
    Entry("pin", ("pin", "pin điều khiển", "battery", "ថ្មពិល"), family="danger"),
    Entry("phone", ("điện thoại cũ", "old phone"), family="things"),
    Entry("cable", ("dây sạc", "dây sạc điện thoại"), family="things"),
    Entry("bottle", ("chai nhựa", "chai nước suối", "plastic bottle"), family="things"),
    Entry("glass", ("chai thủy tinh", "glass jar"), family="things"),
    Entry("poison", ("chai thuốc sâu", "vỏ chai thuốc sâu"), family="danger"),
    Entry("left_poison", ("thuốc sâu dư", "thuốc trừ sâu"), family="danger"),
    Entry("newspaper", ("báo cũ",), family="things"),
    Entry("box", ("hộp bánh", "hộp giấy"), family="things"),
    Entry("cake", ("bánh cũ", "bánh mì mốc"), family="food"),
    Entry("eggshell", ("vỏ trứng",), family="food"),
    Entry("peel", ("vỏ chuối", "banana peel"), family="food"),
)


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words(CONTENT)


@pytest.fixture(scope="module")
def index(words: Words) -> Index:
    return Index(ENTRIES, words, danger="danger")


def found(index: Index, text: str) -> list[str]:
    return [hit.id for hit in index.find(text).hits]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("cục pin", "pin"),
        ("old batteries", "pin"),
        ("pin điều khiển tivi", "pin"),
        ("dây sạc điện thoại đứt", "cable"),  # the thing, not what it belongs to
        ("chai nhuaj", "bottle"),
        ("chai nhuja", "bottle"),
        ("where do I throw plastic bottles", "bottle"),
        ("bánh mì để trong hộp bị mốc", "cake"),
        ("hộp đựng bánh", "box"),
        ("vo chuoi bo dau", "peel"),
        ("dỏ chuối", "peel"),  # as it is spoken
        ("vỏ trúng", "eggshell"),  # one wrong accent beside a right word
        ("banana peels", "peel"),
        ("ថ្មពិលចាស់ចោលនៅឯណា", "pin"),  # Khmer has no spaces between its words
        ("ｐｉｎ сũ", "pin"),
    ],
)
def test_the_thing_that_is_thrown_away_is_found(index: Index, text: str, id: str) -> None:
    assert found(index, text)[0] == id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "bỏ đâu vậy em",
        "chào em",
        "cảm ơn nhiều nha",
        "bảo cũ",
        "mua pin ở đâu",
        "số điện thoại ủy ban",
        "điện thoại hết pin rồi",
        "giá bánh hôm nay",
        "ngày mai họp mặt bà con",
        "123456",
        "😀😀",
    ],
)
def test_other_matters_find_nothing(index: Index, text: str) -> None:
    ranked = index.find(text)
    assert (ranked.hits, ranked.confident) == ((), False)


def test_the_very_name_is_a_sure_answer(index: Index) -> None:
    for entry in ENTRIES:
        ranked = index.find(entry.names[0])
        assert (ranked.hits[0].id, ranked.hits[0].score, ranked.confident) == (entry.id, 100, True)
        assert len(ranked.hits) == 1


def test_a_danger_beside_a_harmless_thing_is_never_passed_over(index: Index) -> None:
    ranked = index.find("chai nhựa đựng thuốc sâu")
    assert ranked.hits[0].id == "poison"


def test_a_question_leaves_more_words_aside_than_a_statement(index: Index) -> None:
    story = "hôm qua tui dọn kho thấy mấy cái chai nhựa"
    asking = index.find(f"{story}, giờ bỏ thùng nào").hits
    assert asking[0].id == "bottle"
    telling = index.find(story).hits
    assert not telling or telling[0].score < asking[0].score


def test_several_things_are_taken_apart_however_they_are_joined(index: Index) -> None:
    for text in (
        "pin, vỏ chuối và chai nhựa",
        "pin\nvo chuoi\nchai nhua",
        "pin vowis vor chuoosi + chai nhuwaj",
        "pin vs vỏ chuối; chai nhựa bỏ đâu",
    ):
        assert [ranked.hits[0].id for _, ranked in index.find_many(text)] == ["pin", "peel", "bottle"], text


def test_a_story_is_not_taken_apart(index: Index) -> None:
    text = "hôm qua, dọn nhà, thấy cục pin trong cái điện thoại cũ để lâu năm ở dưới quê, bỏ đâu"
    assert len(index.find_many(text)) == 1


def test_what_is_left_beside_filler(index: Index) -> None:
    assert index.telling("cho em hỏi cái chảo bỏ đâu vậy ạ") == ("chảo",)
    assert not index.telling("cảm ơn nhiều nha")
    assert index.telling("chảo")


def test_an_index_without_entries_is_silent(words: Words) -> None:
    assert Index((), words).find("pin cũ").hits == ()


def test_without_families_each_entry_is_its_own(words: Words) -> None:
    index = Index([Entry("a", ("tiết kiệm điện",)), Entry("b", ("tiết kiệm nước",))], words)
    assert found(index, "tiết kiệm nước")[0] == "b"


def test_any_text_is_answered_quickly(index: Index) -> None:
    """Seeded, so that a failure can be repeated."""
    chance = random.Random(20250701)
    letters = "aăâđeêioôơuưyáàảãạbcdghklmnpqrstvxfjwz0123456789 ,.!?\n\u0301\u0323ថ្មពិល😀\u200b\ud800\x00"
    names = " ".join(name for entry in ENTRIES for name in entry.names).split()
    for length in (1, 7, 40, 400, 4096):
        for _ in range(8):
            soup = "".join(chance.choices(letters, k=length))
            phrases = " ".join(
                chance.choices([*names, "bỏ đâu", "và", "không", "," + soup[:3]], k=length // 5)
            )
            for text in (soup, phrases[:4096]):
                begun = time.process_time()
                assert len(index.find(text).hits) <= 3
                assert 1 <= len(index.find_many(text)) <= 10
                assert time.process_time() - begun < 0.25
