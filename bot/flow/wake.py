"""Who wakes whom: one event a pipe, and across copies PostgreSQL's NOTIFY."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import Store

CHANNEL = "tra_vinh_xanh"
_NOTIFY = text("SELECT pg_notify(:channel, :pipe)")


class Wake:
    """One pipe's bell. A missed ring costs at most one sweep, never a message."""

    def __init__(self, name: str, store: Store) -> None:
        self.name = name
        self._store = store
        self._event = asyncio.Event()

    async def announce(self, connection: AsyncConnection) -> None:
        """Inside a transaction: rings in the other copies when it commits."""
        if not self._store.is_sqlite:
            await connection.execute(_NOTIFY, {"channel": CHANNEL, "pipe": self.name})

    def ring(self) -> None:
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Until somebody rings, at most `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            pass
        self._event.clear()


class Wakes:
    def __init__(self, store: Store) -> None:
        self._store = store
        self.inbox = Wake("inbox", store)
        self.outbox = Wake("outbox", store)
        self.photos = Wake("photos", store)
        self.web = Wake("web", store)
        self._senders: dict[str, Wake] = {}

    def sender(self, channel: str) -> Wake:
        """A sender's own bell; `outbox` rings them all."""
        return self._senders.setdefault(channel, Wake(f"outbox.{channel}", self._store))

    def ring_senders(self, channels: Collection[str] | None = None) -> None:
        """Those of some channels, or all."""
        for channel, wake in self._senders.items():
            if channels is None or channel in channels:
                wake.ring()

    def ring(self, pipe: str) -> None:
        """What another copy announced."""
        if pipe == self.outbox.name:
            self.ring_senders()
        for wake in (self.inbox, self.photos, self.web):
            if wake.name == pipe:
                wake.ring()
