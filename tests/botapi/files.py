"""Files as the platform keeps them: ids for the bot, content by path, size variants for photos."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

from tests.botapi.wire import JsonObject, bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024
_SIDES = (90, 320, 800, 1280)


@dataclass(slots=True)
class StoredFile:
    """`size` may be larger than the content, so that a huge file need not exist in a test."""

    file_id: str
    unique_id: str
    path: str
    content: bytes
    size: int

    def face(self) -> JsonObject:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


@dataclass(slots=True)
class FileStore:
    by_id: dict[str, StoredFile] = field(default_factory=dict)
    by_path: dict[str, StoredFile] = field(default_factory=dict)
    photos: dict[str, list[JsonObject]] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def keep(self, folder: str, suffix: str, content: bytes, size: int | None = None) -> StoredFile:
        number = next(self._numbers)
        stored = StoredFile(
            file_id=f"AgACAgUAAxkDAA{number:06d}_{folder}",
            unique_id=f"AQAD{number:06d}",
            path=f"{folder}/file_{number}{suffix}",
            content=content,
            size=len(content) if size is None else size,
        )
        self.by_id[stored.file_id] = self.by_path[stored.path] = stored
        return stored

    def keep_photo(self, content: bytes, size: int | None = None) -> list[JsonObject]:
        """Store a picture and return its PhotoSize list, smallest first (every size has the same bytes)."""
        width, height = _dimensions(content)
        longest = max(width, height)
        sides = [side for side in _SIDES if side < longest] or [longest]
        if longest <= _SIDES[-1] and longest not in sides:
            sides.append(longest)
        sizes = []
        for side in sides:
            stored = self.keep("photos", ".jpg", content, size)
            shape = {
                "width": max(1, width * side // longest),
                "height": max(1, height * side // longest),
            }
            sizes.append(stored.face() | shape)
        for one in sizes:
            self.photos[one["file_id"]] = sizes
        return sizes

    def get(self, file_id: str) -> StoredFile:
        """What `getFile` may hand out; refuses unknown ids and what is above the download limit."""
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad_request("invalid file_id")
        if stored.size > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        return stored


def _dimensions(content: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None


def small_jpeg(colour: tuple[int, int, int] = (60, 140, 70), side: int = 640) -> bytes:
    """A real picture for those who do not care which."""
    buffer = io.BytesIO()
    Image.new("RGB", (side, side * 3 // 4), colour).save(buffer, "JPEG", quality=60)
    return buffer.getvalue()
