"""Reading addresses: rules one by one; the accuracy over whole lists is in test_accuracy."""

from __future__ import annotations

import pytest

from bot.places import Places


def found(places: Places, text: str) -> list[str]:
    return [candidate.commune.name for candidate in places.find(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thạnh Phú, Cầu Kè", "Xã Tam Ngãi"),
        ("xã Lương Hòa, huyện Châu Thành", "Xã Song Lộc"),
        ("Lương Hòa, Trà Vinh", "Xã Song Lộc"),
        ("Lương Hòa, Giồng Trôm", "Xã Lương Hòa"),
        ("phường 1 thị xã Duyên Hải", "Phường Duyên Hải"),
        ("Long Khánh, huyện Duyên Hải", "Xã Long Thành"),
        ("Hòa Thuận, Châu Thành", "Phường Hòa Thuận"),
        ("Mỹ Hòa, Cầu Ngang", "Xã Cầu Ngang"),
        ("Mỹ Hòa, thị xã Bình Minh", "Phường Cái Vồn"),
    ],
)
def test_the_district_decides_between_units_of_one_name(places: Places, text: str, name: str) -> None:
    assert found(places, text) == [name]


def test_a_present_name_goes_before_a_former_one(places: Places) -> None:
    assert found(places, "Thạnh Phú")[:2] == ["Xã Thạnh Phú", "Xã Tam Ngãi"]
    assert found(places, "Lương Hòa")[:2] == ["Xã Lương Hòa", "Xã Song Lộc"]


def test_old_and_new_can_be_said(places: Places) -> None:
    assert found(places, "xã Thạnh Phú cũ") == ["Xã Tam Ngãi"]
    assert found(places, "xã Thạnh Phú mới") == ["Xã Thạnh Phú"]


def test_a_number_without_its_city_is_ambiguous(places: Places) -> None:
    assert found(places, "phường 1") == ["Phường Trà Vinh", "Phường Duyên Hải", "Phường Long Châu"]
    assert found(places, "P.1, Trà Vinh") == ["Phường Trà Vinh", "Phường Duyên Hải"]
    assert found(places, "P.1, TP Trà Vinh") == ["Phường Trà Vinh"]


def test_a_city_alone_gives_its_wards(places: Places) -> None:
    wards = ["Phường Trà Vinh", "Phường Nguyệt Hóa", "Phường Long Đức", "Phường Hòa Thuận"]
    for text in ("tp tra vinh", "Thành phố Trà Vinh", "tp.TV", "TPTV", "Trà Vinh", "chợ Trà Vinh", "travinh"):
        assert found(places, text) == wards


def test_a_district_alone_gives_its_communes(places: Places) -> None:
    assert found(places, "huyện Cầu Kè") == ["Xã Cầu Kè", "Xã An Phú Tân", "Xã Phong Thạnh", "Xã Tam Ngãi"]
    assert found(places, "Cầu Kè") == found(places, "huyện Cầu Kè")
    assert found(places, "Duyên Hải")[0] == "Phường Duyên Hải"


def test_a_landmark_or_a_type_tells_the_commune_from_the_district(places: Places) -> None:
    assert found(places, "chợ Cầu Kè") == ["Xã Cầu Kè"]
    assert found(places, "xã Cầu Kè") == ["Xã Cầu Kè"]


def test_a_split_unit_gives_both_parts(places: Places) -> None:
    assert found(places, "thị trấn Trà Ôn") == ["Xã Trà Ôn", "Xã Ngãi Tứ"]
    assert found(places, "Thành Phước, Bình Minh") == ["Phường Cái Vồn", "Phường Bình Minh"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mỹ Cẩm, Càng Long", "trước đây là xã Mỹ Cẩm, huyện Càng Long"),
        ("xã Cầu Ngang", "tên hiện nay"),
        ("thị trấn Trà Ôn", "trước đây là một phần thị trấn Trà Ôn, huyện Trà Ôn"),
        ("huyện Cầu Kè", "thuộc huyện Cầu Kè trước đây"),
        ("xã Mỹ Cảmm, Càng Long", "viết gần giống: trước đây là xã Mỹ Cẩm, huyện Càng Long"),
    ],
)
def test_why(places: Places, text: str, why: str) -> None:
    assert places.find(text)[0].why == why


@pytest.mark.parametrize(
    "text",
    [
        "x. Mỹ Cẩm h. Càng Long",
        "X.MỸ CẨM, H.CÀNG LONG, T.TRÀ VINH",
        "my cam cang long",
        "Mi Cẩm, Càng Long",
        "mỹ cẫm, càng long",
        "Xã Mỹ Cấm - Càng Long",
        "xa my cam, tv",
        "Myx Caamr, Cangf Long",
        "Xa4 My4 Ca6m3",
        "MyCam, CangLong",
        "Càng Long, xã Mỹ Cẩm",
        "🗑 ấp 4 Mỹ Cẩm 😡",
        "Mỹ Cẩm (cũ), nay là xã Càng Long, tỉnh Vĩnh Long, Việt Nam",
    ],
)
def test_ways_of_writing_one_place(places: Places, text: str) -> None:
    assert found(places, text)[0] == "Xã Càng Long"


def test_decomposed_text_is_the_same(places: Places) -> None:
    assert found(places, "My\u0303 Ca\u0302\u0309m, Ca\u0300ng Long") == ["Xã Càng Long"]


def test_accents_decide_between_names_that_fold_alike(places: Places) -> None:
    assert found(places, "xã Tân Hùng") == ["Xã Hùng Hòa"]
    assert found(places, "xã Tân Hưng") == ["Xã An Hiệp"]
    assert found(places, "xa tan hung") == ["Xã Hùng Hòa", "Xã An Hiệp"]


def test_a_hamlet_or_a_street_called_like_a_commune_is_passed_over(places: Places) -> None:
    assert found(places, "ấp Trà Cú, xã Kim Hòa, Cầu Ngang") == ["Xã Vinh Kim"]
    assert found(places, "12 Đồng Khởi, phường 6, Trà Vinh") == ["Phường Trà Vinh"]
    assert found(places, "đường Đồng Khởi") == []


def test_a_hamlet_is_better_than_nothing(places: Places) -> None:
    assert found(places, "ấp Mỹ Cẩm") == ["Xã Càng Long"]


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "?!", "🗑", "123456", "\u200b"),
        *("chợ", "cầu", "xã", "phường", "phường 99", "ấp 3", "bờ kè", "gần nhà", "ở đây nè"),
        *(
            "xin chào",
            "cảm ơn",
            "cam on ban nhieu",
            "hôm nay trời đẹp quá",
            "chai nhựa bỏ đâu",
            "bình hoa cũ",
        ),
        *(
            "Trà Vinh Xanh ơi",
            "tôi yêu hòa bình",
            "bình minh trên biển",
            "ăn hiếp người ta",
            "toi bi an hiep",
        ),
        *("tivi tv cũ", "dây điện", "day dien cu", "chậu kiểng", "con heo long trắng"),
        *("tỉnh Trà Vinh", "tỉnh Vĩnh Long", "tỉnh Long An"),
        *(
            "Hà Nội",
            "Phường 1, Quận 5, TP.HCM",
            "phường 1, Sóc Trăng",
            "Ninh Kiều, Cần Thơ",
            "Mỹ Tho, Việt Nam",
        ),
    ],
)
def test_nothing_is_found_where_nothing_is_said(places: Places, text: str) -> None:
    assert found(places, text) == []


def test_other_provinces_count_only_at_the_end(places: Places) -> None:
    assert found(places, "bến xe đi Sài Gòn, xã Càng Long") == ["Xã Càng Long"]


def test_a_long_text_is_read_quickly_and_safely(places: Places) -> None:
    assert found(places, "rác " * 2_000 + "Mỹ Cẩm, Càng Long") == []
    assert found(places, "xã Mỹ Cẩm, Càng Long " + "rác nhiều quá " * 300) == ["Xã Càng Long"]
