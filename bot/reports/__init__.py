"""Reports of dumped rubbish: filing, finding, and every change of state, without any platform."""

from bot.reports.changes import (
    add_photos,
    add_voice,
    judge,
    note,
    reject,
    resolve,
    take,
    withdraw,
)
from bot.reports.filing import Filing, file_report
from bot.reports.finding import (
    by_code,
    by_id,
    events,
    followers,
    follows,
    may_see,
    mine,
    near,
    parse_code,
    photo_ids,
    told,
)
from bot.reports.states import CITIZEN_WORDS, CLOSED, OPEN, State

__all__ = [
    "CITIZEN_WORDS",
    "CLOSED",
    "OPEN",
    "Filing",
    "State",
    "add_photos",
    "add_voice",
    "by_code",
    "by_id",
    "events",
    "file_report",
    "followers",
    "follows",
    "judge",
    "may_see",
    "mine",
    "near",
    "note",
    "parse_code",
    "photo_ids",
    "reject",
    "resolve",
    "take",
    "told",
    "withdraw",
]
