"""Pictures as they arrive: photos and image files become rows, anything else is refused kindly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from telegram import Message
from telegram.ext import filters

from bot import photos
from bot.pictures import MOST_BYTES
from bot.talk.turn import Turn

FORMATS = ("jpeg", "jpg", "png", "webp", "gif", "bmp", "tiff")
TYPES = frozenset(f"image/{one}" for one in FORMATS)
SUFFIXES = frozenset(f".{one}" for one in (*FORMATS, "tif", "mpo"))


@dataclass(frozen=True, slots=True)
class Picture:
    """`compressed`: the platform removed its metadata."""

    file_id: str
    unique_id: str
    compressed: bool
    size: int


class ImageFile(filters.MessageFilter):
    """A file that says it is a picture of a kind that can be read."""

    def filter(self, message: Message) -> bool:
        file = message.document
        if file is None:
            return False
        suffix = PurePath(file.file_name or "").suffix.lower()
        return (file.mime_type or "").lower() in TYPES or suffix in SUFFIXES


IMAGE_FILE = ImageFile()
PICTURE = filters.PHOTO | IMAGE_FILE
NO_PICTURE = (
    filters.VIDEO | filters.VIDEO_NOTE | filters.ANIMATION | filters.AUDIO | filters.Document.ALL
) & ~IMAGE_FILE


def has_picture(message: Message) -> bool:
    return bool(message.photo) or IMAGE_FILE.filter(message)


def picture_of(message: Message) -> Picture:
    """Of a message that has one."""
    if message.photo:
        largest = message.photo[-1]
        return Picture(largest.file_id, largest.file_unique_id, True, largest.file_size or 0)
    file = message.document
    assert file is not None
    return Picture(file.file_id, file.file_unique_id, False, file.file_size or 0)


def is_too_big(picture: Picture) -> bool:
    return picture.size > MOST_BYTES


def refuse_too_big(turn: Turn, key: str | None) -> None:
    turn.say(
        turn.t("Ảnh này nặng quá (trên 20 MB). Bà con gửi lại dạng ảnh thường, đừng gửi dạng tệp nha."),
        key=key and f"big.{key}",
    )


async def keep(turn: Turn, picture: Picture) -> int:
    """The id of its row. The web page kept its uploads already."""
    if turn.channel.name == "web":
        kept = await photos.by_file(turn.session, "web", picture.file_id)
        if kept is not None:
            await photos.own(turn.session, kept, turn.person.id)
            return kept
    return await photos.add(
        turn.session,
        channel=turn.channel.name,
        file_id=picture.file_id,
        compressed=picture.compressed,
        owner_id=turn.person.id,
        now=turn.now,
    )


def album_key(turn: Turn, message: Message) -> str | None:
    """The same for all pictures of an album, so that it is answered once."""
    return f"album.{turn.chat}.{message.media_group_id}" if message.media_group_id else None
