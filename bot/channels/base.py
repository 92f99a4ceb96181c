"""What every channel offers to the flow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.address import Address
from bot.say import Lane, Say


class State(StrEnum):
    """What became of one attempt to send."""

    SENT = "sent"
    FAILED = "failed"  # the platform said no, for good
    BLOCKED = "blocked"  # the person blocked the bot or is gone
    MIGRATED = "migrated"  # the group has a new address
    UNKNOWN = "unknown"  # no answer came: it may have arrived
    LATER = "later"  # it surely did not arrive: try again


@dataclass(frozen=True, slots=True)
class Outcome:
    """`wait` (seconds) goes with LATER; `everywhere` says the wait holds for the whole channel.

    `rest` are the photo ids that did not fit into the message: they follow as one of their own.
    """

    state: State
    message_id: int | None = None
    reason: str | None = None
    wait: float | None = None
    everywhere: bool = False
    moved_to: Address | None = None
    rest: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One outbox row on its way."""

    id: int
    chat: Address
    lane: Lane
    say: Say
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Paces:
    """Limits of a channel; None where it has none."""

    all_per_second: int
    bulk_per_second: int
    chat_per_second: float
    group_per_minute: int


class FetchError(Exception):
    """A file could not be fetched. `final` when trying again is of no use."""

    def __init__(self, message: str, *, final: bool = False) -> None:
        super().__init__(message)
        self.final = final


class Channel(Protocol):
    """Receives into the inbox by itself once started; delivers when asked."""

    name: str

    @property
    def paces(self) -> Paces | None:
        """None when the channel has no limits."""

    async def start(self) -> None:
        """What every copy runs: sessions, webhook routes. Never waits for the platform."""

    async def lead(self) -> None:
        """Runs in the one leading copy until cancelled, for example polling."""

    async def stop(self) -> None: ...

    async def deliver(self, message: Outgoing) -> Outcome:
        """Never raises for what a platform or network does."""

    async def answer(self, callback_id: str, text: str | None, *, alert: bool = False) -> None:
        """Ends the waiting of a pressed button. Best effort."""

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file somebody sent. Raises FetchError."""

    @property
    def keeps_history(self) -> bool:
        """Whether what was said is kept here, and not by the platform alone."""

    async def forget(self, connection: AsyncConnection, chat: Address, now: datetime) -> None:
        """Deletes what is kept of a chat, its files too."""

    def link(self, payload: str) -> str:
        """An address that opens the bot with `/start payload`."""

    def share_link(self, payload: str, text: str) -> str:
        """An address that passes such a link on to a friend, with a word about it."""

    def mention(self, user_id: int, name: str) -> Markup:
        """Names a person of a group so that the platform tells them."""

    def username(self) -> str:
        """The bot's name on this channel, without @; may be empty before the first contact."""

    @property
    def problem(self) -> str | None:
        """What an operator should know right now, in one line; None when all is well."""

    @property
    def broken(self) -> bool:
        """Whether the problem stops the channel from working."""
