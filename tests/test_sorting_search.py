"""The search over the sorting items: it must rather be silent than wrong."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from bot.sorting import Found, Sorting, load_sorting, sort_json

CONTENT = Path(__file__).parent.parent / "content"


@pytest.fixture(scope="module")
def sorting() -> Sorting:
    return load_sorting(CONTENT)


def ids(found: Found) -> list[str]:
    return [match.item.id for match in found.items]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("pin", "pin"),
        ("PIN CŨ 🔋 bỏ đâu vậy em?", "pin"),
        ("pin điều khiển tivi", "pin"),  # the thing thrown away, not what it was part of
        ("chai nhua", "chai_nhua"),
        ("chai nhuwaj", "chai_nhua"),  # Telex left standing
        ("chai nhu7a5", "chai_nhua"),  # VNI left standing
        ("chainhua", "chai_nhua"),
        ("chai mủ", "chai_nhua"),  # southern
        ("chăn cũ", "men_mung_rem"),  # northern
        ("bịt ni lông", "tui_nilon"),  # spelled as spoken
        ("cái thủy tinh vỡ", "mieng_chai_kieng_be"),
        ("thuỷ tinh vỡ", "mieng_chai_kieng_be"),  # the other place of the tone
    ],
)
def test_one_clear_answer(sorting: Sorting, text: str, id: str) -> None:
    found = sorting.find(text)
    assert (ids(found), found.confident) == ([id], True)


def test_without_marks_a_word_may_be_filler_and_part_of_a_name(sorting: Sorting) -> None:
    assert ids(sorting.find("phan bo bo dau"))[0] == "phan_gia_suc"  # phân bò bỏ đâu
    assert ids(sorting.find("dau an cu bo dau"))[0] == "dau_an_thua"


@pytest.mark.parametrize(
    "text",
    [
        "chào em",
        "chao em",
        "giá tôm hôm nay",
        "thời tiết",
        "cảm ơn",
        "ok",
        "bảo",
        "mua pin ở đâu",
        "",
        " ",
        "?!",
    ],
)
def test_everyday_talk_finds_nothing(sorting: Sorting, text: str) -> None:
    found = sorting.find(text)
    assert (found.items, found.confident) == ((), False)


def test_typed_accents_count(sorting: Sorting) -> None:
    assert ids(sorting.find("báo cũ")) == ["giay_bao_sach_vo"]
    assert ids(sorting.find("bao cu")) == ["giay_bao_sach_vo"]
    assert sorting.find("bảo").items == ()
    found = sorting.find("bảo cũ")
    assert "giay_bao_sach_vo" not in ids(found) and not found.confident


def test_a_poison_in_a_plain_bottle_is_never_surely_harmless(sorting: Sorting) -> None:
    found = sorting.find("chai nhựa đựng thuốc sâu")
    assert found.items[0].item.group == "nguy_hai"
    assert (
        not (found := sorting.find("can nhựa đựng nhớt dư")).confident
        or found.items[0].item.group == "nguy_hai"
    )


def test_close_matches_are_offered_best_first_and_at_most_three(sorting: Sorting) -> None:
    found = sorting.find("bóng đèn")
    assert not found.confident
    assert set(ids(found)) == {"bong_den_huynh_quang", "bong_den_led"}
    scores = [match.score for match in sorting.find("nhựa", limit=10).items]
    assert scores == sorted(scores, reverse=True)
    assert len(sorting.find("nhựa").items) <= 3


def test_several_things_get_several_results(sorting: Sorting) -> None:
    found = sorting.find_many("vỏ chuối, pin cũ và chai nhựa\nnệm cũ")
    assert [ids(each) for each in found] == [["vo_trai_cay"], ["pin"], ["chai_nhua"], ["nem_cu"]]
    assert [each.text for each in found] == ["vỏ chuối", "pin cũ", "chai nhựa", "nệm cũ"]


def test_a_part_that_fits_nothing_is_kept_but_thanks_are_not(sorting: Sorting) -> None:
    found = sorting.find_many("pin cũ, lon bia, abcxyz, cảm ơn")
    assert [(each.text, bool(each.items)) for each in found] == [
        ("pin cũ", True),
        ("lon bia", True),
        ("abcxyz", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pin cũ còn chai nhựa thì sao", ["pin", "chai_nhua"]),
        ("Pin. Chai nhựa. Nệm cũ. Bỏ đâu?", ["pin", "chai_nhua", "nem_cu"]),
        ("lon bia và chai nhựa với hộp xốp bỏ chung được không", ["lon_nhom", "chai_nhua", "hop_xop"]),
        ("used batteries and expired pills", ["pin", "thuoc_het_han"]),
    ],
)
def test_lists_are_known_however_they_are_written(sorting: Sorting, text: str, expected: list[str]) -> None:
    assert [ids(found)[0] for found in sorting.find_many(text)] == expected


@pytest.mark.parametrize("text", ["tã em bé và băng vệ sinh", "tã em bé / băng vệ sinh"])
def test_a_list_that_ends_with_a_very_name_is_a_list_all_the_same(sorting: Sorting, text: str) -> None:
    assert [found.items[0].item.id for found in sorting.find_many(text)] == ["bim_ta", "bang_ve_sinh"]


@pytest.mark.parametrize(
    "text",
    ["tivi cũ, mua năm ngoái, hư rồi", "vỏ dừa, ướt nhẹp, bỏ đâu", "nệm cũ nhà em, rửa sạch, phơi khô rồi"],
)
def test_a_story_about_one_thing_is_no_list(sorting: Sorting, text: str) -> None:
    assert len(sorting.find_many(text)) == 1


@pytest.mark.parametrize("text", ["gương soi, kính cửa", "pin cũ, cảm ơn", "pin cũ", "chào em và cả nhà"])
def test_one_thing_stays_one(sorting: Sorting, text: str) -> None:
    assert len(sorting.find_many(text)) == 1


def test_json_is_one_line_in_the_agreed_shape(sorting: Sorting) -> None:
    line = sort_json(sorting, "pin cũ")
    assert "\n" not in line
    answer = {"items": [{"id": "pin", "name": "pin", "group": "nguy_hai", "score": 100}], "confident": True}
    assert json.loads(line) == answer
    assert "ắc quy" in sort_json(sorting, "bình ắc quy")
    assert sort_json(sorting, "") == '{"items": [], "confident": false}'


@pytest.mark.parametrize(
    "text",
    [
        "a" * 4096,
        "😀" * 4096,
        "pin cũ, " * 512,
        "\u202e\u05e9\u05dc\u05d5\u05dd " * 600,
        "e\u0301\u0323" * 1300,
        "chainhuapincu" * 300,
        "\x00\ud800<b>pin",
        "vỏ hộp chai nhựa giấy cũ bao túi " * 120,
    ],
)
def test_bad_input_is_answered_quickly(sorting: Sorting, text: str) -> None:
    begun = time.process_time()
    assert len(sorting.find(text).items) <= 3
    assert len(sorting.find_many(text)) <= 10
    assert time.process_time() - begun < 0.25
