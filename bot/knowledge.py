"""All content in one value, loaded together so that a bad file keeps the old content whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.cues import Cues, load_cues
from bot.emergencies import Emergencies, load_emergencies
from bot.faq import Faqs, load_faqs
from bot.holidays import WorkCalendar, load_holidays
from bot.intents import Intents, load_intents
from bot.kinds import Kinds, load_kinds
from bot.laws import Laws, load_laws
from bot.places import Places, load_places
from bot.quizzes import Quizzes, load_quizzes
from bot.reasons import Reasons, load_reasons
from bot.smalltalk import SmallTalk, load_small_talk
from bot.sorting import Sorting, load_sorting
from bot.tips import Tips, load_tips


@dataclass(frozen=True)
class Knowledge:
    sorting: Sorting
    tips: Tips
    quizzes: Quizzes
    kinds: Kinds
    reasons: Reasons
    emergencies: Emergencies
    places: Places
    calendar: WorkCalendar
    laws: Laws
    faqs: Faqs
    small_talk: SmallTalk
    cues: Cues
    intents: Intents


def load_knowledge(content_dir: Path, areas_geojson: Path | None = None) -> Knowledge:
    """Raises ContentError with every fault of the first part that has one."""
    tips = load_tips(content_dir)
    return Knowledge(
        sorting=load_sorting(content_dir),
        tips=tips,
        quizzes=load_quizzes(content_dir, tips),
        kinds=load_kinds(content_dir),
        reasons=load_reasons(content_dir),
        emergencies=load_emergencies(content_dir),
        places=load_places(content_dir, areas_geojson),
        calendar=load_holidays(content_dir),
        laws=load_laws(content_dir),
        faqs=load_faqs(content_dir),
        small_talk=load_small_talk(content_dir),
        cues=load_cues(content_dir),
        intents=load_intents(content_dir),
    )
