"""Test doubles at the seams: Telegram's transport, and time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.clock import Clock

Json = dict[str, Any]
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, 09:00 in Trà Vinh
BOT = {"id": 4_200, "is_bot": True, "first_name": "Trà Vinh Xanh", "username": "travinhxanh_bot"}
TOKEN = "4200:" + "A" * 35


class FakeClock(Clock):
    """Stands still until told."""

    def __init__(self) -> None:
        self._now = START

    def now(self) -> datetime:
        return self._now

    def advance(self, **duration: float) -> None:
        self._now += timedelta(**duration)


@dataclass
class Sent:
    """One call of the Bot API, and the id it was answered with."""

    method: str
    params: Json
    message_id: int
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def chat_id(self) -> int:
        return int(self.params.get("chat_id", 0))

    @property
    def text(self) -> str:
        return str(self.params.get("text") or self.params.get("caption") or "")

    @property
    def markup(self) -> Json:
        markup: Json = self.params.get("reply_markup") or {}
        return markup


class FakeTelegram(BaseRequest):
    """Records what is sent and answers as Telegram would; `fail` makes the next calls fail."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.files: dict[str, bytes] = {}
        self._next_message = 1000
        self._failures: list[tuple[str, Exception | tuple[int, Json]]] = []

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def fail(self, method: str, how: Exception | tuple[int, Json], times: int = 1) -> None:
        """`how`: what the transport raises, or (HTTP status, answer)."""
        self._failures += [(method, how)] * times

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        if "/file/" in url:
            return 200, self.files[url.rsplit("/", 1)[-1]]
        name = url.rsplit("/", 1)[-1]
        for position, (failing, how) in enumerate(self._failures):
            if failing == name:
                del self._failures[position]
                if isinstance(how, Exception):
                    raise how
                return how[0], json.dumps(how[1]).encode()
        return 200, json.dumps({"ok": True, "result": self._answer(name, request_data)}).encode()

    def _answer(self, name: str, data: RequestData | None) -> Any:
        params = _decoded(data)
        answers: dict[str, Callable[[], Any]] = {
            "getMe": lambda: BOT,
            "getUpdates": list,
            "getFile": lambda: {
                "file_id": params["file_id"],
                "file_unique_id": params["file_id"],
                "file_path": f"photos/{params['file_id']}",
            },
        }
        if name in answers:
            return answers[name]()
        if not name.startswith(("send", "edit")):
            self.sent.append(Sent(name, params, 0))
            return True
        return self._message(name, params, data)

    def _message(self, name: str, params: Json, data: RequestData | None) -> Any:
        files = {
            key: content
            for key, (_, content, _) in (data.multipart_data if data else {}).items()
            if isinstance(content, bytes)
        }
        message_id = int(params.get("message_id") or self._next_message)
        if "message_id" not in params:
            self._next_message += 1
        self.sent.append(Sent(name, params, message_id, files))
        chat = {"id": int(params["chat_id"]), "type": "private"}
        message = {"message_id": message_id, "date": int(START.timestamp()), "chat": chat, "from": BOT}
        return [message] if name == "sendMediaGroup" else message


def _decoded(data: RequestData | None) -> Json:
    if data is None:
        return {}
    params: Json = {}
    for name, value in data.json_parameters.items():
        try:
            params[name] = json.loads(value) if name not in ("text", "caption") else value
        except ValueError:
            params[name] = value
    return params
