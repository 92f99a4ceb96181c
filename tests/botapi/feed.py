"""Updates that wait for the bot: kept until confirmed, by offset (polling) or by a 2xx answer (webhook)."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.botapi.wire import JsonObject, encode

OFF_UNLESS_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class Pending:
    """`lane` is the chat whose order must be kept; `body` the update as JSON."""

    id: int
    lane: int
    body: bytes


class Feed:
    """`on_confirmed` hears each confirmed update id once."""

    def __init__(self, on_confirmed: Callable[[int], None]) -> None:
        self.pending: OrderedDict[int, Pending] = OrderedDict()
        self.allowed: list[str] = []
        self.last_id = 700_000_000 + int(time.time()) % 100_000_000
        self.listeners: list[Callable[[Pending], None]] = []
        self._on_confirmed = on_confirmed

    def allows(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in OFF_UNLESS_ASKED

    def add(self, kind: str, payload: JsonObject, lane: int) -> int | None:
        """Queue an update; None when the bot did not ask for this kind."""
        if not self.allows(kind):
            return None
        self.last_id += 1
        return self._queue(encode({"update_id": self.last_id, kind: payload}), lane)

    def add_raw(self, fields: bytes, lane: int = 0) -> int:
        """Queue an update whose members after `update_id` are these bytes, however wrong they are."""
        self.last_id += 1
        return self._queue(b'{"update_id":%d,%s}' % (self.last_id, fields), lane)

    def _queue(self, body: bytes, lane: int) -> int:
        pending = Pending(self.last_id, lane, body)
        self.pending[pending.id] = pending
        for listener in self.listeners:
            listener(pending)
        return pending.id

    def first(self, limit: int) -> bytes:
        """The oldest updates as a JSON array."""
        bodies = []
        for pending in self.pending.values():
            bodies.append(pending.body)
            if len(bodies) == limit:
                break
        return b"[" + b",".join(bodies) + b"]"

    def confirm(self, update_id: int) -> None:
        if self.pending.pop(update_id, None) is not None:
            self._on_confirmed(update_id)

    def confirm_below(self, offset: int) -> None:
        while self.pending and (oldest := next(iter(self.pending))) < offset:
            self.confirm(oldest)

    def confirm_all_but(self, count: int) -> None:
        while len(self.pending) > count:
            self.confirm(next(iter(self.pending)))

    def remember_allowed(self, kinds: Iterable[str] | None) -> None:
        """None (not given) keeps the old list, an empty list is the default list."""
        if kinds is not None:
            self.allowed = list(kinds)
