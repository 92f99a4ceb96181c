"""Which copy leads, and that no failure ends leading for good."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.flow import leader
from bot.flow.leader import Leader
from bot.flow.wake import Wakes
from bot.store.engine import Store
from tests.conftest import emptied, needs_postgresql
from tests.flow.conftest import until


class Copy:
    """One copy of the bot, as far as leading goes."""

    def __init__(self, url: str) -> None:
        self.store = Store(url)
        self.wakes = Wakes(self.store)
        self.terms = 0
        self.fail = False
        self.leader = Leader(self.store, self.wakes, self.lead)
        self.task = asyncio.create_task(self.leader.run())

    async def lead(self) -> None:
        self.terms += 1
        if self.fail:
            raise OSError("disk")
        await asyncio.Event().wait()

    async def leads(self) -> bool:
        return self.leader.leading

    async def stop(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])
        await self.store.close()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leader, "EVERY_SECONDS", 0.05)


async def test_a_term_that_fails_is_followed_by_another(database_url: str) -> None:
    copy = Copy(database_url)
    copy.fail = True
    try:
        await until(lambda: at_least(copy, 3))
        copy.fail = False
        await until(copy.leads)
        assert not copy.task.done()
    finally:
        await copy.stop()
    assert not copy.leader.leading


async def at_least(copy: Copy, terms: int) -> bool:
    return copy.terms >= terms


async def test_on_sqlite_the_one_process_leads(tmp_path: Path) -> None:
    copy = Copy(f"sqlite:///{tmp_path}/x.db")
    try:
        await until(copy.leads)
    finally:
        await copy.stop()


@needs_postgresql
async def test_one_of_several_copies_leads_and_another_follows_when_it_is_gone(postgresql: str) -> None:
    await emptied(postgresql)
    copies = [Copy(postgresql) for _ in range(3)]
    try:
        await until(lambda: anybody(copies))
        await asyncio.sleep(0.2)
        (first,) = [copy for copy in copies if copy.leader.leading]
        await first.stop()
        rest = [copy for copy in copies if copy is not first]
        async with asyncio.timeout(2):
            while not any(copy.leader.leading for copy in rest):
                await asyncio.sleep(0.02)
        assert sum(copy.leader.leading for copy in rest) == 1
    finally:
        for copy in copies:
            await copy.stop()


async def anybody(copies: list[Copy]) -> bool:
    return any(copy.leader.leading for copy in copies)


@needs_postgresql
async def test_a_leader_whose_connection_dies_stops_leading_and_one_leads_again(postgresql: str) -> None:
    copy = Copy(postgresql)
    engine = create_async_engine(make_url(postgresql).set(drivername="postgresql+asyncpg"))
    kill = text(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = :lock"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    try:
        await until(copy.leads)
        async with engine.begin() as connection:
            await connection.execute(kill, {"lock": leader.LOCK})
        await until(lambda: at_least(copy, 2))
    finally:
        await copy.stop()
        await engine.dispose()


@needs_postgresql
async def test_copies_wake_each_other(postgresql: str) -> None:
    listening, speaking = Copy(postgresql), Store(postgresql)
    wakes = Wakes(speaking)
    try:
        await until(listening.leads)
        bell = asyncio.create_task(listening.wakes.sender("telegram").wait(5))
        await asyncio.sleep(0)
        async with speaking.transaction() as connection:
            await wakes.outbox.announce(connection)
        await asyncio.wait_for(bell, 2)
    finally:
        await listening.stop()
        await speaking.close()
