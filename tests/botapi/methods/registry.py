"""What a method handler is given and how a module lists its handlers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.botapi.feed import Feed
from tests.botapi.polling import Polling
from tests.botapi.record import Record
from tests.botapi.webhook import Webhook
from tests.botapi.wire import Call
from tests.botapi.world import World


@dataclass(slots=True)
class Server:
    """The parts a method may touch."""

    world: World
    feed: Feed
    polling: Polling
    webhook: Webhook
    record: Record


Result = Any
Handler = Callable[[Server, Call], Result | Awaitable[Result]]
