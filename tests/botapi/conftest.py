"""A running server, a real python-telegram-bot client and a raw caller for the tests of this package."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from tests.botapi import BotApi

Raw = Callable[..., Coroutine[Any, Any, tuple[int, dict[str, Any]]]]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def bot(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # otherwise RetryAfter warns each time it is raised
    async with Bot(api.token, base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot") as bot:
        yield bot


@pytest.fixture
async def raw(api: BotApi) -> AsyncIterator[Raw]:
    """`status, body = await raw("method", **parameters)` over one aiohttp session, parameters as JSON."""
    async with aiohttp.ClientSession() as session:

        async def call(method: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
            async with session.post(f"{api.url}/bot{api.token}/{method}", json=parameters) as response:
                return response.status, await response.json()

        yield call
