"""Updates as they arrive: committed before they are confirmed, kept in order per chat."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.address import Address, address
from bot.clock import Clock
from bot.flow.wake import Wake
from bot.fold import storable
from bot.store.engine import Store
from bot.store.tables import Inbox as Row

RETRY_SECONDS = (1, 3, 9)  # its chat waits meanwhile
FULL_AT = 20_000  # open updates; what comes after stays at the platform
KEEP_DONE = timedelta(hours=48)  # Telegram repeats an update for at most 24 h


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update as it arrived; `payload` is its raw JSON."""

    update_id: int
    chat: Address
    payload: str


@dataclass(frozen=True, slots=True)
class Open:
    """One update waiting for its turn."""

    id: int
    channel: str
    chat: str
    payload: str
    attempts: int


class InboxFull(Exception):
    """The backlog is as large as it may get; the platform keeps the rest."""


class Inbox:
    """Intake. `put` from many tasks at once shares commits."""

    def __init__(self, store: Store, clock: Clock, wake: Wake) -> None:
        self._store = store
        self._clock = clock
        self._wake = wake
        self._waiting: list[dict[str, Any]] = []
        self._round: asyncio.Task[None] | None = None
        self.open = 0  # as of the last count

    async def put(self, channel: str, updates: Sequence[Incoming]) -> None:
        """Returns when all are committed; repeats are ignored. Raises InboxFull, or what the store raised."""
        if self.open >= FULL_AT:
            raise InboxFull
        now = self._clock.now()
        self._waiting += [
            {
                "channel": channel,
                "update_id": one.update_id,
                "chat": one.chat,
                "payload": one.payload,
                "received_at": now,
            }
            for one in updates
        ]
        if self._round is None:
            self._round = asyncio.create_task(self._commit())
        await asyncio.shield(self._round)

    async def _commit(self) -> None:
        """Takes all that waits when the writer is free: one commit for many puts."""
        try:
            async with self._store.transaction() as connection:
                rows = self._take_waiting()
                await connection.execute(_insert(self._store.is_sqlite), rows)
                await self._wake.announce(connection)
        except BaseException:
            if self._round is asyncio.current_task():
                self._take_waiting()  # their putters hear of it and do not confirm
            raise
        self.open += len(rows)
        self._wake.ring()

    def _take_waiting(self) -> list[dict[str, Any]]:
        rows, self._waiting, self._round = self._waiting, [], None
        return rows

    async def count(self) -> None:
        async with self._store.read() as connection:
            self.open = (await connection.execute(_COUNT_OPEN)).scalar_one()


def _insert(is_sqlite: bool) -> Any:
    return _INSERT_SQLITE if is_sqlite else _INSERT_POSTGRESQL


_INSERT_SQLITE = sqlite.insert(Row).on_conflict_do_nothing(index_elements=["channel", "update_id"])
_INSERT_POSTGRESQL = postgresql.insert(Row).on_conflict_do_nothing(index_elements=["channel", "update_id"])
_COUNT_OPEN = select(func.count()).select_from(Row).where(Row.state == "open")

_WAITING_CHATS = select(Row.chat).where(Row.state == "open", Row.retry_at > bindparam("now"))
_OLDEST = (
    select(Row.id, Row.channel, Row.chat, Row.payload, Row.attempts)
    .where(Row.state == "open", Row.chat.not_in(_WAITING_CHATS))
    .order_by(Row.id)
    .limit(bindparam("most"))
)
_OLDEST_CHATS = (
    select(Row.chat)
    .where(Row.state == "open", Row.chat.not_in(_WAITING_CHATS))
    .order_by(Row.id)
    .limit(bindparam("most"))
)
_LOCK_FREE = text(  # stops at the limit, so that no chat is locked that is not taken
    "SELECT chat FROM unnest(CAST(:chats AS text[])) AS c(chat)"
    " WHERE pg_try_advisory_xact_lock(1, hashtext(chat)) LIMIT :most"
)
_DONE = (
    update(Row)
    .where(Row.id.in_(bindparam("ids", expanding=True)))
    .values(state="done", payload="", retry_at=None, error=None)
)


async def take(connection: AsyncConnection, is_sqlite: bool, now: datetime, most: int) -> list[Open]:
    """The oldest open updates, in order, of chats no other transaction holds."""
    if is_sqlite:
        rows = await connection.execute(_OLDEST, {"now": now, "most": most})
        return [Open(*row) for row in rows]
    waiting = await connection.execute(_OLDEST_CHATS, {"now": now, "most": 8 * most})
    chats = list(dict.fromkeys(waiting.scalars()))
    if not chats:
        return []
    # Others hold the oldest chats: more are offered than taken, or they would all ask for the same.
    free = (await connection.execute(_LOCK_FREE, {"chats": chats, "most": most})).scalars().all()
    # Read again: what was open before the lock may be done by now.
    rows = await connection.execute(_OLDEST.where(Row.chat.in_(free)), {"now": now, "most": most})
    return [Open(*row) for row in rows]


async def mark_done(connection: AsyncConnection, ids: Sequence[int]) -> None:
    if ids:
        await connection.execute(_DONE, {"ids": list(ids)})


async def mark_failed(connection: AsyncConnection, one: Open, error: str, now: datetime) -> bool:
    """Waits for another try, or is parked as dead. True when dead."""
    dead = one.attempts >= len(RETRY_SECONDS)
    retry_at = None if dead else now + timedelta(seconds=RETRY_SECONDS[one.attempts])
    await connection.execute(
        update(Row)
        .where(Row.id == one.id, Row.state == "open")
        .values(
            state="dead" if dead else "open",
            attempts=one.attempts + 1,
            retry_at=retry_at,
            error=storable(error, 2000),
        )
    )
    return dead


async def prune(connection: AsyncConnection, now: datetime) -> None:
    """Forgets done updates once the platform can no longer repeat them."""
    await connection.execute(delete(Row).where(Row.state == "done", Row.received_at < now - KEEP_DONE))


def incoming(channel: str, raw: dict[str, Any], payload: str | None = None) -> Incoming:
    """Bot-API-shaped JSON as an inbox row. Raises KeyError or ValueError without a usable update_id."""
    chat_id = _chat_id(raw)
    update_id = raw["update_id"]
    if not isinstance(update_id, int) or abs(update_id) >= 2**63:
        raise ValueError("update_id is no 64-bit number")
    return Incoming(
        update_id,
        address(channel, chat_id),
        # ASCII: half of a surrogate pair in somebody's text must not make the row unwritable.
        payload if payload is not None else json.dumps(raw, separators=(",", ":")),
    )


def _chat_id(raw: dict[str, Any]) -> int:
    """The chat whose order an update belongs to; 0 when it has none."""
    for part in raw.values():
        if isinstance(part, dict):
            holder = part.get("message") or part
            for name in ("chat", "from", "user"):
                found = holder.get(name) if isinstance(holder, dict) else None
                found = found or part.get(name)
                if isinstance(found, dict) and isinstance(found.get("id"), int):
                    return int(found["id"])
    return 0
