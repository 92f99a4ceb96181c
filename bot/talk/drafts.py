"""The one thing a person has open in a chat: a row, so that it survives days and restarts."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.address import Address
from bot.store import Executor
from bot.store.tables import Draft as Row


@dataclass(slots=True)
class Draft:
    """`kind.step` names the open question; `version` grows with each step so that old buttons show."""

    kind: str
    step: str
    data: dict[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=lambda: secrets.token_urlsafe(6))
    version: int = 1
    created_at: datetime | None = None

    @property
    def question(self) -> str:
        return f"{self.kind}.{self.step}"

    def go(self, step: str) -> None:
        self.step = step
        self.version += 1


async def load(connection: Executor, chats: Iterable[Address]) -> dict[tuple[int, Address], Draft]:
    """All drafts open in these chats, by person and chat."""
    found = await connection.execute(select(Row.__table__).where(Row.chat.in_(list(chats))))
    return {
        (row.person_id, Address(row.chat)): Draft(
            row.kind, row.step, row.data, row.id, row.version, row.created_at
        )
        for row in found
    }


async def save(
    connection: Executor, person_id: int, chat: Address, draft: Draft, now: datetime, is_sqlite: bool
) -> None:
    insert = sqlite.insert(Row) if is_sqlite else postgresql.insert(Row)
    values = {
        "id": draft.id,
        "kind": draft.kind,
        "step": draft.step,
        "data": draft.data,
        "version": draft.version,
        "nudges": 0,
        "created_at": draft.created_at or now,
        "updated_at": now,
    }
    await connection.execute(
        insert.values(person_id=person_id, chat=chat, **values).on_conflict_do_update(
            index_elements=["person_id", "chat"], set_=values
        )
    )


async def discard(connection: Executor, person_id: int, chat: Address) -> None:
    await connection.execute(delete(Row).where(Row.person_id == person_id, Row.chat == chat))
