"""Small facts about this installation, kept over restarts."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from bot.store import Executor
from bot.store.tables import Fact


async def load_fact(executor: Executor, name: str) -> str | None:
    return (await executor.execute(select(Fact.value).where(Fact.name == name))).scalar_one_or_none()


async def save_fact(executor: Executor, name: str, value: str) -> None:
    await executor.execute(delete(Fact).where(Fact.name == name))
    await executor.execute(insert(Fact).values(name=name, value=value))
