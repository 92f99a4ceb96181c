"""Messages and refusals that tests of sending share."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot.address import Address, address
from bot.flow.outbox import Message
from bot.say import Lane, Say
from tests.fakes import Json
from tests.flow.conftest import Stage

LAN, BA, GROUP = address("telegram", 1), address("telegram", 2), address("telegram", -500)
FLOOD: tuple[int, Json] = (429, {"ok": False, "description": "Too Many", "parameters": {"retry_after": 7}})
BAD_HTML: tuple[int, Json] = (400, {"ok": False, "description": "Bad Request: can't parse entities: x"})


def note(chat: Address, words: str, lane: Lane = Lane.REPLY, **more: Any) -> Message:
    return Message(chat, Say(Markup(words)), lane, **more)


def refused(code: int, description: str, **parameters: int) -> tuple[int, Json]:
    body: Json = {"ok": False, "error_code": code, "description": description}
    return code, body | ({"parameters": parameters} if parameters else {})


def words(stage: Stage) -> list[str]:
    return [text for _, text in stage.said]
