"""Points and names in map links: Google, Apple, OpenStreetMap, geo: and others that write them the same way.

Nothing is opened: only what the link itself says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote_plus, urlsplit

from bot.places.coordinates import typed_point
from bot.places.point import BadPoint, Point, checked_point

_LINK = re.compile(
    r"(?:https?://|geo:|(?<![\w.])(?:www\.|maps\.|goo\.gl/|maps\.app\.goo\.gl/|google\.))[^\s<>\"]+", re.I
)
_SHORT = re.compile(r"(?:https?://)?(?:www\.)?(?:maps\.app\.goo\.gl|goo\.gl/maps|g\.co/maps)\b", re.I)

_N = r"(-?\d{1,3}(?:\.\d+)?)"
_PIN = re.compile(rf"!3d{_N}!4d{_N}")
_VIEW = re.compile(rf"/@{_N},{_N}")
_OSM_VIEW = re.compile(rf"map=\d+(?:\.\d+)?/{_N}/{_N}")
_GEO = re.compile(rf"geo:{_N},{_N}", re.I)
_PLACE = re.compile(r"/(?:place|search|dir)/+([^@?]+)")

_QUERIES = ("q", "query", "ll", "destination", "daddr", "coordinate", "address", "center", "sll")
"""What holds the place asked for, in order of trust: the thing looked up before where the map looked."""


def links(text: str) -> list[str]:
    return [match[0].rstrip(".,;)") for match in _LINK.finditer(text)]


def without_links(text: str) -> str:
    return _LINK.sub(" ", text).strip()


def is_short_map_link(text: str) -> bool:
    """Whether `text` holds a map link that tells nothing until it is opened on the network."""
    return bool(_SHORT.search(text))


def link_point(text: str) -> Point | BadPoint | None:
    """The point named by the first map link that names one; the pin before the middle of the view."""
    for link in links(text):
        for found in _points(link):
            return found
    return None


def link_name(text: str) -> str:
    """What a map link looks up in words (`…/place/Chợ+Cầu+Ngang`, `?q=…`), or nothing."""
    for link in links(text):
        asked = _query_values(link, "q", "query", "daddr", "destination", "address")
        for value in (*asked, *_path_values(link)):
            if any(char.isalpha() for char in value):
                return value
    return ""


def _points(link: str) -> Iterator[Point | BadPoint]:
    if match := _GEO.match(link):
        # geo:0,0?q=… is how Android says "look at the query"
        if (match[1], match[2]) == ("0", "0"):
            yield from _said(_query_values(link, "q"))
        yield checked_point(float(match[1]), float(match[2]), match[0])
    yield from _matched(_PIN.findall(link)[-1:])
    yield from _marker(link)
    yield from _said(_query_values(link, *_QUERIES))
    yield from _said(_path_values(link))
    yield from _matched(_VIEW.findall(link))
    yield from _matched(_OSM_VIEW.findall(link))


def _matched(pairs: list[tuple[str, str]]) -> Iterator[Point | BadPoint]:
    for lat, lon in pairs:
        yield checked_point(float(lat), float(lon), f"{lat}, {lon}")


def _marker(link: str) -> Iterator[Point | BadPoint]:
    lat, lon = _query_values(link, "mlat"), _query_values(link, "mlon")
    if lat and lon and (found := typed_point(f"{lat[0]}, {lon[0]}")):
        yield found


def _said(values: list[str]) -> Iterator[Point | BadPoint]:
    for value in values:
        if found := typed_point(value.removeprefix("loc:").partition("(")[0]):
            yield found


def _query_values(link: str, *names: str) -> list[str]:
    # geo:…?q= and most others have a query; a fragment (#map=…) never holds these
    try:
        query = parse_qs(urlsplit(link).query)
    except ValueError:
        return []
    return [value for name in names for value in query.get(name, [])]


def _path_values(link: str) -> list[str]:
    # of a route the last stop is where it leads
    if match := _PLACE.search(link):
        return [unquote_plus(part) for part in reversed(match[1].split("/")) if part and part[:5] != "data="]
    return []
