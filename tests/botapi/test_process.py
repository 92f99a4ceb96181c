"""The server as its own process: the control API, load, latency figures, and an aiogram client."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup


class Remote:
    """A server process and a session to its control port."""

    def __init__(self, where: dict[str, str], session: aiohttp.ClientSession) -> None:
        self.url = where["url"]
        self.token = where["token"]
        self._control = where["control"]
        self._session = session

    async def ask(self, path: str, **body: Any) -> Any:
        """GET without a body, POST with one."""
        method = "POST" if body else "GET"
        async with self._session.request(
            method, f"{self._control}/control/{path}", json=body or None
        ) as response:
            assert response.status == 200, await response.text()
            return await response.json()


@pytest.fixture
async def remote() -> AsyncIterator[Remote]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.botapi", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    where = json.loads(await process.stdout.readline())
    async with aiohttp.ClientSession() as session:
        yield Remote(where, session)
    process.terminate()
    assert await process.wait() == 0


async def test_say_send_press_and_faults_from_outside(remote: Remote) -> None:
    await remote.ask("say", user=7, text="/start", language_code="vi")
    async with Bot(remote.token, base_url=f"{remote.url}/bot") as bot:
        (update,) = await bot.get_updates()
        await bot.get_updates(offset=update.update_id + 1)
        button = InlineKeyboardButton("Có", callback_data="y")
        await bot.send_message(7, "Chào", reply_markup=InlineKeyboardMarkup([[button]]))
        await remote.ask("press", user=7, message_id=2, label="Có")
        (pressed,) = await bot.get_updates()
    assert pressed.callback_query is not None
    assert (await remote.ask("confirmed")) == [update.update_id]
    sends = (await remote.ask("sends"))["sent"]
    assert [(one["chat"], one["text"], one["labels"]) for one in sends] == [(7, "Chào", ["Có"])]
    await remote.ask("faults", action="answer", code=502, description="Bad Gateway", method="getMe")
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{remote.url}/bot{remote.token}/getMe") as response:
            assert response.status == 502
        async with session.get(f"{remote.url}/bot{remote.token}/getMe") as response:
            assert response.status == 200


async def test_load_is_answered_by_aiogram_and_timed(remote: Remote) -> None:
    pytest.importorskip("aiogram")
    from aiogram import Bot as AiogramBot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    state = await remote.ask("load", chats=5, updates=20, text="tin {n}")
    assert state["pending"] == 20
    session = AiohttpSession(api=TelegramAPIServer.from_base(remote.url))
    async with AiogramBot(remote.token, session=session) as bot:
        updates = await bot.get_updates()
        for update in updates:
            assert update.message is not None
            await bot.send_message(update.message.chat.id, update.message.text or "")
        await bot.get_updates(offset=updates[-1].update_id + 1)
    state = await remote.ask("wait?sent=20&confirmed=20&timeout=5")
    assert (state["sent"], state["pending"], state["calls"]["sendMessage"]) == (20, 0, 20)
    figures = await remote.ask("latency")
    assert figures["count"] == 20
    assert 0 < figures["p50"] <= figures["p95"] <= figures["worst"]


async def test_an_outage_leaves_the_control_port_open(remote: Remote) -> None:
    await remote.ask("down", really=True)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(f"{remote.url}/bot{remote.token}/getMe")
        await remote.ask("up", really=True)
        async with session.get(f"{remote.url}/bot{remote.token}/getMe") as response:
            assert response.status == 200
