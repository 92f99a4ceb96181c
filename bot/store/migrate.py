"""Brings the database to the newest revision; costs one query when it is there already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.store.engine import Store
from bot.store.tables import Base
from bot.unusable import UnusableError, reason_of

HEAD = "0002"  # the newest file in migrations/versions; a test holds the two together
MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 7_411_205


async def migrate(store: Store) -> bool:
    """True when something was changed. Raises UnusableError when there is no database to change."""
    if await usable_revision(store) == HEAD:
        return False
    async with store.transaction() as connection:
        if not store.is_sqlite:  # copies that start together take turns
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
        await connection.run_sync(_bring_up)
    return True


async def usable_revision(store: Store) -> str | None:
    """As `revision`, for commands that cannot go on without. Raises UnusableError."""
    try:
        return await revision(store)
    except (OSError, SQLAlchemyError) as error:
        raise UnusableError(
            f"the database cannot be used: check DATABASE_URL and its server ({reason_of(error)})"
        ) from None


async def revision(store: Store) -> str | None:
    """None for an empty database. Raises when there is no database at all."""
    async with store.read() as connection:
        await connection.execute(text("SELECT 1"))
        try:
            found = await connection.execute(text("SELECT version_num FROM alembic_version"))
        except DBAPIError:
            return None
        return found.scalar_one_or_none()


def _bring_up(connection: Connection) -> None:
    """An empty database gets today's tables at once: Alembic would cost 12 MB and a fifth of a second."""
    if inspect(connection).has_table("alembic_version"):
        upgrade(connection)
        return
    Base.metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})


def upgrade(connection: Connection) -> None:
    """Through every revision, one after the other."""
    from alembic import command

    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection | None = None) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
