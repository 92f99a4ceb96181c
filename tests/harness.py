"""A whole bot in one test: the real App on a real database, with a fake transport and a clock.

    async def test_help(world: World) -> None:
        lan = world.user()
        await lan.sends("/trogiup")
        assert "…" in lan.heard[-1].text

Nothing runs in the background: after every act the harness hands out turns and delivers what was said.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from bot.app import App
from bot.flow.inbox import incoming
from bot.knowledge import load_knowledge
from bot.library import Library
from bot.settings import Settings
from handlers import rounds
from tests.fakes import BOT, FakeClock, FakeTelegram, Json, Sent

PLACE = (9.8044, 106.4496)  # in xã Cầu Ngang


@dataclass
class Heard:
    """A message as its reader sees it now, after all edits."""

    world: World
    chat_id: int
    message_id: int
    text: str
    markup: Json
    photo: Any
    method: str
    silent_edits: int = 0

    @property
    def inline(self) -> list[Json]:
        return [button for row in self.markup.get("inline_keyboard", []) for button in row]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.inline]

    @property
    def keys(self) -> list[str]:
        """Labels of the reply keyboard this message brought."""
        return [key["text"] for row in self.markup.get("keyboard", []) for key in row]

    def data(self, label: str) -> str:
        for button in self.inline:
            if button["text"] == label:
                return str(button["callback_data"])
        raise AssertionError(f"no button {label!r} in {self.labels} of {self.text!r}")


class Chat:
    """A private chat or a group, as the platform sees it."""

    def __init__(self, world: World, chat_id: int, title: str | None = None) -> None:
        self.world = world
        self.id = chat_id
        self.title = title

    def shown(self) -> Json:
        if self.title is None:
            return {"id": self.id, "type": "private", "first_name": "Lan"}
        return {"id": self.id, "type": "group", "title": self.title}

    @property
    def heard(self) -> list[Heard]:
        """What the bot said here, oldest first, edits applied."""
        return self.world.heard(self.id)

    @property
    def last(self) -> Heard:
        return self.heard[-1]


class User(Chat):
    """A person with a private chat of their own."""

    def __init__(self, world: World, user_id: int, language: str, name: str) -> None:
        super().__init__(world, user_id)
        self.language = language
        self.name = name

    def _from(self) -> Json:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    async def message(self, where: Chat | None = None, reply_to: Heard | None = None, **content: Any) -> None:
        """Any message, in Bot API shape."""
        message: Json = {
            "message_id": next(self.world.message_ids),
            "date": int(self.world.clock.now().timestamp()),
            "chat": (where or self).shown(),
            "from": self._from(),
            **content,
        }
        if "text" in content and content["text"].startswith("/"):
            command = content["text"].split()[0]
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        if reply_to is not None:
            message["reply_to_message"] = {
                "message_id": reply_to.message_id,
                "date": message["date"],
                "chat": message["chat"],
                "from": BOT,
                "text": reply_to.text,
            }
        await self.world.update(message=message)

    async def sends(self, text: str, where: Chat | None = None, reply_to: Heard | None = None) -> None:
        await self.message(where, reply_to, text=text)

    async def sends_photo(
        self,
        content: bytes | None = None,
        where: Chat | None = None,
        reply_to: Heard | None = None,
        **more: Any,
    ) -> str:
        """Returns the file id; the bytes can be fetched."""
        file_id = self.world.file(content if content is not None else jpeg())
        sizes = [
            {"file_id": f"small-{file_id}", "file_unique_id": f"s{file_id}", "width": 90, "height": 60},
            {"file_id": file_id, "file_unique_id": f"u{file_id}", "width": 1280, "height": 853},
        ]
        await self.message(where, reply_to, photo=sizes, **more)
        return file_id

    async def sends_document(
        self, content: bytes, name: str = "IMG_1.jpg", mime: str = "image/jpeg", **more: Any
    ) -> str:
        file_id = self.world.file(content)
        document = {
            "file_id": file_id,
            "file_unique_id": f"u{file_id}",
            "file_name": name,
            "mime_type": mime,
            "file_size": len(content),
        }
        await self.message(document=document | more.pop("document", {}), **more)
        return file_id

    async def sends_location(self, lat: float = PLACE[0], lon: float = PLACE[1], **more: Any) -> None:
        await self.message(location={"latitude": lat, "longitude": lon, **more})

    async def presses(self, label: str, on: Heard | None = None, where: Chat | None = None) -> str | None:
        """Presses the newest button of that label (inline, else the reply keyboard). Returns the toast."""
        chat = where or self
        messages = [on] if on else list(reversed(chat.heard))
        for message in messages:
            if message and label in message.labels:
                return await self.presses_data(message.data(label), message, chat)
        if any(label in message.keys for message in messages if message):
            await self.sends(label, where)
            return None
        raise AssertionError(f"no button {label!r}; last: {[m.labels or m.keys for m in messages[:3] if m]}")

    async def presses_data(self, data: str, on: Heard, where: Chat | None = None) -> str | None:
        """Presses with any callback data, forged or stale. Returns the toast."""
        callback_id = str(next(self.world.message_ids))
        message: Json = {
            "message_id": on.message_id,
            "date": int(self.world.clock.now().timestamp()),
            "chat": (where or self).shown(),
            "from": BOT,
            "text": on.text,
        }
        if on.photo:
            message |= {
                "photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}],
                "caption": message.pop("text"),
            }
        query = {
            "id": callback_id,
            "from": self._from(),
            "chat_instance": "1",
            "data": data,
            "message": message,
        }
        await self.world.update(callback_query=query)
        answers = [
            sent
            for sent in self.world.telegram.sent
            if sent.method == "answerCallbackQuery" and str(sent.params["callback_query_id"]) == callback_id
        ]
        assert answers, "a pressed button was never answered"
        text = answers[0].params.get("text")
        return None if text is None else str(text)


class World:
    """One bot, its database, its clock and everybody around it."""

    def __init__(self, app: App, clock: FakeClock, telegram: FakeTelegram) -> None:
        self.app = app
        self.clock = clock
        self.telegram = telegram
        self.message_ids = itertools.count(1)
        self._update_ids = itertools.count(1)
        self._user_ids = itertools.count(101)
        self._group_ids = itertools.count(-501, -1)
        self._file_ids = itertools.count(1)

    # Who is there

    def user(self, user_id: int | None = None, *, language: str = "vi", name: str = "Lan") -> User:
        return User(self, user_id or next(self._user_ids), language, name)

    def group(self, title: str = "Tổ trực", group_id: int | None = None) -> Chat:
        return Chat(self, group_id or next(self._group_ids), title)

    def admin(self) -> User:
        """The one named in ADMINS."""
        return User(self, self.app.settings.admins[0], "vi", "Sáu")

    def file(self, content: bytes) -> str:
        file_id = f"file{next(self._file_ids)}"
        self.telegram.files[file_id] = content
        return file_id

    # What happens

    async def update(self, **content: Any) -> None:
        await self.raw({"update_id": next(self._update_ids), **content})

    async def raw(self, update: Json) -> None:
        await self.app.inbox.put("telegram", [incoming("telegram", update)])
        await self.settle()

    async def settle(self) -> None:
        """Until nothing is left to do at this moment of the clock."""
        worker = self.app.workers[0]
        busy = True
        while busy:
            busy = bool(await worker.batch())
            await asyncio.gather(*worker.answers)
            for sender in self.app.senders:
                busy = await self._deliver(sender) or busy
            busy = await self.app.fetcher.round() or busy

    async def _deliver(self, sender: Any) -> bool:
        worked = False
        while await sender.round():
            worked = True
            await asyncio.gather(*sender.on_way)
        return worked

    async def later(self, **duration: float) -> None:
        """Moves the clock and does what is due then."""
        self.clock.advance(**duration)
        await self.settle()

    # What can be seen

    def heard(self, chat_id: int) -> list[Heard]:
        messages: dict[int, Heard] = {}
        for sent in self.telegram.sent:
            if sent.chat_id == chat_id and sent.method.startswith(("send", "edit")):
                _show(self, messages, sent)
        return list(messages.values())

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        async with self.app.store.transaction() as connection:
            session = AsyncSession(bind=connection, expire_on_commit=False)
            yield session
            await session.flush()

    async def do(self, job: Callable[[AsyncConnection], Awaitable[Any]]) -> Any:
        return await self.app.store.write(job)


def _show(world: World, messages: dict[int, Heard], sent: Sent) -> None:
    if sent.method.startswith("edit") and (known := messages.get(sent.message_id)):
        known.text = sent.text
        known.markup = sent.markup
        known.silent_edits += 1
        return
    photo = sent.params.get("photo") or sent.files or None
    messages[sent.message_id] = Heard(
        world, sent.chat_id, sent.message_id, sent.text, sent.markup, photo, sent.method
    )


def jpeg(width: int = 640, height: int = 480, **save: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (90, 140, 60)).save(out, "JPEG", **save)
    return out.getvalue()


known = cache(load_knowledge)  # the same content for every test


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[World]:
    """An opened App that moves only when the test says so."""
    clock, telegram = FakeClock(), FakeTelegram()
    app = App(
        settings,
        rounds,
        clock=clock,
        library=Library(
            settings.content_dir,
            settings.areas_geojson,
            known(settings.content_dir, settings.areas_geojson),
        ),
        telegram_request=telegram,
    )
    try:
        await app.open()
        await app.telegram.introduced() if app.telegram else None
        yield World(app, clock, telegram)
    finally:
        await app.close()


def same(values: Sequence[object]) -> bool:
    return len(set(map(repr, values))) <= 1
