"""Every fault of every part of the content, not just the first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.content.files import ContentError, Fault
from bot.content.outdated import outdated_translations
from bot.content.spelling import faults_of_spelling
from bot.content.staleness import stale_faults
from bot.cues import load_cues
from bot.emergencies import load_emergencies
from bot.faq import load_faqs
from bot.holidays import load_holidays
from bot.kinds import load_kinds
from bot.laws import load_laws
from bot.places import load_places
from bot.quizzes import load_quizzes
from bot.reasons import load_reasons
from bot.smalltalk import load_small_talk
from bot.sorting import load_sorting
from bot.sorting.lengths import long_cards
from bot.tips import load_tips

PARTS: tuple[Callable[[Path], object], ...] = (
    load_sorting,
    load_tips,
    load_quizzes,
    load_kinds,
    load_reasons,
    load_emergencies,
    load_places,
    load_holidays,
    load_laws,
    load_faqs,
    load_small_talk,
    load_cues,
)


def check(content_dir: Path, today: date) -> list[Fault]:
    """By file and line; each fault once.

    Spelling, long cards, old dates and old translations are told too, but keep no content from being used.
    """
    if faults := faults_of_parts(content_dir):
        return sorted(faults)
    return sorted(
        {
            *faults_of_spelling(content_dir),
            *stale_faults(content_dir, today),
            *long_cards(content_dir),
            *outdated_translations(content_dir),
        }
    )


def faults_of_parts(content_dir: Path) -> set[Fault]:
    """What keeps the content from being used."""
    faults: set[Fault] = set()
    for load in PARTS:
        try:
            load(content_dir)
        except ContentError as error:
            faults.update(error.faults)
    return faults
