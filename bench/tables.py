"""Prints results as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bench.measures import Latency, Speed, Start


def head(line: str) -> None:
    print(f"{line}\n")


def speed(found: Mapping[str, Speed], ratios: Mapping[str, float]) -> None:
    """`ratios`: how many times as fast as the faster aiogram echo of the same run."""
    _table(
        ("backlog waiting", "updates/s", "× aiogram", "CPU µs/update", "RSS MB", "server CPU µs/update"),
        (
            (
                name,
                f"{one.updates_per_second:,.0f}",
                f"{ratios[name]:.2f}",
                f"{one.cpu:,.0f}",
                f"{one.rss:.0f}",
                f"{one.server_cpu:,.0f}",
            )
            for name, one in found.items()
        ),
    )


def start_up(found: Mapping[str, Start]) -> None:
    _table(
        ("from start to first answer", "s", "CPU s"),
        ((name, f"{one.seconds:.2f}", f"{one.cpu:.2f}") for name, one in found.items()),
    )


def latency(found: Mapping[str, Latency]) -> None:
    _table(
        ("update to answer, ms", "p50", "p95", "worst"),
        ((name, f"{one.p50:.1f}", f"{one.p95:.1f}", f"{one.worst:.1f}") for name, one in found.items()),
    )


def memory(found: Mapping[str, float], people: int) -> None:
    _table(
        (f"after {people:,} people wrote", "RSS MB"), ((name, f"{one:.0f}") for name, one in found.items())
    )


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print("| " + " | ".join(header) + " |")
    print("|---" + "|---:" * (len(header) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)
