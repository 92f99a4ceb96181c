"""Plus Codes (Open Location Code), whole or shortened to a place: `6PX8W8CQ+W7`, `W8CQ+W7 Trà Vinh`."""

from __future__ import annotations

import re

from openlocationcode import openlocationcode

from bot.places.point import Point

_DIGIT = "[23456789CFGHJMPQRVWX]"
_CODE = re.compile(
    rf"(?<![\w+])(?:{_DIGIT}{{4}}|{_DIGIT}{{6}}|{_DIGIT}{{8}})\+{_DIGIT}{{2,7}}(?![\w+])", re.I
)


def plus_code(text: str) -> str:
    """The first Plus Code in `text`, in capitals, or nothing.

    Codes of digits alone ("2345+67") are passed over: they are rare, sums and telephone numbers are not.
    """
    for match in _CODE.finditer(text):
        code = match[0].upper()
        if re.search("[A-Z]", code) and openlocationcode.isValid(code):
            return code
    return ""


def without_plus_code(text: str) -> str:
    return _CODE.sub(" ", text).strip(" ,")


def parse_plus_code(text: str, near: Point | None) -> Point | None:
    """The middle of the first Plus Code in `text`; a short one is completed nearest to `near`, else None."""
    code = plus_code(text)
    if not code:
        return None
    if openlocationcode.isShort(code):
        if near is None:
            return None
        code = openlocationcode.recoverNearest(code, near.lat, near.lon)
    if not openlocationcode.isFull(code):
        return None
    area = openlocationcode.decode(code)
    return Point(round(area.latitudeCenter, 7), round(area.longitudeCenter, 7))
