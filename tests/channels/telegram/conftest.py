"""A local Bot API server over HTTP, and a Telegram channel that talks to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.flow.inbox import Inbox
from bot.flow.wake import Wakes
from bot.photos import Shelf
from bot.settings import Settings
from bot.store.engine import Store
from tests.botapi import BotApi
from tests.fakes import FakeClock

BOUND_SECONDS = 8.0


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
def settings(api: BotApi, migrated: Path, tmp_path: Path) -> Settings:
    """SQLite is enough here: the databases are compared in tests/flow."""
    (tmp_path / "bot.db").write_bytes(migrated.read_bytes())
    return Settings(
        _env_file=None,
        telegram_token=api.token,
        telegram_api_url=api.url,
        data_dir=tmp_path,
    )


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    store = Store(settings.database)
    yield store
    await store.close()


@pytest.fixture
def inbox(store: Store) -> Inbox:
    return Inbox(store, FakeClock(), Wakes(store).inbox)


@pytest.fixture
async def channel(settings: Settings, store: Store, inbox: Inbox) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(settings, store, inbox, Shelf(settings.media_dir))
    yield channel
    await channel.stop()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(BOUND_SECONDS):
        while not condition():
            await asyncio.sleep(0.01)
