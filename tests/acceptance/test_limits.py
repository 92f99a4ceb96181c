"""The limits of the contract at their defaults, as the platform counts."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.town import ADMIN
from tests.botapi import BotApi
from tests.processes import started

SEND_LIMIT, CHAT_BURST, GROUP_LIMIT = 30, 3, 20


async def test_no_second_has_more_than_the_limit_and_no_chat_more_than_its_own(tmp_path: Path) -> None:
    """Ninety people at once, one of them impatient, and a group that asks thirty times."""
    async with (
        BotApi() as api,
        started(tmp_path, TELEGRAM_TOKEN=api.token, TELEGRAM_API_URL=api.url, ADMINS=str(ADMIN)),
    ):
        hasty = api.user(1)
        group = api.group(-5, hasty)
        crowd = [api.user(100 + number) for number in range(90)]
        for _ in range(30):
            await hasty.sends("/phanloai pin", to=group)
        for _ in range(6):
            await hasty.sends("/trogiup")
        for one in crowd:
            await one.sends("/trogiup")
        for one in crowd:
            await one.hears(timeout=15)
        await api.record.until(lambda: len(hasty.heard) == 6 and len(group.heard) >= GROUP_LIMIT, 10)
        await group.hears_nothing(1.0)
        assert len(hasty.heard) == 6
        assert api.record.busiest(1.0) <= SEND_LIMIT
        assert api.record.busiest(1.0, chat=hasty.id) <= CHAT_BURST
        assert len(group.heard) == GROUP_LIMIT
