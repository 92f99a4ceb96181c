"""What the server saw: accepted sends and edits, calls, confirmed updates; and waiting for them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.botapi.wire import JsonObject


@dataclass(slots=True)
class Sent:
    """One message the bot sent or edited, as it stood then. `at` is monotonic seconds."""

    at: float
    method: str
    chat_id: int
    message_id: int
    params: JsonObject
    message: JsonObject

    @property
    def text(self) -> str:
        """Text or caption, without markup."""
        return str(self.message.get("text") or self.message.get("caption") or "")

    @property
    def inline_buttons(self) -> list[JsonObject]:
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        """Labels of the inline buttons, row by row."""
        return [button["text"] for button in self.inline_buttons]

    @property
    def keyboard(self) -> list[JsonObject]:
        """Buttons of the reply keyboard this message brought."""
        markup = self.params.get("reply_markup")
        rows = markup.get("keyboard", []) if isinstance(markup, dict) else []
        buttons = [button for row in rows for button in row]
        return [{"text": button} if isinstance(button, str) else button for button in buttons]

    @property
    def keyboard_labels(self) -> list[str]:
        return [button["text"] for button in self.keyboard]

    @property
    def forces_reply(self) -> bool:
        markup = self.params.get("reply_markup")
        return isinstance(markup, dict) and bool(markup.get("force_reply"))


@dataclass(slots=True)
class Seen:
    """One call and the code of its answer (0: none was given)."""

    at: float
    method: str
    chat_id: int | None
    code: int


@dataclass
class Record:
    """`lean` keeps counters and times only, for benchmarks."""

    lean: bool = False
    sent: list[Sent] = field(default_factory=list)
    send_times: list[float] = field(default_factory=list)
    edits: list[Sent] = field(default_factory=list)
    deleted: list[tuple[int, int]] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)
    confirmed: list[tuple[float, int]] = field(default_factory=list)
    confirmed_count: int = 0
    heard: dict[int, list[Sent]] = field(default_factory=dict)
    asked_at: dict[int, deque[float]] = field(default_factory=dict)
    answer_times: list[float] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def sent_count(self) -> int:
        return len(self.send_times)

    def note_send(self, method: str, params: JsonObject, message: JsonObject) -> None:
        now = time.monotonic()
        self.send_times.append(now)
        chat = message["chat"]["id"]
        if waiting := self.asked_at.get(chat):
            self.answer_times.append(now - waiting.popleft())
        if not self.lean:
            one = Sent(now, method, chat, message["message_id"], params, dict(message))
            self.sent.append(one)
            self.heard.setdefault(chat, []).append(one)
        self._changed.set()

    def note_edit(self, method: str, params: JsonObject, message: JsonObject) -> None:
        if self.lean:
            return
        chat = message["chat"]["id"]
        one = Sent(time.monotonic(), method, chat, message["message_id"], params, dict(message))
        self.edits.append(one)
        self.heard.setdefault(chat, []).append(one)
        self._changed.set()

    def note_call(self, method: str, chat: int | None, code: int) -> None:
        self.calls[method] += 1
        if code != 200:
            self.refused[code] += 1
        if not self.lean:
            self.seen.append(Seen(time.monotonic(), method, chat, code))
            self._changed.set()

    def note_confirmed(self, update_id: int) -> None:
        self.confirmed_count += 1
        if not self.lean:
            self.confirmed.append((time.monotonic(), update_id))
        self._changed.set()

    def note_asked(self, chat: int) -> None:
        """Start the clock for the next send to this chat (see `answer_times`, seconds)."""
        self.asked_at.setdefault(chat, deque()).append(time.monotonic())

    def clear(self) -> None:
        """Forget everything; reading positions of people start anew with their next room."""
        lists = (self.sent, self.send_times, self.edits, self.deleted, self.seen, self.confirmed)
        for one in (*lists, self.calls, self.refused, self.heard, self.asked_at, self.answer_times):
            one.clear()
        self.confirmed_count = 0

    def busiest(self, window: float = 1.0, *, chat: int | None = None) -> int:
        """The most sends within any sliding window (seconds), to all chats or to one."""
        times = self.send_times if chat is None else [one.at for one in self.sent if one.chat_id == chat]
        most, first = 0, 0
        for last, at in enumerate(times):
            while at - times[first] >= window:
                first += 1
            most = max(most, last - first + 1)
        return most

    async def until(self, condition: Callable[[], bool], timeout: float = 5.0) -> bool:
        """Wait until something recorded makes the condition true; False when the time is over."""
        try:
            async with asyncio.timeout(timeout):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return condition()
        return True
