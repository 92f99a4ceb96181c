"""Dates at which somebody last looked at a source: after a year it is time to look again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.content.files import Document, Fault, Location, read_front_matter, read_yaml

KEEPS = timedelta(days=365)
FIELDS = frozenset({"checked", "read_on"})


def stale_faults(content_dir: Path, today: date) -> Iterator[Fault]:
    """Raises ContentError for a file that cannot be read at all."""
    for path in sorted(content_dir.rglob("*.yaml")):
        yield from _in_document(read_yaml(path), today)
    for path in sorted(content_dir.glob("*/*/*.md")):
        yield from _in_document(read_front_matter(path)[0], today)


def _in_document(document: Document, today: date) -> Iterator[Fault]:
    for location, checked in _dates(document.value, ()):
        if checked > today:
            yield document.fault(f"{location[-1]}: {checked} has not come yet", *location)
        elif today - checked > KEEPS:
            days = (today - checked).days
            yield document.fault(f"{location[-1]}: {days} days ago; read the source again", *location)


def _dates(value: Any, at: Location) -> Iterator[tuple[Location, date]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        if key in FIELDS and isinstance(part, date):
            yield (*at, key), part
        else:
            yield from _dates(part, (*at, key))
