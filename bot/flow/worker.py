"""Gives updates their turns: a batch of turns is one transaction, each turn its own savepoint."""

from __future__ import annotations

import asyncio
import json
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Update
from telegram.ext import ExtBot

from bot import people
from bot.address import Address, address, channel_of, is_group
from bot.flow import inbox, outbox
from bot.flow.inbox import Inbox, Open
from bot.flow.metrics import Metrics
from bot.flow.outbox import Message
from bot.flow.wake import Wakes
from bot.logs import get_logger
from bot.people import LANGUAGES, Person
from bot.refusal import Refusal
from bot.store.trouble import Trouble
from bot.talk import drafts
from bot.talk.application import TurnApplication, identity, read_update
from bot.talk.drafts import Draft
from bot.talk.speaker import Services
from bot.talk.turn import Turn, current_turn

log = get_logger(__name__)
BATCH = 64
BATCH_SECONDS = 0.05  # a batch takes no new turn after this, so that nobody waits for the whole of it
TURN_SECONDS = 10.0
SWEEP_SECONDS = 1.0


class StuckTurnError(Exception):
    """A handler did not end; its half-done statement makes the whole transaction unusable."""

    def __init__(self, row: Open, why: str) -> None:
        super().__init__(why)
        self.row = row


class Worker:
    def __init__(
        self,
        services: Services,
        application: TurnApplication,
        intake: Inbox,
        wakes: Wakes,
        metrics: Metrics,
    ) -> None:
        self._services = services
        self._store = services.store
        self._application = application
        self._intake = intake
        self._wakes = wakes
        self._metrics = metrics
        self._identities: dict[str, ExtBot[None]] = {}
        self.answers: set[asyncio.Task[None]] = set()
        self._most = BATCH
        self.current: Open | None = None
        self._stopping = False
        self._trouble = Trouble(log)

    def stop(self) -> None:
        """Ends after the running batch."""
        self._stopping = True
        self._wakes.inbox.ring()

    async def run(self) -> None:
        while not self._stopping:
            try:
                handled = await self.batch()
            except StuckTurnError as stuck:
                await self._fail_alone(stuck)
            except Exception as error:
                # For example a deadlock or a lost connection: nothing is done, all is tried again, alone.
                self._trouble.tell("worker: the batch failed, its updates stay in the inbox", error)
                await self._after_failure(error)
            else:
                self._most = BATCH if handled < self._most else min(BATCH, self._most * 2)
                if not handled:
                    await self._wakes.inbox.wait(SWEEP_SECONDS)

    async def batch(self) -> int:
        """Handles the oldest open updates. Returns how many were taken."""
        async with self._store.transaction() as connection:
            now = self._services.clock.now()
            self.current = None
            rows = await inbox.take(connection, self._store.is_sqlite, now, self._most)
            if not rows:
                return 0
            batch = _Batch(self, connection, rows, now)
            await batch.run()
        self._after(batch)
        return len(rows)

    def _after(self, batch: _Batch) -> None:
        self._intake.open = max(0, self._intake.open - len(batch.done))
        self._metrics.turns.labels("done").inc(len(batch.done))
        self._metrics.turns.labels("failed").inc(batch.failed)
        self._wakes.ring_senders(batch.spoken_to)
        for turn in batch.turns:
            if turn.answer:
                task = asyncio.create_task(
                    turn.channel.answer(turn.answer.callback_id, turn.answer.text, alert=turn.answer.alert)
                )
                self.answers.add(task)
                task.add_done_callback(self.answers.discard)

    async def _after_failure(self, error: Exception) -> None:
        """One by one from now on; an update that fails the transaction even alone counts as failed."""
        if self._most == 1 and self.current is not None:
            await self._fail_alone(StuckTurnError(self.current, _trace(error)))
        self._most = 1
        await asyncio.sleep(0.2)

    async def _fail_alone(self, stuck: StuckTurnError) -> None:
        try:
            async with self._store.transaction() as connection:
                await inbox.mark_failed(connection, stuck.row, str(stuck), self._services.clock.now())
        except Exception as error:
            self._trouble.tell("worker: the database does not take it, trying again", error)
            await asyncio.sleep(SWEEP_SECONDS)
        else:
            self._metrics.turns.labels("failed").inc()
            log.error("worker: an update failed alone", update=stuck.row.id, why=str(stuck))

    async def identity(self, channel: str) -> ExtBot[None]:
        name = self._services.channels[channel].username() or "bot"
        known = self._identities.get(channel)
        if known is None or known.username != name:
            known = self._identities[channel] = await identity(name)
        return known

    async def process(self, update: Update) -> None:
        await self._application.process_update(update)

    @property
    def services(self) -> Services:
        return self._services

    @property
    def wakes(self) -> Wakes:
        return self._wakes


class _Batch:
    """The people and drafts of some updates, loaded at once, and what their turns did."""

    def __init__(
        self, worker: Worker, connection: AsyncConnection, rows: Sequence[Open], now: datetime
    ) -> None:
        self._worker = worker
        self._services = worker.services
        self._connection = connection
        self._rows = rows
        self._now = now
        self._raw: dict[int, dict[str, Any]] = {}
        self._people: dict[Address, Person] = {}
        self._drafts: dict[tuple[int, Address], Draft] = {}
        self._said: list[Message] = []
        self.turns: list[Turn] = []
        self.done: list[int] = []
        self.failed = 0
        self.spoken_to: set[str] = set()  # channels

    async def run(self) -> None:
        self._raw = {row.id: _parse(row.payload) for row in self._rows}
        await self._load_people()
        self._drafts = await drafts.load(self._connection, {Address(row.chat) for row in self._rows})
        blocked: set[str] = set()
        ends = time.monotonic() + BATCH_SECONDS
        for row in self._rows:
            if row.chat in blocked:
                continue
            if time.monotonic() > ends and self.done:
                break
            if not await self._turn(row):
                blocked.add(row.chat)
        sqlite = self._services.store.is_sqlite
        await outbox.add(self._connection, self._said, self._now, sqlite)
        await inbox.mark_done(self._connection, self.done)
        if self.spoken_to:
            await self._worker.wakes.outbox.announce(self._connection)

    async def _load_people(self) -> None:
        languages = {}
        for row in self._rows:
            with suppress(Exception):  # an odd update fails in its own turn, not in everybody's
                if who := _sender(row, self._raw[row.id]):
                    languages[who] = _language(self._raw[row.id])
        self._people = await people.load(self._connection, languages)
        newcomers = {who: language for who, language in languages.items() if who not in self._people}
        if newcomers:
            sqlite = self._services.store.is_sqlite
            await people.greet(self._connection, newcomers, self._now, sqlite)
            greeted = await people.load(self._connection, newcomers)
            for person in greeted.values():
                person.is_new = True
            self._people |= greeted

    async def _turn(self, row: Open) -> bool:
        """False when it failed: later updates of its chat wait for it."""
        self._worker.current = row
        try:
            turn = await self._open_turn(row)
        except Exception as error:
            return await self._failed(row, error)
        current_turn.set(turn)
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._worker.process(turn.update)
                await self._keep(turn)
        except TimeoutError:
            raise StuckTurnError(row, f"the turn took over {TURN_SECONDS:.0f} s") from None
        except Exception as error:
            turn.error = error
        if turn.error is not None:
            await self._forget(turn)
            return await self._failed(row, turn.error)
        self.done.append(row.id)
        self.turns.append(turn)
        return True

    async def _open_turn(self, row: Open) -> Turn:
        channel = self._services.channels.get(row.channel)
        if channel is None:
            raise LookupError(f"channel {row.channel} is not configured")
        if not self._raw[row.id]:
            raise ValueError("the update is not a JSON object")
        update = read_update(self._raw[row.id], await self._worker.identity(row.channel))
        who = _sender(row, self._raw[row.id])
        person = self._people[who] if who else Person(0, Address(row.chat))
        chat = Address(row.chat)
        draft = self._drafts.get((person.id, chat))
        return Turn(self._services, self._connection, channel, update, chat, person, draft)

    async def _keep(self, turn: Turn) -> None:
        if isinstance(turn.error, Refusal):
            refusal, turn.error = turn.error, None
            await self._forget(turn)
            turn.refuse(refusal)
        if turn.error is not None:
            return
        if turn.draft_changed:  # before the savepoint is released: what fails here must undo it all
            await self._keep_draft(turn)
        await turn.keep()
        self._said += turn.messages
        self.spoken_to |= {channel_of(message.chat) for message in turn.messages}
        if turn.used_session:  # it may have stored messages by itself
            self.spoken_to |= self._services.channels.keys()

    async def _keep_draft(self, turn: Turn) -> None:
        where = (turn.person.id, turn.chat)
        executor = turn.session if turn.used_session else self._connection
        if turn.draft is None:
            self._drafts.pop(where, None)
            await drafts.discard(executor, *where)
        elif turn.person.id:
            self._drafts[where] = turn.draft
            sqlite = self._services.store.is_sqlite
            await drafts.save(executor, *where, turn.draft, turn.now, sqlite)

    async def _forget(self, turn: Turn) -> None:
        """Undoes the turn, also in what this batch holds in memory."""
        await turn.undo()
        where = (turn.person.id, turn.chat)
        fresh = await drafts.load(self._connection, {turn.chat})
        self._drafts.pop(where, None)
        if where in fresh:
            self._drafts[where] = fresh[where]
        turn.restore(self._drafts.get(where))
        self._people |= await people.load(self._connection, [turn.person.address])

    async def _failed(self, row: Open, error: BaseException) -> bool:
        self.failed += 1
        dead = await inbox.mark_failed(self._connection, row, _trace(error), self._now)
        log.error(
            "worker: an update failed" + (" for good: see /canhbao" if dead else ", it will be tried again"),
            update=row.id,
            exc_info=error,
        )
        return False


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))[-2000:]


def _parse(payload: str) -> dict[str, Any]:
    """Broken JSON becomes an update no handler wants, and fails on its own in its turn."""
    try:
        raw = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return raw if isinstance(raw, dict) else {}


def _from(raw: dict[str, Any]) -> dict[str, Any] | None:
    for part in raw.values():
        if isinstance(part, dict) and isinstance(part.get("from"), dict):
            found: dict[str, Any] = part["from"]
            return found
    return None


def _sender(row: Open, raw: dict[str, Any]) -> Address | None:
    """Who to know by a row of their own: private chats, and in groups who speaks to the bot."""
    user = _from(raw)
    if user is None or not isinstance(user.get("id"), int) or user.get("is_bot"):
        return None
    message = raw.get("message")
    if is_group(Address(row.chat)) and isinstance(message, dict):
        text = message.get("text") or message.get("caption") or ""
        if not text.startswith("/") and "reply_to_message" not in message:
            return None
    return address(row.channel, user["id"])


def _language(raw: dict[str, Any]) -> str:
    code = str((_from(raw) or {}).get("language_code") or "vi")[:2]
    return code if code in LANGUAGES else "vi"
