"""Photos: kept as rows at once, fetched and cleaned in the background, served from DATA_DIR/media."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import pictures
from bot.fold import storable
from bot.store import Executor
from bot.store.tables import Photo as Row
from bot.store.tables import ReportPhoto

RETRY_SECONDS = (2, 10, 60, 600, 3600)


@dataclass(frozen=True, slots=True)
class Photo:
    """`compressed`: the platform already removed its metadata, so it may be passed on by `file_id`."""

    id: int
    token: str
    channel: str
    file_id: str
    compressed: bool
    state: str
    attempts: int
    retry_at: datetime | None
    gps: tuple[float, float] | None


async def add(
    executor: Executor, *, channel: str, file_id: str, compressed: bool, owner_id: int, now: datetime
) -> int:
    """A photo to be fetched later. Returns its id."""
    statement = insert(Row).values(
        token=secrets.token_urlsafe(24),
        channel=channel,
        file_id=file_id,
        compressed=compressed,
        state="pending",
        retry_at=now,
        owner_id=owner_id or None,
        created_at=now,
    )
    return (await executor.execute(statement.returning(Row.id))).scalar_one()


async def add_ready(
    executor: Executor,
    token: str,
    gps: tuple[float, float] | None,
    now: datetime,
    *,
    channel: str = "web",
    file_id: str | None = None,
) -> int:
    """A photo whose clean bytes are already kept, as the web page's uploads are. Returns its id."""
    statement = insert(Row).values(
        token=token,
        channel=channel,
        file_id=file_id or token,
        compressed=False,
        state="ready",
        gps_lat=gps[0] if gps else None,
        gps_lon=gps[1] if gps else None,
        created_at=now,
    )
    return (await executor.execute(statement.returning(Row.id))).scalar_one()


async def by_file(executor: Executor, channel: str, file_id: str) -> int | None:
    found = await executor.execute(
        select(Row.id).where(Row.channel == channel, Row.file_id == file_id).limit(1)
    )
    return found.scalar_one_or_none()


async def own(executor: Executor, photo_id: int, owner_id: int) -> None:
    await executor.execute(update(Row).where(Row.id == photo_id).values(owner_id=owner_id or None))


async def of(executor: Executor, ids: Sequence[int]) -> list[Photo]:
    """In the order asked for; those gone are left out."""
    if not ids:
        return []
    found = await executor.execute(select(Row.__table__).where(Row.id.in_(ids)))
    photos = {
        row.id: Photo(
            row.id,
            row.token,
            row.channel,
            row.file_id,
            row.compressed,
            row.state,
            row.attempts,
            row.retry_at,
            (row.gps_lat, row.gps_lon) if row.gps_lat is not None else None,
        )
        for row in found
    }
    return [photos[photo_id] for photo_id in ids if photo_id in photos]


async def due(connection: AsyncConnection, now: datetime, most: int) -> list[Photo]:
    found = await connection.execute(
        select(Row.id).where(Row.state == "pending", Row.retry_at <= now).order_by(Row.retry_at).limit(most)
    )
    return await of(connection, list(found.scalars()))


async def mark_ready(connection: AsyncConnection, photo: Photo, gps: tuple[float, float] | None) -> None:
    await connection.execute(
        update(Row)
        .where(Row.id == photo.id)
        .values(
            state="ready",
            error=None,
            retry_at=None,
            gps_lat=gps[0] if gps else None,
            gps_lon=gps[1] if gps else None,
        )
    )


async def mark_failed(
    connection: AsyncConnection, photo: Photo, error: str, now: datetime, *, final: bool
) -> bool:
    """Tries again later, or gives up. True when given up."""
    over = final or photo.attempts >= len(RETRY_SECONDS)
    retry_at = None if over else now + timedelta(seconds=RETRY_SECONDS[photo.attempts])
    await connection.execute(
        update(Row)
        .where(Row.id == photo.id)
        .values(
            state="failed" if over else "pending",
            attempts=photo.attempts + 1,
            error=storable(error, 500),
            retry_at=retry_at,
        )
    )
    return over


async def forget_gps(executor: Executor, ids: Sequence[int]) -> None:
    await executor.execute(update(Row).where(Row.id.in_(ids)).values(gps_lat=None, gps_lon=None))


async def reports_of(executor: Executor, photo_id: int) -> list[int]:
    found = await executor.execute(select(ReportPhoto.report_id).where(ReportPhoto.photo_id == photo_id))
    return list(found.scalars())


class Shelf:
    """The files themselves: `<token>.jpg` and `<token>.thumb.jpg`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def full(self, token: str) -> Path:
        return self._directory / f"{token}.jpg"

    def thumb(self, token: str) -> Path:
        return self._directory / f"{token}.thumb.jpg"

    async def keep(self, token: str, raw: bytes) -> tuple[float, float] | None:
        """Cleans and stores a picture; returns where it was taken. Raises BadPictureError, OSError."""
        return await asyncio.to_thread(self._keep, token, raw)

    def _keep(self, token: str, raw: bytes) -> tuple[float, float] | None:
        picture = pictures.clean(raw)
        self.store(token, picture)
        return picture.gps

    def store(self, token: str, picture: pictures.Picture) -> None:
        """Blocks while it writes: run it in a thread. Raises OSError."""
        self._directory.mkdir(parents=True, exist_ok=True)
        _write(self.thumb(token), picture.thumb)
        _write(self.full(token), picture.full)

    def remove(self, token: str) -> None:
        self.full(token).unlink(missing_ok=True)
        self.thumb(token).unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, also when the power goes."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
