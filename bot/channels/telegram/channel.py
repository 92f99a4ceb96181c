"""The Telegram channel: introduces itself, receives, delivers, fetches files."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from urllib.parse import quote

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot import photos
from bot.address import Address, chat_id_of
from bot.channels.base import FetchError, Outcome, Outgoing, Paces, State
from bot.channels.telegram.introduction import describe
from bot.channels.telegram.outcomes import outcome_of
from bot.channels.telegram.polling import ALLOWED_UPDATES, NOT_KNOWN, Poller
from bot.channels.telegram.render import Posted, Renderer
from bot.channels.telegram.request import AiohttpRequest, Api
from bot.channels.telegram.webhook import PATH, Webhook
from bot.facts import load_fact, save_fact
from bot.flow.inbox import Inbox
from bot.logs import get_logger
from bot.photos import Shelf
from bot.pictures import MOST_BYTES
from bot.settings import Settings
from bot.store.engine import Store

log = get_logger(__name__)
USERNAME = "telegram.username"
LONGEST_PAUSE = 30.0


class TelegramChannel:
    name = "telegram"

    def __init__(
        self,
        settings: Settings,
        store: Store,
        inbox: Inbox,
        shelf: Shelf,
        request: BaseRequest | None = None,
    ) -> None:
        self._settings = settings
        self._store = store
        self._inbox = inbox
        self._token = settings.telegram_token.get_secret_value()
        self._request = request or AiohttpRequest()
        self._polling_request = request or AiohttpRequest(connections=1)
        api = settings.telegram_api_url
        self._bot = Bot(
            self._token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self._request,
            get_updates_request=self._polling_request,
        )
        self._renderer = Renderer(Api(self._request, f"{api}/bot{self._token}"), shelf, settings.data_dir)
        self._username = ""
        self._problem: str | None = None
        self._introducing: asyncio.Task[None] | None = None
        self.paces = Paces(settings.send_limit, settings.send_rate, settings.chat_limit, settings.group_limit)
        self.webhook = Webhook(settings.webhook_secret(), inbox) if settings.telegram_webhook_url else None

    async def start(self) -> None:
        async with self._store.read() as connection:
            self._username = await load_fact(connection, USERNAME) or ""
        self._introducing = asyncio.create_task(self._learn_name())

    async def introduced(self) -> None:
        """Until the bot knows its own name."""
        if self._introducing:
            await self._introducing

    async def stop(self) -> None:
        if self._introducing:
            self._introducing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._introducing
        await self._request.shutdown()
        await self._polling_request.shutdown()

    async def lead(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._until_done(self._introduce, "introduction"))  # nobody waits for it
            group.create_task(self._receive())

    # Receiving

    async def _receive(self) -> None:
        if self.webhook:
            await self._until_done(self._set_webhook, "webhook")
            await asyncio.Event().wait()
        await self._until_done(self._remove_webhook, "polling")
        url = f"{self._settings.telegram_api_url}/bot{self._token}/getUpdates"
        await Poller(self._polling_request, url, self._inbox, self._note).run()

    async def _learn_name(self) -> None:
        async def ask() -> None:
            me = await self._bot.get_me()
            self._username = me.username or ""
            async with self._store.transaction() as connection:
                await save_fact(connection, USERNAME, self._username)

        await self._until_done(ask, "getMe")

    async def _introduce(self) -> None:
        await describe(self._bot)

    async def _set_webhook(self) -> None:
        await self._bot.set_webhook(
            self._settings.telegram_webhook_url + PATH,
            secret_token=self._settings.webhook_secret(),
            allowed_updates=list(ALLOWED_UPDATES),
            max_connections=40,
            drop_pending_updates=False,
        )
        log.info("telegram: webhook registered")

    async def _remove_webhook(self) -> None:
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def _until_done(self, step: Callable[[], Awaitable[None]], what: str) -> None:
        """A platform that is down delays a step; it never ends the bot."""
        pause = 0.5
        while True:
            try:
                await step()
            except InvalidToken:
                self._note(NOT_KNOWN)
                log.error("telegram: a step failed, trying again", step=what, error=NOT_KNOWN)
            except TelegramError as error:
                self._note(f"Telegram cannot be reached ({what}): {error.message}")
                log.warning("telegram: not reached, trying again", step=what, error=error.message)
            except Exception as error:
                log.error("telegram: a step failed, trying again", step=what, error=str(error)[:200])
            else:
                self._note(None)
                return
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, 2 * pause)

    def _note(self, problem: str | None) -> None:
        self._problem = problem

    @property
    def problem(self) -> str | None:
        return self._problem

    @property
    def broken(self) -> bool:
        return self._problem is not None

    # Sending

    async def deliver(self, message: Outgoing) -> Outcome:
        pictures = await self._pictures(message.say.photos)
        chat_id = chat_id_of(message.chat)
        try:
            posted = await self._send(chat_id, message, pictures)
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return Outcome(State.SENT, message.say.edit)
            return outcome_of(error, message.chat)
        except TelegramError as error:
            return outcome_of(error, message.chat)
        return Outcome(State.SENT, posted.message_id, rest=posted.rest)

    async def _pictures(self, ids: tuple[int, ...]) -> list[photos.Photo]:
        if not ids:
            return []
        async with self._store.read() as connection:
            return await photos.of(connection, ids)

    async def _send(self, chat_id: int, message: Outgoing, pictures: list[photos.Photo]) -> Posted:
        try:
            return await self._renderer.send(chat_id, message.say, pictures)
        except BadRequest as error:
            if "parse entities" not in error.message:
                raise
            log.error("telegram: a message was no valid HTML and goes out as plain text", outbox=message.id)
            return await self._renderer.send(chat_id, message.say, pictures, html=False)

    async def answer(self, callback_id: str, text: str | None, *, alert: bool = False) -> None:
        try:
            await self._bot.answer_callback_query(callback_id, text and text[:200], show_alert=alert or None)
        except TelegramError as error:
            log.debug("telegram: a pressed button was not answered", error=error.message)

    async def fetch(self, file_id: str) -> bytes:
        try:
            file = await self._bot.get_file(file_id)
            if file.file_size and file.file_size > MOST_BYTES:
                raise FetchError("over 20 MB", final=True)
            return bytes(await file.download_as_bytearray())
        except BadRequest as error:
            raise FetchError(error.message, final="too big" in error.message) from None
        except TelegramError as error:
            raise FetchError(error.message) from None

    @property
    def keeps_history(self) -> bool:
        return False

    async def forget(self, connection: AsyncConnection, chat: Address, now: datetime) -> None:
        """Nothing is kept here: messages lie at Telegram."""

    def link(self, payload: str) -> str:
        return f"https://t.me/{self._username}?start={payload}"

    def share_link(self, payload: str, text: str) -> str:
        return f"https://t.me/share/url?url={quote(self.link(payload), safe='')}&text={quote(text, safe='')}"

    def mention(self, user_id: int, name: str) -> Markup:
        return Markup('<a href="tg://user?id={}">{}</a>').format(user_id, name)

    def username(self) -> str:
        return self._username
