"""How fast a channel may be written to. Times are monotonic seconds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from bot.address import Address, is_group
from bot.channels.base import Paces

BURST = 3  # messages a private chat may get at once before its pace holds
UNPACED = 100  # messages on their way at once where the channel has no limits


class Window:
    """At most `limit` in any sliding `span`, as the receiver sees it.

    A slot is held from before a message leaves until `span` after its answer came, so the next
    message in that slot cannot arrive within `span` of it, however long either was on its way.
    """

    def __init__(self, limit: int, span: float) -> None:
        self._limit = limit
        self._span = span
        self._away = 0
        self._free_at: deque[float] = deque()

    def room(self, now: float) -> int:
        while self._free_at and self._free_at[0] <= now:
            self._free_at.popleft()
        return self._limit - self._away - len(self._free_at)

    def leave(self, count: int = 1) -> None:
        self._away += count

    def back(self, now: float, count: int = 1, *, counted: bool = True) -> None:
        """`counted` False: the message never left, its slot is free at once."""
        self._away -= count
        if counted:
            self._free_at.extend([now + self._span] * count)

    def remember(self, free_at: float) -> None:
        """A message from before this window was made. Call in order of time."""
        self._free_at.append(free_at)

    def opens_at(self, now: float) -> float:
        """When there is room again, as far as known; now when there is."""
        return now if self.room(now) > 0 or not self._free_at else self._free_at[0]

    @property
    def idle(self) -> bool:
        return not self._away and not self._free_at


class Rhythm:
    """`rate` messages a second with a burst of three."""

    def __init__(self, rate: float) -> None:
        self._gap = 1 / rate
        self._due = 0.0

    def leave(self, now: float) -> None:
        self._due = max(self._due, now) + self._gap

    def opens_at(self, now: float) -> float:
        return max(now, self._due - BURST * self._gap + self._gap)

    def idle(self, now: float) -> bool:
        return self._due <= now


class Gates:
    """One channel's gates: bot-wide, bulk, per private chat, per group, and pauses the platform asked for."""

    def __init__(self, paces: Paces | None) -> None:
        self._paces = paces
        self._all = Window(paces.all_per_second if paces else UNPACED, 1.0 if paces else 0.0)
        self._bulk = Window(paces.bulk_per_second if paces else UNPACED, 1.0 if paces else 0.0)
        self._groups: dict[str, Window] = {}
        self._chats: dict[str, Rhythm] = {}
        self._paused: dict[str, float] = {}
        self._all_paused = 0.0
        self._away: set[str] = set()

    def pause_all(self, until: float) -> None:
        self._all_paused = max(self._all_paused, until)

    def pause(self, chat: str, until: float) -> None:
        self._paused[chat] = max(self._paused.get(chat, 0.0), until)

    def room(self, now: float) -> int:
        return 0 if now < self._all_paused else self._all.room(now)

    def bulk_room(self, now: float) -> int:
        return min(self.room(now), self._bulk.room(now))

    def leave(self, chat: str, now: float, count: int = 1, *, bulk: bool) -> None:
        self._away.add(chat)
        self._all.leave(count)
        if bulk:
            self._bulk.leave(count)
        if self._paces and is_group(Address(chat)):
            self._group(chat, self._paces).leave(count)
        elif self._paces:
            rhythm = self._chats.setdefault(chat, Rhythm(self._paces.chat_per_second))
            for _ in range(count):
                rhythm.leave(now)

    def back(self, chat: str, now: float, count: int = 1, *, bulk: bool, counted: bool = True) -> None:
        self._away.discard(chat)
        self._all.back(now, count, counted=counted)
        if bulk:
            self._bulk.back(now, count, counted=counted)
        if group := self._groups.get(chat):
            group.back(now, count, counted=counted)

    def remember(self, sent: Iterable[tuple[str, float]]) -> None:
        """What was sent before this process led: chat and monotonic time, oldest first."""
        if self._paces is None:
            return
        for chat, moment in sent:
            self._all.remember(moment + 1.0)
            self._bulk.remember(moment + 1.0)
            if is_group(Address(chat)):
                self._group(chat, self._paces).remember(moment + 60.0)

    def _group(self, chat: str, paces: Paces) -> Window:
        return self._groups.setdefault(chat, Window(paces.group_per_minute, 60.0))

    def closed(self, now: float) -> set[str]:
        """Chats that may not be written to now. Forgets what no longer matters."""
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}
        self._groups = {chat: window for chat, window in self._groups.items() if not _forget(window, now)}
        self._chats = {chat: rhythm for chat, rhythm in self._chats.items() if not rhythm.idle(now)}
        return (
            self._away
            | self._paused.keys()
            | {chat for chat, window in self._groups.items() if window.room(now) <= 0}
            | {chat for chat, rhythm in self._chats.items() if rhythm.opens_at(now) > now}
        )

    def opens_at(self, now: float) -> float | None:
        """The next moment at which something that is closed now opens; None when nothing is."""
        moments = [
            self._all_paused,
            self._all.opens_at(now),
            self._bulk.opens_at(now),
            *self._paused.values(),
            *(window.opens_at(now) for window in self._groups.values()),
            *(rhythm.opens_at(now) for rhythm in self._chats.values()),
        ]
        return min((moment for moment in moments if moment > now), default=None)


def _forget(window: Window, now: float) -> bool:
    window.room(now)
    return window.idle
