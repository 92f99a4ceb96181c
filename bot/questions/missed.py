"""The log of what was not understood: grouped by likeness, bounded, without who asked."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.questions.wording import alike, likeness, redacted
from bot.store import Executor
from bot.store.tables import Missed as Row
from bot.store.tables import Question

Reason = Literal["nothing", "unsure"]

MOST = 5_000  # rows; a flood of nonsense pushes out what was asked least and longest ago
COMPARED = 300  # latest questions a new one is compared with
KEEP_ONCE = timedelta(days=90)  # asked once and never again

WAITED_FOR = exists().where(Question.missed_id == Row.id)


@dataclass(frozen=True, slots=True)
class Noted:
    """The group a question fell into, and the wording that stands for it."""

    id: str
    text: str


async def note(
    executor: Executor,
    text: str,
    telling: Callable[[str], Iterable[str]],
    reason: Reason,
    now: datetime,
    is_sqlite: bool,
) -> Noted | None:
    """Counts a question without an answer. None when it says nothing that could be answered.

    `telling`: the words of a text that are more than greetings and question words. Only the day is
    kept: the hour would lead to whoever wrote then.
    """
    now = now.replace(hour=0, minute=0, second=0, microsecond=0)
    wording = redacted(text)
    key = likeness(telling(wording))
    if not key:
        return None
    again = await _again(executor, Row.key == key, reason, now)
    if again is None and (known := alike(key, await _latest(executor))):
        again = await _again(executor, Row.id == known, reason, now)
    return again or await _first(executor, key, wording, reason, now, is_sqlite)


async def _again(
    executor: Executor, which: ColumnElement[bool], reason: Reason, now: datetime
) -> Noted | None:
    found = await executor.execute(
        update(Row)
        .where(which)
        .values(times=Row.times + 1, last_at=now, reason=reason)
        .returning(Row.id, Row.text)
    )
    row = found.one_or_none()
    return Noted(row.id, row.text) if row else None


async def _latest(executor: Executor) -> dict[str, str]:
    found = await executor.execute(
        select(Row.id, Row.key).order_by(Row.last_at.desc(), Row.times.desc()).limit(COMPARED)
    )
    return {row.id: row.key for row in found}


async def _first(
    executor: Executor, key: str, wording: str, reason: Reason, now: datetime, is_sqlite: bool
) -> Noted:
    await _make_room(executor)
    insert = sqlite.insert(Row) if is_sqlite else postgresql.insert(Row)
    added = await executor.execute(
        insert.values(
            id=secrets.token_urlsafe(6),
            key=key,
            text=wording,
            reason=reason,
            times=1,
            first_at=now,
            last_at=now,
        )
        # Another copy may have been as fast.
        .on_conflict_do_update(index_elements=["key"], set_={"times": Row.times + 1, "last_at": now})
        .returning(Row.id, Row.text)
    )
    row = added.one()
    return Noted(row.id, row.text)


async def _make_room(executor: Executor) -> None:
    there = (await executor.execute(select(func.count()).select_from(Row))).scalar_one()
    if there < MOST:
        return
    least = select(Row.id).where(~WAITED_FOR).order_by(Row.times, Row.last_at).limit(there - MOST + 1)
    await executor.execute(delete(Row).where(Row.id.in_(least)))


async def prune(executor: Executor, now: datetime) -> None:
    """Forgets what was asked once, long ago."""
    await executor.execute(delete(Row).where(Row.times == 1, Row.last_at < now - KEEP_ONCE, ~WAITED_FOR))
