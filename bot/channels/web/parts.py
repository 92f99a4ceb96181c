"""What the page's handlers share."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot import photos
from bot.address import Address
from bot.channels.web.answers import Declined
from bot.channels.web.feed import Feed
from bot.channels.web.media import Signer
from bot.channels.web.render import Renderer
from bot.channels.web.visitors import Visitor
from bot.clock import Clock
from bot.flow.inbox import Inbox
from bot.flow.wake import Wake
from bot.photos import Shelf
from bot.refusal import N_
from bot.settings import Settings
from bot.store import Executor
from bot.store.engine import Store


@dataclass
class Parts:
    settings: Settings
    store: Store
    clock: Clock
    intake: Inbox
    wake: Wake
    shelf: Shelf
    feed: Feed
    renderer: Renderer
    signer: Signer


def chat_of(visitor: Visitor, room: str | None) -> Address:
    """Raises Declined for a room the visitor may not see."""
    chat = visitor.rooms.get(room or "")
    if chat is None:
        raise Declined(403, "room", N_("Bạn không xem được phòng này."))
    return chat


async def tokens(executor: Executor, ids: Sequence[int]) -> dict[int, str]:
    """File names of photos by id, in the order asked for."""
    return {photo.id: photo.token for photo in await photos.of(executor, ids)}


class Brake:
    """At most `burst` calls at once and `rate` a second for each visitor."""

    def __init__(self, burst: int, rate: float) -> None:
        self._burst = burst
        self._rate = rate
        self._levels: dict[int, tuple[float, float]] = {}

    def pass_or_decline(self, visitor_id: int) -> None:
        now = time.monotonic()
        level, at = self._levels.get(visitor_id, (0.0, now))
        level = max(0.0, level - (now - at) * self._rate)
        if level + 1 > self._burst:
            raise Declined(429, "too_fast", N_("Bạn gửi nhanh quá, chờ một chút nha."))
        self._levels[visitor_id] = (level + 1, now)
        if len(self._levels) > 10_000:
            self._forget_idle(now)

    def _forget_idle(self, now: float) -> None:
        idle = self._burst / self._rate
        self._levels = {who: level for who, level in self._levels.items() if now - level[1] < idle}


Json = dict[str, Any]
