"""Who is on the page: a browser known by its cookie, and what it may see."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, cast, delete, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import people, staff
from bot.address import Address, address
from bot.facts import save_fact
from bot.refusal import N_
from bot.store.tables import Fact, Person, Staff
from bot.store.tables import WebVisitor as Row

CHANNEL = "web"
DUTY = address(CHANNEL, -1)  # the one duty room, shared by all staff on the page
DUTY_TITLE = N_("Phòng trực")
CHAT_TITLE = N_("Trò chuyện")
TOKEN_CHARACTERS = 43  # 256 bits in base64
KEY_FACT = "web_sign_in_key"
SEEN_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Visitor:
    """`role` is None for citizens."""

    id: int
    language: str
    role: str | None = None
    staff_name: str | None = None

    @property
    def chat(self) -> Address:
        return address(CHANNEL, self.id)

    @property
    def rooms(self) -> dict[str, Address]:
        on_duty = self.role in ("admin", "officer")
        return {"chat": self.chat} | ({"duty": DUTY} if on_duty else {})


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_PERSON = Person.address == literal(f"{CHANNEL}:") + cast(Row.id, String)
_FIND = (
    select(Row.id, Row.seen_at, Person.language, Staff.role, Staff.name)
    .outerjoin(Person, _PERSON)
    .outerjoin(Staff, Staff.person_id == Person.id)
)


async def find(connection: AsyncConnection, token: str, language: str) -> Visitor | None:
    """`language` counts until the person is known."""
    row = (await connection.execute(_FIND.where(Row.token_hash == hashed(token)))).one_or_none()
    return Visitor(row.id, row.language or language, row.role, row.name) if row else None


async def again(connection: AsyncConnection, visitor: Visitor) -> Visitor | None:
    """The visitor as of now: language and role may have changed."""
    row = (await connection.execute(_FIND.where(Row.id == visitor.id))).one_or_none()
    return Visitor(row.id, row.language or visitor.language, row.role, row.name) if row else None


async def ensure(connection: AsyncConnection, token: str, language: str, now: datetime) -> Visitor:
    """Finds the visitor or stores a new one; notes once an hour that they were here."""
    row = (await connection.execute(_FIND.where(Row.token_hash == hashed(token)))).one_or_none()
    if row is None:
        stored = insert(Row).values(token_hash=hashed(token), admin=False, created_at=now, seen_at=now)
        return Visitor((await connection.execute(stored.returning(Row.id))).scalar_one(), language)
    if now - row.seen_at > SEEN_EVERY:
        await connection.execute(update(Row).where(Row.id == row.id).values(seen_at=now))
    return Visitor(row.id, row.language or language, row.role, row.name)


async def new_key(connection: AsyncConnection) -> str:
    """A key that makes one visitor an admin; the one before it stops working."""
    key = secrets.token_urlsafe(24)
    await save_fact(connection, KEY_FACT, hashed(key))
    return key


async def sign_in(
    connection: AsyncConnection, visitor: Visitor, key: str, now: datetime, is_sqlite: bool
) -> bool:
    """Uses up the key. False when it is wrong or spent."""
    used = await connection.execute(delete(Fact).where(Fact.name == KEY_FACT, Fact.value == hashed(key)))
    if not used.rowcount:
        return False
    await people.greet(connection, {visitor.chat: visitor.language}, now, is_sqlite)
    person = (await people.load(connection, [visitor.chat]))[visitor.chat]
    await staff.appoint(connection, person, "admin", "Quản trị", None, now)
    await staff.record(connection, person, "staff.sign_in", "web", now)
    await connection.execute(update(Row).where(Row.id == visitor.id).values(admin=True))
    if not await staff.is_duty_group(connection, DUTY):
        await staff.set_duty_group(connection, DUTY, DUTY_TITLE, None, now, mirror=True)
    return True
