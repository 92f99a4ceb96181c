"""`python -m bot doctor`: what is configured, reachable and missing, in words."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.request import AiohttpRequest
from bot.clock import Clock
from bot.content.check import check, faults_of_parts
from bot.faults import counts, dead_updates, failed_sends, retry
from bot.holidays import load_holidays
from bot.logs import redact
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrate import HEAD, revision
from bot.unusable import UnusableError, reason_of

LOW_DISK_BYTES = 500 * 1024 * 1024
CALENDAR_DAYS = 60
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """`missing`: the bot cannot do its work without it."""

    text: str
    missing: bool = False
    doubtful: bool = False

    def __str__(self) -> str:
        mark = "MISSING" if self.missing else "NOTE   " if self.doubtful else "ok     "
        return f"{mark} {redact(self.text)}"


async def examine(settings: Settings) -> list[Finding]:
    steps: tuple[Callable[[Settings], Awaitable[list[Finding]]], ...] = (
        _data_dir,
        _database,
        _content,
        _calendar,
        _telegram,
        _web,
    )
    return [finding for step in steps for finding in await step(settings)]


async def _data_dir(settings: Settings) -> list[Finding]:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        probe = settings.data_dir / ".doctor"
        probe.write_text("x")
        probe.unlink()
    except OSError as error:
        return [Finding(f"DATA_DIR {settings.data_dir} cannot be written: {error.strerror}", missing=True)]
    free = shutil.disk_usage(settings.data_dir).free
    text = f"DATA_DIR {settings.data_dir}, {free // 1024 // 1024} MB free"
    if free < LOW_DISK_BYTES:
        return [Finding(f"{text}: free some space soon", doubtful=True)]
    return [Finding(text)]


async def _database(settings: Settings) -> list[Finding]:
    try:
        store = Store(settings.database)
    except UnusableError as error:
        return [Finding(str(error), missing=True)]
    kind = "SQLite" if store.is_sqlite else "PostgreSQL"
    try:
        found = await asyncio.wait_for(revision(store), 10)
        if found != HEAD:
            return [
                Finding(
                    f"database ({kind}) is at revision {found or 'none'}, {HEAD} comes with the next start",
                    doubtful=True,
                )
            ]
        async with store.read() as connection:
            waiting = await counts(connection)
        trouble = await _trouble(store)
    except Exception as error:
        return [
            Finding(
                f"database ({kind}) cannot be reached: check DATABASE_URL ({reason_of(error)})", missing=True
            )
        ]
    finally:
        await store.close()
    findings = [Finding(f"database ({kind}): {waiting.inbox} updates and {waiting.outbox} messages waiting")]
    return findings + [Finding(text, doubtful=True) for text in trouble]


async def _trouble(store: Store) -> list[str]:
    """Parked updates and failed sends, the latest of each, without what people wrote."""
    async with store.read() as connection:
        dead, dead_count = await dead_updates(connection, SHOWN)
        failed, failed_count = await failed_sends(connection, SHOWN)
    lines = [
        f"  {one.channel} {one.at:%Y-%m-%d %H:%M} UTC, {one.state}: {one.error}" for one in (*dead, *failed)
    ]
    if not lines:
        return []
    head = f"{dead_count} updates are parked, {failed_count} sends failed or have an unknown outcome:"
    return [head, *lines, "  python -m bot doctor --retry (or /canhbao in the chat) tries them again"]


async def try_again(settings: Settings) -> str:
    """Parked updates get their turn again, replies and notices that failed are sent once more."""
    store = Store(settings.database)
    try:
        async with store.transaction() as connection:
            done = await retry(connection, Clock().now())
    finally:
        await store.close()
    return f"tried again: {done.updates} updates, {done.messages} messages; left alone: {done.left} sends"


async def _content(settings: Settings) -> list[Finding]:
    today = Clock().now().astimezone(settings.timezone).date()
    faults = check(settings.content_dir, today)
    if not faults:
        return [Finding(f"content in {settings.content_dir}")]
    text = f"content has {len(faults)} faults, first {faults[0]}: run python -m bot content check"
    unusable = bool(faults_of_parts(settings.content_dir))
    return [Finding(text, missing=unusable, doubtful=not unusable)]


async def _calendar(settings: Settings) -> list[Finding]:
    try:
        calendar = load_holidays(settings.content_dir, settings.timezone)
    except Exception:
        return []  # the content check names it
    today = Clock().now().astimezone(settings.timezone).date()
    if calendar.runs_out_within(CALENDAR_DAYS, today):
        text = f"holidays are known until {calendar.ends}: add the next year to content/holidays.yaml"
        return [Finding(text, doubtful=True)]
    return [Finding(f"holidays are known until {calendar.ends}")]


async def _telegram(settings: Settings) -> list[Finding]:
    if not settings.has_telegram:
        return [Finding("Telegram is off (TELEGRAM_TOKEN is empty); the web chat works", doubtful=True)]
    request = AiohttpRequest()
    token = settings.telegram_token.get_secret_value()
    bot = Bot(token, base_url=f"{settings.telegram_api_url}/bot", request=request)
    try:
        me = await bot.get_me()
    except TelegramError as error:
        text = f"Telegram does not answer as expected: check TELEGRAM_TOKEN and the network ({error.message})"
        return [Finding(text, missing=True)]
    finally:
        await request.shutdown()
    how = f"webhook at {settings.telegram_webhook_url}" if settings.telegram_webhook_url else "polling"
    findings = [Finding(f"Telegram bot @{me.username}, {how}")]
    if not settings.admins:
        findings.append(Finding("ADMINS is empty: nobody gets report cards on Telegram", doubtful=True))
    return findings


async def _web(settings: Settings) -> list[Finding]:
    findings = [
        Finding(f"web page at {settings.origin}, listening on {settings.listen.host}:{settings.listen.port}")
    ]
    with socket.socket(socket.AF_INET6 if ":" in settings.listen.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.listen.host, settings.listen.port))
        except OSError as error:
            text = f"LISTEN {settings.listen.host}:{settings.listen.port} is taken ({error.strerror}): "
            findings.append(
                Finding(text + "the bot is already running, or choose another port", doubtful=True)
            )
    return findings
