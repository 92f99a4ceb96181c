"""The ticker: APScheduler wakes claimers of due rows and holds no state of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job = Callable[[], Awaitable[object]]


class Ticker:
    """Jobs run in this process only while it leads; what they do is claimed in SQL."""

    def __init__(self, zone: ZoneInfo) -> None:
        # A late tick still runs, once: the default drops it after a second.
        self._scheduler = AsyncIOScheduler(
            timezone=zone,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def every(self, seconds: float, job: Job) -> None:
        self._scheduler.add_job(job, "interval", seconds=seconds)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
