"""A web channel behind a real HTTP server, and browsers that keep their cookies."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar, FormData, web
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.address import Address
from bot.channels.base import Outcome, Outgoing
from bot.channels.web.channel import WebChannel
from bot.clock import Clock
from bot.flow.inbox import Inbox
from bot.flow.wake import Wakes
from bot.photos import Shelf
from bot.say import Lane, Say
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.tables import Inbox as InboxRow

Json = dict[str, Any]


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    opened = Store(database_url)
    yield opened
    await opened.close()


@dataclass
class Page:
    """One browser on the page."""

    session: ClientSession
    base: str
    seen: list[tuple[str, Json]] = field(default_factory=list)

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        async with self.session.get(self.base + path, headers=headers) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if "json" in answer.content_type else text

    async def raw(self, path: str) -> tuple[int, bytes, str]:
        async with self.session.get(self.base + path) as answer:
            return answer.status, await answer.read(), answer.headers.get("Content-Disposition", "")

    async def post(self, path: str, body: Json | bytes | FormData, **headers: str) -> tuple[int, Json]:
        sent = {"Origin": self.base, **headers}
        data = json.dumps(body) if isinstance(body, dict) else body
        async with self.session.post(self.base + path, data=data, headers=sent) as answer:
            return answer.status, json.loads(await answer.text())

    async def say(self, text: str, client_id: str = "", **more: Any) -> Json:
        body = {"room": "chat", "client_id": client_id or secrets.token_hex(8), "text": text, **more}
        status, answer = await self.post("/api/messages", body)
        assert status == 200, answer
        message: Json = answer["message"]
        return message

    async def photos(self, *files: tuple[str, bytes], client_id: str = "", **fields: str) -> tuple[int, Json]:
        form = FormData(quote_fields=False)  # as browsers name files
        for name, value in {"room": "chat", "client_id": client_id or secrets.token_hex(8), **fields}.items():
            form.add_field(name, value)
        for name, content in files:
            form.add_field("photo", BytesIO(content), filename=name, content_type="image/jpeg")
        return await self.post("/api/photos", form)

    async def history(self, room: str = "chat", **query: int) -> Json:
        more = "".join(f"&{name}={value}" for name, value in query.items())
        status, answer = await self.get(f"/api/history?room={room}{more}")
        assert status == 200, answer
        found: Json = answer
        return found

    async def me(self) -> Json:
        found: Json = (await self.get("/api/me"))[1]
        return found

    @asynccontextmanager
    async def events(self, after: str) -> AsyncIterator[AsyncIterator[tuple[str, str, Json]]]:
        """Yields (id, name, data) of each event."""
        async with self.session.get(f"{self.base}/api/events?after={after}") as answer:
            assert answer.status == 200
            yield _events(answer.content)


async def _events(lines: Any) -> AsyncIterator[tuple[str, str, Json]]:
    parts: dict[str, str] = {}
    async for line in lines:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name:
            parts[name] = value
        elif parts:
            yield parts.get("id", ""), parts["event"], json.loads(parts["data"])
            parts = {}


class Web:
    """The channel with what is around it."""

    def __init__(self, store: Store, directory: Path) -> None:
        self.store = store
        self.settings = Settings(_env_file=None, data_dir=directory, public_url="")
        self.wakes = Wakes(store)
        self.clock = Clock()
        self.intake = Inbox(store, self.clock, self.wakes.inbox)
        self.shelf = Shelf(self.settings.media_dir)
        self.channel = WebChannel(self.settings, store, self.clock, self.intake, self.wakes.web, self.shelf)
        self.base = ""
        self._sessions: list[ClientSession] = []
        self._outbox_id = 0

    async def visitor(self, language: str = "vi") -> Page:
        """A fresh browser that has opened the page."""
        jar = CookieJar(unsafe=True)  # cookies also from an address without a name
        session = ClientSession(cookie_jar=jar, headers={"Accept-Language": language})
        self._sessions.append(session)
        page = Page(session, self.base)
        assert (await page.get("/"))[0] == 200
        await page.me()
        return page

    async def admin(self) -> Page:
        page = await self.visitor()
        link = await self.channel.sign_in_link()
        status, _ = await page.get(link.removeprefix(self.settings.origin))
        assert status == 200  # after the redirect
        return page

    async def updates(self) -> list[Json]:
        async with self.store.read() as connection:
            found = await connection.execute(select(InboxRow.payload).order_by(InboxRow.id))
            return [json.loads(payload) for payload in found.scalars()]

    async def deliver(self, chat: str, say: Say, outbox_id: int | None = None) -> Outcome:
        self._outbox_id += 1
        number = self._outbox_id if outbox_id is None else outbox_id
        return await self.channel.deliver(Outgoing(number, Address(chat), Lane.REPLY, say))

    async def close(self) -> None:
        for session in self._sessions:
            await session.close()


@pytest.fixture
async def site(store: Store, tmp_path: Path) -> AsyncIterator[Web]:
    world = Web(store, tmp_path)
    await world.channel.start()
    application = web.Application()
    application.add_routes(world.channel.routes())
    server = TestServer(application)
    await server.start_server()
    world.base = str(server.make_url("")).rstrip("/")
    yield world
    await world.close()
    await world.channel.stop()
    await server.close()
