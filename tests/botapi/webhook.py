"""Push delivery: one update per chat in flight, the next only after 2xx, chats in parallel, retries."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import aiohttp

from tests.botapi.feed import Feed, Pending
from tests.botapi.wire import JsonObject

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MAX_RETRY_AFTER = 3600.0


@dataclass(slots=True)
class Target:
    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(slots=True)
class Attempt:
    """One delivery: `status` is the HTTP answer, 0 when there was none; times are monotonic seconds."""

    at: float
    update_id: int
    status: int


class Webhook:
    """Delivers the feed to the registered address.

    `reroute` replaces the origin of that address, in turn when there are several (a load balancer);
    `first_delay` and `longest_delay` are the real platform's 1 and 60-120 seconds, scaled down.
    """

    def __init__(self, feed: Feed, *, first_delay: float = 0.05, longest_delay: float = 1.0) -> None:
        self.feed = feed
        self.target: Target | None = None
        self.reroute: list[str] = []
        self.first_delay = first_delay
        self.longest_delay = longest_delay
        self.answer_timeout = 60.0
        self.attempts: list[Attempt] = []
        self.keep_attempts = True
        self.last_error: tuple[int, str] | None = None
        self._turn = itertools.count()
        self._lanes: dict[int, deque[Pending]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(1)
        feed.listeners.append(self._add)

    async def set(self, target: Target | None) -> None:
        """Register an address (or none); what waits is delivered to it."""
        await self.pause()
        self.target = target
        self.last_error = None
        self.resume()

    async def pause(self) -> None:
        """Stop delivering, as when the platform is down; nothing is forgotten."""
        session, self._session = self._session, None  # first: what comes meanwhile waits for `resume`
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()
        if session is not None:
            await session.close()

    def resume(self) -> None:
        if self.target is None or self._session is not None:
            return
        self._slots = asyncio.Semaphore(self.target.max_connections)
        connector = aiohttp.TCPConnector(limit=self.target.max_connections)
        timeout = aiohttp.ClientTimeout(total=self.answer_timeout)
        self._session = aiohttp.ClientSession(connector=connector, timeout=timeout)
        for pending in list(self.feed.pending.values()):
            self._add(pending)

    def info(self) -> JsonObject:
        """The WebhookInfo object."""
        target = self.target
        info: JsonObject = {
            "url": target.url if target else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.feed.pending),
        }
        if target:
            info["max_connections"] = target.max_connections
        if self.feed.allowed:
            info["allowed_updates"] = self.feed.allowed
        if self.last_error:
            info["last_error_date"], info["last_error_message"] = self.last_error
        return info

    def _add(self, pending: Pending) -> None:
        if self._session is None:
            return
        lane = self._lanes.get(pending.lane)
        if lane is not None:
            lane.append(pending)
            return
        self._lanes[pending.lane] = deque([pending])
        task = asyncio.get_running_loop().create_task(self._serve(pending.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, number: int) -> None:
        lane = self._lanes[number]
        while lane:
            await self._deliver(lane[0])
            lane.popleft()
        del self._lanes[number]

    async def _deliver(self, pending: Pending) -> None:
        delay = self.first_delay
        for failures in itertools.count():
            status, retry_after = await self._post(pending)
            if 200 <= status < 300:
                self.feed.confirm(pending.id)
                return
            if retry_after:
                await asyncio.sleep(min(retry_after, MAX_RETRY_AFTER))
            elif failures:  # the first retry comes at once
                await asyncio.sleep(delay)
                delay = min(delay * 2, self.longest_delay)

    async def _post(self, pending: Pending) -> tuple[int, float]:
        """Return the HTTP status (0: no answer) and the seconds of `Retry-After`."""
        assert self._session is not None
        assert self.target is not None
        headers = {"Content-Type": "application/json"}
        if self.target.secret:
            headers[SECRET_HEADER] = self.target.secret
        status, retry_after = 0, 0.0
        try:
            async with (
                self._slots,
                self._session.post(self._address(), data=pending.body, headers=headers) as response,
            ):
                await response.read()
                status = response.status
                retry_after = _seconds(response.headers.get("Retry-After", ""))
        except (aiohttp.ClientError, TimeoutError, OSError):
            pass
        self._note(pending, status)
        return status, retry_after

    def _address(self) -> str:
        assert self.target is not None
        if not self.reroute:
            return self.target.url
        origin = urlsplit(self.reroute[next(self._turn) % len(self.reroute)])
        parts = urlsplit(self.target.url)
        return urlunsplit((origin.scheme, origin.netloc, parts.path, parts.query, ""))

    def _note(self, pending: Pending, status: int) -> None:
        if self.keep_attempts:
            self.attempts.append(Attempt(time.monotonic(), pending.id, status))
        if not 200 <= status < 300:
            reason = f"Wrong response from the webhook: {status}" if status else "Webhook connection closed"
            self.last_error = (int(time.time()), reason)


def _seconds(header: str) -> float:
    return float(header) if header.isdigit() else 0.0
