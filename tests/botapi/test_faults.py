"""Scripted faults, seen through python-telegram-bot and through raw HTTP."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from tests.botapi import BotApi
from tests.botapi.conftest import Raw


async def test_a_flood_of_one_chat(api: BotApi, bot: Bot) -> None:
    api.user(7)
    api.user(8)
    api.faults.flood(1.0, chat=7)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(7, "x")
    assert caught.value.retry_after == timedelta(seconds=1)
    await bot.send_message(8, "x")
    await asyncio.sleep(1.0)
    await bot.send_message(7, "x")
    sends = [(one.chat_id, one.code) for one in api.record.seen if one.method == "sendMessage"]
    assert sends == [(7, 429), (8, 200), (7, 200)]


async def test_a_flood_of_all_spares_get_updates(api: BotApi, raw: Raw) -> None:
    api.user(7)
    api.faults.flood(30)
    status, body = await raw("sendMessage", chat_id=7, text="x")
    assert (status, body["parameters"]) == (429, {"retry_after": 30})
    assert (await raw("getUpdates"))[0] == 200
    api.faults.clear()
    assert (await raw("sendMessage", chat_id=7, text="x"))[0] == 200


@pytest.mark.parametrize("code", [500, 502])
async def test_server_errors_come_as_often_as_told(api: BotApi, raw: Raw, code: int) -> None:
    api.user(7)
    api.faults.error(code, "Bad Gateway", method="sendMessage", times=2, skip=1)
    statuses = [(await raw("sendMessage", chat_id=7, text="x"))[0] for _ in range(4)]
    assert statuses == [200, code, code, 200]


async def test_a_404_once(api: BotApi, bot: Bot) -> None:
    api.faults.not_found(method="getUpdates")
    with pytest.raises(InvalidToken):
        await bot.get_updates()
    assert await bot.get_updates() == ()


async def test_resets_before_and_after_acceptance(api: BotApi, raw: Raw) -> None:
    lan = api.user(7)
    for accepted, count in ((False, 0), (True, 1)):
        api.faults.reset(method="sendMessage", accepted=accepted)
        with pytest.raises(aiohttp.ClientError):
            await raw("sendMessage", chat_id=7, text="x")
        assert len(lan.heard) == count
    assert [one.code for one in api.record.seen] == [0, 0]


async def test_a_hanging_answer_after_acceptance(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    api.faults.hang(accepted=True, method="sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(7, "x", read_timeout=0.1)
    assert [one.text for one in lan.heard] == ["x"]


async def test_garbage_is_no_json(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    api.faults.garbage(method="sendMessage", accepted=True)
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(7, "x")
    assert len(lan.heard) == 1


async def test_latency_and_delays(api: BotApi, raw: Raw) -> None:
    api.faults.latency = 0.05
    api.faults.delay(0.05, method="getMe")
    start = time.monotonic()
    assert (await raw("getMe"))[0] == 200
    assert time.monotonic() - start >= 0.1


async def test_an_outage_keeps_everything_and_the_port(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    async with api.outage():
        await lan.sends("trong lúc mất mạng")
        with pytest.raises(NetworkError):
            await bot.get_me()
    assert [update.message.text for update in await bot.get_updates() if update.message] == [
        "trong lúc mất mạng"
    ]


async def test_a_long_poll_ends_with_the_outage(api: BotApi, raw: Raw) -> None:
    poll = asyncio.create_task(raw("getUpdates", timeout=30))
    await api.record.until(lambda: False, 0.05)
    await api.down()
    with pytest.raises(aiohttp.ClientError):
        await poll
    await api.up()
    assert (await raw("getUpdates"))[0] == 200


async def test_downloads_fail_as_told(api: BotApi, bot: Bot) -> None:
    sent = await api.user(7).sends_photo()
    file = await bot.get_file(sent["photo"][-1]["file_id"])
    api.faults.error(500, "Internal Server Error", method="file")
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    api.faults.broken_download()
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()
    assert len(await file.download_as_bytearray()) == sent["photo"][-1]["file_size"]


async def test_a_malformed_update_is_valid_json(api: BotApi, raw: Raw) -> None:
    bad = api.malformed_update()
    await api.user(7).sends("tốt")
    _, body = await raw("getUpdates")
    assert [update["update_id"] for update in body["result"]] == [bad, bad + 1]
