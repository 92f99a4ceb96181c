"""A platform, a migrated database and room for copies of the bot."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.conftest import emptied
from tests.durability.stage import Stage, new_seed

LONGEST = (
    "test_fifty_kills_of_one_of_two_lose_and_double_nothing",
    "test_fifty_kills_lose_and_double_nothing",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Two workers get a half of the list each: the two longest tests begin a half each, side by side."""
    longest = [item for item in items if item.name in LONGEST]
    items[:] = [item for item in items if item.name not in LONGEST]
    for number, item in enumerate(longest):
        items.insert(number * (len(items) // 2 + 1), item)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def stage(api: BotApi, tmp_path: Path, migrated: Path) -> AsyncIterator[Stage]:
    """On SQLite."""
    shutil.copy(migrated, tmp_path / "bot.db")
    stage = Stage(api, tmp_path, f"sqlite:///{tmp_path / 'bot.db'}", new_seed())
    yield stage
    await stage.close()


@pytest.fixture
async def shared_stage(api: BotApi, tmp_path: Path, postgresql: str) -> AsyncIterator[Stage]:
    """On PostgreSQL, for several copies."""
    stage = Stage(api, tmp_path, await emptied(postgresql), new_seed())
    yield stage
    await stage.close()
