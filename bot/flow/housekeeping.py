"""What the clock does: nudges for open drafts, forgetting what is no longer needed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot import leftovers, questions
from bot.flow import inbox, outbox
from bot.flow.clock import Job
from bot.flow.wake import Wakes
from bot.logs import get_logger
from bot.talk import cards, nudges, staff_answers
from bot.talk.speaker import Services, Speaker, speak

log = get_logger(__name__)


def jobs(services: Services, wakes: Wakes) -> Sequence[tuple[float, Job]]:
    """Every so many seconds, what."""
    return (
        (5.0, _in_transaction(services, wakes, cards.send_missing_cards)),
        (30.0, _in_transaction(services, wakes, nudges.nudge)),
        (3600.0, _in_transaction(services, wakes, staff_answers.end_waiting)),
        (3600.0, _prune(services)),
    )


def _in_transaction(services: Services, wakes: Wakes, task: Callable[[Speaker], Awaitable[None]]) -> Job:
    async def run() -> None:
        async with services.store.transaction() as connection:
            speaker = Speaker(services, connection)
            await task(speaker)
            await speak(speaker, connection)
        wakes.ring_senders()

    return run


def _prune(services: Services) -> Job:
    async def run() -> None:
        now = services.clock.now()
        async with services.store.transaction() as connection:
            await inbox.prune(connection, now)
            await outbox.prune(connection, now)
            await questions.prune(connection, now)
            await leftovers.remove_lost_photos(connection, now)
            await leftovers.remove_lost_pictures(connection, services.settings.media_dir, now)
        await leftovers.remove_old_exports(services.settings.data_dir, now)

    return run
