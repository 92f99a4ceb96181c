"""The shipped places once for all tests, and boundaries when a copy lies beside the repository."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.places import Places, load_places

REPOSITORY = Path(__file__).parents[2]
CONTENT = REPOSITORY / "content"
REAL_AREAS = REPOSITORY.parent / "shared" / "data" / "vinhlong_communes.geojson"

WriteContent = Callable[..., Path]

WORDS = "everyday: []\nnot_places: []\nplace_words: [chợ]\nelsewhere: [Hà Nội]\n"

TWO_COMMUNES = """\
former_province: Trà Vinh
communes:
  - code: "29001"
    name: Xã Đông
    point: [9.95, 106.35]
    formerly:
      - {unit: Xã Đông, district: Huyện Một}
  - code: "29002"
    name: Xã Tây Lớn
    point: [9.95, 106.25]
    formerly:
      - {unit: Thị trấn Tây, district: Huyện Một}
      - {unit: Xã Bến Tây, district: Huyện Một, partial: true}
      - {unit: Xã Xưa Kia, district: Huyện Một, earlier: true}
"""


@pytest.fixture(scope="session")
def places() -> Places:
    return load_places(CONTENT)


@pytest.fixture(scope="session")
def mapped() -> Places:
    if not REAL_AREAS.exists():
        pytest.skip(f"no boundary file at {REAL_AREAS}")
    return load_places(CONTENT, REAL_AREAS)


@pytest.fixture
def write_content(tmp_path: Path) -> WriteContent:
    """Writes a content folder with the given communes and words; returns the folder."""

    def write(communes: str = TWO_COMMUNES, words: str = WORDS) -> Path:
        folder = tmp_path / "content" / "places"
        (folder / "communes").mkdir(parents=True)
        (folder / "communes" / "a.yaml").write_text(communes, encoding="utf-8")
        (folder / "words.yaml").write_text(words, encoding="utf-8")
        return tmp_path / "content"

    return write


def square(code: str, west: float, east: float) -> dict[str, object]:
    ring = [[west, 9.9], [east, 9.9], [east, 10.0], [west, 10.0], [west, 9.9]]
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def write_areas(path: Path, *features: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.fixture
def squares(write_content: WriteContent, tmp_path: Path) -> Places:
    """Two squares, 0.1° wide, side by side: Tây Lớn from 106.2, Đông from 106.3."""
    areas = write_areas(
        tmp_path / "areas.geojson", square("29001", 106.3, 106.4), square("29002", 106.2, 106.3)
    )
    return load_places(write_content(), areas)
