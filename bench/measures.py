"""What is measured of one bot in one run."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from bench import databases
from bench.bots import Bot
from bench.platform import Platform
from bench.processes import Process

CHATS = 200
SETTLE_SECONDS = 0.5
COMMAND = "/huy"


@dataclass(frozen=True, slots=True)
class Speed:
    """CPU in µs an update, of the bot and of the server (the other core); memory in MB."""

    updates_per_second: float
    cpu: float
    server_cpu: float
    rss: float


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until the first answer, and of CPU until then."""

    seconds: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Latency:
    """From the update at the platform to the answer there, in milliseconds."""

    p50: float
    p95: float
    worst: float


@contextmanager
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextmanager
def running(bot: Bot) -> Iterator[tuple[Platform, Process]]:
    """A bot that has given its first answers, on a platform of its own."""
    database = databases.fresh() if bot.postgresql else nullcontext("")
    with (
        folder() as data,
        database as url,
        Platform() as platform,
        bot.start(platform, data, url) as process,
    ):
        platform.load(updates=CHATS, chats=CHATS, text=COMMAND)
        platform.wait(CHATS, 60)
        time.sleep(SETTLE_SECONDS)
        yield platform, process


def speed(bot: Bot, updates: int, text: str = COMMAND) -> Speed:
    """The backlog waits; how fast and at which cost is it answered."""
    with running(bot) as (platform, process):
        cpu = process.cpu()
        start = platform.load(updates=updates, chats=CHATS, text=text)
        end = platform.wait(CHATS + updates, 120)
        time.sleep(SETTLE_SECONDS)  # marks that are written behind the last answer count too
        taken = end["last_sent_at"] - start["now"]
        return Speed(
            updates / taken,
            (process.cpu() - cpu) / updates * 1e6,
            (end["cpu"] - start["cpu"]) / updates * 1e6,
            process.rss(),
        )


def latency(bot: Bot, rate: float, seconds: float, text: str = COMMAND) -> Latency:
    """People write at an even rate, each at most once in two seconds."""
    with running(bot) as (platform, _):
        time.sleep(1.0)  # so that the warm-up does not count against the limits
        updates = int(rate * seconds)
        platform.load(updates=updates, chats=int(rate * 2), text=text, rate=rate)
        platform.wait(CHATS + updates, seconds + 60)
        found = platform.latency(CHATS)
        return Latency(found["p50"] * 1000, found["p95"] * 1000, found["worst"] * 1000)


def start_up(bot: Bot, *, again: bool = False) -> Start:
    """From starting the process to the first answer; `again`: on a database it knows."""
    with folder() as data, Platform() as platform:
        if again:
            _first_answer(bot, platform, data)
        return _first_answer(bot, platform, data)


def _first_answer(bot: Bot, platform: Platform, data: Path) -> Start:
    before = platform.state()["sent"]
    platform.load(updates=1, chats=1, text=COMMAND)
    start = time.monotonic()
    with bot.start(platform, data) as process:
        state = platform.wait(before + 1, 60)
        return Start(state["last_sent_at"] - start, process.cpu())


def memory(bot: Bot, people: int) -> float:
    """RSS in MB after so many different people wrote."""
    with running(bot) as (platform, process):
        platform.load(updates=people, chats=people, text=COMMAND, first=5_000_000)
        platform.wait(CHATS + people, 300)
        time.sleep(SETTLE_SECONDS)
        return process.rss()
