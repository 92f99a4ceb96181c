"""The real command in processes of its own, for tests that start, signal and kill it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bot.settings import ROOT, Settings

START_SECONDS = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """Only these settings: none of the machine's own."""
    names = {name.upper() for name in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return kept | {"PYTHONPATH": str(ROOT), "DATA_DIR": str(data_dir)} | settings


@dataclass
class Bot:
    process: asyncio.subprocess.Process
    origin: str

    async def health(self) -> tuple[int, dict[str, Any]]:
        async with aiohttp.ClientSession() as session, session.get(f"{self.origin}/healthz") as answer:
            return answer.status, await answer.json()

    async def ready(self) -> None:
        async with asyncio.timeout(START_SECONDS):
            while self.process.returncode is None:
                try:
                    await self.health()
                except aiohttp.ClientError:
                    await asyncio.sleep(0.05)
                else:
                    return
        raise AssertionError(await self.ended())

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> float:
        """Seconds until it had ended."""
        began = time.monotonic()
        self.process.send_signal(number)
        await asyncio.wait_for(self.process.wait(), 15)
        return time.monotonic() - began

    async def ended(self) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        out, err = await asyncio.wait_for(self.process.communicate(), START_SECONDS)
        assert self.process.returncode is not None
        return self.process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def starting(data_dir: Path, **settings: str) -> AsyncIterator[Bot]:
    """`python -m bot run` with these settings; killed at the end if it still runs."""
    listen = settings.setdefault("LISTEN", f"127.0.0.1:{free_port()}")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=data_dir, env=environment(data_dir, **settings),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Bot(process, f"http://{listen}")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@asynccontextmanager
async def started(data_dir: Path, **settings: str) -> AsyncIterator[Bot]:
    """The same once it answers."""
    async with starting(data_dir, **settings) as bot:
        await bot.ready()
        yield bot


def log_lines(stderr: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stderr.splitlines() if line.startswith("{")]
