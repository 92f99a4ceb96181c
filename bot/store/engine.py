"""Connections and transactions, on SQLite (one writer) and on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.unusable import UnusableError, reason_of

T = TypeVar("T")
BUSY_TIMEOUT_MS = 30_000
CACHE_KIB = 512  # of each connection; the system keeps the file in memory as well


class Store:
    """`write` and `transaction` commit or leave nothing; `read` never blocks a writer."""

    def __init__(self, url: str) -> None:
        parsed = _parse(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.url = url
        if self.is_sqlite:
            path = Path(parsed.database or "bot.db")
            _make_folder(path.parent)
            self._writer = _sqlite_engine(path, begin="BEGIN IMMEDIATE", pool_size=1)
            self._reader = _sqlite_engine(path, begin="BEGIN", pool_size=4)
        else:
            self._writer = self._reader = create_async_engine(
                parsed.set(drivername="postgresql+asyncpg"),
                pool_size=10,
                max_overflow=10,
                hide_parameters=True,  # an error's text must not quote what people wrote
            )
        self._one_writer = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A writing transaction. On SQLite writers wait their turn here, in order."""
        async with AsyncExitStack() as stack:
            if self.is_sqlite:
                await stack.enter_async_context(self._one_writer)
            yield await stack.enter_async_context(self._writer.begin())

    async def write(self, job: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async with self.transaction() as connection:
            return await job(connection)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        async with self._reader.connect() as connection:
            yield connection

    async def lock(self, connection: AsyncConnection, space: int, name: str) -> None:
        """Waits until no other transaction holds this name. On SQLite the one writer is the lock."""
        if not self.is_sqlite:
            await connection.execute(_LOCK, {"space": space, "name": name})

    async def close(self) -> None:
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # its text would quote the password
        raise UnusableError(
            "DATABASE_URL cannot be read: write sqlite:///path or postgresql://user@host/name"
        ) from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableError(
            f"the folder {folder} of the database cannot be made ({reason_of(error)}):"
            " check DATA_DIR and DATABASE_URL"
        ) from None


_LOCK = text("SELECT pg_advisory_xact_lock(:space, hashtext(:name))")


def _sqlite_engine(path: Path, *, begin: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        # The driver's own transactions begin too late for savepoints; `begin` below starts them.
        connection.isolation_level = None
        cursor = connection.cursor()
        pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"cache_size=-{CACHE_KIB}")
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
