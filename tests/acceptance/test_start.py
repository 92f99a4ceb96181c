"""Starting with something wrong: one kind line, never a traceback, never a secret."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.processes import environment, started

HEADER = "code,state,kind,commune_code,commune,lat,lon,voices,created_at,due_at\n"


async def run(folder: Path, *words: str, **settings: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, env=environment(folder, **settings),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "DATABASE_URL",
            "mysql://lan:hidden@h/d",
            "setting DATABASE_URL: must be sqlite:///path or postgresql",
        ),
        ("DATABASE_URL", "postgresql://lan:hidden@h:port/d", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "sqlite:////dev/null/bot.db", "check DATA_DIR and DATABASE_URL"),
        ("DATA_DIR", "/dev/null/data", "DATA_DIR /dev/null/data cannot be written"),
        ("QUIET_HOURS", "22:00", "setting QUIET_HOURS: must be two times of day, for example 22:00-07:00"),
        ("CONTENT_DIR", "/nowhere", "/nowhere/"),
    ],
)
async def test_a_wrong_setting_is_one_line(tmp_path: Path, name: str, value: str, said: str) -> None:
    code, out, err = await run(tmp_path, "run", **{"LISTEN": "127.0.0.1:0", name: value})
    assert (code, out, len(err.splitlines())) == (1, "", 1), err
    assert said in err and "hidden" not in err


async def test_a_database_that_is_none_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("no database" * 100)
    code, out, err = await run(tmp_path, "migrate")
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert "check DATABASE_URL" in err


async def test_export_before_the_first_start_is_empty(tmp_path: Path) -> None:
    assert await run(tmp_path, "export", "reports", "--format", "csv") == (0, HEADER, "")


async def test_a_wrong_token_is_said_and_the_web_page_serves(tmp_path: Path) -> None:
    token = "111222333:wrong-token-that-must-not-be-seen"
    async with (
        BotApi() as api,
        started(tmp_path, TELEGRAM_TOKEN=token, TELEGRAM_API_URL=api.url, LOG_LEVEL="DEBUG") as bot,
    ):
        async with asyncio.timeout(5):
            while (health := await bot.health())[0] == 200:
                await asyncio.sleep(0.05)
        assert "check TELEGRAM_TOKEN" in health[1]["problems"]["telegram"]
        assert await bot.stop() < 5
        code, out, err = await bot.ended()
    assert code == 0 and "must-not-be-seen" not in out + err
    assert "check TELEGRAM_TOKEN" in err and "Traceback" not in err
