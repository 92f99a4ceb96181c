"""Databases for tests: SQLite always, PostgreSQL when TEST_DATABASE_URL names a server."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrate import migrate
from bot.store.tables import Base
from tests.fakes import TOKEN
from tests.harness import World, running

T = TypeVar("T")
ADMIN = 900
SERVER = os.environ.get("TEST_DATABASE_URL", "")
needs_postgresql = pytest.mark.skipif(not SERVER, reason="PostgreSQL: TEST_DATABASE_URL is not set")


def in_thread(work: Coroutine[Any, Any, T]) -> T:
    """Session fixtures may be asked for while a test's own event loop runs."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database at the newest revision, to be copied."""
    path = tmp_path_factory.mktemp("database") / "empty.db"

    async def make() -> None:
        store = Store(f"sqlite:///{path}")
        await migrate(store)
        await store.close()

    in_thread(make())
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A database of this test process's own, dropped afterwards."""
    name = f"tvx_test_{os.getpid()}"
    url = make_url(SERVER)

    async def run(*statements: str) -> None:
        engine = create_async_engine(url.set(drivername="postgresql+asyncpg"), isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
        await engine.dispose()

    async def migrated() -> str:
        await run(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
        own = url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        store = Store(own)
        await migrate(store)
        await store.close()
        return own

    yield in_thread(migrated())
    in_thread(run(f"DROP DATABASE {name} WITH (FORCE)"))


async def emptied(url: str) -> str:
    store = Store(url)
    tables = ", ".join(table.name for table in Base.metadata.sorted_tables)
    async with store.transaction() as connection:
        await connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    await store.close()
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_postgresql)])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> str:
    """A migrated, empty database, once on each engine."""
    if request.param == "postgresql":
        return await emptied(request.getfixturevalue("postgresql"))
    path = tmp_path / "bot.db"
    shutil.copy(migrated, path)
    return f"sqlite:///{path}"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Telegram without limits worth waiting for; ADMIN is admin."""
    return Settings(
        _env_file=None,
        telegram_token=TOKEN,
        telegram_api_url="http://telegram.invalid",
        database_url=database_url,
        data_dir=tmp_path,
        admins=(ADMIN,),
        send_limit=10_000,
        send_rate=10_000,
        chat_limit=10_000,
        group_limit=10_000,
    )


@pytest.fixture
async def world(settings: Settings) -> AsyncIterator[World]:
    async with running(settings) as opened:
        yield opened
