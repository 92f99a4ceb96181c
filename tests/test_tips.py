from __future__ import annotations

import shutil
import unicodedata
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.kinds import load_kinds
from bot.tips import Tip, Tips, Topic, load_tips

CONTENT = Path(__file__).parents[1] / "content"
EDITORIAL = "Trà Vinh Xanh biên soạn, chờ Sở duyệt"
SAVING_WATER = "tips/tiet-kiem-nuoc/sua-voi-ri.md"


@pytest.fixture(scope="module")
def tips() -> Tips:
    return load_tips(CONTENT)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT / "tips", tmp_path / "tips")
    shutil.copy(CONTENT / "kinds.yaml", tmp_path)
    shutil.copy(CONTENT / "words.yaml", tmp_path)
    return tmp_path


def change(copy: Path, name: str, old: str, new: str) -> None:
    path = copy / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(copy: Path) -> list[str]:
    with pytest.raises(ContentError) as error:
        load_tips(copy)
    return [f"{fault.path.relative_to(copy)}:{fault.line}: {fault.message}" for fault in error.value.faults]


def test_there_is_enough_to_read(tips: Tips) -> None:
    counts = [len(tips.of(topic.code)) for topic in tips.topics]
    assert len(counts) >= 12
    assert sum(counts) >= 120
    assert min(counts) >= 10


def test_bodies_are_40_to_90_words(tips: Tips) -> None:
    lengths = [len(tip.body.split()) for topic in tips.topics for tip in tips.of(topic.code)]
    assert min(lengths) >= 40
    assert max(lengths) <= 90


def test_advice_without_a_read_source_is_not_called_certain(tips: Tips) -> None:
    every = [tip for topic in tips.topics for tip in tips.of(topic.code)]
    editorial = [tip for tip in every if tip.source == EDITORIAL]
    assert editorial
    assert "high" not in {tip.confidence for tip in editorial}


def test_look_ups(tips: Tips) -> None:
    assert tips.topic("giam-nhua").name.of("en") == "Less plastic"
    assert tips.tip("sua-voi-ri").title == "Sửa liền cái vòi rỉ"
    for ask in (tips.topic, tips.tip, tips.of, tips.next):
        with pytest.raises(KeyError):
            ask("none")


def test_order_is_stable_and_no_tip_is_left_out(tips: Tips) -> None:
    topic = "ung-pho-man-bao"
    ids = [tip.id for tip in tips.of(topic)]
    assert ids == sorted(ids)
    assert sorted(tip.id for tip in tips.of(topic, date(2026, 3, 14))) == ids
    assert tips.of(topic, date(2026, 3, 14)) == tips.of(topic, date(2026, 3, 14))


@pytest.mark.parametrize("month", range(1, 13))
def test_tips_out_of_season_come_last_in_every_topic_and_never_first(tips: Tips, month: int) -> None:
    for topic in tips.topics:
        for day in (1, 9, 28):
            fits = [tip.fits(month) for tip in tips.of(topic.code, date(2026, month, day))]
            assert fits[0], topic.code
            assert fits == sorted(fits, reverse=True), topic.code


def test_each_day_another_tip_in_season_opens_the_topic_until_all_have(tips: Tips) -> None:
    for topic in tips.topics:
        in_season = [tip.id for tip in tips.of(topic.code) if tip.fits(5)]
        days = [date(2026, 5, 1) + timedelta(days=number) for number in range(len(in_season))]
        opened = [tips.of(topic.code, day)[0].id for day in days]
        assert sorted(opened) == in_season, topic.code


def test_tips_of_the_season_follow_each_other_and_those_of_the_whole_year_them(tips: Tips) -> None:
    days = [date(2026, 4, 1) + timedelta(days=number) for number in range(30)]
    orders = [[tip.season == "all" for tip in tips.of("tiet-kiem-dien", day) if tip.fits(4)] for day in days]
    assert all(sum(a != b for a, b in pairwise([*order, order[0]])) == 2 for order in orders)


@pytest.mark.parametrize("day", [None, date(2026, 3, 14)])
def test_next_goes_round_the_topic(tips: Tips, day: date | None) -> None:
    expected = [tip.id for tip in tips.of("tiet-kiem-dien", day)]
    walked = [expected[0]]
    while (following := tips.next(walked[-1], day).id) != expected[0]:
        walked.append(following)
    assert walked == expected


def test_every_kind_of_report_has_its_tip(tips: Tips) -> None:
    for kind in load_kinds(CONTENT).all:
        tip = tips.for_kind(kind.code)
        assert tip is not None
        assert tip.kind == kind.code
    assert tips.for_kind("none") is None


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("tiết kiệm điện", "tiet-kiem-dien"),
        ("tiet kiem dien", "tiet-kiem-dien"),
        ("tiêt kiêm diện", "tiet-kiem-dien"),
        ("tiet kiem dienn", "tiet-kiem-dien"),
        ("TIẾT KIỆM NƯỚC 💧", "tiet-kiem-nuoc"),
        ("cho tôi xin mẹo giảm rác nhựa", "giam-nhua"),
        ("mẹo phân loại", "phan-loai"),
        ("đi chợ xanh", "tieu-dung-xanh"),
        ("rừng đước", "rung-ngap-man"),
        ("hạn mặn", "ung-pho-man-bao"),
        ("ocop", "ocop-nong-nghiep"),
        ("saving water", "tiet-kiem-nuoc"),
    ],
)
def test_topic_by_its_name(tips: Tips, text: str, topic: str) -> None:
    found = tips.find(text, wished=True)
    assert isinstance(found, Topic)
    assert found.code == topic


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mẹo",
        "tiết kiệm",
        "pin cũ",
        "điện thoại cũ",
        "chai nhựa",
        "nước mắm",
        "bao",
        "xin chào",
        "vỏ dừa",
        "🌱",
    ],
)
def test_it_abstains(tips: Tips, text: str) -> None:
    assert tips.find(text) is None


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("mẹo trữ nước mưa", "lu-nuoc-mua"),
        ("vòi nước rỉ", "sua-voi-ri"),
        ("cach xai it boc nilon", "mang-gio-di-cho"),
        ("Sửa liền cái vòi rỉ", "sua-voi-ri"),
    ],
)
def test_one_tip_by_what_is_asked(tips: Tips, text: str, tip: str) -> None:
    found = tips.find(text)
    assert isinstance(found, Tip)
    assert found.id == tip


def test_who_asks_for_a_tip_may_be_less_exact(tips: Tips) -> None:
    text = "tiền điện tháng này cao quá có cách nào giảm hông ad"
    assert tips.find(text) is None
    assert isinstance(tips.find(text, wished=True), Topic)


def test_ways_of_asking_for_no_tip_and_for_two_tips_are_faults(copy: Path) -> None:
    change(copy, "tips/asks.yaml", "sua-voi-ri:", "sua-voi-ry:")
    change(copy, "tips/asks.yaml", "[nước vo gạo,", "[trữ nước mưa,")
    assert [fault.split(": ", 1)[1] for fault in faults(copy)] == [
        "there is no tip 'sua-voi-ry'",
        "'trữ nước mưa' already asks for 'lu-nuoc-mua'",
    ]


def test_a_body_out_of_bounds_is_a_fault(copy: Path) -> None:
    text = (copy / SAVING_WATER).read_text(encoding="utf-8")
    front = text[: text.index("---\n", 4) + 4]
    (copy / SAVING_WATER).write_text(front + "\nNgắn quá.\n", encoding="utf-8")
    line = front.count("\n") + 2
    assert faults(copy) == [f"{SAVING_WATER}:{line}: the text has 2 words; 40 to 90 are wanted"]


def test_decomposed_letters_are_a_fault(copy: Path) -> None:
    change(copy, SAVING_WATER, "đồng hồ nước", unicodedata.normalize("NFD", "đồng hồ nước"))
    (fault,) = faults(copy)
    assert "NFC" in fault


def test_markup_in_a_body_is_a_fault(copy: Path) -> None:
    change(copy, SAVING_WATER, "đồng hồ nước", "**đồng hồ nước**")
    (fault,) = faults(copy)
    assert "without markup" in fault


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("topic: tiet-kiem-nuoc", "topic: none", 3, "there is no topic 'none'"),
        ("topic: tiet-kiem-nuoc", "topic: giam-nhua", 3, "lies in the folder 'tiet-kiem-nuoc'"),
        ("id: sua-voi-ri", "id: other", 2, "the file is named 'sua-voi-ri.md'"),
        ("audience: household", "audience: household\nkind: none", 10, "there is no kind of report 'none'"),
        ("audience: household", "audience: household\nkind: khac", 10, "kind 'khac' is already used"),
        (f'source: "{EDITORIAL}"\n', "", 2, "source: Field required"),
        (f'source: "{EDITORIAL}"', 'source: ""', 6, "source: String should have at least 1"),
        ("season: all", "season: [13]", 8, "season"),
        ("confidence: medium", "confidence: sure", 7, "confidence"),
    ],
)
def test_faults_in_front_matter(copy: Path, old: str, new: str, line: int, message: str) -> None:
    change(copy, SAVING_WATER, old, new)
    assert any(fault.startswith(f"{SAVING_WATER}:{line}: ") and message in fault for fault in faults(copy))


def test_a_repeated_id_is_a_fault(copy: Path) -> None:
    shutil.copy(copy / SAVING_WATER, copy / "tips/giam-nhua/sua-voi-ri.md")
    assert any("id 'sua-voi-ri' is already used" in fault for fault in faults(copy))


def test_a_topic_without_tips_is_a_fault(copy: Path) -> None:
    shutil.rmtree(copy / "tips/rung-ngap-man")
    assert any("topic 'rung-ngap-man' has no tips" in fault for fault in faults(copy))


def test_a_repeated_topic_is_a_fault(copy: Path) -> None:
    change(copy, "tips/topics.yaml", "code: giam-nhua", "code: phan-loai")
    assert any("code 'phan-loai' is used twice" in fault for fault in faults(copy))


def test_all_faults_are_told_at_once(copy: Path) -> None:
    change(copy, SAVING_WATER, "confidence: medium", "confidence: sure")
    change(copy, "tips/giam-nhua/mang-ly-mang-binh.md", "audience: everyone", "audience: nobody")
    assert len(faults(copy)) == 2
