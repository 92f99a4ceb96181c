"""The files of the page, read and compressed once."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from bot.channels.web.answers import HEADERS

STATIC = Path(__file__).parent / "static"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Asset:
    content_type: str
    etag: str
    raw: bytes
    packed: bytes

    def answer(self, request: web.Request) -> web.Response:
        headers = HEADERS | {"ETag": f'"{self.etag}"', "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if self.etag in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        if packed:
            headers["Content-Encoding"] = "gzip"
        return web.Response(
            body=self.packed if packed else self.raw,
            content_type=self.content_type,
            charset="utf-8",
            headers=headers,
        )


def load() -> dict[str, Asset]:
    """By path below `static/`."""
    return {
        str(path.relative_to(STATIC).as_posix()): _asset(path) for path in STATIC.rglob("*") if path.is_file()
    }


def _asset(path: Path) -> Asset:
    raw = path.read_bytes()
    return Asset(TYPES[path.suffix], hashlib.sha256(raw).hexdigest()[:16], raw, gzip.compress(raw, mtime=0))
