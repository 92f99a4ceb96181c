"""What each error of the Bot API means, as the library raises it from real answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.address import Address, address
from bot.channels.base import Outcome, State
from bot.channels.telegram.outcomes import outcome_of
from bot.channels.telegram.request import NoAnswer, NotSent

LAN, GROUP = address("telegram", 1), address("telegram", -5)


class Canned(BaseRequest):
    def __init__(self, answer: tuple[int, bytes] | Exception) -> None:
        self._answer = answer

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


async def outcome(answer: tuple[int, Any] | Exception, chat: Address = LAN) -> Outcome:
    if isinstance(answer, tuple):
        code, body = answer
        answer = code, body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(TelegramError) as raised:
        await Canned(answer).post("http://x/sendMessage")
    return outcome_of(raised.value, chat)


def said(code: int, description: str, **parameters: int) -> tuple[int, Any]:
    return code, {"ok": False, "description": description, "parameters": parameters}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (said(403, "Forbidden: bot was blocked by the user"), State.BLOCKED),
        (said(403, "Forbidden: bot was kicked from the group chat"), State.BLOCKED),
        (said(400, "Bad Request: chat not found"), State.BLOCKED),
        (said(400, "Bad Request: PEER_ID_INVALID"), State.BLOCKED),
        (said(400, "Bad Request: message is too long"), State.FAILED),
        (said(413, "Request Entity Too Large"), State.FAILED),
        (said(409, "Conflict"), State.FAILED),
        (said(500, "Internal Server Error"), State.LATER),
        (said(502, "Bad Gateway"), State.LATER),
        ((504, b"<html>"), State.LATER),
        ((429, {"ok": False, "description": "Too Many Requests"}), State.LATER),
        ((200, b"<html>hotel wifi</html>"), State.UNKNOWN),
        (NotSent("no connection"), State.LATER),
        (NoAnswer("silence"), State.UNKNOWN),
        (RuntimeError("a fault of the transport"), State.UNKNOWN),
    ],
)
async def test_state(answer: tuple[int, Any] | Exception, state: State) -> None:
    assert (await outcome(answer)).state is state


async def test_retry_after_counts_for_all_in_private_and_for_one_group(monkeypatch: Any) -> None:
    flood = said(429, "Too Many Requests: retry after 7", retry_after=7)
    private, group = await outcome(flood), await outcome(flood, GROUP)
    assert (private.state, private.wait, private.everywhere) == (State.LATER, 7.0, True)
    assert (group.state, group.wait, group.everywhere) == (State.LATER, 7.0, False)


async def test_no_connection_and_a_refused_token_hold_up_everybody() -> None:
    assert (await outcome(NotSent("x"))).everywhere
    token = await outcome(said(401, "Unauthorized"))
    assert (token.state, token.everywhere) == (State.LATER, True) and token.wait


async def test_a_server_error_holds_up_one_chat() -> None:
    assert not (await outcome(said(502, "Bad Gateway"))).everywhere


async def test_a_moved_group_tells_where_it_is_now() -> None:
    moved = await outcome(said(400, "Bad Request: upgraded", migrate_to_chat_id=-1005), GROUP)
    assert (moved.state, moved.moved_to) == (State.MIGRATED, "telegram:-1005")
