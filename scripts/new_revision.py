"""Writes the next Alembic revision from what changed in bot/store/tables.py.

python -m scripts.new_revision 0002 "what changes"
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from bot.store.engine import Store
from bot.store.migrate import alembic_config, upgrade


def write(connection: Connection, number: str, message: str) -> None:
    if any((Path(alembic_config().get_main_option("script_location")) / "versions").glob("0*.py")):
        upgrade(connection)
    command.revision(alembic_config(connection), message, autogenerate=True, rev_id=number)


async def main(number: str, message: str) -> None:
    with tempfile.TemporaryDirectory() as directory:
        store = Store(f"sqlite:///{directory}/new.db")
        async with store.transaction() as connection:
            await connection.run_sync(write, number, message)
        await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
