"""Webhook: commit, then 200. When the backlog is full, 503 with Retry-After and Telegram keeps the rest."""

from __future__ import annotations

import hmac
import json

from aiohttp import web

from bot.flow.inbox import Inbox, InboxFull, incoming
from bot.logs import get_logger
from bot.store.trouble import Trouble

log = get_logger(__name__)
PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of a header)
RETRY_AFTER_SECONDS = 2
WAITING_MOST = 1_000  # requests whose commit is awaited in memory


class Webhook:
    def __init__(self, secret: str, inbox: Inbox) -> None:
        self._secret = secret.encode()
        self._inbox = inbox
        self._waiting = 0
        self._trouble = Trouble(log)

    async def handle(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        if self._waiting >= WAITING_MOST:
            return _later()
        self._waiting += 1
        try:
            return await self._store(await request.read())
        finally:
            self._waiting -= 1

    async def _store(self, body: bytes) -> web.Response:
        try:
            update = incoming("telegram", json.loads(body), body.decode())
        except (ValueError, KeyError, TypeError, AttributeError):
            log.error("telegram: a webhook call was no update and was left out")
            return web.Response(status=200)  # asking for it again would bring the same
        try:
            await self._inbox.put("telegram", [update])
        except InboxFull:
            return _later()
        except Exception as error:
            self._trouble.tell("telegram: an update could not be stored and stays at Telegram", error)
            return _later()
        return web.Response(status=200)


def _later() -> web.Response:
    return web.Response(status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
