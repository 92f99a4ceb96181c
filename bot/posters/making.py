"""A poster as a kept photo: drawn once, shared by everybody, drawn anew when what it says changes."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot import photos
from bot.logs import get_logger
from bot.photos import Shelf
from bot.posters.icons import icon_path
from bot.posters.poster import LEAF, Poster
from bot.refusal import N_, Refusal
from bot.store import Executor
from bot.store.tables import Photo
from bot.store.trouble import explain

log = get_logger(__name__)
CHANNEL = "poster"
DESIGN = 1  # to be raised when posters come to look different
HANDED_OUT = timedelta(days=15)  # half as long as it is kept, so that a message shows it for a while
FAILED = N_("Chưa vẽ được hình này. Bạn thử lại sau ít phút nha.")


async def kept_poster(
    executor: Executor, shelf: Shelf, content_dir: Path, poster: Poster, now: datetime
) -> int:
    """The photo id of the poster. Raises Refusal when it cannot be drawn or stored; says why in the log."""
    try:
        icons = await asyncio.to_thread(_icons, content_dir, poster)
        name = _name(poster, icons)
        known = await _known(executor, name, now)
        if known is None:
            token = secrets.token_urlsafe(24)
            await asyncio.to_thread(_draw, shelf, token, poster, icons)
            return await photos.add_ready(executor, token, None, now, channel=CHANNEL, file_id=name)
        photo_id, token = known
        if not shelf.full(token).exists():
            await asyncio.to_thread(_draw, shelf, token, poster, icons)
    except _PictureError as error:
        cause, which = error.__cause__ or error, f"{poster.kind} {poster.id}"
        log.error("a poster cannot be made", poster=which, why=repr(cause), advice=explain(cause))
        raise Refusal(FAILED) from error
    return photo_id


class _PictureError(Exception):
    """Drawing or storing failed; the cause says why."""


Icons = tuple[bytes | None, bytes | None]


def _icons(content_dir: Path, poster: Poster) -> Icons:
    """The poster's own and the bot's leaf; None where there is no such file."""
    return _read(icon_path(content_dir, poster.icon)), _read(icon_path(content_dir, LEAF))


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _name(poster: Poster, icons: Icons) -> str:
    drawn = hashlib.sha256(repr((DESIGN, poster, icons)).encode()).hexdigest()
    return f"{poster.kind}:{poster.id}:{drawn[:24]}"


async def _known(executor: Executor, name: str, now: datetime) -> tuple[int, str] | None:
    found = await executor.execute(
        select(Photo.id, Photo.token)
        .where(Photo.channel == CHANNEL, Photo.file_id == name, Photo.created_at > now - HANDED_OUT)
        .order_by(Photo.id.desc())
        .limit(1)
    )
    row = found.one_or_none()
    return (row.id, row.token) if row else None


def _draw(shelf: Shelf, token: str, poster: Poster, icons: Icons) -> None:
    from bot.posters.draw import draw

    try:
        shelf.store(token, draw(poster, *icons))
    except Exception as error:  # Pillow raises almost anything on a broken icon
        raise _PictureError from error
