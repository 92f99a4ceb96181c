"""`python -m bot …`: the composition root, the only place in `bot` that knows the handlers."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
from collections.abc import Callable, Sequence
from datetime import date

from pydantic import ValidationError

from bot.content.files import ContentError
from bot.logs import redact, set_up_logs
from bot.settings import Settings
from bot.unusable import UnusableError, check_data_dir


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0 when all is well, 1 when something is wrong, 2 for wrong words."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = Settings()
    except ValidationError as error:
        return _complain(_explain(error))
    set_up_logs(settings.log_level, settings.log_format)
    command: Callable[[Settings, argparse.Namespace], int] = parsed.command
    try:
        return command(settings, parsed)
    except (ContentError, UnusableError) as error:
        return _complain(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Trà Vinh Xanh")
    verbs = parser.add_subparsers(required=True, metavar="command")
    verbs.add_parser("run", help="migrate, start every configured channel and the web page").set_defaults(
        command=run
    )
    verbs.add_parser("migrate", help="bring the database to the newest revision").set_defaults(
        command=migrate
    )
    examination = verbs.add_parser("doctor", help="say what is configured, reachable and missing")
    examination.add_argument("--retry", action="store_true", help="try parked updates and failed sends again")
    examination.set_defaults(command=doctor)
    content = verbs.add_parser("content", help="content files").add_subparsers(required=True)
    content.add_parser("check", help="name every fault as file:line").set_defaults(command=check_content)
    for name, help_text in (("sort", "where rubbish goes"), ("place", "which commune an address is in")):
        verb = verbs.add_parser(name, help=help_text)
        verb.add_argument("words", nargs="?", help="without it: one question per line of standard input")
        verb.add_argument("--json", action="store_true", help="one JSON value per line (always on)")
        verb.set_defaults(command=sort if name == "sort" else place)
    export = verbs.add_parser("export", help="data to standard output")
    export.add_argument("what", choices=["reports"])
    export.add_argument("--format", choices=["csv", "geojson"], default="csv")
    export.set_defaults(command=export_data)
    return parser


def run(settings: Settings, _: argparse.Namespace) -> int:
    gc.disable()  # what start-up makes lives for ever; App.run enables it behind that
    check_data_dir(settings.data_dir)
    from bot.library import Library

    # Before the other imports, which then live in the memory that reading it takes for a while.
    library = Library(settings.content_dir, settings.areas_geojson)

    from bot.app import App
    from handlers import rounds

    gc.collect()  # classes that were made twice, for their slots

    async def serve() -> None:
        await App(settings, rounds, library=library).run()

    asyncio.run(serve())
    return 0


def migrate(settings: Settings, _: argparse.Namespace) -> int:
    from bot.store import migrate as migrations
    from bot.store.engine import Store

    async def upgrade() -> bool:
        store = Store(settings.database)
        try:
            return await migrations.migrate(store)
        finally:
            await store.close()

    changed = asyncio.run(upgrade())
    print(f"database at revision {migrations.HEAD}" + ("" if changed else " already"))
    return 0


def doctor(settings: Settings, parsed: argparse.Namespace) -> int:
    from bot.doctor import examine, try_again

    if parsed.retry:
        print(asyncio.run(try_again(settings)))
    healthy = True
    for finding in asyncio.run(examine(settings)):
        print(finding)
        healthy = healthy and not finding.missing
    return 0 if healthy else 1


def check_content(settings: Settings, _: argparse.Namespace) -> int:
    from bot.content.check import check

    faults = check(settings.content_dir, date.today())
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def sort(settings: Settings, parsed: argparse.Namespace) -> int:
    from bot.sorting import load_sorting, sort_json

    sorting = load_sorting(settings.content_dir)
    return _answer(parsed.words, lambda words: sort_json(sorting, words))


def place(settings: Settings, parsed: argparse.Namespace) -> int:
    from bot.places import load_places, place_json

    places = load_places(settings.content_dir, settings.areas_geojson)
    return _answer(parsed.words, lambda words: place_json(places, words))


def export_data(settings: Settings, parsed: argparse.Namespace) -> int:
    from bot.reports.export import export_reports

    asyncio.run(export_reports(settings, parsed.format, sys.stdout))
    return 0


def _answer(words: str | None, answer: Callable[[str], str]) -> int:
    """One answer for the words, or one per line of standard input, also for empty lines."""
    if words is not None:
        print(answer(words))
        return 0
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in sys.stdin:
        print(answer(line.rstrip("\n")), flush=True)
    return 0


def _explain(error: ValidationError) -> str:
    """One line per setting that is wrong, without its value: it may be a secret."""
    lines = (
        f"setting {str(one['loc'][0]).upper()}: {one['msg'].removeprefix('Value error, ')}"
        for one in error.errors()
    )
    return "\n".join(dict.fromkeys(lines))


def _complain(text: str) -> int:
    print(redact(text), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
