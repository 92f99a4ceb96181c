"""What waits and what went wrong: for /healthz, /metrics, `doctor` and /canhbao."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select, update

from bot.say import Lane
from bot.store import Executor
from bot.store.tables import Inbox, Missed, Outbox, Question

SHORT = 120


@dataclass(frozen=True, slots=True)
class Counts:
    """Waiting updates, waiting messages, parked updates, sends of unknown outcome; people who wait for an
    answer of staff, and how often the bot had none.
    """

    inbox: int
    outbox: int
    dead: int
    unknown: int
    questions: int
    missed: int

    def shown(self) -> dict[str, int]:
        return asdict(self)


async def counts(executor: Executor) -> Counts:
    """In one statement."""
    found = await executor.execute(
        select(
            select(func.count()).select_from(Inbox).where(Inbox.state == "open").scalar_subquery(),
            select(func.count())
            .select_from(Outbox)
            .where(Outbox.state.in_(("queued", "sending")))
            .scalar_subquery(),
            select(func.count()).select_from(Inbox).where(Inbox.state == "dead").scalar_subquery(),
            select(func.count()).select_from(Outbox).where(Outbox.uncertain > 0).scalar_subquery(),
            select(func.count()).select_from(Question).scalar_subquery(),
            select(func.coalesce(func.sum(Missed.times), 0)).scalar_subquery(),
        )
    )
    return Counts(*found.one())


@dataclass(frozen=True, slots=True)
class Fault:
    """One parked update or failed send. `error` is short and names nobody."""

    id: int
    channel: str
    at: datetime
    state: str
    error: str


@dataclass(frozen=True, slots=True)
class Retried:
    """`left`: sends that are not repeated, because that could double them or nothing is left to send."""

    updates: int
    messages: int
    left: int


_DEAD = Inbox.state == "dead"
_FAILED = Outbox.state.in_(("failed", "unknown"))
# A campaign message may have arrived: it is never repeated blindly. An emptied payload is gone for good.
_REPEATABLE = and_(_FAILED, Outbox.lane < int(Lane.BULK), Outbox.payload != "")


async def dead_updates(executor: Executor, most: int) -> tuple[list[Fault], int]:
    """The latest, and how many there are."""
    latest = await executor.execute(
        select(Inbox.id, Inbox.channel, Inbox.received_at, Inbox.state, Inbox.error)
        .where(_DEAD)
        .order_by(Inbox.id.desc())
        .limit(most)
    )
    return [Fault(*row[:4], short_error(row.error)) for row in latest], await _count(executor, Inbox, _DEAD)


async def failed_sends(executor: Executor, most: int) -> tuple[list[Fault], int]:
    """The latest that failed or whose outcome stayed unknown, and how many there are."""
    latest = await executor.execute(
        select(Outbox.id, Outbox.channel, Outbox.created_at, Outbox.state, Outbox.reason)
        .where(_FAILED)
        .order_by(Outbox.id.desc())
        .limit(most)
    )
    faults = [Fault(*row[:4], short_error(row.reason)) for row in latest]
    return faults, await _count(executor, Outbox, _FAILED)


async def retry(executor: Executor, now: datetime) -> Retried:
    """Parked updates get their turn again; replies and notices are sent once more."""
    taken = await executor.execute(
        update(Inbox).where(_DEAD).values(state="open", attempts=0, retry_at=None).returning(Inbox.id)
    )
    again = await executor.execute(
        update(Outbox)
        .where(_REPEATABLE)
        # A message older than a day would be given up at its first delay.
        .values(state="queued", attempts=0, retry_at=None, settled_at=None, created_at=now)
        .returning(Outbox.id)
    )
    updates, messages = len(taken.scalars().all()), len(again.scalars().all())
    return Retried(updates, messages, await _count(executor, Outbox, _FAILED))


async def _count(executor: Executor, table: type[Inbox] | type[Outbox], which: ColumnElement[bool]) -> int:
    return (await executor.execute(select(func.count()).select_from(table).where(which))).scalar_one()


_FRAME = re.compile(r'^  File "(?:.*/)?([^/"]+/[^/"]+)", line (\d+), in .*$', re.MULTILINE)
_NAMED = re.compile(r"^(?:[\w.]+\.(?:<locals>\.)?)?([A-Za-z_]\w*)(?::|$)", re.MULTILINE)
_PRIVATE = re.compile(r"""(?<!\w)["'“‘«`].*?(?:["'”’»`]|$)|\S*@\S+|\S*\d{4,}\S*""", re.DOTALL)


def short_error(error: str | None) -> str:
    """What went wrong and where, without what people wrote: an exception's words may quote them."""
    error = (error or "?").strip()
    frames = list(_FRAME.finditer(error))
    if not frames and "\n" not in error:
        return _PRIVATE.sub("…", error)[:SHORT]
    if not frames:  # a long trace is kept without its beginning
        return "?"
    named = _NAMED.search(error, frames[-1].end())
    return f"{named[1] if named else '?'} ({frames[-1][1]}:{frames[-1][2]})"
