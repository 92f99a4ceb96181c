"""SQLite has one writer: a second process on the same DATA_DIR is refused with a clear line."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import Settings
from bot.unusable import UnusableError


class AlreadyRunningError(UnusableError):
    """Another process holds DATA_DIR."""


@contextmanager
def only_process(settings: Settings, is_sqlite: bool) -> Iterator[None]:
    if not is_sqlite:
        yield
        return
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / "bot.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError(
                f"another bot runs on {settings.data_dir}: stop it, or use PostgreSQL for several copies"
            ) from None
        yield
