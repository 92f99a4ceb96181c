"""Figures for Prometheus: what waits, what was done, and with which outcome."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from bot.faults import Counts


class Metrics:
    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.turns = Counter("bot_turns", "Updates handled", ["result"], registry=self._registry)
        self.sends = Counter("bot_sends", "Attempts to send", ["channel", "outcome"], registry=self._registry)
        self._missed = Gauge(
            "bot_missed", "Questions without an answer, as far as they are kept", registry=self._registry
        )
        self._waiting = Gauge("bot_waiting", "Rows that wait", ["queue"], registry=self._registry)

    def exposition(self, counts: Counts) -> bytes:
        """Prometheus text format."""
        for queue in ("inbox", "outbox", "dead", "unknown", "questions"):
            self._waiting.labels(queue).set(getattr(counts, queue))
        self._missed.set(counts.missed)
        return generate_latest(self._registry)
