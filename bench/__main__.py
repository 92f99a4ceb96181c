"""`python -m bench`: runs all bots in turn, several times, and prints what each costs beside the others."""

from __future__ import annotations

import argparse
import os
import platform as machine
import signal
import sys
from importlib.metadata import version
from statistics import median

from bench import tables
from bench.bots import AIOGRAM, AIOGRAMS, ON_POSTGRESQL, OURS, OURS_WEBHOOK, PEERS, Bot
from bench.measures import Speed, Start, latency, memory, speed, start_up

PARTS = ("speed", "start", "latency", "memory")


def main() -> None:
    options = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leaving ends the processes it started
    tables.head(
        f"Python {machine.python_version()}, python-telegram-bot {version('python-telegram-bot')}, "
        f"aiogram {version('aiogram')}; median of {options.runs} runs in turn, {options.updates} updates each"
        f", load average {os.getloadavg()[0]:.1f}"
    )
    if "speed" in options.parts:
        _speed(options.runs, options.updates, options.text)
    if "start" in options.parts:
        _start(options.runs)
    if "latency" in options.parts:
        _latency(options.runs, options.seconds)
    if "memory" in options.parts:
        _memory(options.people)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", default=PARTS, help=f"of {', '.join(PARTS)}; all without")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--updates", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=10, help="of an even load, for latency")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--text", default="/huy", help="what everybody writes")
    return parser.parse_args()


def _speed(runs: int, updates: int, text: str) -> None:
    bots = (OURS, OURS_WEBHOOK, *ON_POSTGRESQL, *PEERS)
    found: dict[Bot, list[Speed]] = {bot: [] for bot in bots}
    for run in range(runs):
        for bot in bots:
            found[bot].append(speed(bot, updates, text))
            _progress(f"speed, run {run + 1}: {bot.name}: {found[bot][-1]}")
    fastest = [max(found[bot][run].updates_per_second for bot in AIOGRAMS) for run in range(runs)]
    tables.speed(
        {bot.name: _middle(measured) for bot, measured in found.items()},
        {bot.name: _ratio(measured, fastest) for bot, measured in found.items()},
    )


def _ratio(runs: list[Speed], fastest: list[float]) -> float:
    """Run by run, because what slows the machine slows neighbours alike."""
    return median(one.updates_per_second / peer for one, peer in zip(runs, fastest, strict=True))


def _middle(runs: list[Speed]) -> Speed:
    """Each figure's own median."""
    return Speed(
        median(one.updates_per_second for one in runs),
        median(one.cpu for one in runs),
        median(one.server_cpu for one in runs),
        median(one.rss for one in runs),
    )


def _start(runs: int) -> None:
    cases = {"this bot, empty database": (OURS, False), "this bot, known database": (OURS, True)}
    cases |= {bot.name: (bot, False) for bot in PEERS if bot.workers}
    found: dict[str, list[Start]] = {name: [] for name in cases}
    for _ in range(runs):
        for name, (bot, again) in cases.items():
            found[name].append(start_up(bot, again=again))
            _progress(f"start: {name}: {found[name][-1]}")
    tables.start_up(
        {
            name: Start(median(one.seconds for one in times), median(one.cpu for one in times))
            for name, times in found.items()
        }
    )


def _latency(runs: int, seconds: float) -> None:
    default = Bot("this bot, default limits", limits={})
    cases = [
        ("this bot, 30 a second, limits lifted", OURS, 30),
        ("this bot, 30 a second, SEND_LIMIT 30", default, 30),
        ("this bot, 25 a second, SEND_LIMIT 30", default, 25),
        ("aiogram echo, 30 a second", AIOGRAM, 30),
    ]
    found = {
        name: sorted((latency(bot, rate, seconds) for _ in range(runs)), key=lambda one: one.p95)[runs // 2]
        for name, bot, rate in cases
    }
    tables.latency(found)


def _memory(people: int) -> None:
    tables.memory({bot.name: memory(bot, people) for bot in (OURS, AIOGRAM)}, people)


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
