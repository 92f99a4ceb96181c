"""The rows behind the bubbles. `seq` numbers each new or changed message of a chat, without gaps in time:
writers of one chat wait for each other, so that a reader who saw n has seen everything below n."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.address import Address
from bot.store import Executor
from bot.store.engine import Store
from bot.store.tables import WebMessage as Row

LOCK_SPACE = 4
SIGNAL = 0  # author of rows that are no messages: toasts and resets on their way to a browser
KEEP_SIGNALS = timedelta(minutes=1)
KEYBOARD_LOOK_BACK = 200  # bot messages in which the current keyboard is sought

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """`author` is a visitor's id, None for the bot, SIGNAL for signals."""

    id: int
    chat: Address
    seq: int
    author: int | None
    payload: Payload
    client_id: str | None
    created_at: datetime
    edited_at: datetime | None


_COLUMNS = (Row.id, Row.chat, Row.seq, Row.author, Row.payload, Row.client_id, Row.created_at, Row.edited_at)
_NO_SIGNAL = Row.author.is_distinct_from(SIGNAL)


async def add(
    store: Store,
    connection: AsyncConnection,
    chat: Address,
    payload: Payload,
    now: datetime,
    *,
    author: int | None = None,
    outbox_id: int | None = None,
    client_id: str | None = None,
) -> Stored:
    """Stores a message once: the same outbox id or client id returns the one stored before."""
    await store.lock(connection, LOCK_SPACE, chat)
    if outbox_id is not None and (known := await _one(connection, Row.outbox_id == outbox_id)):
        return known
    if client_id is not None and (known := await sent_as(connection, chat, client_id)):
        return known
    values = {
        "chat": chat,
        "seq": await seq(connection, chat) + 1,
        "author": author,
        "payload": payload,
        "outbox_id": outbox_id,
        "client_id": client_id,
        "created_at": now,
    }
    row = (await connection.execute(insert(Row).values(**values).returning(*_COLUMNS))).one()
    return _stored(row)


async def edit(
    store: Store, connection: AsyncConnection, chat: Address, message_id: int, payload: Payload, now: datetime
) -> Stored | None:
    """Changes one of the bot's messages; photos stay unless there are new ones. None when it is gone."""
    await store.lock(connection, LOCK_SPACE, chat)
    known = await one(connection, chat, message_id)
    if known is None or known.author is not None:
        return None
    kept = {name: known.payload[name] for name in ("photos", "keyboard") if name in known.payload}
    changed = (
        update(Row)
        .where(Row.id == message_id)
        .values(payload=kept | payload, seq=await seq(connection, chat) + 1, edited_at=now)
    )
    return _stored((await connection.execute(changed.returning(*_COLUMNS))).one())


async def signal(
    store: Store, connection: AsyncConnection, chat: Address, payload: Payload, now: datetime
) -> None:
    """For the browsers in a chat, leaving no trace there: {"event", "to": visitor id or None, …}."""
    await store.lock(connection, LOCK_SPACE, chat)
    number = await seq(connection, chat) + 1
    await connection.execute(
        delete(Row).where(Row.chat == chat, Row.author == SIGNAL, Row.created_at < now - KEEP_SIGNALS)
    )
    await connection.execute(
        insert(Row).values(chat=chat, seq=number, author=SIGNAL, payload=payload, created_at=now)
    )


async def forget(store: Store, connection: AsyncConnection, chat: Address, now: datetime) -> list[Payload]:
    """Deletes all messages of a chat and tells its browsers. Returns what was in them."""
    await signal(store, connection, chat, {"event": "reset"}, now)
    gone = delete(Row).where(Row.chat == chat, _NO_SIGNAL).returning(Row.payload)
    return list((await connection.execute(gone)).scalars())


async def seq(connection: Executor, chat: Address) -> int:
    """The newest number of a chat; 0 when there is none."""
    found = await connection.execute(select(func.coalesce(func.max(Row.seq), 0)).where(Row.chat == chat))
    return int(found.scalar_one())


async def seqs(connection: Executor, chats: list[Address]) -> dict[Address, int]:
    """The newest number of each chat that has one."""
    found = await connection.execute(
        select(Row.chat, func.max(Row.seq)).where(Row.chat.in_(chats)).group_by(Row.chat)
    )
    return {Address(chat): number for chat, number in found}


async def one(connection: Executor, chat: Address, message_id: int) -> Stored | None:
    return await _one(connection, (Row.id == message_id) & (Row.chat == chat) & _NO_SIGNAL)


async def sent_as(connection: Executor, chat: Address, client_id: str) -> Stored | None:
    return await _one(connection, (Row.chat == chat) & (Row.client_id == client_id))


async def page(connection: Executor, chat: Address, before: int | None, limit: int) -> list[Stored]:
    """The newest `limit` messages below `before`, oldest first."""
    statement = select(*_COLUMNS).where(Row.chat == chat, _NO_SIGNAL).order_by(Row.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(Row.id < before)
    return [_stored(row) for row in await connection.execute(statement)][::-1]


async def since(connection: Executor, chat: Address, number: int, limit: int) -> list[Stored]:
    """What is new after `number`, signals included, in order."""
    statement = select(*_COLUMNS).where(Row.chat == chat, Row.seq > number).order_by(Row.seq).limit(limit)
    return [_stored(row) for row in await connection.execute(statement)]


async def keyboard(connection: Executor, chat: Address) -> Payload | None:
    """The reply keyboard that is up now."""
    found = await connection.execute(
        select(Row.payload)
        .where(Row.chat == chat, Row.author.is_(None))
        .order_by(Row.id.desc())
        .limit(KEYBOARD_LOOK_BACK)
    )
    for payload in found.scalars():
        if shown := payload.get("keyboard"):
            return None if shown.get("remove") else shown
    return None


async def _one(connection: Executor, where: ColumnElement[bool]) -> Stored | None:
    row = (await connection.execute(select(*_COLUMNS).where(where))).one_or_none()
    return _stored(row) if row else None


def _stored(row: Any) -> Stored:
    return Stored(row.id, Address(row.chat), *row[2:])
