from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.kinds import load_kinds
from bot.tips import Tips, load_tips

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
    assert len(counts) >= 9
    assert sum(counts) >= 27
    assert min(counts) >= 3


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


def test_order_is_stable_and_the_season_comes_first(tips: Tips) -> None:
    topic = "ung-pho-man-bao"
    assert [tip.id for tip in tips.of(topic)] == sorted(tip.id for tip in tips.of(topic))
    assert tips.of(topic, 3)[0].id == "do-man-truoc-khi-lay-nuoc"
    assert tips.of(topic, 9)[0].id == "chang-nha-truoc-bao"
    assert sorted(tip.id for tip in tips.of(topic, 3)) == [tip.id for tip in tips.of(topic)]


def test_tips_of_the_whole_year_come_before_those_out_of_season(tips: Tips) -> None:
    seasons = [tip.fits(1) for tip in tips.of("tiet-kiem-dien", 1)]
    assert seasons == [True, True, False, False]


@pytest.mark.parametrize("month", [None, 3])
def test_next_goes_round_the_topic(tips: Tips, month: int | None) -> None:
    expected = [tip.id for tip in tips.of("tiet-kiem-dien", month)]
    walked = [expected[0]]
    while (following := tips.next(walked[-1], month).id) != expected[0]:
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
    found = tips.find_topic(text)
    assert found is not None
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
def test_topic_abstains(tips: Tips, text: str) -> None:
    assert tips.find_topic(text) is None


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
    (fault,) = faults(copy)
    assert "topic 'rung-ngap-man' has no tips" in fault


def test_a_repeated_topic_is_a_fault(copy: Path) -> None:
    change(copy, "tips/topics.yaml", "code: giam-nhua", "code: phan-loai")
    assert any("code 'phan-loai' is used twice" in fault for fault in faults(copy))


def test_all_faults_are_told_at_once(copy: Path) -> None:
    change(copy, SAVING_WATER, "confidence: medium", "confidence: sure")
    change(copy, "tips/giam-nhua/mang-ly-mang-binh.md", "audience: everyone", "audience: nobody")
    assert len(faults(copy)) == 2
