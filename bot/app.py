"""The one place where the parts meet, and their life: start, lead, stop within five seconds."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from collections.abc import Sequence

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection
from telegram.request import BaseRequest

from bot import staff
from bot.channels.base import Channel
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.webhook import PATH as WEBHOOK_PATH
from bot.channels.web.channel import WebChannel
from bot.clock import Clock
from bot.content.files import ContentError
from bot.flow import housekeeping
from bot.flow.clock import Ticker
from bot.flow.fetcher import Fetcher
from bot.flow.inbox import Inbox
from bot.flow.leader import Leader
from bot.flow.metrics import Metrics
from bot.flow.sender import Sender
from bot.flow.wake import Wakes
from bot.flow.worker import Worker
from bot.http import HttpServer
from bot.library import Library
from bot.lock import only_process
from bot.logs import get_logger
from bot.photos import Shelf
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.migrate import migrate
from bot.store.trouble import Trouble
from bot.talk import cards, photo_place
from bot.talk.application import Handler, build_application
from bot.talk.speaker import Services, Speaker, speak

log = get_logger(__name__)
WORKERS_ON_POSTGRESQL = 4
DRAIN_SECONDS = 2.0
GARBAGE_OBJECTS = 10_000  # more than a batch of turns holds at once; Python's 700 costs a tenth of a turn
COUNT_SECONDS = 1.0
WATCH_SECONDS = 5.0


class App:
    """`open` builds the parts on a migrated database; `run` gives them life until stopped."""

    def __init__(
        self,
        settings: Settings,
        rounds: Sequence[Sequence[Handler]],
        *,
        clock: Clock | None = None,
        library: Library | None = None,
        telegram_request: BaseRequest | None = None,
    ) -> None:
        self.settings = settings
        self._rounds = rounds
        self.clock = clock or Clock()
        self._library = library
        self.store = Store(settings.database)
        self.wakes = Wakes(self.store)
        self.shelf = Shelf(settings.media_dir)
        self.inbox = Inbox(self.store, self.clock, self.wakes.inbox)
        self.metrics = Metrics()
        self.web = WebChannel(settings, self.store, self.clock, self.inbox, self.wakes.web, self.shelf)
        self.telegram = (
            TelegramChannel(settings, self.store, self.inbox, self.shelf, telegram_request)
            if settings.has_telegram
            else None
        )
        self.channels: dict[str, Channel] = {"web": self.web}
        if self.telegram:
            self.channels["telegram"] = self.telegram
        self.senders = [
            Sender(channel, self.store, self.clock, self.wakes.sender(name), self.metrics)
            for name, channel in self.channels.items()
        ]
        self.fetcher = Fetcher(self.channels, self.store, self.shelf, self.clock, self.wakes.photos)
        self.fetcher.on_change = self._photo_changed
        self.leader = Leader(self.store, self.wakes, self._lead)
        self._stop = asyncio.Event()

    async def open(self) -> None:
        """Migrates, loads content, seeds admins and starts the channels. Nothing waits for a platform."""
        await migrate(self.store)
        self.services = Services(
            self.settings,
            self.store,
            self.clock,
            self._library or Library(self.settings.content_dir, self.settings.areas_geojson),
            self.channels,
        )
        now = self.clock.now()
        async with self.store.transaction() as connection:
            await staff.seed_admins(connection, self.settings.admin_addresses, now, self.store.is_sqlite)
        await self.inbox.count()
        application = await build_application(self._rounds)
        count = 1 if self.store.is_sqlite else WORKERS_ON_POSTGRESQL
        self.workers = [
            Worker(self.services, application, self.inbox, self.wakes, self.metrics) for _ in range(count)
        ]
        for channel in self.channels.values():
            await channel.start()

    async def run(self) -> None:
        """Until SIGTERM, SIGINT or `stop`."""
        with only_process(self.settings, self.store.is_sqlite):
            http = await self._open_all()
            _spare_the_collector()
            loop = asyncio.get_running_loop()
            for name in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(name, self._stop.set)
            working = [asyncio.create_task(worker.run()) for worker in self.workers]
            working.append(asyncio.create_task(self._count()))
            working.append(asyncio.create_task(self._watch_content()))
            leading = asyncio.create_task(self.leader.run())
            await self._say_hello()
            await self._stop.wait()
            await self._shut_down(http, working, leading)

    async def _open_all(self) -> HttpServer:
        """With the HTTP server. What cannot start leaves nothing open behind it."""
        http = HttpServer(self.settings.listen, self.store, self.channels, self.metrics, self._routes())
        try:
            await self.open()
            await http.start()
        except BaseException:
            await http.stop()
            await self.close()
            raise
        return http

    def stop(self) -> None:
        self._stop.set()

    async def close(self) -> None:
        for channel in self.channels.values():
            await channel.stop()
        await self.store.close()

    async def _shut_down(
        self, http: HttpServer, working: list[asyncio.Task[None]], leading: asyncio.Task[None]
    ) -> None:
        """Intake ends first, running turns finish, answers that are due are recorded; the rest is on disk."""
        log.info("stopping")
        for worker in self.workers:
            worker.stop()
        leading.cancel()
        await asyncio.wait([leading], timeout=DRAIN_SECONDS + 0.5)
        await asyncio.wait(working, timeout=1.0)
        await self.web.stop()
        await http.stop()
        await self.close()
        log.info("stopped")

    async def _lead(self) -> None:
        """What only one copy does: send, poll, fetch, tick. Ends when any of it fails or it is cancelled."""
        ticker = Ticker(self.settings.timezone)
        for seconds, job in housekeeping.jobs(self.services, self.wakes):
            ticker.every(seconds, job)
        ticker.start()
        try:
            async with asyncio.TaskGroup() as group:
                for sender in self.senders:
                    group.create_task(sender.run())
                for channel in self.channels.values():
                    group.create_task(channel.lead())
                group.create_task(self.fetcher.run())
        finally:
            ticker.stop()
            # Still under the lock: the next leader must not find sends that were answered.
            await asyncio.gather(*(sender.drain(DRAIN_SECONDS) for sender in self.senders))

    async def _count(self) -> None:
        """In every copy: another may have handled what came in here."""
        trouble = Trouble(log)
        while not self._stop.is_set():
            try:
                await self.inbox.count()
            except Exception as error:
                trouble.tell("the backlog cannot be counted", error)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), COUNT_SECONDS)

    async def _watch_content(self) -> None:
        """In every copy, which has files of its own."""
        while not self._stop.is_set():
            try:
                if await self.services.library.renew_if_changed():
                    log.info("content renewed")
            except ContentError as error:
                log.error("content has faults and was not renewed; correct them", faults=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), WATCH_SECONDS)

    def _routes(self) -> list[web.RouteDef]:
        routes = self.web.routes()
        if self.telegram and self.telegram.webhook:
            routes.append(web.post(WEBHOOK_PATH, self.telegram.webhook.handle))
        return routes

    async def _photo_changed(self, connection: AsyncConnection, photo_id: int) -> None:
        speaker = Speaker(self.services, connection)
        await cards.photo_changed(speaker, photo_id)
        await photo_place.photo_arrived(speaker, photo_id)
        await speak(speaker, connection)
        self.wakes.ring_senders()

    async def _say_hello(self) -> None:
        log.info("running", origin=self.settings.origin, channels=sorted(self.channels))
        print(f"\n  Trang chat / web chat:   {self.settings.origin}/", flush=True)  # noqa: T201
        print(f"  Cán bộ / staff sign-in:  {await self.web.sign_in_link()}\n", flush=True)  # noqa: T201


def _spare_the_collector() -> None:
    """What start-up made lives for ever: it need not be looked at again."""
    gc.freeze()
    gc.set_threshold(GARBAGE_OBJECTS)
    gc.enable()
