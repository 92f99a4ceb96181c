"""Copies start together on nothing; when the leading one is killed another goes on within two seconds."""

from __future__ import annotations

import asyncio
import time

import pytest
from sqlalchemy import text

from bot.store.engine import Store
from bot.store.migrate import migrate
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


async def test_copies_start_together_on_an_empty_database(shared_stage: Stage) -> None:
    store = Store(shared_stage.database_url)
    try:
        async with store.transaction() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
        copies = [shared_stage.bot(name) for name in ("one", "two", "three")]
        await asyncio.gather(*(copy.start() for copy in copies))
        crowd = shared_stage.crowd(askers=5)
        for asker in crowd.askers:
            await asker.ask()
        await shared_stage.idle()
        assert not (await shared_stage.evidence(crowd)).faults
    finally:
        await migrate(store)  # for the tests behind this one, whatever happened here
        await store.close()


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
        killed = time.monotonic()
        await asyncio.sleep(AT_MOST + 1)
    # What the killed one had handed over is recorded in the first moments.
    gap = next(at - killed for at in stage.api.record.send_times if at > killed + 0.1)
    await stage.idle()
    found = await stage.evidence(crowd)
    stage.tell(f"{way}: the first answer {gap:.2f} s after the kill")
    assert not found.faults
    assert gap < AT_MOST
