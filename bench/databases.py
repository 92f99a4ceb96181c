"""A PostgreSQL database for one run, on the server that TEST_DATABASE_URL names."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

SERVER = os.environ.get("TEST_DATABASE_URL", "")


@contextmanager
def fresh() -> Iterator[str]:
    """The URL of an empty database, dropped afterwards."""
    name = f"tvx_bench_{os.getpid()}"
    asyncio.run(_run(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}"))
    try:
        yield make_url(SERVER).set(drivername="postgresql", database=name).render_as_string(False)
    finally:
        asyncio.run(_run(f"DROP DATABASE {name} WITH (FORCE)"))


async def _run(*statements: str) -> None:
    engine = create_async_engine(
        make_url(SERVER).set(drivername="postgresql+asyncpg"), isolation_level="AUTOCOMMIT"
    )
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()
