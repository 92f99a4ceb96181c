"""The copy that polls, sends and ticks is killed: the other one goes on within two seconds."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from tests.conftest import needs_postgresql
from tests.durability.process import BotProcess
from tests.durability.stage import Stage
from tests.durability.test_kills_postgresql import ORIGIN

pytestmark = [pytest.mark.durability, needs_postgresql]
AT_MOST = 2.0
LEADS = "this copy polls, sends and ticks"


async def leader_of(copies: list[BotProcess]) -> BotProcess:
    async with asyncio.timeout(10):
        while not (leading := [copy for copy in copies if LEADS in copy.log.read_text()]):
            await asyncio.sleep(0.05)
    return leading[0]


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_a_killed_leaders_work_is_taken_over(shared_stage: Stage, way: str) -> None:
    stage = shared_stage
    variables = {"TELEGRAM_WEBHOOK_URL": ORIGIN} if way == "webhook" else {}
    copies = [stage.bot(name, **variables) for name in ("one", "two")]
    stage.api.webhook.reroute = [copy.origin for copy in copies]
    crowd = stage.crowd(askers=40)
    await asyncio.gather(*(copy.start() for copy in copies))
    leader = await leader_of(copies)
    stage.bots = [copy for copy in copies if copy is not leader]
    async with crowd.chatting(questions=20):
        assert await stage.api.record.until(lambda: stage.api.record.sent_count > 30, 20)
        await leader.kill()
        await asyncio.sleep(2 * AT_MOST)
    times = stage.api.record.send_times
    gap = max(after - before for before, after in itertools.pairwise(times))
    await stage.idle()
    found = await stage.evidence(crowd)
    stage.tell(f"{way}: no answers for {gap:.2f} s after the kill")
    assert not found.faults
    assert gap < AT_MOST
