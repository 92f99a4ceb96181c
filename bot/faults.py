"""What waits and what went wrong: for /healthz, /metrics, `doctor` and /canhbao."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, select

from bot.store import Executor
from bot.store.tables import Inbox, Outbox


@dataclass(frozen=True, slots=True)
class Counts:
    """Waiting updates, waiting messages, parked updates, sends of unknown outcome."""

    inbox: int
    outbox: int
    dead: int
    unknown: int

    def shown(self) -> dict[str, int]:
        return asdict(self)


async def counts(executor: Executor) -> Counts:
    """In one statement."""
    found = await executor.execute(
        select(
            select(func.count()).select_from(Inbox).where(Inbox.state == "open").scalar_subquery(),
            select(func.count())
            .select_from(Outbox)
            .where(Outbox.state.in_(("queued", "sending")))
            .scalar_subquery(),
            select(func.count()).select_from(Inbox).where(Inbox.state == "dead").scalar_subquery(),
            select(func.count()).select_from(Outbox).where(Outbox.uncertain > 0).scalar_subquery(),
        )
    )
    return Counts(*found.one())
