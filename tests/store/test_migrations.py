"""Migrations bring any database to what the models say, once, also when copies start together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.engine import Store
from bot.store.migrate import HEAD, alembic_config, migrate, revision
from bot.store.tables import Base
from tests.conftest import SERVER, needs_postgresql


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url)
    yield store
    await store.close()


def test_head_is_the_newest_revision() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert scripts.get_heads() == [HEAD]
    assert len(list(scripts.walk_revisions())) == len(list(Path(scripts.versions).glob("0*.py")))


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": False}
    )
    return list(compare_metadata(context, Base.metadata))


async def test_migrations_make_what_the_models_say(store: Store) -> None:
    async with store.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_every_index_and_constraint_of_the_models_is_there(store: Store) -> None:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'index'"
        if store.is_sqlite
        else "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"
    )
    async with store.read() as connection:
        there = set((await connection.execute(text(query))).scalars())
    wanted = {str(index.name) for table in Base.metadata.tables.values() for index in table.indexes}
    assert wanted <= there


async def test_migrating_again_changes_nothing(store: Store) -> None:
    assert await revision(store) == HEAD
    assert await migrate(store) is False


async def test_an_empty_database_is_migrated(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/new.db")
    try:
        assert await revision(store) is None
        assert await migrate(store) is True
        assert await revision(store) == HEAD
    finally:
        await store.close()


@needs_postgresql
async def test_copies_that_start_together_migrate_once() -> None:
    name = "tvx_test_together"
    url = make_url(SERVER).set(drivername="postgresql+asyncpg")
    server = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with server.connect() as connection:
        await connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        await connection.execute(text(f"CREATE DATABASE {name}"))
    own = url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    stores = [Store(own) for _ in range(3)]
    try:
        await asyncio.gather(*(migrate(store) for store in stores))
        assert {await revision(store) for store in stores} == {HEAD}
    finally:
        for store in stores:
            await store.close()
        async with server.connect() as connection:
            await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        await server.dispose()
