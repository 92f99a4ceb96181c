"""The staff side: what was asked most, the answer to all who wait, what is not worth one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, select, update

from bot.address import Address
from bot.people import Person
from bot.questions.asking import Asker
from bot.staff import record
from bot.store import Executor
from bot.store.tables import Missed, Question
from bot.store.tables import Person as PersonRow

MOST = 1_000  # characters of an answer
WORDINGS = 5  # shown


@dataclass(frozen=True, slots=True)
class Group:
    """A question as staff see it. `waiting`: how many people; never who."""

    id: str
    text: str
    reason: str
    state: str
    times: int
    last_at: datetime
    answer: str | None
    waiting: int


_WAITING = select(Question.missed_id, func.count().label("waiting")).group_by(Question.missed_id).subquery()
_GROUPS = select(
    Missed.id,
    Missed.text,
    Missed.reason,
    Missed.state,
    Missed.times,
    Missed.last_at,
    Missed.answer,
    func.coalesce(_WAITING.c.waiting, 0),
).outerjoin(_WAITING, _WAITING.c.missed_id == Missed.id)
_IS_WAITED_FOR = func.coalesce(_WAITING.c.waiting, 0) > 0


async def unanswered(executor: Executor, *, skip: int, most: int) -> tuple[list[Group], int]:
    """Those somebody waits for first, then the most asked; and how many there are."""
    query = (
        _GROUPS.where(Missed.state == "open")
        .order_by(_IS_WAITED_FOR.desc(), Missed.times.desc(), Missed.last_at.desc(), Missed.id)
        .offset(skip)
        .limit(most)
    )
    total = await executor.execute(select(func.count()).select_from(Missed).where(Missed.state == "open"))
    return await _groups(executor, query), total.scalar_one()


async def one(executor: Executor, missed_id: str) -> Group | None:
    return next(iter(await _groups(executor, _GROUPS.where(Missed.id == missed_id))), None)


async def _groups(executor: Executor, query: Select[*tuple[Any, ...]]) -> list[Group]:
    return [Group(*row) for row in await executor.execute(query)]


async def wordings(executor: Executor, group: Group) -> list[str]:
    """How those who wait put it, where that differs; a few."""
    found = await executor.execute(
        select(Question.text)
        .where(Question.missed_id == group.id, Question.text != group.text)
        .group_by(Question.text)
        .order_by(func.min(Question.asked_at))
        .limit(WORDINGS)
    )
    return list(found.scalars())


async def answer(
    executor: Executor, staff: Person, missed_id: str, text: str, now: datetime
) -> list[Asker] | None:
    """Keeps the answer and forgets who asked. Returns whom to tell; None when a colleague was faster."""
    # Whoever asks after this is news again.
    values = {"state": "answered", "answer": text, "closed_at": now, "told_at": None}
    if not await _move(executor, missed_id, Missed.state != "answered", values):
        return None
    waited = Question.missed_id == missed_id
    found = await executor.execute(
        select(PersonRow.address, PersonRow.language, Question.text)
        .join(PersonRow, PersonRow.id == Question.person_id)
        .where(waited)
        .order_by(Question.asked_at, PersonRow.id)
    )
    askers = [Asker(Address(row.address), row.language, row.text) for row in found]
    await executor.execute(delete(Question).where(waited))
    await record(executor, staff, "question.answer", missed_id, now, waiting=len(askers))
    return askers


async def dismiss(executor: Executor, staff: Person, missed_id: str, now: datetime) -> bool:
    """Off the list, until somebody asks staff for it. False when it was not on it."""
    done = await _move(executor, missed_id, Missed.state == "open", {"state": "dismissed", "closed_at": now})
    if done:
        await record(executor, staff, "question.dismiss", missed_id, now)
    return done


async def restore(executor: Executor, staff: Person, missed_id: str, now: datetime) -> bool:
    """Takes a dismissal back."""
    done = await _move(executor, missed_id, Missed.state == "dismissed", {"state": "open", "closed_at": None})
    if done:
        await record(executor, staff, "question.restore", missed_id, now)
    return done


async def _move(
    executor: Executor, missed_id: str, only: ColumnElement[bool], values: dict[str, Any]
) -> bool:
    changed = await executor.execute(
        update(Missed).where(Missed.id == missed_id, only).values(**values).returning(Missed.id)
    )
    return changed.first() is not None
