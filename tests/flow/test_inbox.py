"""Intake: committed before it is confirmed, whole, once, and not without bound."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.flow import inbox
from bot.flow.inbox import Inbox, InboxFull
from bot.flow.wake import Wake
from bot.store.engine import Store
from tests.fakes import FakeClock
from tests.flow.conftest import Stage, message


async def test_many_puts_at_once_share_commits(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    commits = 0
    commit = Inbox._commit

    async def counting(self: Inbox) -> None:
        nonlocal commits
        commits += 1
        await commit(self)

    monkeypatch.setattr(Inbox, "_commit", counting)
    await asyncio.gather(*(stage.put(message(number, number, "x")) for number in range(1, 201)))
    assert len(await stage.inbox_rows()) == 200
    assert commits < 20
    assert stage.app.inbox.open == 200


async def test_put_returns_only_when_another_connection_can_read_it(stage: Stage) -> None:
    await stage.put(message(1, 1, "x"))
    store = Store(stage.app.settings.database)
    try:
        async with store.transaction() as connection:
            taken = await inbox.take(connection, store.is_sqlite, stage.clock.now(), 10)
            assert [row.chat for row in taken] == ["telegram:1"]
    finally:
        await store.close()


async def test_a_full_inbox_takes_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.flow.inbox.FULL_AT", 3)
    await stage.put(*(message(number, 1, "x") for number in (1, 2, 3)))
    with pytest.raises(InboxFull):
        await stage.put(message(4, 1, "x"))
    assert len(await stage.inbox_rows()) == 3
    await stage.settle()
    await stage.put(message(4, 1, "x"))
    assert len(await stage.inbox_rows()) == 4


async def test_a_failed_commit_fails_every_put_of_its_round_and_only_those(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [OperationalError("INSERT", {}, Exception("disk I/O error"))]
    announce = stage.app.wakes.inbox.announce

    async def failing(connection: Any) -> None:
        if failures:
            raise failures.pop()
        await announce(connection)

    monkeypatch.setattr(stage.app.wakes.inbox, "announce", failing)
    outcomes = await asyncio.gather(
        *(stage.put(message(number, 1, "x")) for number in range(1, 6)), return_exceptions=True
    )
    lost = [number for number, outcome in enumerate(outcomes, 1) if outcome is not None]
    stored = [row.update_id for row in await stage.inbox_rows()]
    assert lost and sorted(lost + stored) == [1, 2, 3, 4, 5]
    await asyncio.gather(*(stage.put(message(number, 1, "x")) for number in range(1, 6)))
    assert sorted(row.update_id for row in await stage.inbox_rows()) == [1, 2, 3, 4, 5]


async def test_a_putter_that_is_cancelled_takes_nobody_with_it(stage: Stage) -> None:
    first = asyncio.create_task(stage.put(message(1, 1, "x")))
    second = asyncio.create_task(stage.put(message(2, 2, "x")))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    assert second.exception() is None
    assert 2 in [row.update_id for row in await stage.inbox_rows()]


async def test_half_of_a_surrogate_pair_and_nul_are_stored_and_read_back(stage: Stage) -> None:
    await stage.put(message(1, 1, "half \ud83d nul \x00 end"))
    (row,) = await stage.inbox_rows()
    assert json.loads(row.payload)["message"]["text"] == "half \ud83d nul \x00 end"


@pytest.mark.parametrize("update_id", [None, "1", 1.5, float("inf"), 2**63, -(2**70), [1]])
def test_an_update_without_a_usable_id_is_refused(update_id: Any) -> None:
    with pytest.raises((KeyError, ValueError)):
        inbox.incoming("telegram", {"update_id": update_id})
    with pytest.raises(KeyError):
        inbox.incoming("telegram", {"message": {}})


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"message": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -5}}}}, -5),
        ({"callback_query": {"from": {"id": 7}, "inline_message_id": "x"}}, 7),
        ({"my_chat_member": {"chat": {"id": 9}, "from": {"id": 7}}}, 9),
        ({"poll_answer": {"user": {"id": 7}}}, 7),
        ({"callback_query": {"message": "text", "from": {"id": 7}}}, 7),
        ({"message": {"chat": {"id": "5"}}}, 0),
        ({"message": {"chat": 5}}, 0),
        ({"poll": {"id": "1"}}, 0),
        ({}, 0),
    ],
)
def test_which_chats_order_an_update_belongs_to(update: dict[str, Any], chat: int) -> None:
    assert inbox.incoming("telegram", {"update_id": 1, **update}).chat == f"telegram:{chat}"


async def test_a_database_locked_for_a_while_delays_intake_and_loses_nothing(
    stage: Stage, tmp_path: Path
) -> None:
    """Another program holds the write lock of SQLite; PostgreSQL knows no such thing."""
    if not stage.app.store.is_sqlite:
        await stage.put(message(1, 1, "hello"))
        return
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        put = asyncio.create_task(stage.put(message(1, 1, "hello")))
        await asyncio.sleep(0.5)
        assert not put.done(), "not confirmed while it cannot be written"
        other.execute("ROLLBACK")
        await asyncio.wait_for(put, 5)
    await stage.settle()
    assert stage.said == [(1, "hello")]


@pytest.fixture
async def full_disk(tmp_path: Path, migrated: Path) -> Store:
    """A database that may not grow by another page."""
    path = tmp_path / "full.db"
    shutil.copy(migrated, path)
    store = Store(f"sqlite:///{path}")
    async with store.transaction() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    return store


async def test_a_full_disk_fails_the_put_and_free_space_ends_it(full_disk: Store) -> None:
    intake = Inbox(full_disk, FakeClock(), Wake("inbox", full_disk))
    rows = [inbox.incoming("telegram", message(number, 1, "x" * 4000)) for number in range(40)]
    try:
        with pytest.raises(DBAPIError, match="disk is full"):
            await intake.put("telegram", rows)
        assert intake.open == 0
        async with full_disk.transaction() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        await intake.put("telegram", rows)
        await intake.count()
        assert intake.open == 40
    finally:
        await full_disk.close()
