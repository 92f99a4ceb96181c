"""A clean stop, a start with a backlog, an outage, a sleeping machine: each answer comes once."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from tests.botapi import Fault
from tests.durability.crowd import Crowd
from tests.durability.stage import Stage

pytestmark = pytest.mark.durability
STOP_SECONDS = 5.0
OUTAGE_SECONDS = 6.0
SLEEP_SECONDS = 5.0


async def judge(stage: Stage, crowd: Crowd) -> None:
    """Everything asked is answered once and in order."""
    await stage.idle()
    found = await stage.evidence(crowd)
    assert not found.faults
    assert found.repeats == found.unknown == 0
    assert found.confirmed >= crowd.questions


async def test_sigterm_under_load_stops_in_time_and_loses_nothing(stage: Stage) -> None:
    crowd, bot = stage.crowd(askers=40, reporters=3), stage.bot()
    stage.api.faults.latency = 0.05
    loop = asyncio.get_running_loop()
    async with crowd.chatting(questions=40, reports=1):
        for _ in range(3):
            await bot.start()
            await asyncio.sleep(stage.dice.uniform(0.5, 2))
            began = loop.time()
            assert await bot.terminate(STOP_SECONDS) == 0
            stage.tell(f"stopped in {loop.time() - began:.2f} s")
        await bot.start()
    await judge(stage, crowd)


async def test_sigterm_is_in_time_when_the_platform_hangs(stage: Stage) -> None:
    crowd, bot = stage.crowd(askers=10), stage.bot()
    stage.api.faults.add(Fault("hang", "sendMessage", times=None, accepted=True))
    for asker in crowd.askers:
        await asker.ask()
    await bot.start()
    sends = stage.api.record
    assert await sends.until(lambda: sends.sent_count == len(crowd.askers), 20), bot.tail()
    assert await bot.terminate(STOP_SECONDS) == 0
    stage.api.faults.clear()
    await bot.start()
    await stage.idle()
    found = await stage.evidence(crowd)
    # None was known to have arrived, so each is said once more and no more.
    assert not found.faults
    assert (found.repeats, found.most_repeats) == (len(crowd.askers), 1)


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_a_start_drops_nothing_that_waits(stage: Stage, way: str) -> None:
    bot = stage.bot(**({"TELEGRAM_WEBHOOK_URL": "https://bot.invalid"} if way == "webhook" else {}))
    stage.api.webhook.reroute = [bot.origin]
    crowd = stage.crowd(askers=50)
    for asker in crowd.askers:
        for _ in range(6):
            await asker.ask()
    await bot.start()
    await judge(stage, crowd)
    assert crowd.questions == 300


async def test_an_outage_of_the_platform_delays_answers_and_repeats_none(stage: Stage) -> None:
    crowd, bot = stage.crowd(askers=20), stage.bot()
    await bot.start()
    flood = stage.api.faults.flood(1.0)
    for asker in crowd.askers:
        await asker.ask()
    sends = stage.api.record
    # The answers are written and none has left when the platform goes down.
    assert await sends.until(lambda: flood.hits > 0 and not stage.api.feed.pending, 10), bot.tail()
    async with stage.api.outage():
        await asyncio.sleep(OUTAGE_SECONDS)
        health = await bot.health()
        assert health is not None and health["outbox"] and health["status"] == "error"
    for asker in crowd.askers:
        await asker.ask()
    await judge(stage, crowd)
    assert Counter(one.chat_id for one in sends.sent) == {asker.user.id: 2 for asker in crowd.askers}
    health = await bot.health()
    assert health is not None and health["status"] == "ok"


async def test_a_laptop_that_slept_goes_on(stage: Stage) -> None:
    crowd, bot = stage.crowd(askers=40, reporters=3), stage.bot()
    await bot.start()
    async with crowd.chatting(questions=40, reports=1):
        for _ in range(2):
            await asyncio.sleep(1)
            bot.freeze()
            await asyncio.sleep(SLEEP_SECONDS / 2)
            bot.thaw()
    await judge(stage, crowd)
