"""PostgreSQL, webhook and two copies behind a load balancer: fifty times one of the two is killed."""

from __future__ import annotations

import asyncio

import pytest

from tests.conftest import needs_postgresql
from tests.durability.crowd import rough_weather
from tests.durability.process import BotProcess
from tests.durability.stage import Stage

pytestmark = [pytest.mark.durability, needs_postgresql]
KILLS = 50
ORIGIN = "https://bot.invalid"  # nobody connects to it: the platform's pusher is the load balancer


def two_copies(stage: Stage, **variables: str) -> list[BotProcess]:
    """Webhook calls go to either in turn, also while one is dead."""
    copies = [stage.bot(name, TELEGRAM_WEBHOOK_URL=ORIGIN, **variables) for name in ("one", "two")]
    stage.api.webhook.reroute = [copy.origin for copy in copies]
    return copies


async def kill_one(stage: Stage, copies: list[BotProcess]) -> None:
    """Mostly while the other serves, now and then while it is starting."""
    if stage.dice.random() < 0.9:
        await asyncio.gather(*(copy.ready() for copy in copies))
    await asyncio.sleep(stage.dice.triangular(0.1, 1.5, 0.1))
    victim = stage.dice.choice([copy for copy in copies if copy.is_ready] or copies)
    await victim.kill()
    await victim.spawn()


async def test_fifty_kills_of_one_of_two_lose_and_double_nothing(shared_stage: Stage) -> None:
    stage = shared_stage
    crowd, copies = stage.crowd(askers=60, reporters=12), two_copies(stage)
    rough_weather(stage.api.faults)
    await asyncio.gather(*(copy.start() for copy in copies))
    async with crowd.chatting(questions=20, reports=2):
        for _ in range(KILLS):
            await kill_one(stage, copies)
        stage.api.faults.clear()
    await asyncio.gather(*(copy.ready() for copy in copies))
    await stage.idle()
    found = await stage.evidence(crowd)
    assert not found.faults
    assert found.repeats <= found.uncertain
    assert found.most_repeats <= KILLS
