from __future__ import annotations

import math
import random
import subprocess
import sys
from pathlib import Path

import pytest

from bot.content.files import ContentError
from bot.places import Located, Places, load_places
from tests.places.conftest import CONTENT, REPOSITORY, WriteContent, square, write_areas


def names(located: Located) -> list[str]:
    return [candidate.commune.name for candidate in located.candidates]


def test_deep_inside_is_certain_and_alone(squares: Places) -> None:
    located = squares.locate(9.95, 106.35)
    assert names(located) == ["Xã Đông"]
    assert located.certain
    assert not located.outside
    assert located.candidates[0].distance_m == 0


def test_near_a_border_the_neighbour_is_offered(squares: Places) -> None:
    located = squares.locate(9.95, 106.305)
    assert names(located) == ["Xã Đông", "Xã Tây Lớn"]
    assert located.certain
    assert located.candidates[1].distance_m == pytest.approx(548, abs=2)
    assert located.candidates[1].why == "ranh giới cách vị trí khoảng 550 m"


def test_on_the_border_nobody_is_certain(squares: Places) -> None:
    located = squares.locate(9.95, 106.3)
    assert sorted(names(located)) == ["Xã Tây Lớn", "Xã Đông"]
    assert not located.certain
    assert not located.outside


def test_a_little_outside_the_nearest_is_offered(squares: Places) -> None:
    located = squares.locate(9.95, 106.41)
    assert names(located) == ["Xã Đông"]
    assert located.outside
    assert not located.certain


@pytest.mark.parametrize(("lat", "lon"), [(9.95, 106.42), (10.02, 106.35), (21.0, 105.8), (math.nan, 106.35)])
def test_more_than_two_km_away_nothing_is_offered(squares: Places, lat: float, lon: float) -> None:
    assert squares.locate(lat, lon) == Located((), certain=False, outside=True)


def test_areas_of_other_communes_are_passed_over(write_content: WriteContent, tmp_path: Path) -> None:
    everything = [square("29001", 106.3, 106.4), square("29002", 106.2, 106.3), square("1", 105, 105.1), None]
    places = load_places(write_content(), write_areas(tmp_path / "a.geojson", *everything))
    assert places.locate(9.95, 105.05).outside


def bow_tie(code: str) -> dict[str, object]:
    ring = [[106.2, 9.9], [106.3, 10.0], [106.3, 9.9], [106.2, 10.0], [106.2, 9.9]]
    return {"type": "Feature", "id": code, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_a_ring_that_crosses_itself_is_repaired(write_content: WriteContent, tmp_path: Path) -> None:
    path = write_areas(tmp_path / "a.geojson", square("29001", 106.3, 106.4), bow_tie("29002"))
    assert names(load_places(write_content(), path).locate(9.95, 106.22))[0] == "Xã Tây Lớn"


@pytest.mark.parametrize(
    ("feature", "told"),
    [
        (square("29009", 106.2, 106.3), "1 communes have no area: 29002 Xã Tây Lớn"),
        ({"id": "29002", "geometry": {"type": "Point", "coordinates": [106.2, 9.9]}}, "must be a Polygon"),
        ({"id": "29002", "geometry": None}, "geometry cannot be read"),
        ({"id": "29002", "geometry": {"type": "Polygon", "coordinates": [[1]]}}, "geometry cannot be read"),
        ({"id": "29002", "geometry": {"type": "Polygon", "coordinates": []}}, "must be a Polygon"),
        (square("29002", 600_000, 601_000), "must be WGS84"),
    ],
)
def test_faults_of_areas(write_content: WriteContent, tmp_path: Path, feature: object, told: str) -> None:
    path = write_areas(tmp_path / "a.geojson", square("29001", 106.3, 106.4), feature)
    with pytest.raises(ContentError, match=told):
        load_places(write_content(), path)


@pytest.mark.parametrize(
    ("text", "told"),
    [('{\n"type": oops}', "a.geojson:2: not JSON"), ("[]", "FeatureCollection"), (None, "cannot be read")],
)
def test_files_that_are_no_areas(
    write_content: WriteContent, tmp_path: Path, text: str | None, told: str
) -> None:
    path = tmp_path / "a.geojson"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=told):
        load_places(write_content(), path)


def test_shapely_is_only_loaded_with_areas() -> None:
    script = (
        "import sys, pathlib; from bot.places import load_places;"
        f"load_places(pathlib.Path({str(CONTENT)!r})).locate(9.9, 106.3);"
        "sys.exit('shapely' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, check=False).returncode == 0


def test_each_commune_contains_its_own_point(mapped: Places) -> None:
    for commune in mapped.communes:
        located = mapped.locate(commune.lat, commune.lon)
        assert located.certain
        assert located.candidates[0].commune is commune


def test_the_nearest_points_mostly_hold_the_right_commune(mapped: Places, places: Places) -> None:
    """The figures that justify asking with five buttons when there are no boundaries."""
    dice = random.Random(11)
    ranks: list[int] = []
    while len(ranks) < 600:
        lat, lon = dice.uniform(9.53, 10.34), dice.uniform(105.68, 106.79)
        located = mapped.locate(lat, lon)
        if located.certain:
            near = [candidate.commune.code for candidate in places.locate(lat, lon).candidates]
            right = located.candidates[0].commune.code
            ranks.append(near.index(right) if right in near else 9)
    assert sum(rank == 0 for rank in ranks) / len(ranks) > 0.70
    assert sum(rank < 5 for rank in ranks) / len(ranks) > 0.98
    assert max(ranks) < 10
