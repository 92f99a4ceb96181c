"""Long polling that nothing stops: stored first, confirmed by the next call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.request import form
from bot.flow.inbox import Inbox, Incoming, incoming
from bot.logs import get_logger
from bot.store.trouble import explain

log = get_logger(__name__)
WAIT_SECONDS = 30
SILENT_SECONDS = WAIT_SECONDS + 10  # then the connection counts as lost
AT_ONCE = 100
BACKLOG = 5_000  # waiting updates above which the rest stays at the platform for now
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
LONGEST_PAUSE = 15.0
NOT_KNOWN = "Telegram does not know this bot: check TELEGRAM_TOKEN and TELEGRAM_API_URL"


class Poller:
    """`problem` hears one line for the operator, or None when it works again."""

    def __init__(
        self, request: BaseRequest, url: str, inbox: Inbox, problem: Callable[[str | None], None]
    ) -> None:
        self._request = request
        self._url = url
        self._inbox = inbox
        self._problem = problem
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Until cancelled. Whatever happens, it asks again after a pause."""
        while True:
            try:
                await self._once()
            except Exception as error:
                self._failures += 1
                pause = min(LONGEST_PAUSE, 0.25 * 2 ** min(self._failures, 10))
                self._problem(_explain(error))
                log.warning(
                    "telegram: polling failed, trying again", error=_explain(error), pause_seconds=pause
                )
                await asyncio.sleep(pause)
            else:
                if self._failures:
                    log.info("telegram: polling works again")
                self._failures = 0
                self._problem(None)

    async def _once(self) -> None:
        if self._inbox.open > BACKLOG:
            await asyncio.sleep(0.05)
            return
        parameters: dict[str, Any] = {
            "timeout": WAIT_SECONDS,
            "limit": AT_ONCE,
            "allowed_updates": ALLOWED_UPDATES,
            "offset": self._offset,
        }
        status, body = await self._request.do_request(
            self._url,
            "POST",
            form(parameters),
            SILENT_SECONDS,
        )
        updates = _updates(status, body)
        stored = [one for raw in updates if (one := _row(raw)) is not None]
        if stored:
            await self._inbox.put("telegram", stored)
            self._offset = max(one.update_id for one in stored) + 1
        elif updates:
            await asyncio.sleep(1)  # nothing that can be confirmed: it would come again at once


class PollingError(Exception):
    """What the Bot API answered instead of updates."""


def _updates(status: int, body: bytes) -> list[Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        raise PollingError(f"HTTP {status} without JSON") from None
    if not isinstance(answer, dict) or not answer.get("ok"):
        description = answer.get("description") if isinstance(answer, dict) else None
        raise PollingError(f"HTTP {status}: {description}")
    result = answer.get("result")
    return result if isinstance(result, list) else []


def _row(raw: Any) -> Incoming | None:
    """One update; None when it has no id, so that it can be neither confirmed nor stored."""
    try:
        return incoming("telegram", raw)
    except (KeyError, TypeError, ValueError, AttributeError):
        log.error("telegram: an update without an id was left out")
        return None


def _explain(error: Exception) -> str:
    if known := explain(error):
        return known
    text = str(error)
    if "HTTP 401" in text or "HTTP 404" in text:
        return NOT_KNOWN
    if "HTTP 409" in text:
        return "another program polls with the same TELEGRAM_TOKEN: stop it"
    if isinstance(error, TelegramError):
        return f"Telegram cannot be reached: {error.message}"
    return f"{type(error).__name__}: {text}"[:300]
