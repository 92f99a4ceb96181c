"""Speaking to people from inside a transaction: in a turn, or when the clock or a photo has news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from bot.address import Address
from bot.channels.base import Channel
from bot.clock import Clock
from bot.flow import outbox
from bot.flow.outbox import Message
from bot.knowledge import Knowledge
from bot.library import Library
from bot.say import Lane, Say
from bot.settings import Settings
from bot.store.engine import Store
from bot.talk import texts


@dataclass
class Services:
    """What every turn may use."""

    settings: Settings
    store: Store
    clock: Clock
    library: Library
    channels: Mapping[str, Channel]


class Speaker:
    """What it says is stored together with what it changed, or not at all."""

    def __init__(self, services: Services, connection: AsyncConnection) -> None:
        self.services = services
        self.now: datetime = services.clock.now()
        self.knowledge: Knowledge = services.library.knowledge
        self.messages: list[Message] = []
        self._connection = connection
        self._session: AsyncSession | None = None

    @property
    def settings(self) -> Settings:
        return self.services.settings

    @property
    def session(self) -> AsyncSession:
        """For all statements; opens a savepoint at the first one."""
        if self._session is None:
            self._session = AsyncSession(
                bind=self._connection, join_transaction_mode="create_savepoint", expire_on_commit=False
            )
        return self._session

    @property
    def used_session(self) -> bool:
        return self._session is not None

    def t_in(self, language: str, message: str, **arguments: object) -> Markup:
        # Source strings are written in this project and may hold tags; arguments never may.
        template = Markup(texts.gettext(language, message))  # noqa: S704
        return template.format(**arguments) if arguments else template

    def tell(
        self,
        where: Address,
        message: Say,
        *,
        report_id: int | None = None,
        key: str | None = None,
        edits: int | None = None,
    ) -> None:
        """News for somebody else, behind answers and before campaigns."""
        self.messages.append(Message(where, message, Lane.NOTICE, report_id=report_id, key=key, edits=edits))

    async def tell_kept(self, where: Address, message: Say, *, report_id: int | None = None) -> int:
        """Like `tell`; returns the outbox id, by which the message can be changed later."""
        kept = Message(where, message, Lane.NOTICE, report_id=report_id)
        return await outbox.add_one(self.session, kept, self.now)

    async def keep(self) -> None:
        """Releases the savepoint: what was done stays with the transaction."""
        if self._session is not None:
            await self._session.commit()
            await self._session.close()

    async def undo(self) -> None:
        """Back to before, in the database and in what would be said."""
        if self._session is not None:
            await self._session.rollback()
            await self._session.close()
            self._session = None
        self.messages.clear()


async def speak(speaker: Speaker, connection: AsyncConnection) -> None:
    """Ends a Speaker that is no turn: keeps what it did and stores what it said."""
    await speaker.keep()
    await outbox.add(connection, speaker.messages, speaker.now, speaker.services.store.is_sqlite)
