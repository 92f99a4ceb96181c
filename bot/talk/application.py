"""python-telegram-bot as a library: it dispatches updates and never touches the network."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from telegram import Update
from telegram.error import NetworkError
from telegram.ext import Application, ApplicationBuilder, BaseHandler, CallbackContext, ContextTypes, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.talk.turn import Turn, current_turn

Handler = BaseHandler[Any, Any, Any]


class TurnContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """What a handler gets beside the update."""

    @property
    def turn(self) -> Turn:
        return current_turn.get()


class TurnApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An error in a handler belongs to the turn, which undoes and retries it."""

    async def process_error(self, update: object, error: Exception, *args: Any, **kwargs: Any) -> bool:
        current_turn.get().error = error
        return True

    def _mark_for_persistence_update(self, **_: Any) -> None:
        """Nothing is persisted, and the library would keep the id of everybody who ever wrote."""


class OfflineRequest(BaseRequest):
    """Knows who the bot is; everything else is a mistake: handlers speak through the outbox."""

    def __init__(self, username: str) -> None:
        self._me = {"id": 1, "is_bot": True, "first_name": username, "username": username}

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **more: Any
    ) -> tuple[int, bytes]:
        if not url.endswith("/getMe"):
            raise NetworkError("handlers do not call the network: say it through the turn")
        return 200, json.dumps({"ok": True, "result": self._me}).encode()


async def identity(username: str) -> ExtBot[None]:
    """A bot that only knows its name, so that `/command@name` is recognised."""
    bot = ExtBot("1:offline", request=OfflineRequest(username), get_updates_request=OfflineRequest(username))
    await bot.initialize()
    return bot


def read_update(raw: dict[str, Any], bot: ExtBot[None]) -> Update:
    """Bot-API-shaped JSON as python-telegram-bot knows it. Raises when it cannot be read."""
    message = raw.get("message")
    poll = message.get("poll") if isinstance(message, dict) else None
    if isinstance(poll, dict):
        # Required by the library, not sent by Bot API servers older than 9.6 and 10.0.
        poll.setdefault("allows_revoting", False)
        poll.setdefault("members_only", False)
    update = Update.de_json(raw, bot)
    if update is None:
        raise ValueError("the update is empty")
    return update


async def build_application(rounds: Sequence[Sequence[Handler]]) -> TurnApplication:
    """An update passes every round; in each the first handler that wants it gets it."""
    application = (
        ApplicationBuilder()
        .application_class(TurnApplication)
        .bot(await identity("bot"))
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=TurnContext))
        .build()
    )
    application.add_handlers(dict(enumerate(rounds)))
    await application.initialize()
    return cast("TurnApplication", application)
