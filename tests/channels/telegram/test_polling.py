"""Long polling that nothing stops, against a server over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.telegram import polling
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.request import AiohttpRequest
from bot.flow.inbox import Inbox
from bot.people import LANGUAGES
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.tables import Inbox as Row
from tests.botapi import BotApi, Fault
from tests.channels.telegram.conftest import until


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.05)


class Watched:
    """A poller at work, and what it told the operator."""

    def __init__(self, poller: Poller, problems: list[str | None]) -> None:
        self.poller = poller
        self.problems = problems

    @property
    def troubles(self) -> set[str]:
        return {problem for problem in self.problems if problem}


@asynccontextmanager
async def polling_from(
    api: BotApi, inbox: Inbox, token: str | None = None, wait: Callable[[], None] | None = None
) -> AsyncIterator[Watched]:
    problems: list[str | None] = []
    request = AiohttpRequest(connections=1)
    url = f"{api.url}/bot{token or api.token}/getUpdates"
    watched = Watched(Poller(request, url, inbox, problems.append), problems)
    task = asyncio.create_task(watched.poller.run())
    try:
        yield watched
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await request.shutdown()


async def stored(store: Store) -> list[int]:
    async with store.read() as connection:
        return list((await connection.execute(select(Row.update_id).order_by(Row.id))).scalars())


async def wait_for(store: Store, count: int) -> list[int]:
    async with asyncio.timeout(8):
        while len(found := await stored(store)) < count:
            await asyncio.sleep(0.01)
    return found


async def test_updates_are_stored_and_then_confirmed(api: BotApi, inbox: Inbox, store: Store) -> None:
    lan = api.user(1)
    for number in range(3):
        await lan.sends(f"tin {number}")
    async with polling_from(api, inbox) as watched:
        found = await wait_for(store, 3)
        await until(lambda: len(api.record.confirmed) == 3)
    assert [update_id for _, update_id in api.record.confirmed] == found
    assert watched.troubles == set()


TROUBLES: dict[str, tuple[Fault, str]] = {
    "404": (Fault("answer", "getUpdates", times=2, code=404, description="Not Found"), "TELEGRAM_TOKEN"),
    "401": (Fault("answer", "getUpdates", times=2, code=401, description="Unauthorized"), "TELEGRAM_TOKEN"),
    "409": (
        Fault("answer", "getUpdates", times=2, code=409, description="Conflict: terminated by other"),
        "another program",
    ),
    "500": (Fault("answer", "getUpdates", times=2, code=500), "HTTP 500"),
    "429": (Fault("flood", "getUpdates", seconds=0.2), "HTTP 429"),
    "garbage": (Fault("garbage", "getUpdates", times=2), "without JSON"),
    "reset": (Fault("reset", "getUpdates", times=2), "cannot be reached"),
    "reset-late": (Fault("reset", "getUpdates", times=2, accepted=True), "cannot be reached"),
}


@pytest.mark.parametrize("name", TROUBLES)
async def test_it_survives(name: str, api: BotApi, inbox: Inbox, store: Store) -> None:
    fault, told = TROUBLES[name]
    await api.user(1).sends("trước")
    api.faults.add(fault)
    async with polling_from(api, inbox) as watched:
        await wait_for(store, 1)
        await api.user(1).sends("sau")
        assert len(await wait_for(store, 2)) == 2
        await until(lambda: watched.problems[-1] is None)
    assert any(told in trouble for trouble in watched.troubles), watched.troubles


async def test_it_survives_a_platform_that_is_down_for_a_while(
    api: BotApi, inbox: Inbox, store: Store
) -> None:
    async with polling_from(api, inbox) as watched:
        async with api.outage():
            await api.user(1).sends("trong lúc mất mạng")
            await until(lambda: len(watched.problems) > 3)
            assert watched.problems[-1]
        await wait_for(store, 1)
        await until(lambda: watched.problems[-1] is None)


async def test_a_server_that_falls_silent_is_asked_again(
    api: BotApi, inbox: Inbox, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a laptop slept: the connection is there, nothing comes."""
    monkeypatch.setattr(polling, "SILENT_SECONDS", 0.2)
    api.faults.hang(method="getUpdates")
    await api.user(1).sends("hello")
    async with polling_from(api, inbox) as watched:
        await wait_for(store, 1)
    assert any("cannot be reached" in trouble for trouble in watched.troubles)


async def test_updates_no_client_can_parse_are_stored_and_confirmed_like_others(
    api: BotApi, inbox: Inbox, store: Store
) -> None:
    api.malformed_update()
    api.malformed_update(b'"message":"text"')
    await api.user(1).sends("sau đó")
    async with polling_from(api, inbox):
        assert len(await wait_for(store, 3)) == 3
        await until(lambda: len(api.record.confirmed) == 3)


@pytest.mark.parametrize("odd", [{"message": {}}, {"update_id": 2**70}, {"update_id": "7"}, 5, None, []])
async def test_an_update_without_an_id_stops_nothing(
    odd: Any, api: BotApi, inbox: Inbox, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, extra = polling._updates, [odd]
    monkeypatch.setattr(polling, "_updates", lambda status, body: [*extra, *read(status, body)])
    await api.user(1).sends("hello")
    async with polling_from(api, inbox) as watched:
        await wait_for(store, 1)
        await until(lambda: len(api.record.confirmed) == 1)
    assert watched.troubles == set()


async def test_nothing_is_confirmed_that_could_not_be_stored(
    api: BotApi, inbox: Inbox, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, failures = inbox.put, 3

    async def failing(*arguments: Any) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise OSError(28, "No space left on device")
        await put(*arguments)

    monkeypatch.setattr(inbox, "put", failing)
    await api.user(1).sends("a")
    await api.user(2).sends("b")
    async with polling_from(api, inbox) as watched:
        await until(lambda: failures == 0)
        assert api.record.confirmed == []
        await wait_for(store, 2)
    (told,) = watched.troubles
    assert "disk is full" in told and "DATA_DIR" in told


async def test_a_large_backlog_stays_at_the_platform(
    api: BotApi, inbox: Inbox, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "BACKLOG", 0)
    monkeypatch.setattr(polling, "AT_ONCE", 5)
    for number in range(12):
        await api.user(1).sends(str(number))
    async with polling_from(api, inbox):
        assert len(await wait_for(store, 5)) == 5
        await asyncio.sleep(0.2)
        assert len(await stored(store)) == 5
        inbox.open = 0  # as when the worker has caught up
        assert len(await wait_for(store, 10)) == 10


async def test_a_wrong_token_is_explained(api: BotApi, inbox: Inbox) -> None:
    async with polling_from(api, inbox, token="1:wrong") as watched:
        await until(lambda: len(watched.problems) > 2)
    assert all("check TELEGRAM_TOKEN" in trouble for trouble in watched.troubles)


async def test_leading_introduces_the_bot_drops_the_webhook_and_polls(
    api: BotApi, channel: TelegramChannel, store: Store, settings: Settings
) -> None:
    await api.user(1).sends("chờ từ hôm qua")
    await channel.start()
    leading = asyncio.create_task(channel.lead())
    try:
        assert len(await wait_for(store, 1)) == 1, "what waited is never dropped"
        await channel.introduced()
        assert await api.record.until(lambda: api.record.calls["setMyShortDescription"] == len(LANGUAGES))
    finally:
        leading.cancel()
        await asyncio.wait([leading])
    calls = api.record.calls
    told = (calls["setMyCommands"], calls["setMyDescription"], calls["setMyShortDescription"])
    assert told == (len(LANGUAGES),) * 3
    assert calls["deleteWebhook"] == 1
    assert set(api.feed.allowed) == set(polling.ALLOWED_UPDATES)
    assert channel.link("r_TV1") == f"https://t.me/{channel.username()}?start=r_TV1"
    assert channel.problem is None and not channel.broken
