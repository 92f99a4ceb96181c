"""A platform, a migrated database and room for copies of the bot."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.conftest import emptied
from tests.durability.stage import Stage, new_seed


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
