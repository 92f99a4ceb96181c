from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.emergencies import Emergencies, load_emergencies

CONTENT = Path(__file__).parents[1] / "content"


@pytest.fixture(scope="module")
def emergencies() -> Emergencies:
    return load_emergencies(CONTENT)


def code_of(emergencies: Emergencies, text: str) -> str | None:
    match = emergencies.match(text)
    return match.code if match else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cháy", "fire"),
        ("CHÁY!!! 🔥", "fire"),
        ("nhà đang cháy ở ấp 3", "fire"),
        ("chay nha roi", "fire"),
        ("bai rac chay lon", "fire"),
        ("đốt rác cháy lan qua vườn", "fire"),
        ("bóng đèn chập điện, bốc cháy", "fire"),
        ("xưởng tái chế cháy", "fire"),
        ("chay nha noi toi o", "fire"),
        ("khói độc quá", "toxic"),
        ("khoi doc", "toxic"),
        ("hoá chất tràn ra kênh", "toxic"),
        ("hóa chất tràn", "toxic"),
        ("hoa chat tran", "toxic"),
        ("có người bị thương", "injured"),
        ("nguoi bi thuong", "injured"),
        ("đuối nước", "drowning"),
        ("co be duoi nuoc", "drowning"),
        ("điện giật", "electric"),
        ("bi dien giat", "electric"),
        ("dây điện đứt rớt xuống ruộng", "electric"),
        ("có trái lựu đạn trong đống rác", "ordnance"),
        ("lựu đạn bỏ đâu", "ordnance"),
        ("thằng nhỏ rớt ao", "drowning"),
        ("xuồng lật chưa thấy người", "drowning"),
        ("bị rắn hổ cắn", "injured"),
        ("bình gas nổ rồi", "fire"),
        ("nó cầm dao rượt tôi", "crime"),
        ("có người bị xe tông chảy máu", "injured"),
        ("họ hăm dọa tôi", "crime"),
    ],
)
def test_danger(emergencies: Emergencies, text: str, code: str) -> None:
    match = emergencies.match(text)
    assert match is not None
    assert (match.code, match.what) == (code, "danger")


@pytest.mark.parametrize(
    "text",
    [
        "tôi muốn khiếu nại",
        "khieu nai",
        "tố cáo ông A",
        "toi muon to cao",
        "làm đơn kiện",
        "file a complaint",
    ],
)
def test_complaints(emergencies: Emergencies, text: str) -> None:
    match = emergencies.match(text)
    assert match is not None
    assert match.what == "complaint"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đốt rác",
        "dot rac",
        "ai đó đốt rác",
        "hang xom dot rac moi chieu",
        "đốt rơm cháy đồng",
        "bóng đèn cháy bỏ đâu",
        "bong den chay bo dau",
        "đèn cháy bóng",
        "nồi cháy",
        "noi chay",
        "cơm cháy",
        "cái quạt máy bị cháy",
        "bình chữa cháy bỏ đâu",
        "chạy",
        "chay",
        "ăn chay",
        "xe rác chạy mấy giờ",
        "xe rac dang chay",
        "xe rac may gio chay nha",
        "dang chay",
        "lúa bị cháy lá",
        "dong rac to cao qua",
        "đống rác to cao quá",
        "máy bơm nước",
        "may bom nuoc",
        "hóa chất ao tôm bỏ đâu",
        "hoa chat",
        "bình gas mini",
        "dây điện đứt bỏ đâu",
        "không ai bị thương",
        "rác cháy được không",
        "cháy cầu chì thay cái mới",
        "có người đổ rác xuống sông",
        "tôi bị đánh rơi ví",
        "mẹo phòng đuối nước",
        "pin cũ",
        "có đống rác ở chợ",
    ],
)
def test_ordinary_words_raise_no_alarm(emergencies: Emergencies, text: str) -> None:
    assert code_of(emergencies, text) is None


def test_each_danger_names_a_number_and_no_other(emergencies: Emergencies) -> None:
    for emergency in emergencies.all:
        for message in (emergency.message.vi, emergency.message.en):
            numbers = set(re.findall(r"\d{3,}", message))
            assert numbers <= {"113", "114", "115"}
            assert bool(numbers) is (emergency.what == "danger")


def test_danger_comes_before_complaint(emergencies: Emergencies) -> None:
    assert code_of(emergencies, "tôi khiếu nại, nhà đang cháy") == "fire"


def broken(folder: Path, old: str, new: str) -> list[str]:
    path = Path(shutil.copy(CONTENT / "emergencies.yaml", folder))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_emergencies(folder)
    return [fault.message for fault in error.value.faults]


def test_a_repeated_code_is_a_fault(tmp_path: Path) -> None:
    assert broken(tmp_path, "code: toxic", "code: fire") == ["code 'fire' is used twice"]


def test_an_entry_without_words_is_a_fault(tmp_path: Path) -> None:
    entry = """  - code: empty
    what: danger
    icon: "!"
    message: {vi: "a", en: "b"}
"""
    faults = broken(tmp_path, "emergencies:\n", "emergencies:\n" + entry)
    assert faults == ["needs 'always' or 'words'"]
