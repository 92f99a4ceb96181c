"""All content in one value, loaded together so that a bad file keeps the old content whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.emergencies import Emergencies, load_emergencies
from bot.holidays import WorkCalendar, load_holidays
from bot.kinds import Kinds, load_kinds
from bot.places import Places, load_places
from bot.reasons import Reasons, load_reasons
from bot.sorting import Sorting, load_sorting
from bot.tips import Tips, load_tips


@dataclass(frozen=True)
class Knowledge:
    sorting: Sorting
    tips: Tips
    kinds: Kinds
    reasons: Reasons
    emergencies: Emergencies
    places: Places
    calendar: WorkCalendar


def load_knowledge(content_dir: Path, areas_geojson: Path | None = None) -> Knowledge:
    """Raises ContentError with every fault of the first part that has one."""
    return Knowledge(
        sorting=load_sorting(content_dir),
        tips=load_tips(content_dir),
        kinds=load_kinds(content_dir),
        reasons=load_reasons(content_dir),
        emergencies=load_emergencies(content_dir),
        places=load_places(content_dir, areas_geojson),
        calendar=load_holidays(content_dir),
    )
