"""How often whole lists of addresses are understood; the figures are floors, not wishes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

import pytest

from bot.fold import fold
from bot.places import Places
from bot.places.communes import DISTRICT_TYPES, UNIT_TYPES, split_type

Case = tuple[str, set[str]]


def units(places: Places) -> list[tuple[str, str, str, set[str]]]:
    """Each former unit once: name, district, province, codes of the communes it went to."""
    codes: dict[tuple[str, str, str], set[str]] = {}
    for commune in places.communes:
        for unit in commune.former_units:
            key = (unit.name, unit.district, commune.former_province)
            codes.setdefault(key, set()).add(commune.code)
    return [(*key, value) for key, value in codes.items()]


def bare(name: str) -> str:
    kind, rest = split_type(name, (*UNIT_TYPES, *DISTRICT_TYPES))
    return name if rest.isdigit() else rest if kind else name


def first_right(places: Places, cases: Iterable[Case]) -> int:
    right = 0
    for text, codes in cases:
        candidates = places.find(text)
        right += bool(candidates) and candidates[0].commune.code in codes
    return right


@pytest.mark.parametrize(
    ("write", "at_least"),
    [
        (lambda u, d, p: f"{u}, {d}, tỉnh {p}", 356),
        # "thị trấn Châu Thành, huyện Châu Thành" is in two provinces; the other one stands second
        (lambda u, d, p: f"{u}, {d}", 355),
        (lambda u, d, p: f"{u} {d}".upper(), 355),
        (lambda u, d, p: fold(f"{u} {d}"), 355),
        (lambda u, d, p: f"{bare(u)}, {bare(d)}", 355),
        (lambda u, d, p: fold(f"{bare(u)} {bare(d)}"), 353),
        (lambda u, d, p: f"ấp 3, {u}, {p}", 350),
    ],
    ids=["full", "district", "capitals", "folded", "bare", "bare folded", "province"],
)
def test_former_units(places: Places, write: Callable[[str, str, str], str], at_least: int) -> None:
    cases = [(write(unit, district, province), codes) for unit, district, province, codes in units(places)]
    assert len(cases) == 356
    assert first_right(places, cases) >= at_least


def test_a_former_unit_alone_is_at_least_among_the_candidates(places: Places) -> None:
    for unit, _, _, codes in units(places):
        assert codes & {candidate.commune.code for candidate in places.find(unit)}, unit


@pytest.mark.parametrize(
    "write", [str, bare, fold, lambda name: fold(bare(name)), lambda name: f"{name}, Vĩnh Long"]
)
def test_present_names(places: Places, write: Callable[[str], str]) -> None:
    cases = [(write(commune.name), {commune.code}) for commune in places.communes]
    assert first_right(places, cases) == 124


def slip(text: str, dice: random.Random) -> str:
    """One letter, not the first, left out, doubled, exchanged with the next, or another one."""
    at = dice.choice([index for index, char in enumerate(text) if char.isalpha()][1:-1])
    return (
        text[:at]
        + dice.choice(["", text[at] * 2, text[at + 1] + text[at], dice.choice("aeiouhnt")])
        + text[at + 1 :]
    )


def test_one_wrong_letter_beside_the_district(places: Places) -> None:
    dice = random.Random(5)
    cases = [
        (f"{slip(bare(unit), dice)}, {district}", codes)
        for unit, district, _, codes in units(places)
        if not unit[-1].isdigit()
    ]
    assert first_right(places, cases) / len(cases) > 0.95


def test_one_wrong_letter_in_a_present_name(places: Places) -> None:
    dice = random.Random(5)
    cases = [(f"xã {slip(bare(commune.name), dice)}", {commune.code}) for commune in places.communes]
    assert first_right(places, cases) / len(cases) > 0.88


ADDRESSES = """
Ấp 4, xã Mỹ Cẩm, huyện Càng Long, tỉnh Trà Vinh → Xã Càng Long
số 15 Lê Lợi, phường 1, TP Trà Vinh → Phường Trà Vinh
khóm 3 phường 7 tp trà vinh → Phường Nguyệt Hóa
Khóm 4, P.5, TPTV → Phường Hòa Thuận
ấp Vĩnh Yên, xã Long Đức, thành phố Trà Vinh → Phường Long Đức
chợ Cầu Ngang → Xã Cầu Ngang
gần chợ thị trấn Tiểu Cần → Xã Tiểu Cần
xã Phú Cần, Tiểu Cần → Xã Tiểu Cần
ap nhut xa hung hoa tieu can → Xã Hùng Hòa
tt cau quan → Xã Tân Hòa
xã Thạnh Phú, huyện Cầu Kè → Xã Tam Ngãi
thông hoà cầu kè → Xã Tam Ngãi
Xã Hòa Tân, H. Cầu Kè, Trà Vinh → Xã An Phú Tân
ấp Chòm Chuối, xã Hoà Lợi, Châu Thành, Trà Vinh → Xã Hưng Mỹ
Hoa Loi Chau Thanh Tra Vinh → Xã Hưng Mỹ
cồn Chim xã Hòa Minh → Xã Hòa Minh
xã Lương Hòa A, huyện Châu Thành → Xã Song Lộc
Thanh Mỹ, Châu Thành → Xã Châu Thành
biển Ba Động, xã Trường Long Hòa → Phường Trường Long Hòa
Phường 1, thị xã Duyên Hải → Phường Duyên Hải
dan thanh duyen hai → Phường Duyên Hải
xã Đôn Xuân, huyện Duyên Hải → Xã Đôn Châu
Thị trấn Long Thành, Duyên Hải → Xã Long Thành
long khanh duyen hai → Xã Long Thành
xã Hiệp Thạnh, TX Duyên Hải → Xã Long Hữu
TT Định An, Trà Cú → Xã Đại An
cảng cá Định An → Xã Đại An
an quang huu tra cu → Xã Lưu Nghiệp Anh
Ngãi Xuyên - Trà Cú → Xã Trà Cú
xã Phước Hưng, Trà Cú → Xã Tập Sơn
ngoc bien, tra cu → Xã Long Hiệp
xã Thạnh Hòa Sơn, Cầu Ngang → Xã Ngũ Lạc
trường tiểu học Mỹ Long Bắc → Xã Mỹ Long
Hiệp Mỹ Tây, cầu ngang → Xã Hiệp Mỹ
xã Trường Thọ huyện Cầu Ngang → Xã Nhị Trường
Huyền Hội, Càng Long → Xã Tân An
chùa ở xã Phương Thạnh, Càng Long → Xã Bình Phú
Đại Phước, càng long → Xã Nhị Long
có đống rác ở chợ Cầu Kè → Xã Cầu Kè
sau nha van hoa xa nhi truong → Xã Nhị Trường
"""


def test_forty_addresses_as_people_write_them(places: Places) -> None:
    pairs = [line.split(" → ") for line in ADDRESSES.strip().splitlines()]
    assert len(pairs) == 40
    for text, name in pairs:
        assert [candidate.commune.name for candidate in places.find(text)] == [name], text
