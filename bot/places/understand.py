"""What a person's text says about a place: a point (link, coordinates, Plus Code) or communes."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.places.candidate import Candidate, Located
from bot.places.coordinates import typed_point
from bot.places.links import is_short_map_link, link_name, link_point, without_links
from bot.places.places import Places
from bot.places.pluscode import parse_plus_code, plus_code, without_plus_code
from bot.places.point import BadPoint, Point


@dataclass(frozen=True, slots=True)
class Understood:
    """`candidates` best first, of the point if there is one, else of the words."""

    candidates: tuple[Candidate, ...] = ()
    point: Point | None = None
    located: Located | None = None
    bad_point: BadPoint | None = None
    """Coordinates that cannot be."""
    short_link: bool = False
    """A map link that tells nothing unopened, and nothing else told the point: ask for another form."""


def parse_point(text: str) -> Point | BadPoint | None:
    """The point that a map link or typed coordinates in `text` give, if any."""
    return link_point(text) or typed_point(without_links(text))


def understand(places: Places, text: str) -> Understood:
    point = parse_point(text)
    if isinstance(point, BadPoint):
        return Understood(bad_point=point)
    words = without_links(text) or link_name(text)
    point = point or _plus_code_point(places, f"{words} {link_name(text)}")
    if point is None:
        return Understood(places.find(words), short_link=is_short_map_link(text))
    located = places.locate(point.lat, point.lon)
    return Understood(located.candidates, point=point, located=located)


def _plus_code_point(places: Places, text: str) -> Point | None:
    """The Plus Code in `text`, a short one completed near the commune named beside it or mid-province."""
    if not plus_code(text):
        return None
    beside = without_plus_code(text)
    if places.elsewhere(beside):
        return parse_plus_code(text, None)
    named = places.find(beside)
    near = Point(named[0].commune.lat, named[0].commune.lon) if named else places.centre
    return parse_plus_code(text, near)


def place_json(places: Places, text: str) -> str:
    """Candidates as one line: `[{"code", "name", "why"}, …]`, best first, `[]` when nothing fits."""
    rows = [
        {"code": candidate.commune.code, "name": candidate.commune.name, "why": candidate.why}
        for candidate in understand(places, text).candidates
    ]
    return json.dumps(rows, ensure_ascii=False)
