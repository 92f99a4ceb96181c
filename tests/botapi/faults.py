"""Scripted misbehaviour of the platform: what to do to which calls, how often, before or after acceptance."""

from __future__ import annotations

import asyncio
import math
import random
import socket
import struct
import time
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import web

from tests.botapi.wire import ApiError

Action = Literal["answer", "flood", "delay", "hang", "reset", "garbage", "cut"]
FILE_METHOD = "file"  # the pseudo-method of file downloads
_GARBAGE = b"<html><head><title>502 Bad Gateway</title></head>"


@dataclass(slots=True)
class Fault:
    """One rule. It hits calls that match until it has hit `times` times (None: until cleared).

    method: a Bot API method, `send*` as a prefix, `file` for downloads, None for every call.
    chat: only calls with this chat_id.
    accepted: do it after the call was carried out and recorded, not instead of it.
    skip: let so many matching calls through first. chance: probability of each hit.
    seconds: length of a flood or delay; of a hang (0: until the client gives up).
    """

    action: Action
    method: str | None = None
    chat: int | None = None
    times: int | None = 1
    accepted: bool = False
    skip: int = 0
    chance: float = 1.0
    seconds: float = 0.0
    code: int = 500
    description: str = "Internal Server Error"
    parameters: dict[str, int] = field(default_factory=dict)
    ends_at: float = math.inf
    hits: int = 0

    def matches(self, method: str, chat: int | None) -> bool:
        if self.chat is not None and self.chat != chat:
            return False
        if self.method is None:
            return method != FILE_METHOD
        wanted, name = self.method.lower(), method.lower()
        return name.startswith(wanted[:-1]) if wanted.endswith("*") else name == wanted

    @property
    def spent(self) -> bool:
        return (self.times is not None and self.hits >= self.times) or time.monotonic() >= self.ends_at

    def error(self) -> ApiError:
        """The API error this rule answers; a flood tells the seconds that are left."""
        if self.action != "flood":
            return ApiError(self.code, self.description, **self.parameters)
        left = max(1, math.ceil(self.ends_at - time.monotonic()))
        return ApiError(429, f"Too Many Requests: retry after {left}", retry_after=left)


class Faults:
    """The rules in force, in order; each call takes the first that matches."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self.latency = 0.0
        self._dice = random.Random(7)

    def add(self, fault: Fault) -> Fault:
        if fault.action == "flood":
            fault.ends_at = time.monotonic() + fault.seconds
            fault.times = None
        self.rules.append(fault)
        return fault

    def clear(self) -> None:
        self.rules.clear()
        self.latency = 0.0

    def take(self, method: str, chat: int | None) -> Fault | None:
        for fault in list(self.rules):
            if fault.spent:
                self.rules.remove(fault)
            elif fault.matches(method, chat) and self._dice.random() < fault.chance:
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.hits += 1
                return fault
        return None

    # The common rules by name; every one takes the fields of Fault as keywords too.

    def flood(self, seconds: float, *, chat: int | None = None, method: str | None = "send*") -> Fault:
        """Answer 429 with the remaining `retry_after` for this long, to one chat or to all."""
        return self.add(Fault("flood", method, chat, seconds=seconds))

    def error(
        self,
        code: int,
        description: str,
        *,
        method: str | None = None,
        chat: int | None = None,
        times: int | None = 1,
        accepted: bool = False,
        skip: int = 0,
    ) -> Fault:
        return self.add(
            Fault("answer", method, chat, times, accepted, skip, code=code, description=description)
        )

    def not_found(self, *, method: str | None = None, times: int | None = 1) -> Fault:
        """A 404, as a proxy or a wrong token would cause."""
        return self.error(404, "Not Found", method=method, times=times)

    def reset(
        self,
        *,
        accepted: bool = False,
        method: str | None = None,
        chat: int | None = None,
        times: int | None = 1,
        skip: int = 0,
        chance: float = 1.0,
    ) -> Fault:
        """Cut the connection, before the call is carried out or after it (the bot cannot tell)."""
        return self.add(Fault("reset", method, chat, times, accepted, skip, chance))

    def hang(
        self,
        *,
        accepted: bool = False,
        method: str | None = None,
        seconds: float = 0.0,
        times: int | None = 1,
    ) -> Fault:
        """Never answer, or only after `seconds`."""
        return self.add(Fault("hang", method, None, times, accepted, seconds=seconds))

    def delay(self, seconds: float, *, method: str | None = None, times: int | None = 1) -> Fault:
        return self.add(Fault("delay", method, None, times, seconds=seconds))

    def garbage(self, *, accepted: bool = False, method: str | None = None, times: int | None = 1) -> Fault:
        """Answer 200 with something that is not JSON."""
        return self.add(Fault("garbage", method, None, times, accepted))

    def broken_download(self, *, times: int | None = 1) -> Fault:
        """Send half of a file and cut the connection."""
        return self.add(Fault("cut", FILE_METHOD, None, times))


def reset_connection(request: web.BaseRequest) -> None:
    """Close with a TCP reset, as a crashed proxy does."""
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def enact(fault: Fault, request: web.BaseRequest) -> web.StreamResponse | None:
    """Do what the rule says; None means that the call goes on as usual (after a delay)."""
    if fault.action == "delay":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.action in {"answer", "flood"}:
        raise fault.error()
    if fault.action == "garbage":
        return web.Response(body=_GARBAGE, headers={"Content-Type": "application/json"})
    if fault.action == "hang":
        await asyncio.sleep(fault.seconds or 3600)
    reset_connection(request)
    return web.Response()
