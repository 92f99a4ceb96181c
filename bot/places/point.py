"""A place on earth, and how far two of them are apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius (IUGG)."""

_SOUTH, _NORTH, _WEST, _EAST = 7.5, 23.6, 101.9, 117.9
"""Viet Nam with its islands, loosely: only used to tell latitude from longitude."""


@dataclass(frozen=True, slots=True)
class Point:
    """WGS84 degrees, within range."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class BadPoint:
    """Two numbers that were meant as coordinates and cannot be: `text` is what was typed."""

    text: str
    reason: Literal["out_of_range"] = "out_of_range"


def in_vietnam(lat: float, lon: float) -> bool:
    return _SOUTH <= lat <= _NORTH and _WEST <= lon <= _EAST


def checked_point(lat: float, lon: float, text: str = "") -> Point | BadPoint:
    """Latitude and longitude as a Point; exchanged when only the other order lies in Viet Nam."""
    if not in_vietnam(lat, lon) and in_vietnam(lon, lat):
        lat, lon = lon, lat
    if abs(lat) <= 90 and abs(lon) <= 180:
        return Point(lat, lon)
    return BadPoint(text or f"{lat}, {lon}")


def distance_m(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Great-circle distance in metres (haversine)."""
    phi_a, phi_b = math.radians(a_lat), math.radians(b_lat)
    half_lat = math.sin((phi_b - phi_a) / 2) ** 2
    half_lon = math.sin(math.radians(b_lon - a_lon) / 2) ** 2
    square = half_lat + math.cos(phi_a) * math.cos(phi_b) * half_lon
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, square)))
