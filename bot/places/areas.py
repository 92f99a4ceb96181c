"""Commune boundaries from a GeoJSON file that the operator supplies; the only user of shapely."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.content.files import ContentError, Fault
from bot.places.candidate import Candidate, Located, shown_distance
from bot.places.communes import Commune
from bot.places.point import distance_m, in_vietnam

NEAR_M = 2_000
"""Offered although the point lies in another area or in none.

Mapped coasts are clipped by up to 2 km, and near a border a hundred metres change the commune.
"""

_NEAR_DEGREES = 0.02
"""A little more than NEAR_M in either direction at this latitude (0.02° of longitude at 10° N = 2.19 km)."""


class Areas:
    """Which commune's area contains a point, and which others are near."""

    def __init__(self, communes: Sequence[Commune], shapes: Sequence[Any]) -> None:
        import shapely

        self._shapely = shapely
        self._communes = communes
        self._shapes = shapes
        self._tree = shapely.STRtree(shapes)

    def locate(self, lat: float, lon: float) -> Located:
        near = self._near(lat, lon)
        inside = [commune for metres, commune in near if metres == 0]
        candidates = tuple(Candidate(commune, _why(metres), metres) for metres, commune in near)
        return Located(candidates, certain=len(inside) == 1, outside=not inside)

    def _near(self, lat: float, lon: float) -> list[tuple[float, Commune]]:
        around = self._shapely.box(
            lon - _NEAR_DEGREES, lat - _NEAR_DEGREES, lon + _NEAR_DEGREES, lat + _NEAR_DEGREES
        )
        found = []
        for index in self._tree.query(around):
            metres = self._distance(lat, lon, self._shapes[index])
            if metres <= NEAR_M:
                found.append((metres, self._communes[index]))
        return sorted(found, key=lambda pair: pair[0])

    def _distance(self, lat: float, lon: float, shape: Any) -> float:
        """Metres to `shape`, 0 inside. The nearest spot is sought in degrees: at 10° N under 2 % off."""
        here = self._shapely.Point(lon, lat)
        if shape.covers(here):
            return 0.0
        there = self._shapely.shortest_line(here, shape).coords[-1]
        return distance_m(lat, lon, there[1], there[0])


def _why(metres: float) -> str:
    return (
        "vị trí nằm trong địa bàn"
        if metres == 0
        else f"ranh giới cách vị trí khoảng {shown_distance(metres)}"
    )


def read_areas(path: Path, communes: Sequence[Commune]) -> Areas:
    """Areas of all `communes` from a FeatureCollection in WGS84 whose features carry the commune's code as
    property `code` or as `id`. Features of other communes are passed over. Raises ContentError."""
    features = _features(path)
    wanted = {commune.code: commune for commune in communes}
    shapes: dict[str, Any] = {}
    faults = []
    for number, feature in enumerate(features, start=1):
        code = _code(feature)
        if code not in wanted:
            continue
        try:
            shapes[code] = _shape(feature)
        except ValueError as error:
            faults.append(Fault(path, 1, f"feature {number} ({code} {wanted[code].name}): {error}"))
    missing = [c for c in communes if c.code not in shapes]
    if missing and not faults:
        names = ", ".join(f"{c.code} {c.name}" for c in missing[:3])
        faults.append(Fault(path, 1, f"{len(missing)} communes have no area: {names}…"))
    if faults:
        raise ContentError(faults)
    return Areas(communes, [shapes[commune.code] for commune in communes])


def _features(path: Path) -> list[Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ContentError([Fault(path, error.lineno, f"not JSON: {error.msg}")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Fault(path, 1, f"cannot be read: {error}")]) from None
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise ContentError([Fault(path, 1, "must be a GeoJSON FeatureCollection")])
    return features


def _code(feature: Any) -> str:
    if not isinstance(feature, dict):
        return ""
    properties = feature.get("properties") or {}
    return str(properties.get("code") or feature.get("id") or "")


def _shape(feature: Any) -> Any:
    """Raises ValueError in words."""
    import shapely
    from shapely.geometry import shape

    try:
        area = shape(feature["geometry"])
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, shapely.errors.ShapelyError):
        raise ValueError("geometry cannot be read") from None
    if area.is_empty or area.geom_type not in {"Polygon", "MultiPolygon"}:
        raise ValueError("geometry must be a Polygon or MultiPolygon")
    west, south, east, north = area.bounds
    if not (in_vietnam(south, west) and in_vietnam(north, east)):
        raise ValueError("coordinates must be WGS84, longitude before latitude")
    area = shapely.make_valid(area)
    shapely.prepare(area)
    return area
