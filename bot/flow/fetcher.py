"""Fetches and cleans photos in the background, again and again until they are here or surely lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import photos
from bot.channels.base import Channel, FetchError
from bot.clock import Clock
from bot.flow.wake import Wake
from bot.logs import get_logger
from bot.photos import Photo, Shelf
from bot.pictures import BadPictureError
from bot.store.engine import Store
from bot.store.trouble import Trouble

log = get_logger(__name__)
AT_ONCE = 4
SWEEP_SECONDS = 1.0

Arrived = Callable[[AsyncConnection, int], Awaitable[None]]
"""Told inside the transaction when a photo (by id) became ready, failed once, or is given up."""


class Fetcher:
    def __init__(
        self, channels: Mapping[str, Channel], store: Store, shelf: Shelf, clock: Clock, wake: Wake
    ) -> None:
        self._channels = channels
        self._store = store
        self._shelf = shelf
        self._clock = clock
        self._wake = wake
        self._trouble = Trouble(log)
        self.on_change: Arrived | None = None

    async def run(self) -> None:
        while True:
            try:
                busy = await self.round()
            except Exception as error:
                self._trouble.tell("fetcher: the round failed, its photos stay pending", error)
                busy = False
            if not busy:
                await self._wake.wait(SWEEP_SECONDS)

    async def round(self) -> bool:
        async with self._store.read() as connection:
            due = await photos.due(connection, self._clock.now(), AT_ONCE)
        await asyncio.gather(*(self._fetch(photo) for photo in due))
        return bool(due)

    async def _fetch(self, photo: Photo) -> None:
        try:
            channel = self._channels.get(photo.channel)
            if channel is None:
                raise FetchError(f"channel {photo.channel} is not configured")
            gps = await self._shelf.keep(photo.token, await channel.fetch(photo.file_id))
        except FetchError as error:
            await self._failed(photo, str(error), final=error.final)
        except BadPictureError as error:
            await self._failed(photo, str(error), final=True)
        except OSError as error:
            log.error("fetcher: a photo cannot be stored; free space on DATA_DIR", error=str(error))
            await self._failed(photo, str(error), final=False)
        else:
            async with self._store.transaction() as connection:
                await photos.mark_ready(connection, photo, gps)
                await self._tell(connection, photo)

    async def _failed(self, photo: Photo, error: str, *, final: bool) -> None:
        async with self._store.transaction() as connection:
            over = await photos.mark_failed(connection, photo, error, self._clock.now(), final=final)
            await self._tell(connection, photo)
        log.warning("fetcher: a photo could not be fetched", photo=photo.id, given_up=over, error=error)

    async def _tell(self, connection: AsyncConnection, photo: Photo) -> None:
        """The photo's own state is kept even when those who wait for it cannot be told."""
        if self.on_change is None:
            return
        try:
            async with connection.begin_nested():
                await self.on_change(connection, photo.id)
        except Exception:
            log.exception("fetcher: nobody could be told of a photo", photo=photo.id)
