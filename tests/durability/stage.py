"""One test's platform, database and copies of the bot."""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.store.engine import Store
from tests.botapi import BotApi
from tests.durability.crowd import ADMIN, Crowd
from tests.durability.evidence import Evidence, collect
from tests.durability.process import BotProcess, environment

IDLE_SECONDS = 60.0


def new_seed() -> int:
    return int(os.environ.get("DURABILITY_SEED") or random.SystemRandom().randrange(10**6))


@dataclass
class Stage:
    api: BotApi
    folder: Path
    database_url: str
    seed: int
    bots: list[BotProcess] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.tell(f"DURABILITY_SEED={self.seed}")

    def bot(self, name: str = "bot", **variables: str) -> BotProcess:
        """A copy of the bot, not started yet."""
        ours = {
            "TELEGRAM_TOKEN": self.api.token,
            "TELEGRAM_API_URL": self.api.url,
            "DATABASE_URL": self.database_url,
            "DATA_DIR": str(self.folder),
            "ADMINS": str(ADMIN),
        }
        self.bots.append(BotProcess(self.folder, environment(**ours, **variables), name))
        return self.bots[-1]

    def crowd(self, *, askers: int, reporters: int = 0) -> Crowd:
        return Crowd.gather(self.api, self.dice, askers=askers, reporters=reporters)

    async def idle(self) -> None:
        """Nothing waits any more, neither at the platform nor in the bot; nothing was parked."""
        ends = time.monotonic() + IDLE_SECONDS
        while waiting := await self._waiting():
            assert time.monotonic() < ends, f"{waiting}: {self.bots[0].tail()}"
            await asyncio.sleep(0.1)

    async def _waiting(self) -> str:
        # The platform first: what it no longer holds when asked, the bot holds when asked after it.
        if self.api.feed.pending:
            return f"{len(self.api.feed.pending)} updates wait at the platform"
        health = await self.bots[0].health()
        if health is None:
            return "the bot does not answer"
        assert not health["dead"], f"updates were parked: {self._errors()}"
        return f"the bot is not idle: {health}" if health["inbox"] or health["outbox"] else ""

    def _errors(self) -> list[str]:
        lines = (line for bot in self.bots for line in bot.log.read_text(errors="replace").splitlines())
        return [line for line in lines if '"level": "error"' in line][-3:]

    async def evidence(self, crowd: Crowd) -> Evidence:
        """Of a bot that is idle."""
        store = Store(self.database_url)
        try:
            found = await collect(store, self.api, crowd)
        finally:
            await store.close()
        self.tell(f"{found}; {time.monotonic() - self.began:.0f} s")
        return found

    def tell(self, line: str) -> None:
        """Shown with -s, and when a test fails."""
        sys.stdout.write(line + "\n")

    async def close(self) -> None:
        for bot in self.bots:
            await bot.close()
