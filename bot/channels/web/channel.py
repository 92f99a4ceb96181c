"""The web page as a channel: delivering is storing, so nothing can be of unknown outcome."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.address import Address
from bot.channels.base import FetchError, Outcome, Outgoing, Paces, State
from bot.channels.web import messages, visitors
from bot.channels.web.feed import Feed
from bot.channels.web.media import Signer, load_key, size_of
from bot.channels.web.messages import Payload, Stored
from bot.channels.web.parts import tokens
from bot.channels.web.render import Renderer, payload_of, quote_of
from bot.channels.web.site import Site
from bot.clock import Clock
from bot.flow.inbox import Inbox
from bot.flow.wake import Wake
from bot.logs import get_logger
from bot.photos import Shelf
from bot.say import File, Say
from bot.settings import Settings
from bot.store.engine import Store

log = get_logger(__name__)
LOCAL = {"127.0.0.1", "localhost", "::1"}


class WebChannel:
    """`intake` takes what visitors send; `wake` rings when another copy wrote a message."""

    name = visitors.CHANNEL
    paces: Paces | None = None

    def __init__(
        self, settings: Settings, store: Store, clock: Clock, intake: Inbox, wake: Wake, shelf: Shelf
    ) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock
        self._wake = wake
        self._shelf = shelf
        self._feed = Feed(store, wake)
        self._feeding: asyncio.Task[None] | None = None
        self.site = Site(settings, store, clock, intake, wake, shelf, self._feed)

    def routes(self) -> list[web.RouteDef]:
        """Everything below `/` that is the page's; see the package's docstring."""
        return self.site.routes()

    async def start(self) -> None:
        key = await self._store.write(lambda connection: load_key(connection, self._store.is_sqlite))
        self.site.open(Renderer(signer := Signer(key), self._shelf), signer)
        self._feeding = asyncio.create_task(self._feed.run())

    async def lead(self) -> None:
        """Nothing to do: every copy serves its own pages."""
        await asyncio.Event().wait()

    async def stop(self) -> None:
        """Ends the open event streams too, which would hold the server up."""
        self._feed.close()
        if self._feeding:
            self._feeding.cancel()
            await asyncio.wait([self._feeding])

    async def sign_in_link(self) -> str:
        """A link that makes the browser that opens it an admin, once."""
        key = await self._store.write(visitors.new_key)
        return f"{self._settings.origin}/admin?key={key}"

    @property
    def keeps_history(self) -> bool:
        return True

    async def forget(self, connection: AsyncConnection, chat: Address, now: datetime) -> None:
        for payload in await messages.forget(self._store, connection, chat, now):
            if file := payload.get("file"):
                path = self._settings.data_dir / str(file["path"])
                await asyncio.to_thread(path.unlink, missing_ok=True)

    def link(self, payload: str) -> str:
        return f"{self._settings.origin}/?start={payload}"

    def share_link(self, payload: str, text: str) -> str:
        return self.link(payload)

    def mention(self, user_id: int, name: str) -> Markup:
        return Markup.escape(name)

    def username(self) -> str:
        return ""

    @property
    def problem(self) -> str | None:
        origin = urlsplit(self._settings.origin)
        if origin.scheme == "https" or origin.hostname in LOCAL:
            return None
        return "PUBLIC_URL is not https: phones will not tell the page where they are"

    @property
    def broken(self) -> bool:
        return False

    async def answer(self, callback_id: str, text: str | None, *, alert: bool = False) -> None:
        visitor_id, room, _ = callback_id.split(":")
        toast = {"room": room, "text": text, "alert": alert}
        if text is None:
            self._feed.tell(int(visitor_id), "toast", toast)
            return
        # Stored for a minute, because the page may be connected to another copy.
        chat = visitors.DUTY if room == "duty" else Address(f"{self.name}:{visitor_id}")
        signal = {"event": "toast", "to": int(visitor_id), **toast}
        try:
            async with self._store.transaction() as connection:
                await messages.signal(self._store, connection, chat, signal, self._clock.now())
                await self._wake.announce(connection)
        except Exception as error:
            log.warning("web: a toast is lost", error=str(error))
        self._feed.touch(chat)

    async def fetch(self, file_id: str) -> bytes:
        """Uploads are cleaned and kept when they arrive; only that clean picture is left."""
        try:
            return await asyncio.to_thread(self._shelf.full(file_id).read_bytes)
        except OSError as error:
            raise FetchError(str(error), final=True) from error

    async def deliver(self, message: Outgoing) -> Outcome:
        try:
            payload = await self._payload(message.say)
        except FileNotFoundError as error:
            return Outcome(State.FAILED, reason=str(error))
        try:
            stored = await self._store_message(message, payload)
        except Exception as error:
            log.warning("web: a message cannot be stored yet", outbox=message.id, error=str(error))
            return Outcome(State.LATER, reason=str(error), everywhere=True)
        self._feed.touch(message.chat)
        return Outcome(State.SENT, stored.id)

    async def _store_message(self, message: Outgoing, payload: Payload) -> Stored:
        say, chat, now = message.say, message.chat, self._clock.now()
        async with self._store.transaction() as connection:
            if say.reply_to and (quote := quote_of(await messages.one(connection, chat, say.reply_to))):
                payload["reply_to"] = quote
            stored = None
            if say.edit is not None:
                stored = await messages.edit(self._store, connection, chat, say.edit, payload, now)
            if stored is None:
                stored = await messages.add(self._store, connection, chat, payload, now, outbox_id=message.id)
            await self._wake.announce(connection)
        return stored

    async def _payload(self, say: Say) -> Payload:
        payload = payload_of(say)
        if say.photos:
            payload["photos"] = await self._sized(say.photos)
        if say.file:
            payload["file"] = await asyncio.to_thread(self._file, say.file)
        return payload

    async def _sized(self, ids: tuple[int, ...]) -> list[dict[str, int]]:
        async with self._store.read() as connection:
            names = await tokens(connection, ids)
        return [_sized(photo_id, self._shelf.thumb(token)) for photo_id, token in names.items()]

    def _file(self, file: File) -> dict[str, str | int]:
        """Only named, not copied: when the bot removes the file, it is gone for the page too."""
        size = (self._settings.data_dir / file.path).stat().st_size
        return {"path": file.path, "name": file.name, "size": size}


def _sized(photo_id: int, thumb: Path) -> dict[str, int]:
    size = size_of(thumb)
    return {"id": photo_id} | ({"width": size[0], "height": size[1]} if size else {})
