"""Two copies behind one webhook on PostgreSQL: the same bot, one report, one second's limit."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import aiohttp

from tests.acceptance.town import ADMIN, TAKE, Town
from tests.botapi import BotApi
from tests.conftest import emptied, needs_postgresql
from tests.processes import Bot, started

WEBHOOK, SECRET = "/telegram/webhook", "s3cret-of-the-test"
ODD = (
    b"not json",
    b"[]",
    b"{}",
    b'{"update_id": 900000001, "something_new": {"a": 1}}',
    b'{"update_id": 900000002, "channel_post": {"message_id": 1, "date": 1, "text": "pin",'
    b' "chat": {"id": -1001, "type": "channel", "title": "Tin"}}}',
)


async def post(bot: Bot, body: bytes, secret: str | None) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    async with (
        aiohttp.ClientSession() as session,
        session.post(bot.origin + WEBHOOK, data=body, headers=headers) as response,
    ):
        return response.status


@needs_postgresql
async def test_two_copies_are_one_bot(tmp_path: Path, postgresql: str) -> None:
    async with BotApi() as api:
        settings = {
            "TELEGRAM_TOKEN": api.token,
            "TELEGRAM_API_URL": api.url,
            "TELEGRAM_WEBHOOK_URL": "https://bot.example",
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "DATABASE_URL": await emptied(postgresql),
            "ADMINS": str(ADMIN),
        }
        async with started(tmp_path, **settings) as first, started(tmp_path, **settings) as second:
            api.webhook.reroute = [first.origin, second.origin]
            town = Town(api, first, tmp_path)
            lan = town.newcomer()
            code = await town.report(lan)
            card = await town.admin.hears(code)
            await asyncio.gather(town.admin.presses(card, TAKE), town.admin.presses(card, TAKE))
            await lan.hears("cán bộ đã nhận")
            await lan.hears_nothing(0.5)
            crowd = [town.newcomer() for _ in range(70)]
            for one in crowd:
                await one.sends("/trogiup")
            for one in crowd:
                await one.hears(timeout=15)
            assert api.record.busiest(1.0) <= 30
            for copy in (first, second):
                assert await post(copy, b"{}", None) == 403
                assert await post(copy, b"{}", "wrong") == 403
                assert [await post(copy, body, SECRET) for body in ODD] == [200] * len(ODD)
            health = [(await copy.health())[1] for copy in (first, second)]
            assert [one["dead"] for one in health] == [0, 0], json.dumps(health)
            await first.stop()
            await lan.sends("/huy")
            await lan.hears(timeout=10)
