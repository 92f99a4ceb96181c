"""A whole application whose only handler does what the test says, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Row, func, insert, select
from telegram import Update
from telegram.ext import TypeHandler

from bot.address import address
from bot.app import App
from bot.flow import inbox, outbox
from bot.flow.inbox import Incoming
from bot.knowledge import Knowledge, load_knowledge
from bot.settings import Settings
from bot.store.tables import Counter, Inbox, Outbox
from bot.talk.application import Handler, TurnContext
from bot.talk.turn import Turn
from tests.fakes import FakeClock, FakeTelegram, Json
from tests.harness import World

Act = Callable[[Turn], Awaitable[None]]
BOUND_SECONDS = 5.0


class Stage(World):
    """`act` is the handler; it echoes until a test replaces it. `played` are the texts it was given."""

    def __init__(self, app: App, clock: FakeClock, telegram: FakeTelegram) -> None:
        super().__init__(app, clock, telegram)
        self.act: Act = self.echo
        self.played: list[str] = []

    async def echo(self, turn: Turn) -> None:
        turn.say(text_of(turn))

    async def put(self, *updates: Json) -> None:
        """Into the inbox, and no further."""
        await self.app.inbox.put("telegram", [inbox.incoming("telegram", update) for update in updates])

    async def put_raw(self, update_id: int, payload: str, chat: str = "telegram:1") -> None:
        row = Incoming(update_id, address("telegram", int(chat.partition(":")[2])), payload)
        await self.app.inbox.put("telegram", [row])

    async def inbox_rows(self) -> Sequence[Row[Any]]:
        async with self.app.store.read() as connection:
            return (await connection.execute(select(Inbox.__table__).order_by(Inbox.id))).all()

    async def outbox_rows(self) -> Sequence[Row[Any]]:
        async with self.app.store.read() as connection:
            return (await connection.execute(select(Outbox.__table__).order_by(Outbox.id))).all()

    async def states(self) -> list[str]:
        return [row.state for row in await self.inbox_rows()]

    async def sent_states(self) -> list[str]:
        return [row.state for row in await self.outbox_rows()]

    async def deliver_all(self) -> None:
        """Lets time pass until nothing waits to be sent; a chat's burst is three."""
        for _ in range(100):
            await self.later(seconds=1)
            if not {"queued", "sending"} & set(await self.sent_states()):
                return
        raise AssertionError("messages still wait")

    async def queue(self, *messages: outbox.Message) -> None:
        """Into the outbox, and no further."""
        sqlite = self.app.store.is_sqlite
        await self.do(lambda connection: outbox.add(connection, messages, self.clock.now(), sqlite))

    @property
    def said(self) -> list[tuple[int, str]]:
        """(chat, text) of every message that went out, in order."""
        return [(sent.chat_id, sent.text) for sent in self.telegram.sent if sent.method.startswith("send")]

    @asynccontextmanager
    async def alive(self, *loops: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
        """These loops run inside the block."""
        tasks = [asyncio.create_task(loop) for loop in loops]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task


@cache
def knowledge(content_dir: Path, areas: Path | None = None) -> Knowledge:
    """Read once for all tests: it never changes."""
    return load_knowledge(content_dir, areas)


def text_of(turn: Turn) -> str:
    assert turn.update.message and turn.update.message.text
    return turn.update.message.text


def message(update_id: int, chat: int, text: str, **more: Any) -> Json:
    """A private text message as an update."""
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1_795_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "Lan"},
            "from": {"id": chat, "is_bot": False, "first_name": "Lan", "language_code": "vi"},
            "text": text,
            **more,
        },
    }


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Waits for something a running loop does; fails after five seconds."""
    async with asyncio.timeout(BOUND_SECONDS):
        while not await condition():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def staged(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    clock, telegram = FakeClock(), FakeTelegram()

    async def play(update: Update, context: TurnContext) -> None:
        if update.message and update.message.text:
            playing.played.append(update.message.text)
        await playing.act(context.turn)

    handlers: list[Handler] = [TypeHandler(Update, play)]
    monkeypatch.setattr("bot.library.load_knowledge", knowledge)
    app = App(settings, [handlers], clock=clock, telegram_request=telegram)
    playing = Stage(app, clock, telegram)
    # Gates run on the clock of the test as well, so that a pause passes when the test says so.
    moment = SimpleNamespace(monotonic=lambda: clock.now().timestamp())
    monkeypatch.setattr("bot.flow.sender.time", moment)
    try:
        await app.open()
        if app.telegram:
            await app.telegram.introduced()
        yield playing
    finally:
        await app.close()


@pytest.fixture
async def stage(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    async with staged(settings, monkeypatch) as opened:
        yield opened


async def add_row(turn: Turn, name: str = "x") -> None:
    await turn.session.execute(insert(Counter).values(name=name, value=1))


async def counters(stage: Stage) -> int:
    async with stage.app.store.read() as connection:
        return (await connection.execute(select(func.count()).select_from(Counter))).scalar_one()
