"""A database of an older version is brought to the newest one, with what it holds."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, func, insert, make_url, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.engine import Store
from bot.store.migrate import HEAD, alembic_config, migrate, revision
from bot.store.tables import Missed, Person, Question
from tests.conftest import SERVER, needs_postgresql
from tests.fakes import START
from tests.store.test_migrations import differences

NAME = f"tvx_test_upgrade_{os.getpid()}"


async def _server(*statements: str) -> None:
    url = make_url(SERVER).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_postgresql)])
async def old(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """A store at the first revision."""
    url = f"sqlite:///{tmp_path}/old.db"
    if request.param == "postgresql":
        await _server(f"DROP DATABASE IF EXISTS {NAME}", f"CREATE DATABASE {NAME}")
        url = make_url(SERVER).set(database=NAME).render_as_string(hide_password=False)
    store = Store(url)
    async with store.transaction() as connection:
        await connection.run_sync(_first)
    yield store
    await store.close()
    if request.param == "postgresql":
        await _server(f"DROP DATABASE {NAME} WITH (FORCE)")


def _first(connection: Connection) -> None:
    command.upgrade(alembic_config(connection), "0001")


async def test_a_first_database_becomes_what_the_models_say_and_keeps_its_people(old: Store) -> None:
    assert await revision(old) == "0001"
    async with old.transaction() as connection:
        await connection.execute(
            insert(Person).values(id=7, address="telegram:7", language="vi", created_at=START)
        )
    assert await migrate(old) is True
    assert await revision(old) == HEAD
    async with old.read() as connection:
        assert await connection.run_sync(differences) == []
        assert (await connection.execute(select(Person.address))).scalar_one() == "telegram:7"


async def test_in_an_upgraded_database_a_question_goes_with_its_person(old: Store) -> None:
    await migrate(old)
    async with old.transaction() as connection:
        await connection.execute(
            insert(Person).values(id=7, address="telegram:7", language="vi", created_at=START)
        )
        await connection.execute(
            insert(Missed).values(
                id="x", key="dan", text="đàn", reason="nothing", times=1, first_at=START, last_at=START
            )
        )
        await connection.execute(
            insert(Question).values(missed_id="x", person_id=7, text="đàn", asked_at=START)
        )
        await connection.execute(text("DELETE FROM person"))
        assert (await connection.execute(select(func.count()).select_from(Question))).scalar_one() == 0
        assert (await connection.execute(select(Missed.state))).scalar_one() == "open"
