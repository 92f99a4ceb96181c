"""Wakes the open pages when their chats change. Rows are the truth; a bell only says "look"."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.address import Address
from bot.channels.web import messages
from bot.flow.wake import Wake
from bot.logs import get_logger
from bot.store.engine import Store

log = get_logger(__name__)
SWEEP_SECONDS = 2.0
MOST_PER_VISITOR = 12


class Stream:
    """One open page. `cursors` is what it has seen of each chat."""

    def __init__(self, visitor_id: int, cursors: dict[Address, int]) -> None:
        self.visitor_id = visitor_id
        self.cursors = cursors
        self.passing: list[tuple[str, dict[str, Any]]] = []  # typing and empty toasts: lost if nobody looks
        self.closed = False
        self._bell = asyncio.Event()

    def ring(self) -> None:
        self._bell.set()

    def close(self) -> None:
        self.closed = True
        self.ring()

    async def wait(self, seconds: float) -> bool:
        """True when something may be new."""
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return False
        self._bell.clear()
        return True


class Feed:
    def __init__(self, store: Store, wake: Wake) -> None:
        self._store = store
        self._wake = wake
        self._streams: list[Stream] = []

    @contextmanager
    def open(self, visitor_id: int, cursors: dict[Address, int]) -> Iterator[Stream]:
        stream = Stream(visitor_id, cursors)
        own = [other for other in self._streams if other.visitor_id == visitor_id]
        for forgotten in own[: max(0, len(own) + 1 - MOST_PER_VISITOR)]:
            forgotten.close()
        self._streams.append(stream)
        stream.ring()
        try:
            yield stream
        finally:
            self._streams.remove(stream)

    def touch(self, chat: Address) -> None:
        """Something in this chat was just committed by this copy."""
        for stream in self._streams:
            if chat in stream.cursors:
                stream.ring()

    def tell(self, visitor_id: int, event: str, data: dict[str, Any]) -> None:
        """Best effort, to this visitor's pages that are open at this copy."""
        for stream in self._streams:
            if stream.visitor_id == visitor_id:
                stream.passing.append((event, data))
                stream.ring()

    def close(self) -> None:
        for stream in self._streams:
            stream.close()

    async def run(self) -> None:
        """Looks for what other copies wrote, until cancelled."""
        while True:
            await self._wake.wait(SWEEP_SECONDS)
            try:
                await self._sweep()
            except Exception as error:
                log.warning("web: cannot look for new messages", error=str(error))

    async def _sweep(self) -> None:
        chats = sorted({chat for stream in self._streams for chat in stream.cursors})
        if not chats:
            return
        async with self._store.read() as connection:
            newest = await messages.seqs(connection, chats)
        for stream in self._streams:
            if any(newest.get(chat, 0) > seen for chat, seen in stream.cursors.items()):
                stream.ring()
