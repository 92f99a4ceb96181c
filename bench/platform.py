"""The local Bot API server as its own process on its own core, and its control API."""

from __future__ import annotations

import json
import urllib.request
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from bench.processes import Process

CORE = 1


class Platform:
    """One fresh server: nobody has written, nothing is remembered."""

    def __init__(self) -> None:
        self._process = Process("tests.botapi", ["--lean"], core=CORE)
        where = json.loads(self._process.line())
        self.url: str = where["url"]
        self.token: str = where["token"]
        self._control: str = where["control"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._process.stop()

    def load(self, *, updates: int, chats: int, text: str, rate: float = 0, first: int = 1_000_000) -> Any:
        """People write in turn: all at once (then it returns when all wait), or `rate` a second."""
        body = {"updates": updates, "chats": chats, "text": text, "rate": rate, "first_user": first}
        return self._call("load", body)

    def wait(self, sent: int, timeout: float) -> Any:
        """The state once so many answers are there. Raises TimeoutError when they do not come."""
        state = self._call("wait?" + urlencode({"sent": sent, "timeout": timeout}))
        if state["sent"] < sent:
            raise TimeoutError(f"{state['sent']} of {sent} answers after {timeout:.0f} s: {state}")
        return state

    def state(self) -> Any:
        return self._call("state")

    def latency(self, skip: int) -> Any:
        """Seconds from an update to its answer, without the first `skip`."""
        return self._call(f"latency?skip={skip}")

    def _call(self, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"{self._control}/control/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=600) as response:
            return json.load(response)
