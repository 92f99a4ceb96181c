"""Delivery: long polling with offsets, and the webhook with order, retries and redelivery."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.botapi import BotApi
from tests.botapi.conftest import Raw


def texts(body: dict[str, Any]) -> list[str]:
    return [update["message"]["text"] for update in body["result"]]


async def test_an_offset_confirms_and_forgets(api: BotApi, raw: Raw) -> None:
    lan = api.user(7)
    for word in ("a", "b", "c"):
        await lan.sends(word)
    _, first = await raw("getUpdates", limit=2)
    assert texts(first) == ["a", "b"]
    assert texts((await raw("getUpdates"))[1]) == ["a", "b", "c"]
    ids = [update["update_id"] for update in first["result"]]
    assert texts((await raw("getUpdates", offset=ids[-1] + 1))[1]) == ["c"]
    assert [update_id for _, update_id in api.record.confirmed] == ids
    assert texts((await raw("getUpdates", offset=0))[1]) == ["c"]


async def test_a_negative_offset_keeps_the_last(api: BotApi, raw: Raw) -> None:
    for word in ("a", "b", "c"):
        await api.user(7).sends(word)
    assert texts((await raw("getUpdates", offset=-1))[1]) == ["c"]
    assert api.record.confirmed_count == 2


async def test_a_long_poll_waits_for_the_next_update(api: BotApi, raw: Raw) -> None:
    poll = asyncio.create_task(raw("getUpdates", timeout=5))
    await api.record.until(lambda: False, 0.05)
    assert not poll.done()
    await api.user(7).sends("muộn")
    assert texts((await poll)[1]) == ["muộn"]


async def test_an_empty_poll_ends_after_its_timeout(raw: Raw) -> None:
    assert await raw("getUpdates", timeout=1) == (200, {"ok": True, "result": []})


async def test_a_second_poll_ends_the_first_with_409(api: BotApi, raw: Raw) -> None:
    first = asyncio.create_task(raw("getUpdates", timeout=5))
    await api.record.until(lambda: False, 0.05)
    second = asyncio.create_task(raw("getUpdates", timeout=5))
    status, body = await first
    assert (status, body["error_code"]) == (409, 409)
    assert "terminated by other getUpdates request" in body["description"]
    await api.user(7).sends("x")
    assert texts((await second)[1]) == ["x"]


async def test_allowed_updates_are_remembered(api: BotApi, raw: Raw) -> None:
    lan = api.user(7)
    await raw("getUpdates", allowed_updates=["message"])
    message = await lan.sends("a")
    await lan.edits(message, "b")
    await raw("getUpdates")  # says nothing about kinds: the old list stays
    await lan.blocks()
    assert [list(update)[1] for update in (await raw("getUpdates"))[1]["result"]] == ["message"]
    await raw("getUpdates", allowed_updates=[])
    await lan.unblocks()
    assert "my_chat_member" in (await raw("getUpdates"))[1]["result"][-1]


async def test_polling_is_refused_while_a_webhook_is_set(api: BotApi, raw: Raw) -> None:
    await raw("setWebhook", url="https://example.org/telegram/webhook")
    status, body = await raw("getUpdates")
    assert (status, "deleteWebhook" in body["description"]) == (409, True)
    await raw("deleteWebhook")
    assert (await raw("getUpdates"))[0] == 200
    assert (await raw("getWebhookInfo"))[1]["result"]["url"] == ""


class Hook:
    """A webhook that answers with the next scripted status; everything after the script is 200."""

    def __init__(self) -> None:
        self.script: list[tuple[int, dict[str, str]]] = []
        self.got: list[tuple[int, str]] = []
        self.secrets: set[str | None] = set()
        self.in_flight: defaultdict[int, int] = defaultdict(int)
        self.most_in_flight = 0
        self.most_per_chat = 0

    async def serve(self, request: web.Request) -> web.Response:
        message = json.loads(await request.read())["message"]
        chat = message["chat"]["id"]
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.in_flight[chat] += 1
        self.most_in_flight = max(self.most_in_flight, sum(self.in_flight.values()))
        self.most_per_chat = max(self.most_per_chat, self.in_flight[chat])
        await asyncio.sleep(0.01)
        self.in_flight[chat] -= 1
        self.got.append((chat, message["text"]))
        status, headers = self.script.pop(0) if self.script else (200, {})
        return web.Response(status=status, headers=headers)


@pytest.fixture
async def hook(api: BotApi) -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/telegram/webhook", hook.serve)
    async with TestServer(app) as server:
        api.webhook.reroute = [str(server.make_url("/"))]
        yield hook
        await api.webhook.set(None)


async def set_hook(raw: Raw, **parameters: Any) -> None:
    status, _ = await raw("setWebhook", url="https://bot.example.org/telegram/webhook", **parameters)
    assert status == 200


async def test_push_keeps_order_in_a_chat_and_serves_chats_in_parallel(
    api: BotApi, raw: Raw, hook: Hook
) -> None:
    people = [api.user(n) for n in range(1, 6)]
    for word in ("a", "b", "c"):
        for one in people:
            await one.sends(word)
    await set_hook(raw, secret_token="s-3cret", max_connections=3)
    assert await api.record.until(lambda: api.record.confirmed_count == 15)
    for one in people:
        assert [text for chat, text in hook.got if chat == one.id] == ["a", "b", "c"]
    assert hook.secrets == {"s-3cret"}
    assert hook.most_per_chat == 1
    assert hook.most_in_flight == 3


async def test_a_refused_update_is_redelivered_before_the_next(api: BotApi, raw: Raw, hook: Hook) -> None:
    hook.script = [(500, {}), (502, {}), (200, {})]
    await set_hook(raw)
    lan = api.user(7)
    await lan.sends("a")
    await lan.sends("b")
    assert await api.record.until(lambda: api.record.confirmed_count == 2)
    assert [text for _, text in hook.got] == ["a", "a", "a", "b"]
    at = [attempt.at for attempt in api.webhook.attempts]
    assert at[1] - at[0] < 0.05  # the first retry comes at once, the next one later
    assert at[2] - at[1] >= api.webhook.first_delay
    assert [attempt.status for attempt in api.webhook.attempts] == [500, 502, 200, 200]


async def test_retry_after_is_honoured(api: BotApi, raw: Raw, hook: Hook) -> None:
    hook.script = [(503, {"Retry-After": "1"})]
    await set_hook(raw)
    await api.user(7).sends("a")
    assert await api.record.until(lambda: api.record.confirmed_count == 1)
    first, second = api.webhook.attempts
    assert second.at - first.at >= 1.0
    assert (await raw("getWebhookInfo"))[1]["result"]["last_error_message"].endswith("503")


async def test_an_unreachable_hook_loses_nothing(api: BotApi, raw: Raw, hook: Hook) -> None:
    reachable, api.webhook.reroute = api.webhook.reroute, ["http://127.0.0.1:9"]
    await set_hook(raw)
    await api.user(7).sends("a")
    assert not await api.record.until(lambda: api.record.confirmed_count > 0, 0.2)
    api.webhook.reroute = reachable
    assert await api.record.until(lambda: api.record.confirmed_count == 1)


async def test_an_empty_address_removes_the_webhook(api: BotApi, raw: Raw, hook: Hook) -> None:
    await set_hook(raw)
    await raw("setWebhook", url="")
    await api.user(7).sends("a")
    assert texts((await raw("getUpdates"))[1]) == ["a"]
    assert hook.got == []


async def test_a_form_works_as_well_as_json(api: BotApi) -> None:
    api.user(7)
    markup = json.dumps({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]})
    form = {"chat_id": "7", "text": "x", "reply_markup": markup, "disable_notification": "true"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{api.url}/bot{api.token}/sendMessage", data=form) as response,
    ):
        assert (await response.json())["result"]["reply_markup"] == json.loads(markup)
