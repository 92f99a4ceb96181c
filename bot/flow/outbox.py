"""Messages to send: written in the turn's transaction, claimed and settled by the sender."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from markupsafe import Markup
from sqlalchemy import bindparam, case, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.address import Address, channel_of
from bot.channels.base import Outcome, Outgoing
from bot.fold import storable
from bot.say import Lane, Say
from bot.store import Executor
from bot.store.tables import Outbox as Row

REPEATS = 1  # how often a reply or notice of unknown outcome is sent again
REPEATS_AFTER_KILLS = 3  # a kill often comes before the message left; one that kills each time is given up
KEPT = ("unknown", "failed")  # their payload stays for another try from /canhbao
LONGEST_LIMIT = timedelta(seconds=60)
KEEP_SETTLED = timedelta(days=2)
KEEP_ABOUT_REPORTS = timedelta(days=180)  # a plain reply to such a message joins the report


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said, not yet stored. `key` makes it said at most once, ever."""

    chat: Address
    say: Say
    lane: Lane = Lane.REPLY
    report_id: int | None = None
    key: str | None = None
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an outbox row. `state` may be `queued`: once more, not before `retry_at`."""

    id: int
    state: str
    message_id: int | None = None
    reason: str | None = None
    retry_at: datetime | None = None
    uncertain: int = 0

    @property
    def is_sent(self) -> bool:
        """Sent, and that is all there is to say about it."""
        return self.state == "sent" and self.reason is None and not self.uncertain

    def sent_values(self, now: datetime) -> dict[str, Any]:
        return {"row_id": self.id, "new_message_id": self.message_id, "new_settled_at": now}

    def values(self, now: datetime) -> dict[str, Any]:
        open_again = self.state == "queued"
        return {
            "row_id": self.id,
            "new_state": self.state,
            "new_message_id": self.message_id,
            "new_reason": self.reason and storable(self.reason, 500),
            "new_retry_at": self.retry_at,
            "more_uncertain": self.uncertain,
            "new_settled_at": None if open_again else now,
            "keep": open_again or self.state in KEPT,
        }


async def add(
    connection: AsyncConnection, messages: Sequence[Message], now: datetime, is_sqlite: bool
) -> None:
    """All in one statement; a key said before is left out."""
    if messages:
        statement = _ADD_SQLITE if is_sqlite else _ADD_POSTGRESQL
        await connection.execute(statement, [_row(message, now) for message in messages])


async def add_one(connection: Executor, message: Message, now: datetime) -> int:
    """Adds a message whose id somebody keeps, to change it later."""
    statement = insert(Row).values(**_row(message, now)).returning(Row.id)
    return (await connection.execute(statement)).scalar_one()


def _row(message: Message, now: datetime) -> dict[str, Any]:
    return {
        "channel": channel_of(message.chat),
        "chat": message.chat,
        "lane": int(message.lane),
        "payload": message.say.to_json(),
        "report_id": message.report_id,
        "key": message.key,
        "edits": message.edits,
        "created_at": now,
    }


_ADD_SQLITE = sqlite.insert(Row).on_conflict_do_nothing(index_elements=["key"])
_ADD_POSTGRESQL = postgresql.insert(Row).on_conflict_do_nothing(index_elements=["key"])

_SETTLE = (
    update(Row)
    .where(Row.id == bindparam("row_id"))
    .values(
        state=bindparam("new_state"),
        message_id=func.coalesce(bindparam("new_message_id"), Row.message_id),
        reason=bindparam("new_reason"),
        retry_at=bindparam("new_retry_at"),
        uncertain=Row.uncertain + bindparam("more_uncertain"),
        settled_at=bindparam("new_settled_at"),
        payload=case((bindparam("keep"), Row.payload), else_=""),
    )
)

_SENT = (  # nearly all there is to settle, with fewer parameters
    update(Row)
    .where(Row.id == bindparam("row_id"))
    .values(
        state="sent",
        message_id=func.coalesce(bindparam("new_message_id"), Row.message_id),
        reason=None,
        retry_at=None,
        settled_at=bindparam("new_settled_at"),
        payload="",
    )
)

_original = Row.__table__.alias("original")
_CLAIM = (
    select(
        Row.id,
        Row.chat,
        Row.lane,
        Row.payload,
        Row.attempts,
        Row.uncertain,
        Row.edits,
        Row.created_at,
        Row.report_id,
        _original.c.message_id,
        _original.c.state.label("original_state"),
    )
    .outerjoin(_original, _original.c.id == Row.edits)
    .where(
        Row.state == "queued",
        Row.channel == bindparam("channel"),
        Row.lane <= bindparam("lane"),
        Row.chat.not_in(bindparam("closed", expanding=True)),
    )
    .order_by(Row.lane, Row.id)
    .limit(bindparam("most"))
)
_SENDING = (
    update(Row)
    .where(Row.id.in_(bindparam("ids", expanding=True)))
    .values(state="sending", attempts=Row.attempts + 1)
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row taken for sending. `original` is the message it edits; None with `edits` set: never sent."""

    id: int
    chat: Address
    lane: Lane
    payload: str
    attempts: int
    uncertain: int
    edits: int | None
    created_at: datetime
    report_id: int | None
    original: int | None
    original_state: str | None

    @property
    def messages(self) -> int:
        """How many the platform counts: an album is as many as its pictures."""
        if not self.payload.startswith('{"text":"","photos"'):
            return 1
        return max(1, len(Say.from_json(self.payload).photos))

    def follow_up(self, outcome: Outcome) -> Message:
        """What did not fit into the message that was sent."""
        rest = Say(Markup(), photos=outcome.rest, reply_to=outcome.message_id)
        return Message(self.chat, rest, self.lane, report_id=self.report_id)

    def outgoing(self) -> Outgoing:
        say = Say.from_json(self.payload)
        if self.edits is not None and self.original is not None:
            say = replace(say, edit=self.original)
        return Outgoing(self.id, self.chat, self.lane, say, self.attempts)


async def settle(connection: AsyncConnection, settled: Sequence[Settled], now: datetime) -> None:
    if sent := [one.sent_values(now) for one in settled if one.is_sent]:
        await connection.execute(_SENT, sent)
    if others := [one.values(now) for one in settled if not one.is_sent]:
        await connection.execute(_SETTLE, others)


async def heads(
    connection: AsyncConnection, channel: str, *, closed: Iterable[str], lane: Lane, most: int
) -> list[Claimed]:
    """Waiting messages of chats that are not closed, first lane first, oldest first.

    A message that waits for another try closes its chat, so `retry_at` is not asked here: the
    next message of that chat must not overtake it.
    """
    found = await connection.execute(
        _CLAIM,
        {"channel": channel, "closed": list(closed) or [""], "lane": int(lane), "most": most},
    )
    return [Claimed(row.id, Address(row.chat), Lane(row.lane), *row[3:]) for row in found]


async def mark_sending(connection: AsyncConnection, ids: Sequence[int]) -> None:
    if ids:
        await connection.execute(_SENDING, {"ids": list(ids)})


async def recent(connection: AsyncConnection, channel: str, now: datetime) -> list[tuple[str, datetime]]:
    """What may still count against the platform's limits: chat and when, of the last minute, oldest first.

    Messages on their way when their sender stopped count as of now.
    """
    on_way = Row.state == "sending"
    found = await connection.execute(
        select(Row.chat, func.coalesce(Row.settled_at, now))
        .where(Row.channel == channel, on_way | (Row.settled_at > now - LONGEST_LIMIT))
        .order_by(on_way, Row.settled_at)
    )
    return [(chat, at) for chat, at in found]


async def recover(connection: AsyncConnection, channel: str, now: datetime) -> int:
    """What a killed sender left: bulk becomes unknown, the rest is sent once more. Returns how many."""
    sending = (Row.state == "sending") & (Row.channel == channel)
    repeat = (Row.lane < int(Lane.BULK)) & (Row.uncertain < REPEATS_AFTER_KILLS)
    unknown = await connection.execute(
        update(Row)
        .where(sending, ~repeat)
        .values(state="unknown", uncertain=Row.uncertain + 1, settled_at=now, reason="the process was killed")
    )
    again = await connection.execute(
        update(Row).where(sending, repeat).values(state="queued", uncertain=Row.uncertain + 1)
    )
    return unknown.rowcount + again.rowcount


async def move(connection: AsyncConnection, old: Address, new: Address) -> None:
    """A group became a supergroup: what waits for it, or is on its way, goes to its new address.

    Edits do not: in the new group the old message ids belong to other messages.
    """
    waiting = (Row.chat == old) & Row.state.in_(("queued", "sending"))
    edits = Row.edits.is_not(None) | Row.payload.contains('"edit":')
    await connection.execute(
        update(Row).where(waiting, edits).values(state="failed", reason="the group moved", payload="")
    )
    await connection.execute(update(Row).where(waiting).values(chat=new))


async def waits(connection: AsyncConnection, channel: str, now: datetime) -> dict[str, datetime]:
    """Chats whose oldest message waits for another try: chat → when. Keeps order over a restart."""
    found = await connection.execute(
        select(Row.chat, func.max(Row.retry_at))
        .where(Row.state == "queued", Row.channel == channel, Row.retry_at > now)
        .group_by(Row.chat)
    )
    return {chat: until for chat, until in found if until}


async def report_of(connection: Executor, chat: Address, message_id: int) -> int | None:
    """The report a sent message is about."""
    found = await connection.execute(
        select(Row.report_id).where(Row.chat == chat, Row.message_id == message_id).limit(1)
    )
    return found.scalar_one_or_none()


async def prune(connection: AsyncConnection, now: datetime) -> None:
    settled = Row.state.not_in(("queued", "sending", "unknown"))
    for about, keep in (
        (Row.report_id.is_(None), KEEP_SETTLED),
        (Row.report_id.is_not(None), KEEP_ABOUT_REPORTS),
    ):
        await connection.execute(
            delete(Row).where(settled, about, Row.key.is_(None), Row.settled_at < now - keep)
        )
