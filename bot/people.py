"""People: who wrote, in which language, with which consent. Nothing that names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.address import Address
from bot.store import Executor
from bot.store.tables import Person as Row
from bot.store.tables import Staff

LANGUAGES = ("vi", "en", "km")


@dataclass(slots=True)
class Person:
    """`role` is None for citizens; `communes` None means all."""

    id: int
    address: Address
    language: str = "vi"
    commune_code: str | None = None
    consented_at: datetime | None = None
    role: str | None = None
    staff_name: str | None = None
    communes: list[str] | None = None
    is_new: bool = False  # seen for the first time in this batch of turns

    def serves(self, commune_code: str) -> bool:
        """Whether this officer's or admin's area includes the commune."""
        return self.role == "admin" or self.communes is None or commune_code in self.communes


_LOAD = (
    select(
        Row.id,
        Row.address,
        Row.language,
        Row.commune_code,
        Row.consented_at,
        Staff.role,
        Staff.name,
        Staff.communes,
    )
    .outerjoin(Staff, Staff.person_id == Row.id)
    .where(Row.address.in_(bindparam("addresses", expanding=True)))
)


async def load(connection: Executor, addresses: Iterable[Address]) -> dict[Address, Person]:
    """Those known, by address."""
    found = await connection.execute(_LOAD, {"addresses": list(addresses)})
    return {Address(row.address): Person(row.id, Address(row.address), *row[2:]) for row in found}


async def greet(connection: Executor, newcomers: dict[Address, str], now: datetime, is_sqlite: bool) -> None:
    """Stores people seen for the first time: address → language."""
    if newcomers:
        insert = sqlite.insert(Row) if is_sqlite else postgresql.insert(Row)
        rows = [
            {"address": at, "language": language, "created_at": now} for at, language in newcomers.items()
        ]
        await connection.execute(insert.on_conflict_do_nothing(index_elements=["address"]), rows)


async def set_language(connection: Executor, person: Person, language: str) -> None:
    person.language = language
    await connection.execute(update(Row).where(Row.id == person.id).values(language=language))


async def set_commune(connection: Executor, person: Person, commune_code: str) -> None:
    person.commune_code = commune_code
    await connection.execute(update(Row).where(Row.id == person.id).values(commune_code=commune_code))


async def consent(connection: Executor, person: Person, now: datetime) -> None:
    person.consented_at = now
    await connection.execute(update(Row).where(Row.id == person.id).values(consented_at=now))


async def mark_blocked(connection: Executor, address: Address, now: datetime) -> None:
    await connection.execute(update(Row).where(Row.address == address).values(blocked_at=now))


async def mark_back(connection: Executor, address: Address) -> None:
    await connection.execute(update(Row).where(Row.address == address).values(blocked_at=None))
