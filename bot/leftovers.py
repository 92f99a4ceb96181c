"""What nobody needs any more, removed by the clock: old exports, photos of drafts that were left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, or_, select

from bot.mydata import EXPORTS
from bot.photos import Shelf
from bot.posters import CHANNEL as POSTER
from bot.store import Executor
from bot.store.tables import Draft, Photo, ReportPhoto

KEEP_EXPORTS = timedelta(days=1)
KEEP_PHOTOS = timedelta(days=1)  # of a draft that was left
KEEP_POSTERS = timedelta(days=30)  # who asks later gets a new one
SETTLE = timedelta(hours=1)  # a picture is written before its row is committed
AT_ONCE = 500


async def remove_old_exports(data_dir: Path, now: datetime) -> int:
    """Returns how many were removed."""
    old = await asyncio.to_thread(_older, data_dir / EXPORTS, "*.*", now - KEEP_EXPORTS)
    for path in old:
        await asyncio.to_thread(path.unlink, missing_ok=True)
    return len(old)


async def remove_lost_pictures(executor: Executor, media_dir: Path, now: datetime) -> int:
    """Pictures on disk that no photo row names. Returns how many tokens were removed."""
    shelf = Shelf(media_dir)
    files = await asyncio.to_thread(_older, media_dir, "*.jpg", now - SETTLE)
    tokens = sorted({_token(path) for path in files})
    lost = [token for part in _parts(tokens) for token in await _without_row(executor, part)]
    for token in lost:
        await asyncio.to_thread(shelf.remove, token)
    return len(lost)


async def remove_lost_photos(executor: Executor, now: datetime) -> int:
    """Rows of photos that neither a report nor an open draft holds, and of old posters. Returns how many."""
    in_drafts: set[int] = set()
    for data in (await executor.execute(select(Draft.data))).scalars():
        in_drafts.update(photo for photo in data.get("photos", ()) if isinstance(photo, int))
    found = await executor.execute(
        select(Photo.id).where(
            Photo.created_at < now - KEEP_PHOTOS,
            or_(Photo.channel != POSTER, Photo.created_at < now - KEEP_POSTERS),
            Photo.id.not_in(select(ReportPhoto.photo_id)),
        )
    )
    lost = [photo for photo in found.scalars() if photo not in in_drafts]
    for at in range(0, len(lost), AT_ONCE):
        await executor.execute(delete(Photo).where(Photo.id.in_(lost[at : at + AT_ONCE])))
    return len(lost)


def _older(directory: Path, glob: str, than: datetime) -> list[Path]:
    return [path for path in directory.glob(glob) if path.stat().st_mtime < than.timestamp()]


def _token(path: Path) -> str:
    return path.name.removesuffix(".jpg").removesuffix(".thumb")


def _parts(tokens: list[str]) -> Iterable[list[str]]:
    return (tokens[at : at + AT_ONCE] for at in range(0, len(tokens), AT_ONCE))


async def _without_row(executor: Executor, tokens: list[str]) -> list[str]:
    known = set((await executor.execute(select(Photo.token).where(Photo.token.in_(tokens)))).scalars())
    return [token for token in tokens if token not in known]
