"""`getUpdates`: long polling with offsets; a second poll ends the first one with 409."""

from __future__ import annotations

import asyncio

from tests.botapi.feed import Feed, Pending
from tests.botapi.wire import ApiError, Call

MAX_LIMIT = 100
MAX_TIMEOUT = 50
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Polling:
    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._waiting: asyncio.Future[None] | None = None
        self.conflicts = 0
        feed.listeners.append(self._wake)

    async def get_updates(self, call: Call) -> bytes:
        """Answer one `getUpdates`: confirm below the offset, then wait for something to hand out."""
        self.interrupt(CONFLICT)
        self._feed.remember_allowed(call.data("allowed_updates"))
        self._confirm(call.integer("offset") or 0)
        timeout = min(call.integer("timeout") or 0, MAX_TIMEOUT)
        if not self._feed.pending and timeout > 0:
            await self._wait(timeout)
        limit = call.integer("limit") or MAX_LIMIT
        return self._feed.first(max(1, min(limit, MAX_LIMIT)))

    def interrupt(self, reason: str) -> None:
        """End the poll that waits now, if any, with 409."""
        if self._waiting is not None and not self._waiting.done():
            self.conflicts += 1
            self._waiting.set_exception(ApiError(409, reason))

    def _confirm(self, offset: int) -> None:
        if offset > 0:
            self._feed.confirm_below(offset)
        elif offset < 0:
            self._feed.confirm_all_but(-offset)

    async def _wait(self, timeout: float) -> None:
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                await waiting
        except TimeoutError:
            pass
        finally:
            if self._waiting is waiting:
                self._waiting = None

    def _wake(self, _: Pending) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
