"""Delivers one channel's outbox: in order per chat, replies first, inside the platform's limits.

A round settles what came back and claims what may leave, in one transaction. The next message of a
chat is claimed only after the mark of the one before it is committed, so a kill repeats at most the
one message each chat had on its way.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import people, staff
from bot.address import Address
from bot.channels.base import Channel, Outcome, State
from bot.clock import Clock
from bot.flow import outbox
from bot.flow.metrics import Metrics
from bot.flow.outbox import Claimed, Settled
from bot.flow.pacing import Gates
from bot.flow.wake import Wake
from bot.logs import get_logger
from bot.say import Lane
from bot.store.engine import Store
from bot.store.trouble import Trouble

log = get_logger(__name__)
AT_ONCE = 64
SWEEP_SECONDS = 1.0
MANY_ON_WAY = 8  # from here on answers gather before a round, so that they share its commit
GATHER_SECONDS = 0.005
REPEAT_SECONDS = 1.0
GIVE_UP = timedelta(hours=24)
LONGEST_PAUSE_ALL = 5.0
LONGEST_PAUSE_CHAT = 60.0
CLOCKS_DIFFER_SECONDS = 0.01  # gates run on the monotonic clock, rows on the wall clock


@dataclass(slots=True)
class _Back:
    """A message whose attempt is over, until its mark is committed."""

    row: Claimed
    outcome: Outcome
    freed: bool = False


class Sender:
    def __init__(self, channel: Channel, store: Store, clock: Clock, wake: Wake, metrics: Metrics) -> None:
        self._channel = channel
        self._store = store
        self._clock = clock
        self._wake = wake
        self._metrics = metrics
        self._gates = Gates(channel.paces)
        self._back: list[_Back] = []
        self.on_way: set[asyncio.Task[None]] = set()
        self._failures_in_row = 0
        self._trouble = Trouble(log)
        self._saw_part = False  # of what waits: the rest stood behind messages of the same chats

    async def run(self) -> None:
        """Until cancelled; then `drain` settles what is still on its way."""
        await self._recover()
        while True:
            try:
                await self._whole_round()
            except Exception as error:
                self._trouble.tell("sender: the round failed, its messages stay in the outbox", error)
                await asyncio.sleep(SWEEP_SECONDS)
                continue
            if not self._saw_part:
                await self._wake.wait(self._pause())
                if len(self.on_way) >= MANY_ON_WAY:
                    await asyncio.sleep(GATHER_SECONDS)

    async def _whole_round(self) -> None:
        """A round that began ends: what it claimed leaves, also when this is cancelled meanwhile."""
        running = asyncio.create_task(self.round())
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise

    async def drain(self, seconds: float) -> None:
        """Waits for answers that are due, then records them."""
        if self.on_way:
            await asyncio.wait(self.on_way, timeout=seconds)
        for task in self.on_way:
            task.cancel()
        if self.on_way:
            await asyncio.wait(self.on_way)
        if self._back:
            await self._store.write(lambda connection: self._settle(connection, self._back))

    async def _recover(self) -> None:
        for task in self.on_way:
            task.cancel()  # from before another copy led: it has dealt with them
        self._back, self._gates = [], Gates(self._channel.paces)
        now = self._clock.now()
        async with self._store.transaction() as connection:
            recent = await outbox.recent(connection, self._channel.name, now)
            left = await outbox.recover(connection, self._channel.name, now)
            waits = await outbox.waits(connection, self._channel.name, now)
        moment = time.monotonic()
        self._gates.remember((chat, moment - (now - at).total_seconds()) for chat, at in recent)
        for chat, until in waits.items():
            self._gates.pause(chat, time.monotonic() + (until - now).total_seconds())
        if left:
            log.warning("sender: messages were on their way when a sender stopped", count=left)

    def _pause(self) -> float:
        now = time.monotonic()
        opens = self._gates.opens_at(now)
        return SWEEP_SECONDS if opens is None else min(SWEEP_SECONDS, max(0.001, opens - now))

    async def round(self) -> bool:
        """One transaction, then the claimed messages leave. False when there was nothing to do."""
        self._saw_part = False
        now = time.monotonic()
        room = min(AT_ONCE - len(self.on_way), self._gates.room(now))
        if room <= 0 and not self._back:
            return False
        back = self._back
        self._back = []
        try:
            claimed = await self._store.write(lambda connection: self._exchange(connection, back, room))
        except BaseException:
            self._back = back + self._back  # not committed: settled again in the next round
            raise
        for row in claimed:
            self._gates.leave(row.chat, time.monotonic(), row.messages, bulk=row.lane is Lane.BULK)
            task = asyncio.create_task(self._deliver(row))
            self.on_way.add(task)
            task.add_done_callback(self.on_way.discard)
        return bool(back or claimed)

    async def _exchange(self, connection: AsyncConnection, back: list[_Back], room: int) -> list[Claimed]:
        await self._settle(connection, back)
        if room <= 0:
            return []
        now = time.monotonic()
        bulk_room = self._gates.bulk_room(now)
        found = await outbox.heads(
            connection,
            self._channel.name,
            closed=self._gates.closed(now),
            lane=Lane.BULK if bulk_room > 0 else Lane.NOTICE,
            most=2 * room,
        )
        claimed = _first_of_each_chat(found, room, bulk_room)
        self._saw_part = len(found) == 2 * room and 0 < len(claimed) < room
        await outbox.mark_sending(connection, [row.id for row in claimed])
        return claimed

    async def _settle(self, connection: AsyncConnection, back: list[_Back]) -> None:
        now = self._clock.now()
        for one in back:
            await self._tell_domain(connection, one, now)
        settled = [self._settled(one, now) for one in back]
        await outbox.settle(connection, settled, now)
        more = [one.row.follow_up(one.outcome) for one in back if one.outcome.rest]
        await outbox.add(connection, more, now, self._store.is_sqlite)
        self._hold(back, settled, now)
        self._free(back)

    def _hold(self, back: list[_Back], settled: list[Settled], now: datetime) -> None:
        """A chat stays closed until its waiting message may leave again, or the next would overtake it."""
        moment = time.monotonic()
        for one, mark in zip(back, settled, strict=True):
            if mark.retry_at and mark.retry_at > now:
                wait = (mark.retry_at - now).total_seconds() + CLOCKS_DIFFER_SECONDS
                self._gates.pause(one.row.chat, moment + wait)

    def _free(self, back: list[_Back]) -> None:
        """Their chats may be written to again, in the same transaction that settles them."""
        now = time.monotonic()
        for one in back:
            if not one.freed:
                one.freed = True
                bulk, counted = one.row.lane is Lane.BULK, _arrived(one.outcome)
                self._gates.back(one.row.chat, now, one.row.messages, bulk=bulk, counted=counted)

    async def _deliver(self, row: Claimed) -> None:
        try:
            outcome = await self._attempt(row)
        except asyncio.CancelledError:
            outcome = Outcome(State.UNKNOWN, reason="stopped while it was on its way")
        except (SQLAlchemyError, ConnectionError) as error:  # the database, before anything left
            self._trouble.tell("sender: a message waits for the database", error)
            outcome = Outcome(State.LATER, reason=type(error).__name__, everywhere=True)
        except Exception as error:
            log.exception("sender: a message cannot be rendered", outbox=row.id)
            outcome = Outcome(State.FAILED, reason=f"{type(error).__name__}: {error}")
        self._metrics.sends.labels(self._channel.name, outcome.state.value).inc()
        self._pause_all_for(outcome)
        self._back.append(_Back(row, outcome))
        self._wake.ring()

    async def _attempt(self, row: Claimed) -> Outcome:
        if row.edits is not None and row.original is None:
            if row.original_state in ("queued", "sending"):
                return Outcome(State.LATER, reason="the message to edit is not sent yet")
            return Outcome(State.FAILED, reason="the message to edit was never sent")
        return await self._channel.deliver(row.outgoing())

    def _pause_all_for(self, outcome: Outcome) -> None:
        if outcome.state is not State.LATER:
            self._failures_in_row = 0
        elif outcome.everywhere:
            self._gates.pause_all(time.monotonic() + (outcome.wait or self._back_off()))

    def _back_off(self) -> float:
        self._failures_in_row += 1
        return float(min(LONGEST_PAUSE_ALL, 0.1 * 2 ** min(self._failures_in_row, 10)))

    def _settled(self, one: _Back, now: datetime) -> Settled:
        row, outcome = one.row, one.outcome
        if outcome.state in (State.LATER, State.MIGRATED):
            if now - row.created_at > GIVE_UP:
                return Settled(row.id, "failed", reason=f"given up after 24 hours: {outcome.reason}")
            wait = timedelta(seconds=0 if outcome.everywhere or outcome.moved_to else _wait(row, outcome))
            return Settled(row.id, "queued", reason=outcome.reason, retry_at=now + wait)
        if outcome.state is State.UNKNOWN:
            again = row.lane < Lane.BULK and row.uncertain < outbox.REPEATS
            retry_at = now + timedelta(seconds=REPEAT_SECONDS) if again else None
            state = "queued" if again else "unknown"
            return Settled(row.id, state, reason=outcome.reason, retry_at=retry_at, uncertain=1)
        return Settled(row.id, outcome.state.value, outcome.message_id, outcome.reason)

    async def _tell_domain(self, connection: AsyncConnection, one: _Back, now: datetime) -> None:
        chat = Address(one.row.chat)
        if one.outcome.state is State.BLOCKED:
            await people.mark_blocked(connection, chat, now)
        elif one.outcome.state is State.MIGRATED and one.outcome.moved_to:
            await staff.move_group(connection, chat, one.outcome.moved_to)
            await outbox.move(connection, chat, one.outcome.moved_to)


def _arrived(outcome: Outcome) -> bool:
    """Whether the platform saw the attempt, so that it counts against its limits."""
    return outcome.state is not State.LATER or outcome.wait is not None or not outcome.everywhere


def _wait(row: Claimed, outcome: Outcome) -> float:
    """Seconds before the next try of a message that surely did not arrive."""
    return outcome.wait or min(LONGEST_PAUSE_CHAT, 0.5 * 2 ** min(row.attempts, 7))


def _first_of_each_chat(rows: list[Claimed], room: int, bulk_room: int) -> list[Claimed]:
    """As many messages as there is room for. An album larger than all room goes when nothing else does."""
    taken: dict[str, Claimed] = {}
    for row in rows:
        if room <= 0:
            break
        bulk = row.lane is Lane.BULK
        if row.chat in taken or (bulk and bulk_room <= 0):
            continue
        taken[row.chat] = row
        room -= row.messages
        bulk_room -= row.messages if bulk else 0
    return list(taken.values())
