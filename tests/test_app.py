"""The real command as a process: starting, stopping within five seconds, refusing a second one."""

from __future__ import annotations

import asyncio
import signal
import socket
from pathlib import Path

import aiohttp
import pytest

from tests.botapi import BotApi
from tests.conftest import SERVER, emptied, needs_postgresql
from tests.processes import log_lines, started, starting

STOP_SECONDS = 5.0


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A directory that holds a migrated database already, so that starting is quick."""
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


async def test_without_a_token_it_serves_the_web_page_and_stops_cleanly(data: Path) -> None:
    async with started(data) as bot:
        status, health = await bot.health()
        assert (status, health["status"]) == (200, "ok")
        assert {"inbox", "outbox", "dead", "unknown"} <= set(health)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{bot.origin}/") as page:
                assert page.status == 200 and "text/html" in page.headers["Content-Type"]
            async with session.get(f"{bot.origin}/metrics") as metrics:
                assert 'bot_waiting{queue="inbox"} 0.0' in await metrics.text()
            async with session.post(f"{bot.origin}/telegram/webhook") as webhook:
                assert webhook.status in (404, 405), "no webhook without one set"
        assert await bot.stop() < STOP_SECONDS
        code, out, err = await bot.ended()
    assert code == 0, err
    assert f"{bot.origin}/" in out and out.count("http://") == 2, "the two links"
    assert [line["event"] for line in log_lines(err)][-1] == "stopped"
    assert (data / "bot.db").exists() and (data / "bot.db").stat().st_size > 0


async def test_a_second_process_on_the_same_data_is_refused_in_words(data: Path) -> None:
    async with started(data) as first:
        async with starting(data) as second:
            code, _, err = await second.ended()
        assert code == 1
        assert "another bot runs" in err and "PostgreSQL" in err and "Traceback" not in err
        assert (await first.health())[0] == 200
        assert await first.stop(signal.SIGINT) < STOP_SECONDS
    async with started(data) as third:
        assert (await third.health())[0] == 200, "after a clean stop the next one starts"


async def test_after_a_kill_the_next_one_starts(data: Path) -> None:
    async with started(data) as bot:
        await bot.stop(signal.SIGKILL)
    async with started(data) as bot:
        assert (await bot.health())[0] == 200


async def test_a_taken_port_is_said_and_ends_the_process(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        async with starting(data, LISTEN=f"127.0.0.1:{taken.getsockname()[1]}") as bot:
            code, _, err = await bot.ended()
    assert code == 1
    assert "LISTEN" in err and "Traceback" not in err


async def test_it_stops_in_time_while_telegram_is_silent_and_pages_are_open(data: Path) -> None:
    """A send and a poll without an answer, an open event stream, an update half way in."""
    async with BotApi() as api, started(data, TELEGRAM_TOKEN=api.token, TELEGRAM_API_URL=api.url) as bot:
        lan = api.user(1)
        await lan.sends("/start")
        await lan.hears()
        api.faults.hang(method="sendMessage")
        await lan.sends("/trogiup")
        async with asyncio.timeout(5):
            while not api.faults.rules or not api.faults.rules[0].hits:
                await asyncio.sleep(0.02)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{bot.origin}/") as page:
                await page.read()
            events = asyncio.create_task(session.get(f"{bot.origin}/events"))
            await asyncio.sleep(0.1)
            assert await bot.stop() < STOP_SECONDS
            await asyncio.gather(events, return_exceptions=True)
            if not events.cancelled() and events.exception() is None:
                events.result().close()
        code, _, err = await bot.ended()
        assert code == 0, err
        await lan.sends("còn đó")
    assert api.feed.pending, "what came afterwards waits at the platform"


async def test_what_was_on_its_way_at_the_stop_is_sent_once_more_by_the_next_one(data: Path) -> None:
    async with BotApi() as api:
        settings = {"TELEGRAM_TOKEN": api.token, "TELEGRAM_API_URL": api.url}
        lan = api.user(1)
        api.faults.hang(method="sendMessage")
        async with started(data, **settings) as bot:
            await lan.sends("/trogiup")
            async with asyncio.timeout(5):
                while not api.faults.rules or not api.faults.rules[0].hits:
                    await asyncio.sleep(0.02)
            await bot.stop()
        api.faults.clear()
        async with started(data, **settings) as bot:
            await lan.hears()
            assert (await bot.health())[1]["unknown"] == 1
            await lan.hears_nothing(0.5)
    assert len(lan.heard) == 1


async def test_telegram_being_away_shows_in_health_and_heals(data: Path) -> None:
    async with BotApi() as api:
        await api.down()
        async with started(data, TELEGRAM_TOKEN=api.token, TELEGRAM_API_URL=api.url) as bot:
            async with asyncio.timeout(5):
                while (found := await bot.health())[0] == 200:
                    await asyncio.sleep(0.05)
            assert found[0] == 503 and "telegram" in found[1]["problems"]
            await api.up()
            await api.user(1).sends("/start")
            await api.user(1).hears()
            async with asyncio.timeout(10):
                while (await bot.health())[0] != 200:
                    await asyncio.sleep(0.05)


@needs_postgresql
async def test_two_copies_share_postgresql(tmp_path: Path, postgresql: str) -> None:
    await emptied(postgresql)
    assert SERVER
    async with BotApi() as api:
        settings = {"TELEGRAM_TOKEN": api.token, "TELEGRAM_API_URL": api.url, "DATABASE_URL": postgresql}
        async with (
            started(tmp_path, **settings) as first,
            started(tmp_path, **settings) as second,
        ):
            lan = api.user(1)
            await lan.sends("/start")
            await lan.hears()
            await first.stop(signal.SIGKILL)
            await lan.sends("/trogiup")
            await lan.hears(timeout=10)
            assert await second.stop() < STOP_SECONDS
            assert api.polling.conflicts <= 1
