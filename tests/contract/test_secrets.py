"""A whole bot at DEBUG, with everything going wrong: no token, secret or word of a person in any log."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.logs import set_up_logs
from bot.settings import Settings
from handlers import rounds
from tests.botapi import BotApi
from tests.processes import free_port
from tests.test_logs import logging_kept

WORDS = "lời riêng tư của bà con"
SECRET = "webhook-secret-0123456789"


class Records(logging.Handler):
    """Everything every library says, before it is redacted."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if record.exc_info:
            text += logging.Formatter().formatException(record.exc_info)
        self.lines.append(f"{record.name}: {text}")


async def go_wrong(api: BotApi, app: App) -> None:
    """A day on which nothing works at first."""
    lan = api.user(1, "Lan Riêng")
    api.faults.not_found(method="getMe", times=1)
    api.faults.garbage(method="getUpdates", times=1)
    api.faults.reset(method="getUpdates", times=1)
    api.faults.error(502, "Bad Gateway", method="sendMessage", times=1)
    api.faults.reset(method="sendMessage", times=1)
    api.faults.error(400, "Bad Request: can't parse entities", method="sendMessage", times=1)
    api.faults.garbage(method="sendMessage", times=1)
    api.malformed_update()
    running = asyncio.create_task(app.run())
    for number in range(6):
        await lan.sends(f"{WORDS} {number}")
    await lan.sends("/start")
    async with asyncio.timeout(30):
        while len(lan.heard) < 3:
            await asyncio.sleep(0.05)
    async with api.outage():
        await asyncio.sleep(0.3)
    app.stop()
    await asyncio.wait_for(running, 15)


@pytest.mark.parametrize("style", ["json", "console"])
async def test_no_secret_and_no_private_word_reaches_a_log(
    style: Any, tmp_path: Path, migrated: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bot.db").write_bytes(await asyncio.to_thread(migrated.read_bytes))
    async with BotApi() as api:
        settings = Settings(
            _env_file=None,
            telegram_token=api.token,
            telegram_api_url=api.url,
            telegram_webhook_secret=SECRET,
            data_dir=tmp_path,
            listen=f"127.0.0.1:{free_port()}",
            log_level="DEBUG",
        )
        records = Records()
        with logging_kept():
            set_up_logs("DEBUG", style)
            logging.getLogger().addHandler(records)
            await go_wrong(api, App(settings, rounds))
        _, written = capfd.readouterr()
        secret = api.token.partition(":")[2]
    assert len(written.splitlines()) > 5, "there was something to log"
    for said in (written, "\n".join(records.lines), repr(settings)):
        assert secret not in said
        assert SECRET not in said
        assert WORDS not in said and "Riêng" not in said
