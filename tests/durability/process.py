"""`python -m bot run` as a process of its own, to be killed, stopped, frozen and watched."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import aiohttp

from bot.settings import ROOT, Settings

START_SECONDS = 40.0
ENOUGH_TO_SEND = "100000"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**ours: str) -> dict[str, str]:
    """Only our settings reach the bot: neither the caller's environment nor a `.env` may."""
    settings = {name.upper() for name in Settings.model_fields}
    # Without bytecode a start costs a second more than on anybody's machine.
    kept = {name: value for name, value in os.environ.items() if name not in settings}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    limits = dict.fromkeys(("SEND_LIMIT", "SEND_RATE", "CHAT_LIMIT", "GROUP_LIMIT"), ENOUGH_TO_SEND)
    return kept | limits | {"PYTHONPATH": str(ROOT)} | ours


class BotProcess:
    """One copy; the same LISTEN and folder over all its lives. Its log is `<folder>/<name>.log`."""

    def __init__(self, folder: Path, variables: dict[str, str], name: str = "bot") -> None:
        self.origin = f"http://127.0.0.1:{free_port()}"
        self.log = folder / f"{name}.log"
        self._folder = folder
        self._variables = variables | {"LISTEN": self.origin.removeprefix("http://")}
        self._process: asyncio.subprocess.Process | None = None
        self._ready: asyncio.Task[None] | None = None

    @property
    def process(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "not started"
        return self._process

    @property
    def is_ready(self) -> bool:
        return self._ready is not None and self._ready.done() and self._process is not None

    async def spawn(self) -> None:
        """Returns at once; `ready` waits until it serves."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run"),
                cwd=self._folder,
                env=self._variables,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        self._ready = asyncio.create_task(self._read_greeting())

    async def start(self) -> None:
        await self.spawn()
        await self.ready()

    async def ready(self) -> None:
        assert self._ready is not None
        await asyncio.wait_for(asyncio.shield(self._ready), START_SECONDS)

    async def _read_greeting(self) -> None:
        """The last line it prints when all parts run."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            if b"staff sign-in" in line:
                return
        raise AssertionError(f"the bot ended instead of starting, see {self.log}:\n{self.tail()}")

    def tail(self, lines: int = 15) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    async def kill(self) -> None:
        """kill -9, at whatever it does just now."""
        await self._end(signal.SIGKILL)

    async def terminate(self, seconds: float) -> int:
        """Its exit code. Raises TimeoutError when it takes longer."""
        self.process.terminate()
        code = await asyncio.wait_for(self.process.wait(), seconds)
        await self._end(None)
        return code

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    async def close(self) -> None:
        if self._process is not None:
            await self._end(signal.SIGKILL if self.process.returncode is None else None)

    async def _end(self, number: signal.Signals | None) -> None:
        if number is not None:
            self.process.send_signal(number)
        await self.process.wait()
        if self._ready is not None:
            self._ready.cancel()
            await asyncio.wait([self._ready])
            if not self._ready.cancelled():
                self._ready.exception()  # a kill while it starts is no failure of the start
        self._process = self._ready = None

    async def health(self) -> dict[str, Any] | None:
        """What /healthz says; None while it cannot be asked."""
        timeout = aiohttp.ClientTimeout(total=5)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.get(f"{self.origin}/healthz") as response,
            ):
                answer: dict[str, Any] = await response.json()
                return answer
        except (aiohttp.ClientError, TimeoutError):
            return None
