"""The one place that asks what time it is, so that tests can say so."""

from __future__ import annotations

from datetime import UTC, datetime


class Clock:
    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC)
