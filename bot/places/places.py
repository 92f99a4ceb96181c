"""All communes, and every way of asking which one is meant."""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path

from bot.places import address
from bot.places.areas import Areas, read_areas
from bot.places.candidate import Candidate, Located
from bot.places.communes import Commune, read_communes
from bot.places.names import Names
from bot.places.nearest import locate_nearest
from bot.places.point import Point
from bot.places.words import Words, read_words


class Places:
    """`communes` are ordered by code."""

    def __init__(self, communes: Sequence[Commune], names: Names, words: Words, areas: Areas | None) -> None:
        self.communes = tuple(communes)
        self._by_code = {commune.code: commune for commune in communes}
        self._names = names
        self._words = words
        self._areas = areas

    @property
    def centre(self) -> Point:
        """Amid the communes' points: what a short Plus Code without a place name is completed to."""
        count = len(self.communes)
        return Point(sum(c.lat for c in self.communes) / count, sum(c.lon for c in self.communes) / count)

    def commune(self, code: str) -> Commune:
        """Raises KeyError when no commune has this code."""
        return self._by_code[code]

    def get(self, code: str) -> Commune | None:
        return self._by_code.get(code)

    def locate(self, lat: float, lon: float) -> Located:
        """Communes for WGS84 degrees: by areas when they were given, else by the nearest communes' points."""
        if self._areas is not None:
            return self._areas.locate(lat, lon)
        return locate_nearest(self.communes, lat, lon)

    def find(self, text: str) -> tuple[Candidate, ...]:
        """Communes that a typed address or landmark may mean, best first; empty when nothing fits."""
        return address.find(text, self._names, self._words)

    def named(self, text: str, beside: Container[str] = ()) -> tuple[Candidate, ...]:
        """Like `find`, when `text` says nothing but places and the words of `beside` (without accents)."""
        return address.named(text, self._names, self._words, beside)

    def elsewhere(self, text: str) -> bool:
        """Whether a typed address ends in a place outside the province."""
        return address.elsewhere(text, self._names, self._words)


def load_places(content_dir: Path, areas_geojson: Path | None = None) -> Places:
    """Places from `<content_dir>/places`, with boundaries if a file is given. Raises ContentError."""
    folder = content_dir / "places"
    communes = read_communes(folder / "communes")
    names = Names(communes)
    words = read_words(folder / "words.yaml", names)
    areas = read_areas(areas_geojson, communes) if areas_geojson is not None else None
    return Places(communes, names, words, areas)
