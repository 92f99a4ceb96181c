from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.kinds import Kinds, load_kinds
from bot.phrases import Phrase, Typed, spelled

CONTENT = Path(__file__).parents[1] / "content"
LABELS = [
    "Rác sinh hoạt",
    "Xà bần",
    "Rác nguy hại",
    "Rác nông nghiệp",
    "Rác trên sông, kênh",
    "Xác vật nuôi",
    "Đốt rác",
    "Khác",
]


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    return load_kinds(CONTENT)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(CONTENT / "kinds.yaml", tmp_path)
    return tmp_path


def faults_after(copy: Path, old: str, new: str) -> list[str]:
    """What is said of kinds.yaml once `old` is `new`, as 'line: message'."""
    path = copy / "kinds.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_kinds(copy)
    return [f"{fault.line}: {fault.message}" for fault in error.value.faults]


def line_of(text: str) -> int:
    lines = (CONTENT / "kinds.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_labels_are_exact_and_in_order(kinds: Kinds) -> None:
    assert [kind.name.vi for kind in kinds.all] == LABELS


def test_urgent_kinds_are_promised_sooner(kinds: Kinds) -> None:
    urgent = {kind.promise for kind in kinds.all if kind.urgent}
    others = {kind.promise for kind in kinds.all if not kind.urgent}
    assert max(urgent) < min(others)
    assert others <= {5, 6}


def test_radius_is_250_m_unless_the_file_says_otherwise(kinds: Kinds, copy: Path) -> None:
    assert {kind.radius_m for kind in kinds.all} == {250}
    path = copy / "kinds.yaml"
    text = path.read_text(encoding="utf-8").replace("promise: 6", "promise: 6\n    radius_m: 400", 1)
    path.write_text(text, encoding="utf-8")
    assert load_kinds(copy).kind("xa_ban").radius_m == 400


def test_kind_by_code(kinds: Kinds) -> None:
    assert kinds.kind("dot_rac").name.en == "Burning waste"
    with pytest.raises(KeyError):
        kinds.kind("none")


def test_names_in_unknown_languages_fall_back_to_vietnamese(kinds: Kinds) -> None:
    name = kinds.kind("xa_ban").name
    assert (name.of("en"), name.of("vi"), name.of("lo")) == ("Construction rubble", "Xà bần", "Xà bần")
    assert name.of("km") == "កម្ទេចសំណង់"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ai đó đổ xà bần dưới kênh", "xa_ban"),
        ("xa ban", "xa_ban"),
        ("XÀ BẦN đổ đầy đường", "xa_ban"),
        ("xác heo trôi sông", "xac_vat_nuoi"),
        ("co con heo chet duoi kenh", "xac_vat_nuoi"),
        ("đốt vỏ chai thuốc sâu ngoài ruộng", "dot_rac"),
        ("rác trôi đầy con rạch", "song_kenh"),
        ("bọc rác trôi trên kênh", "song_kenh"),
        ("vo chai thuoc tru sau bo bo ruong", "nong_nghiep"),
        ("ai vứt bình ắc quy bên đường", "nguy_hai"),
        ("mấy bọc rác trước nhà", "sinh_hoat"),
        ("nệm cũ quăng ngoài đường", "khac"),
    ],
)
def test_guess(kinds: Kinds, text: str, code: str) -> None:
    guessed = kinds.guess(text)
    assert guessed is not None
    assert guessed.code == code


@pytest.mark.parametrize(
    "text",
    ["", "có đống rác ở chợ", "UBND xã Bàn Long", "chỗ khác", "Long Sơn", "pin hay rơm", "📍"],
)
def test_guess_abstains(kinds: Kinds, text: str) -> None:
    assert kinds.guess(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "có đống rác ở gần chợ Cầu Ngang",
        "co dong rac o gan cho Cau Ngang",
        "CÓ BÃI RÁC Ở ĐẦU HẺM 🗑️",
        "ai đó đổ xà bần dưới kênh",
        "ai do do xa ban duoi kenh",
        "báo điểm rác",
        "bao diem rac",
        "tôi muốn phản ánh vụ xả rác",
        "hàng xóm đốt rác khói mù mịt",
        "có người vứt xác heo xuống sông",
        "xe tải đổ gạch vụn ven đường",
        "rác để mấy ngày không ai lấy",
        "xác gà trôi sông",
        "nhà máy xả nước thải ra kênh",
        "có đống rác, làm sao báo?",
        "ai vứt xà bần trước nhà tôi thì báo ở đâu",
        "thấy con chó chết ở ven lộ",
        "rac tum lum truoc cong cho",
        "rác ở chợ hai ngày chưa ai hốt",
        "someone dumped rubbish behind the market",
    ],
)
def test_wishes_to_report(kinds: Kinds, text: str) -> None:
    assert kinds.wants_to_report(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "pin bỏ đâu",
        "pin bo dau",
        "pin cũ",
        "rác này bỏ đâu",
        "đổ xà bần ở đâu",
        "đổ rác xuống kênh bị phạt bao nhiêu",
        "đốt rác có bị phạt không",
        "vứt nệm cũ ra đường được không",
        "mấy giờ xe rác tới",
        "bãi rác mở cửa mấy giờ",
        "đừng xả rác xuống kênh",
        "vỏ dừa",
        "tiết kiệm điện",
        "cảm ơn đã dọn đống rác",
        "bãi rác đã sạch rồi",
        "which bin for batteries",
    ],
)
def test_other_texts_are_no_wish_to_report(kinds: Kinds, text: str) -> None:
    assert not kinds.wants_to_report(text)


def test_words_compare_with_either_tone_placement() -> None:
    assert spelled("Hoá chất THUỶ ngân") == spelled("hóa chất thủy ngân")
    assert spelled(unicodedata.normalize("NFD", "đống rác")) == spelled("đống rác")


@pytest.mark.parametrize(
    ("text", "loose", "exact"),
    [("có cháy nhà", True, True), ("co chay nha", True, False), ("xe chạy nhà", False, False)],
)
def test_a_word_without_accents_stands_for_any_but_not_the_other_way(
    text: str, loose: bool, exact: bool
) -> None:
    phrase = Phrase.of("cháy nhà")
    assert phrase.within(Typed.of(text)) is loose
    assert phrase.within(Typed.of(text), exact=True) is exact


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rắn cắn", True),
        ("rắn hổ đất to cắn", True),
        ("ran ho can", True),
        ("rắn a b c d cắn", False),
        ("cắn rắn", False),
    ],
)
def test_up_to_three_words_stand_for_an_ellipsis(text: str, found: bool) -> None:
    assert Phrase.of("rắn … cắn").within(Typed.of(text)) is found


def test_a_repeated_code_is_a_fault(copy: Path) -> None:
    assert faults_after(copy, "code: dot_rac", "code: khac") == [
        f"{line_of('code: khac')}: code 'khac' is used twice"
    ]


def test_an_overlong_label_is_a_fault(copy: Path) -> None:
    (fault,) = faults_after(copy, '"Rác sinh hoạt"', f'"{"Rác " * 11}"')
    assert fault.startswith(f"{line_of('Rác sinh hoạt')}: kinds.0.name.vi")


def test_decomposed_letters_are_a_fault(copy: Path) -> None:
    (fault,) = faults_after(copy, "- sà bần", "- " + unicodedata.normalize("NFD", "sà bần"))
    assert fault.startswith(f"{line_of('- sà bần')}: ")
    assert "NFC" in fault


def test_a_wording_without_words_is_a_fault(copy: Path) -> None:
    (fault,) = faults_after(copy, "- sà bần", '- "🔥"')
    assert fault.startswith(f"{line_of('- sà bần')}: ")
    assert "has no words" in fault


def test_a_misspelt_field_is_a_fault(copy: Path) -> None:
    faults = faults_after(copy, "promise: 5", "promises: 5")
    assert [fault.split(":")[0] for fault in faults] == [
        str(line_of("code: sinh_hoat")),
        str(line_of("promise: 5")),
    ]


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"kinds.yaml:1: cannot be read"):
        load_kinds(tmp_path)
