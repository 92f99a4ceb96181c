"""Small facts about this installation, kept over restarts."""

from __future__ import annotations

from sqlalchemy import select, text

from bot.store import Executor
from bot.store.tables import Fact


async def load_fact(executor: Executor, name: str) -> str | None:
    return (await executor.execute(select(Fact.value).where(Fact.name == name))).scalar_one_or_none()


async def save_fact(executor: Executor, name: str, value: str) -> None:
    """The last one stays, also when copies that start together save at the same time."""
    await executor.execute(_SAVE, {"name": name, "value": value})


_SAVE = text(
    "INSERT INTO fact (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
