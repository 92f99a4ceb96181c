"""The webhook over HTTP: who may call it, what is confirmed, and what stays at the platform."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.channels.telegram.webhook import PATH, SECRET_HEADER, Webhook
from bot.flow.inbox import Inbox
from bot.store.engine import Store
from bot.store.tables import Inbox as Row
from tests.flow.conftest import message

SECRET = "s3cret"
Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(inbox: Inbox) -> AsyncIterator[Client]:
    application = web.Application()
    application.router.add_post(PATH, Webhook(SECRET, inbox).handle)
    async with TestClient(TestServer(application)) as client:
        yield client


async def post(client: Client, body: Any, secret: str | None = SECRET) -> ClientResponse:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await client.post(PATH, data=raw, headers=headers)


async def stored(store: Store) -> list[int]:
    async with store.read() as connection:
        return list((await connection.execute(select(Row.update_id).order_by(Row.id))).scalars())


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "s3crét", SECRET.upper()])
async def test_whoever_does_not_know_the_secret_is_turned_away(
    client: Client, store: Store, secret: str | None
) -> None:
    assert (await post(client, message(1, 1, "x"), secret)).status == 403
    assert await stored(store) == []


async def test_200_means_it_is_stored_and_repeats_are_harmless(client: Client, store: Store) -> None:
    for _ in range(2):
        assert (await post(client, message(1, 1, "x"))).status == 200
        assert await stored(store) == [1]


async def test_200_is_not_said_before_the_commit(client: Client, store: Store) -> None:
    async with store.transaction():  # the writer is taken
        answer = asyncio.create_task(post(client, message(1, 1, "x")))
        await asyncio.sleep(0.2)
        assert not answer.done()
    assert (await answer).status == 200
    assert await stored(store) == [1]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"5", b"null", b'{"message": {}}', b"\xff\xfe", b'{"update_id": 1e400}']
)
async def test_what_is_no_update_is_not_asked_for_again(client: Client, store: Store, body: bytes) -> None:
    assert (await post(client, body)).status == 200
    assert await stored(store) == []
    assert (await post(client, message(2, 1, "x"))).status == 200


async def test_when_the_inbox_is_full_the_platform_keeps_the_rest(
    client: Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.flow.inbox.FULL_AT", 1)
    assert (await post(client, message(1, 1, "x"))).status == 200
    answer = await post(client, message(2, 1, "x"))
    assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
    assert await stored(store) == [1]


async def test_only_so_many_commits_are_awaited_in_memory(
    client: Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.webhook.WAITING_MOST", 2)
    async with store.transaction():
        waiting = [asyncio.create_task(post(client, message(number, number, "x"))) for number in (1, 2)]
        await asyncio.sleep(0.2)
        assert (await post(client, message(3, 3, "x"))).status == 503
    assert [answer.status for answer in await asyncio.gather(*waiting)] == [200, 200]
    assert (await post(client, message(3, 3, "x"))).status == 200


async def test_a_failing_database_confirms_nothing_and_says_one_clear_line(
    client: Client, store: Store, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(inbox, "put", failing)
    with capture_logs() as lines:
        for number in range(20):
            answer = await post(client, message(number, 1, "a private text"))
            assert answer.status == 503 and answer.headers["Retry-After"]
    (line,) = lines
    assert "DATA_DIR" in line["advice"] and "disk is full" in line["advice"]
    assert "private" not in str(lines)
    assert await stored(store) == []
