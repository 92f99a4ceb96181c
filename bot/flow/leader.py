"""Which of several copies polls, sends and ticks: the one that holds a session lock.

On SQLite there is one process, and it leads. On PostgreSQL the lock lives in a connection of its own:
when its copy is killed the server frees it at once and another copy takes over within half a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.engine import make_url

from bot.flow.wake import CHANNEL, Wakes
from bot.logs import get_logger
from bot.store.engine import Store
from bot.store.trouble import Trouble

log = get_logger(__name__)
LOCK = 7_411_206
EVERY_SECONDS = 0.5


class Leader:
    def __init__(self, store: Store, wakes: Wakes, lead: Callable[[], Awaitable[None]]) -> None:
        self._store = store
        self._wakes = wakes
        self._lead = lead
        self.leading = False
        self._trouble = Trouble(log)

    async def run(self) -> None:
        """Until cancelled: whatever ends a term, the next begins."""
        serve = self._serve if self._store.is_sqlite else self._with_connection
        while True:
            try:
                await serve()
            except Exception as error:
                self._trouble.tell("leader: sending and polling were interrupted, trying again", error)
            await asyncio.sleep(EVERY_SECONDS)

    async def _serve(self) -> None:
        self.leading = True
        try:
            await self._lead()
        finally:
            self.leading = False

    async def _with_connection(self) -> None:
        import asyncpg

        dsn = make_url(self._store.url).set(drivername="postgresql")
        connection = await asyncpg.connect(dsn.render_as_string(hide_password=False), timeout=5)
        try:
            await connection.add_listener(CHANNEL, lambda *heard: self._wakes.ring(heard[-1]))
            while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK, timeout=5):
                await asyncio.sleep(EVERY_SECONDS)
            log.info("leader: this copy polls, sends and ticks")
            await self._serve_while(connection)
        finally:
            connection.terminate()

    async def _serve_while(self, connection: Any) -> None:
        """Leads as long as the lock's connection lives."""
        serving = asyncio.create_task(self._serve())
        try:
            while not serving.done():
                await connection.fetchval("SELECT 1", timeout=5)
                await asyncio.wait({serving}, timeout=EVERY_SECONDS)
            await serving
        finally:
            serving.cancel()
            await asyncio.wait({serving}, timeout=5)
