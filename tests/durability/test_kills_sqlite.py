"""SQLite and polling: one process, killed fifty times under load."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from tests.durability.crowd import rough_weather
from tests.durability.process import BotProcess
from tests.durability.stage import Stage

pytestmark = pytest.mark.durability
KILLS = 50


def on_their_way(database: Path) -> Counter[str]:
    """Messages a killed bot had on their way, by chat."""
    connection = sqlite3.connect(database)
    try:
        return Counter(
            chat for (chat,) in connection.execute("SELECT chat FROM outbox WHERE state = 'sending'")
        )
    finally:
        connection.close()


async def until_it_sends(stage: Stage, bot: BotProcess) -> None:
    await bot.ready()
    sent = stage.api.record.sent_count
    assert await stage.api.record.until(lambda: stage.api.record.sent_count > sent, 20), bot.tail()


async def test_fifty_kills_lose_and_double_nothing(stage: Stage) -> None:
    crowd, bot = stage.crowd(askers=60, reporters=12), stage.bot()
    rough_weather(stage.api.faults)
    most, total = 0, 0
    async with crowd.chatting(questions=30, reports=2):
        for _ in range(KILLS):
            await bot.spawn()
            if stage.dice.random() < 0.9:  # the others die while they start
                await until_it_sends(stage, bot)
            await asyncio.sleep(stage.dice.triangular(0.1, 1.5, 0.1))
            await bot.kill()
            left = on_their_way(stage.folder / "bot.db")
            most, total = max([most, *left.values()]), total + left.total()
        stage.api.faults.clear()
        await bot.start()
    await stage.idle()
    found = await stage.evidence(crowd)
    stage.tell(f"{KILLS} kills, {total} messages on their way at a kill, {most} in one chat")
    assert not found.faults
    assert most <= 1
    assert found.repeats <= found.uncertain
    assert found.most_repeats <= KILLS
