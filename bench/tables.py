"""Prints results as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bench.measures import Latency, Speed


def head(line: str) -> None:
    print(f"{line}\n")


def speed(found: Mapping[str, Speed], peer: str) -> None:
    """Ratios are to `peer`; above 1 this row does more, or costs less."""
    base = found[peer]
    _table(
        ("backlog waiting", "updates/s", f"× {peer}", "CPU µs/update", "RSS MB", "server CPU µs/update"),
        (
            (
                name,
                f"{one.updates_per_second:,.0f}",
                f"{one.updates_per_second / base.updates_per_second:.2f}",
                f"{one.cpu:,.0f}",
                f"{one.rss:.0f}",
                f"{one.server_cpu:,.0f}",
            )
            for name, one in found.items()
        ),
    )


def start_up(found: Mapping[str, float]) -> None:
    _table(("from start to first answer", "s"), ((name, f"{one:.2f}") for name, one in found.items()))


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
