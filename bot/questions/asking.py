"""Hỏi cán bộ: a person is linked to a question until it is answered, taken back or a month old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import and_, delete, func, insert, or_, select, tuple_, update

from bot.address import Address
from bot.people import Person
from bot.questions.wording import LONG, redacted
from bot.refusal import N_, Refusal
from bot.store import Executor
from bot.store.tables import Missed, Question
from bot.store.tables import Person as PersonRow

MOST_OPEN = 5  # questions one person may wait for
KEPT = timedelta(days=30)
NIGHT = timedelta(hours=12)  # by day links end so much earlier, at night not before their time
SECOND_THOUGHTS = timedelta(hours=1)  # a dismissal can be taken back before anybody hears of it
NOTICES_AN_HOUR = 20  # about new questions; later ones are found in /cauhoi
AT_ONCE = 500


class Outcome(StrEnum):
    SENT = "sent"
    SENT_BEFORE = "sent_before"
    ANSWERED = "answered"  # staff had answered it already


@dataclass(frozen=True, slots=True)
class Asked:
    """`text`: the question as this person put it; `answer`: with ANSWERED.

    `is_news`: staff should hear that somebody waits.
    """

    outcome: Outcome
    text: str
    answer: str = ""
    is_news: bool = False


@dataclass(frozen=True, slots=True)
class Asker:
    """Whom to tell, in which language, and how they put it."""

    address: Address
    language: str
    text: str


async def ask(
    executor: Executor, person: Person, missed_id: str, wording: str, now: datetime, *, anyway: bool = False
) -> Asked | None:
    """Links the person to the question. None when there is no such question any more.

    `wording`: as typed, if it is known. `anyway`: although there is an answer. Raises Refusal when the
    person waits for too many.
    """
    # Locked, so that an answer given at the same moment either sees this person or is seen here.
    found = await executor.execute(
        select(Missed.text, Missed.state, Missed.answer, Missed.told_at)
        .where(Missed.id == missed_id)
        .with_for_update()
    )
    row = found.one_or_none()
    if row is None:
        return None
    text = redacted(wording, LONG) or row.text
    if await _waits(executor, person, missed_id):
        return Asked(Outcome.SENT_BEFORE, text)
    if row.state == "answered" and not anyway:
        return Asked(Outcome.ANSWERED, row.text, row.answer or "")
    await _check_limit(executor, person)
    await executor.execute(
        insert(Question).values(missed_id=missed_id, person_id=person.id, text=text, asked_at=now)
    )
    return Asked(Outcome.SENT, text, is_news=await _open(executor, missed_id, row.told_at, now))


async def _waits(executor: Executor, person: Person, missed_id: str) -> bool:
    found = await executor.execute(
        select(Question.person_id).where(Question.missed_id == missed_id, Question.person_id == person.id)
    )
    return found.first() is not None


async def _check_limit(executor: Executor, person: Person) -> None:
    waiting = await executor.execute(
        select(func.count()).select_from(Question).where(Question.person_id == person.id)
    )
    if waiting.scalar_one() >= MOST_OPEN:
        raise Refusal(
            N_("Bạn đang có {n} câu chờ cán bộ trả lời. Bạn chờ trả lời, hoặc rút lại bớt rồi hỏi tiếp nha."),
            n=MOST_OPEN,
        )


async def _open(executor: Executor, missed_id: str, told_at: datetime | None, now: datetime) -> bool:
    """The question waits for staff, whatever was done with it before. True when they should be told."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    is_news = told_at is None and await _may_tell(executor, hour)
    await executor.execute(
        update(Missed)
        .where(Missed.id == missed_id)
        .values(state="open", closed_at=None, told_at=hour if is_news else told_at)
    )
    return is_news


async def _may_tell(executor: Executor, hour: datetime) -> bool:
    told = await executor.execute(select(func.count()).select_from(Missed).where(Missed.told_at == hour))
    return bool(told.scalar_one() < NOTICES_AN_HOUR)


async def withdraw(executor: Executor, person: Person, missed_id: str) -> str | None:
    """Unlinks the person. Returns their wording; None when nothing linked them any more."""
    gone = await executor.execute(
        delete(Question)
        .where(Question.missed_id == missed_id, Question.person_id == person.id)
        .returning(Question.text)
    )
    return gone.scalar_one_or_none()


async def end_old(executor: Executor, now: datetime, held: timedelta = timedelta()) -> list[Asker]:
    """Unlinks those who waited a month, or whose question staff dismissed. Returns whom to tell.

    At most AT_ONCE; empty when nobody is left.
    `held`: how much longer a link may last, so that nobody hears of it at night.
    """
    is_old = Question.asked_at <= now - KEPT + NIGHT - held
    is_dismissed = and_(Missed.state == "dismissed", Missed.closed_at <= now - SECOND_THOUGHTS - held)
    found = await executor.execute(
        select(Question.missed_id, Question.person_id, PersonRow.address, PersonRow.language, Question.text)
        .join(PersonRow, PersonRow.id == Question.person_id)
        .join(Missed, Missed.id == Question.missed_id)
        .where(or_(is_old, is_dismissed))
        .limit(AT_ONCE)
    )
    rows = found.all()
    if rows:
        links = tuple_(Question.missed_id, Question.person_id).in_([tuple(row[:2]) for row in rows])
        await executor.execute(delete(Question).where(links))
    return [Asker(Address(row.address), row.language, row.text) for row in rows]
