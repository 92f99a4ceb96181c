"""The one HTTP server: web page, webhook, health and metrics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aiohttp import web

from bot.channels.base import Channel
from bot.faults import Counts, counts
from bot.flow.metrics import Metrics
from bot.logs import get_logger
from bot.settings import Listen
from bot.store.engine import Store
from bot.unusable import UnusableError, reason_of

log = get_logger(__name__)
MOST_BODY = 64 * 1024 * 1024  # three 20 MB photos in one form; each photo has its own limit


class HttpServer:
    def __init__(
        self,
        listen: Listen,
        store: Store,
        channels: Mapping[str, Channel],
        metrics: Metrics,
        routes: Iterable[web.RouteDef],
    ) -> None:
        self._listen = listen
        self._store = store
        self._channels = channels
        self._metrics = metrics
        application = web.Application(client_max_size=MOST_BODY)
        application.add_routes(
            [web.get("/healthz", self._health), web.get("/metrics", self._figures), *routes]
        )
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)

    async def start(self) -> None:
        """Raises UnusableError when the address cannot be had."""
        host, port = self._listen
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port, reuse_port=False).start()
        except OSError as error:
            raise UnusableError(
                f"LISTEN {host}:{port} cannot be used ({reason_of(error)}):"
                " is the bot running already? Stop it, or choose another port"
            ) from None

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _counts(self) -> Counts | None:
        try:
            async with self._store.read() as connection:
                return await counts(connection)
        except Exception as error:
            log.error("the database does not answer", error=str(error)[:200])
            return None

    async def _health(self, request: web.Request) -> web.Response:
        waiting = await self._counts()
        problems = {name: one.problem for name, one in self._channels.items() if one.problem}
        broken = waiting is None or any(one.broken for one in self._channels.values())
        shown = waiting.shown() if waiting else {}
        body = {"status": "error" if broken else "ok", **shown, "problems": problems}
        return web.json_response(body, status=503 if broken else 200)

    async def _figures(self, request: web.Request) -> web.Response:
        waiting = await self._counts()
        if waiting is None:
            return web.Response(status=503)
        return web.Response(
            body=self._metrics.exposition(waiting),
            headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"},
        )
