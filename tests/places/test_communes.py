from __future__ import annotations

from collections import Counter

import pytest

from bot.content.files import ContentError
from bot.fold import nfc
from bot.places import Places, load_places
from bot.places.communes import split_type
from tests.places.conftest import CONTENT, TWO_COMMUNES, WORDS, WriteContent


def test_all_124_communes(places: Places) -> None:
    assert Counter(c.former_province for c in places.communes) == {
        "Trà Vinh": 41,
        "Bến Tre": 48,
        "Vĩnh Long": 35,
    }
    assert Counter(c.type for c in places.communes) == {"xã": 105, "phường": 19}


def test_all_356_former_units_of_which_5_were_split(places: Places) -> None:
    units = Counter((u.name, u.district, c.former_province) for c in places.communes for u in c.former_units)
    split = {(u.name, u.district) for c in places.communes for u in c.former_units if u.partial}
    assert len(units) == 356
    assert {unit[:2] for unit, count in units.items() if count > 1} == split
    assert len(split) == 5


def test_text_is_composed(places: Places) -> None:
    for commune in places.communes:
        assert commune.name == nfc(commune.name)


def test_a_commune_by_its_code(places: Places) -> None:
    commune = places.commune("29416")
    assert (commune.name, commune.type) == ("Xã Cầu Ngang", "xã")
    assert commune.formerly == "thị trấn Cầu Ngang, xã Mỹ Hòa, xã Thuận Hòa"
    assert places.get("29416") is commune


def test_an_unknown_code(places: Places) -> None:
    assert places.get("00000") is None
    with pytest.raises(KeyError):
        places.commune("00000")


def test_formerly_says_parts_leaves_out_earlier_and_repeats_no_name(write_content: WriteContent) -> None:
    two = load_places(write_content())
    assert two.commune("29002").formerly == "thị trấn Tây, một phần xã Bến Tây"
    assert two.commune("29001").formerly == ""


def test_wards_merged_earlier_are_not_shown(places: Places) -> None:
    assert places.commune("29242").formerly == "phường 1, phường 3, phường 9"


def test_types_are_split_off() -> None:
    assert split_type("Thị trấn Trà Cú", ("Thị trấn", "Xã")) == ("thị trấn", "Trà Cú")
    assert split_type("Trà Cú", ("Xã",)) == ("", "Trà Cú")


@pytest.mark.parametrize(
    ("wrong", "right", "line", "told"),
    [
        ('code: "29002"', 'code: "2900"', 8, "code"),
        ('code: "29002"', 'code: "29001"', 8, "'29001' is used twice (first "),
        ("name: Xã Tây Lớn", "name: Xã Đông", 9, "'Xã Đông' is used twice"),
        ("name: Xã Tây Lớn", "name: Tây Lớn", 9, "name"),
        ("point: [9.95, 106.25]", "point: [106.25, 9.95]", 10, "point"),
        ("district: Huyện Một, partial", "district: Một, partial", 13, "district"),
        ("partial: true", "partly: true", 13, "partly"),
    ],
)
def test_faults_name_file_and_line(
    write_content: WriteContent, wrong: str, right: str, line: int, told: str
) -> None:
    assert wrong in TWO_COMMUNES
    with pytest.raises(ContentError) as error:
        load_places(write_content(TWO_COMMUNES.replace(wrong, right)))
    fault = error.value.faults[0]
    assert (fault.path.name, fault.line) == ("a.yaml", line)
    assert told in fault.message


def test_a_folder_without_communes(write_content: WriteContent) -> None:
    content = write_content()
    (content / "places" / "communes" / "a.yaml").unlink()
    with pytest.raises(ContentError, match="no communes"):
        load_places(content)


def test_an_everyday_name_nobody_bears(write_content: WriteContent) -> None:
    content = write_content(words=WORDS.replace("everyday: []", "everyday:\n  - Tây Lớn\n  - Nam"))
    with pytest.raises(ContentError, match=r"words.yaml:3: 'Nam' is no name"):
        load_places(content)


def test_no_boundaries_are_shipped() -> None:
    assert sorted(path.suffix for path in (CONTENT / "places").rglob("*") if path.is_file()) == [".yaml"] * 4
