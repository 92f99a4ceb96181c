"""Who is measured: this bot (whole, on SQLite or PostgreSQL) and echo bots on other frameworks."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench import databases
from bench.platform import Platform
from bench.processes import Process

CORE = 0
UNLIMITED = {"SEND_LIMIT": "100000", "SEND_RATE": "100000", "CHAT_LIMIT": "100000", "GROUP_LIMIT": "100000"}


@dataclass(frozen=True, eq=False)
class Bot:
    """`module` with the arguments URL TOKEN WORKERS, or this bot when `workers` is None."""

    name: str
    module: str = "bot"
    workers: int | None = None
    webhook: bool = False
    postgresql: bool = False
    limits: Mapping[str, str] = field(default_factory=lambda: UNLIMITED)

    def start(self, platform: Platform, folder: Path, database: str = "") -> Process:
        """On its own core, with its data in `folder` (SQLite) or in `database`."""
        log = folder / "bot.log"
        if self.workers is not None:
            return Process(self.module, [platform.url, platform.token, str(self.workers)], core=CORE, log=log)
        return Process(
            "bot",
            ["run"],
            core=CORE,
            environment=self._settings(platform, folder) | {"DATABASE_URL": database},
            log=log,
        )

    def _settings(self, platform: Platform, folder: Path) -> dict[str, str]:
        listen = f"127.0.0.1:{_free_port()}"
        return {
            "TELEGRAM_TOKEN": platform.token,
            "TELEGRAM_API_URL": platform.url,
            "TELEGRAM_WEBHOOK_URL": f"http://{listen}" if self.webhook else "",
            "DATA_DIR": str(folder),
            "LISTEN": listen,
            **self.limits,
        }


OURS = Bot("this bot, polling, SQLite")
OURS_WEBHOOK = Bot("this bot, webhook, SQLite", webhook=True)
AIOGRAM = Bot("aiogram echo, 64 at once", "bench.peers.aiogram3", 64)
AIOGRAMS = (AIOGRAM, Bot("aiogram echo, one by one", "bench.peers.aiogram3", 0))
PEERS = (
    *AIOGRAMS,
    Bot("PTB echo, 64 at once", "bench.peers.ptb", 64),
    Bot("PTB echo, one by one", "bench.peers.ptb", 0),
)
ON_POSTGRESQL = (
    (
        Bot("this bot, polling, PostgreSQL", postgresql=True),
        Bot("this bot, webhook, PostgreSQL", webhook=True, postgresql=True),
    )
    if databases.SERVER
    else ()
)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
