"""What the doctor says of each part, in words an operator can act on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from sqlalchemy import insert, update

from bot import doctor
from bot.address import address
from bot.doctor import Finding, examine, try_again
from bot.flow import outbox
from bot.say import Say
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.tables import Inbox, Outbox
from tests.botapi import BotApi
from tests.fakes import START, TOKEN


def settings(database_url: str, tmp_path: Path, **more: Any) -> Settings:
    values: dict[str, Any] = {"data_dir": tmp_path, "database_url": database_url, "listen": "127.0.0.1:0"}
    return Settings(_env_file=None, **values | more)


def text(findings: list[Finding]) -> str:
    return "\n".join(map(str, findings))


async def test_all_is_well(database_url: str, tmp_path: Path) -> None:
    async with BotApi() as api:
        given = {"telegram_token": api.token, "telegram_api_url": api.url, "admins": (1,)}
        findings = await examine(settings(database_url, tmp_path, **given))
    assert not [finding for finding in findings if finding.missing]
    shown = text(findings)
    assert "@travinhxanh_bot, polling" in shown
    assert "0 updates and 0 messages waiting" in shown
    assert str(tmp_path) in shown and "holidays are known until" in shown
    assert api.token not in shown


async def test_a_webhook_and_missing_admins_are_named(database_url: str, tmp_path: Path) -> None:
    async with BotApi() as api:
        given = {
            "telegram_token": api.token,
            "telegram_api_url": api.url,
            "telegram_webhook_url": "https://x.vn",
        }
        shown = text(await examine(settings(database_url, tmp_path, **given)))
    assert "webhook at https://x.vn" in shown and "ADMINS is empty" in shown


async def test_a_wrong_token_and_a_platform_that_is_away_are_missing(
    database_url: str, tmp_path: Path
) -> None:
    async with BotApi() as api:
        wrong = {"telegram_token": TOKEN, "telegram_api_url": api.url}
        findings = await examine(settings(database_url, tmp_path, **wrong))
    away = await examine(settings(database_url, tmp_path, **wrong))
    for found in (findings, away):
        (missing,) = [finding for finding in found if finding.missing]
        assert "TELEGRAM_TOKEN" in missing.text
        assert TOKEN.partition(":")[2] not in str(missing)


TRACE = """Traceback (most recent call last):
  File "/opt/bot/handlers/report.py", line 5, in photo
    raise ValueError(words)
ValueError: secret words
"""


async def park(url: str) -> None:
    store = Store(url)
    async with store.transaction() as connection:
        row = {"channel": "telegram", "chat": "telegram:7700700", "payload": '{"a": "secret words"}'}
        rest = {"state": "dead", "attempts": 4, "error": TRACE, "received_at": START}
        await connection.execute(insert(Inbox).values(update_id=1, **row, **rest))
        said = outbox.Message(address("telegram", 7700700), Say(Markup("secret words")))
        await outbox.add(connection, [said], START, store.is_sqlite)
        values = {"state": "unknown", "uncertain": 1, "reason": "silence"}
        await connection.execute(update(Outbox).values(**values))
    await store.close()


async def test_parked_updates_and_uncertain_sends_are_shown_without_words_and_can_be_tried_again(
    database_url: str, tmp_path: Path
) -> None:
    await park(database_url)
    given = settings(database_url, tmp_path)
    shown = text(await examine(given))
    assert "1 updates are parked, 1 sends failed or have an unknown outcome" in shown
    assert "secret" not in shown and "7700700" not in shown
    assert "1 updates, 1 messages" in await try_again(given)
    assert "1 updates and 1 messages waiting" in text(await examine(given))


async def test_a_database_that_was_never_migrated_is_a_note(tmp_path: Path) -> None:
    shown = text(await examine(settings(f"sqlite:///{tmp_path}/new.db", tmp_path)))
    assert "NOTE    database (SQLite) is at revision none" in shown


async def test_a_database_that_does_not_answer_is_missing(tmp_path: Path) -> None:
    url = "postgresql://u:hidden-password@127.0.0.1:1/x"
    findings = await examine(settings(url, tmp_path))
    (missing,) = [finding for finding in findings if finding.missing]
    assert "DATABASE_URL" in missing.text and "hidden-password" not in str(missing)


async def test_little_disk_and_a_taken_port_are_notes(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "LOW_DISK_BYTES", 10**18)
    async with BotApi() as api:
        findings = await examine(settings(database_url, tmp_path, listen=f"127.0.0.1:{api.port}"))
    notes = [finding.text for finding in findings if finding.doubtful]
    assert any("free some space soon" in note for note in notes)
    assert any("is taken" in note for note in notes)
    assert not [finding for finding in findings if finding.missing]


async def test_content_with_faults_is_missing(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    findings = await examine(settings(database_url, tmp_path, content_dir=tmp_path / "content"))
    assert any("python -m bot content check" in finding.text for finding in findings if finding.missing)


async def test_a_calendar_that_runs_out_is_a_note(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "CALENDAR_DAYS", 100_000)
    shown = text(await examine(settings(database_url, tmp_path)))
    assert "add the next year to content/holidays.yaml" in shown
