"""Coordinates as people type or paste them: decimal with point or comma, or degrees, minutes and seconds."""

from __future__ import annotations

import re

from bot.places.point import BadPoint, Point, checked_point, in_vietnam

_LOOKALIKES = str.maketrans("º˚′’‘´`″”“−–\u00a0", "°°'''''\"\"\"-- ")

_LABELS = re.compile(
    r"(?:vĩ độ|vi do|latitude|lat)\b\s*[:=]?|(?:kinh độ|kinh do|longitude|long|lon|lng)\b\s*[:=]?", re.I
)

# Neither the first nor the last number may be part of a longer one, or of a list.
_START, _END = r"(?<![\d.,])", r"(?!\d|[.,]\d)"
_BETWEEN = r"(?:\s*[,;|/]\s*|\s+)"

_HEMISPHERE = "NSEWBĐ"
"""English letters, and B (Bắc), Đ (Đông); Nam and Tây never occur here, and T and N would collide."""

_ANGLE = re.compile(
    rf"""(?<!\w)(?P<before>[{_HEMISPHERE}])?\s*
    (?P<degrees>[-+]?\d{{1,3}}(?:[.,]\d+)?)\s*°?\s*
    (?:(?P<minutes>\d{{1,2}}(?:[.,]\d+)?)\s*'\s*
    (?:(?P<seconds>\d{{1,2}}(?:[.,]\d+)?)\s*(?:"|'')\s*)?)?
    (?P<after>[{_HEMISPHERE}])?(?!\w)""",
    re.X | re.I,
)


def _decimal_pair(digits: str) -> re.Pattern[str]:
    number = rf"([-+]?\d{{1,3}}\.\d{digits})"
    return re.compile(rf"{_START}{number}(?!\d|\.\d){_BETWEEN}{number}{_END}")


def _comma_pair(digits: str) -> re.Pattern[str]:
    number = rf"([-+]?\d{{1,3}}),(\d{digits})"
    return re.compile(rf"{_START}{number}{_BETWEEN}{number}{_END}")


# Alone, "9.9, 106.3" can only be a place; inside a sentence it takes three decimals (about 100 m) and a spot
# in Viet Nam not to be two prices.
_ALONE, _ALONE_COMMA = _decimal_pair("{1,}"), _comma_pair("{1,}")
_INSIDE, _INSIDE_COMMA = _decimal_pair("{3,}"), _comma_pair("{3,}")


def typed_point(text: str) -> Point | BadPoint | None:
    """The point that `text` gives as two numbers, if it does."""
    plain = text.translate(_LOOKALIKES)
    return _angles(plain) or _decimals(_LABELS.sub(" ", plain))


def _decimals(text: str) -> Point | BadPoint | None:
    bare = text.strip(" \t\n()[].;")
    if match := _ALONE.fullmatch(bare) or _ALONE_COMMA.fullmatch(bare):
        return checked_point(*_pair(match), match[0])
    if match := _INSIDE.search(text) or _INSIDE_COMMA.search(text):
        found = checked_point(*_pair(match), match[0])
        return found if isinstance(found, Point) and in_vietnam(found.lat, found.lon) else None
    return None


def _pair(match: re.Match[str]) -> tuple[float, float]:
    groups = match.groups()
    if len(groups) == 2:
        return float(groups[0]), float(groups[1])
    return float(f"{groups[0]}.{groups[1]}"), float(f"{groups[2]}.{groups[3]}")


def _angles(text: str) -> Point | BadPoint | None:
    """Two angles that show themselves as such, by a degree sign or a hemisphere letter each."""
    found = [match for match in _ANGLE.finditer(text) if _is_angle(match)]
    if len(found) < 2:
        return None
    first, second = found[:2]
    typed = text[first.start() : second.end()].strip()
    if _axis(first) == "lon" or _axis(second) == "lat":
        first, second = second, first
    if _minutes_overflow(first) or _minutes_overflow(second):
        return BadPoint(typed)
    return checked_point(_degrees(first), _degrees(second), typed)


def _is_angle(match: re.Match[str]) -> bool:
    if "°" in match[0]:
        return True
    letter = match["before"] or match["after"]
    return bool(letter) and ("." in match["degrees"] or "," in match["degrees"] or bool(match["minutes"]))


def _axis(match: re.Match[str]) -> str:
    letter = (match["before"] or match["after"] or "").upper()
    return "lat" if letter and letter in "NSB" else "lon" if letter else ""


def _number(text: str | None) -> float:
    return float(text.replace(",", ".")) if text else 0.0


def _minutes_overflow(match: re.Match[str]) -> bool:
    return _number(match["minutes"]) >= 60 or _number(match["seconds"]) >= 60


def _degrees(match: re.Match[str]) -> float:
    degrees = _number(match["degrees"])
    size = abs(degrees) + _number(match["minutes"]) / 60 + _number(match["seconds"]) / 3600
    letter = (match["before"] or match["after"] or "").upper()
    return -size if degrees < 0 or letter in {"S", "W"} else size
