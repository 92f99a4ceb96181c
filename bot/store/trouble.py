"""What an operator is told when the database cannot be used: one clear line, not one for every failure."""

from __future__ import annotations

import errno
import time
from collections.abc import Iterator

from structlog.stdlib import BoundLogger

EVERY_SECONDS = 10.0
_DATABASE = ("sqlalchemy", "sqlite3", "asyncpg")
_KNOWN = (
    (
        ("disk is full", "no space left", "disk i/o error", "disk quota exceeded"),
        "the disk is full: free space on DATA_DIR (or on the database server); nothing is lost, updates wait",
    ),
    (
        ("database is locked", "database table is locked"),
        "another program holds the database: end it; nothing is lost, updates wait",
    ),
    (
        ("connection", "connect call failed", "server closed", "shutting down", "timeouterror"),
        "the database does not answer: check DATABASE_URL and its server; nothing is lost, updates wait",
    ),
)


def explain(error: BaseException) -> str | None:
    """None when it is no trouble of disk or database."""
    for one in _chain(error):
        if isinstance(one, OSError) and one.errno in (errno.ENOSPC, errno.EDQUOT):
            return _KNOWN[0][1]
        if not isinstance(one, OSError) and not type(one).__module__.startswith(_DATABASE):
            continue
        text = f"{type(one).__name__} {one}".lower()
        for signs, advice in _KNOWN:
            if any(sign in text for sign in signs):
                return advice
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error.__cause__


class Trouble:
    """Tells of failures: known ones at most every ten seconds, others with all details."""

    def __init__(self, log: BoundLogger) -> None:
        self._log = log
        self._told: dict[str, float] = {}

    def tell(self, what: str, error: BaseException) -> None:
        """`what` went wrong, in English."""
        advice = explain(error)
        if advice is None:
            self._log.error(what, exc_info=error)
            return
        now = time.monotonic()
        if now - self._told.get(advice, -EVERY_SECONDS) >= EVERY_SECONDS:
            self._told[advice] = now
            self._log.error(what, advice=advice)
