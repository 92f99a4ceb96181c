"""What the bot knows now, and its renewal from changed files: whole, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

from bot.content.check import faults_of_parts
from bot.content.files import ContentError
from bot.knowledge import Knowledge, load_knowledge

Stamp = tuple[tuple[str, int, int], ...]
"""Path, time of the last change in nanoseconds and size in bytes of every file."""


class Library:
    """Holds the Knowledge in use. Turns that have begun keep the one they began with."""

    def __init__(
        self, content_dir: Path, areas_geojson: Path | None = None, knowledge: Knowledge | None = None
    ) -> None:
        """Raises ContentError: without any content there is nothing to start with."""
        self.content_dir = content_dir
        self._areas_geojson = areas_geojson
        self._read = self._looked = _stamp(content_dir)
        self.knowledge = knowledge or load_knowledge(content_dir, areas_geojson)
        self._renewing = asyncio.Lock()

    async def renew(self) -> Knowledge:
        """Reads all files again. Raises ContentError with every fault; the old content then stays."""
        async with self._renewing:
            self._read = self._looked = await asyncio.to_thread(_stamp, self.content_dir)
            try:
                self.knowledge = await asyncio.to_thread(
                    load_knowledge, self.content_dir, self._areas_geojson
                )
            except ContentError as error:
                faults = await asyncio.to_thread(faults_of_parts, self.content_dir)
                raise ContentError(sorted({*error.faults, *faults})) from None
        return self.knowledge

    async def renew_if_changed(self) -> bool:
        """Whether there is new content. Files that are still being written are left for the next look.

        Raises ContentError like `renew`, once for each change.
        """
        now = await asyncio.to_thread(_stamp, self.content_dir)
        at_rest, self._looked = now == self._looked, now
        if now == self._read or not at_rest:
            return False
        await self.renew()
        return True


def _stamp(directory: Path) -> Stamp:
    return tuple(sorted(_files(directory)))


def _files(directory: Path) -> Iterator[tuple[str, int, int]]:
    for path in directory.rglob("*.*"):
        try:
            state = path.stat()
        except OSError:
            continue  # gone between the listing and the look
        if path.suffix in {".yaml", ".md", ".geojson", ".json", ".weights"}:
            yield str(path), state.st_mtime_ns, state.st_size
