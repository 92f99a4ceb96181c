"""python -m tests.botapi: the server as its own process, with its control API on a second port."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys

from aiohttp import web

from tests.botapi.api import TOKEN, BotApi
from tests.botapi.control import Control


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.botapi", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="Bot API port (0: any)")
    parser.add_argument("--control-port", type=int, default=0, help="control port (0: any)")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--webhook-to", action="append", default=[], help="origin to deliver webhooks to")
    parser.add_argument("--lean", action="store_true", help="count only, for benchmarks")
    parser.add_argument("--core", type=int, help="pin to this CPU core")
    return parser.parse_args()


async def _serve(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    api = BotApi(port=options.port, token=options.token, webhook_to=options.webhook_to, lean=options.lean)
    runner = web.AppRunner(Control(api).application(), access_log=None)
    async with api, contextlib.AsyncExitStack() as stack:
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", options.control_port)
        await site.start()
        where = {"url": api.url, "control": f"http://127.0.0.1:{runner.addresses[0][1]}", "token": api.token}
        sys.stdout.write(json.dumps(where) + "\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> None:
    options = _arguments()
    if options.core is not None:
        os.sched_setaffinity(0, {options.core})
    asyncio.run(_serve(options))


if __name__ == "__main__":
    main()
