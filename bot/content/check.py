"""Every fault of every part of the content, not just the first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.content.files import ContentError, Fault
from bot.emergencies import load_emergencies
from bot.holidays import load_holidays
from bot.kinds import load_kinds
from bot.places import load_places
from bot.reasons import load_reasons
from bot.sorting import load_sorting
from bot.tips import load_tips

PARTS: tuple[Callable[[Path], object], ...] = (
    load_sorting,
    load_tips,
    load_kinds,
    load_reasons,
    load_emergencies,
    load_places,
    load_holidays,
)


def check(content_dir: Path) -> list[Fault]:
    """By file and line; each fault once."""
    faults: set[Fault] = set()
    for load in PARTS:
        try:
            load(content_dir)
        except ContentError as error:
            faults.update(error.faults)
    return sorted(faults)
