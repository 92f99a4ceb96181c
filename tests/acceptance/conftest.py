"""One real bot for each file of tests: polling, SQLite, limits out of the way."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.acceptance.town import ADMIN, UNLIMITED, Town
from tests.botapi import BotApi
from tests.processes import started


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    async with BotApi() as api:
        telegram = {"TELEGRAM_TOKEN": api.token, "TELEGRAM_API_URL": api.url, "ADMINS": str(ADMIN)}
        async with started(folder, **telegram, **UNLIMITED) as bot:
            yield Town(api, bot, folder)
