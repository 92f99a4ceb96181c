"""Everybody who chats while the bot is killed, and the weather of the platform meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.botapi import BotApi, Fault, Faults
from tests.durability.citizens import Asker, Officer, Reporter

ADMIN = 900
FIRST_ASKER = 10_000
FIRST_REPORTER = 20_000


def rough_weather(faults: Faults) -> None:
    """Floods, 5xx, resets before and after acceptance, half files; latency on every call."""
    faults.latency = 0.02
    for fault in (
        Fault("answer", "send*", times=None, chance=0.002, code=429, parameters={"retry_after": 1}),
        Fault("answer", "send*", times=None, chance=0.02, code=502),
        Fault("reset", "send*", times=None, chance=0.003),
        Fault("reset", "send*", times=None, chance=0.01, accepted=True),
        Fault("answer", "getUpdates", times=None, chance=0.03, code=502),
        Fault("reset", "getUpdates", times=None, chance=0.03),
        Fault("garbage", "getUpdates", times=None, chance=0.02, accepted=True),
        Fault("answer", "getFile", times=None, chance=0.05, code=500),
        Fault("cut", "file", times=None, chance=0.05),
    ):
        faults.add(fault)


@dataclass
class Crowd:
    api: BotApi
    askers: list[Asker] = field(default_factory=list)
    reporters: list[Reporter] = field(default_factory=list)

    @classmethod
    def gather(cls, api: BotApi, dice: random.Random, *, askers: int, reporters: int = 0) -> Crowd:
        """Each person has dice of their own, so that a seed gives each the same life."""

        def own() -> random.Random:
            return random.Random(dice.random())

        api.user(ADMIN, "Trưởng ca")
        return cls(
            api,
            [Asker(api.user(FIRST_ASKER + n), own()) for n in range(askers)],
            [Reporter(api.user(FIRST_REPORTER + n), own(), n) for n in range(reporters)],
        )

    @property
    def questions(self) -> int:
        return sum(len(asker.asked) for asker in self.askers)

    @asynccontextmanager
    async def chatting(self, *, questions: float, reports: float = 0.01) -> AsyncIterator[None]:
        """So many a second inside this block; at its end what was begun is finished.

        Hears at once of a person whose life ended in an error.
        """
        stop = asyncio.Event()
        officer = asyncio.create_task(Officer(self.api.user(ADMIN, "Trưởng ca")).live())
        try:
            async with asyncio.TaskGroup() as lives:
                for asker in self.askers:
                    lives.create_task(asker.live(stop, questions / len(self.askers)))
                for reporter in self.reporters:
                    lives.create_task(reporter.live(stop, reports / len(self.reporters)))
                yield
                stop.set()
        finally:
            officer.cancel()
            await asyncio.wait([officer])
