"""Transactions on both databases: all or nothing, one writer on SQLite, readers that wait for nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.store.engine import Store
from bot.store.tables import Counter, Invite, Person
from bot.store.trouble import explain
from tests.fakes import START


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url)
    yield store
    await store.close()


async def names(store: Store) -> list[str]:
    async with store.read() as connection:
        return list((await connection.execute(select(Counter.name).order_by(Counter.name))).scalars())


def row(name: str) -> dict[str, object]:
    return {"name": name, "value": 1}


async def test_a_transaction_leaves_all_or_nothing(store: Store) -> None:
    async with store.transaction() as connection:
        await connection.execute(insert(Counter).values(row("a")))
    with pytest.raises(RuntimeError):
        async with store.transaction() as connection:
            await connection.execute(insert(Counter).values(row("b")))
            raise RuntimeError
    assert await names(store) == ["a"]
    assert await store.write(lambda connection: connection.scalar(select(func.count(Counter.name)))) == 1


async def test_a_savepoint_that_fails_spares_the_transaction(store: Store) -> None:
    async with store.transaction() as connection:
        await connection.execute(insert(Counter).values(row("a")))
        with pytest.raises(IntegrityError):
            async with connection.begin_nested():
                await connection.execute(insert(Counter).values(row("b")))
                await connection.execute(insert(Counter).values(row("a")))
        await connection.execute(insert(Counter).values(row("c")))
    assert await names(store) == ["a", "c"]


async def test_writers_wait_their_turn_and_readers_do_not(store: Store) -> None:
    done: list[int] = []

    async def write(number: int) -> None:
        async with store.transaction() as connection:
            await connection.execute(insert(Counter).values(row(str(number))))
            await asyncio.sleep(0.01)
            done.append(number)

    async with store.transaction() as connection:
        await connection.execute(insert(Counter).values(row("held")))
        assert await asyncio.wait_for(names(store), 2) == [], "a reader sees what is committed"
    await asyncio.gather(*(write(number) for number in range(8)))
    assert len(await names(store)) == 9
    if store.is_sqlite:
        assert done == sorted(done)


async def test_a_cancelled_writer_frees_the_writer(store: Store) -> None:
    async def hold() -> None:
        async with store.transaction() as connection:
            await connection.execute(insert(Counter).values(row("x")))
            await asyncio.sleep(60)

    task = asyncio.create_task(hold())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.wait([task])
    async with asyncio.timeout(5), store.transaction() as connection:
        await connection.execute(insert(Counter).values(row("y")))
    assert await names(store) == ["y"]


async def test_foreign_keys_hold(store: Store) -> None:
    with pytest.raises(IntegrityError):
        async with store.transaction() as connection:
            await connection.execute(
                insert(Invite).values(
                    token_hash="x", role="officer", created_by=99, created_at=START, expires_at=START
                )
            )


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=7))])
async def test_times_come_back_as_utc(store: Store, zone: timezone) -> None:
    moment = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=zone)
    async with store.transaction() as connection:
        await connection.execute(insert(Person).values(address="x:1", created_at=moment))
    async with store.read() as connection:
        back = (await connection.execute(select(Person.created_at))).scalar_one()
        before = select(Person.id).where(Person.created_at <= moment.astimezone(UTC))
        assert (await connection.execute(before)).first() is not None
    assert back == moment and back.tzinfo is UTC


async def test_an_error_does_not_quote_what_people_wrote(store: Store) -> None:
    with pytest.raises(IntegrityError) as raised:
        async with store.transaction() as connection:
            for _ in range(2):
                private = {"address": "x:1", "language": "a private word", "created_at": START}
                await connection.execute(insert(Person).values(private))
    assert "a private word" not in str(raised.value)


async def test_sqlite_survives_power_loss_and_reads_beside_its_writer(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/deep/down/x.db")
    try:
        async with store.transaction() as connection:
            found = [
                (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
        assert found == ["wal", 2, 1]
    finally:
        await store.close()


async def test_trouble_is_told_in_words(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/x.db")
    try:
        with pytest.raises(DBAPIError) as raised:
            async with store.transaction() as connection:
                await connection.execute(text("CREATE TABLE t (x TEXT)"))
                pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
                await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
                await connection.execute(text("INSERT INTO t VALUES (zeroblob(100000))"))
    finally:
        await store.close()
    assert "DATA_DIR" in str(explain(raised.value))
    assert "DATA_DIR" in str(explain(OSError(28, "No space left on device")))
    assert "another program" in str(explain(DBAPIError("x", {}, Exception("database is locked"))))
    assert "DATABASE_URL" in str(explain(ConnectionRefusedError(111, "Connect call failed")))
    group = ExceptionGroup("several", [OSError(28, "No space left on device")])
    assert "DATA_DIR" in str(explain(group))
    assert explain(ValueError("a connection of words")) is None
    assert explain(KeyError("x")) is None
