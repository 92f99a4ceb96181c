"""Addresses of photos and files that nobody can guess and that work for nobody else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.address import Address
from bot.store.tables import Fact

KEY_FACT = "web_media_key"


async def load_key(connection: AsyncConnection, is_sqlite: bool) -> bytes:
    """The signing key, made once and shared by all copies."""
    insert = sqlite.insert(Fact) if is_sqlite else postgresql.insert(Fact)
    fresh = insert.values(name=KEY_FACT, value=secrets.token_hex(32))
    await connection.execute(fresh.on_conflict_do_nothing(index_elements=["name"]))
    found = await connection.execute(select(Fact.value).where(Fact.name == KEY_FACT))
    return bytes.fromhex(found.scalar_one())


class Signer:
    """Signs what hangs on a message for those who may read its chat."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def address(self, chat: Address, what: str) -> str:
        return f"/media/{self._sign(chat, what)}/{what}"

    def holds(self, signature: str, chats: Iterable[Address], what: str) -> bool:
        """Whether it was signed for one of these chats."""
        # Compared as bytes: a str comparison raises on letters outside ASCII, and the client writes them.
        return any(
            hmac.compare_digest(signature.encode(errors="replace"), self._sign(chat, what).encode())
            for chat in chats
        )

    def _sign(self, chat: Address, what: str) -> str:
        digest = hmac.digest(self._key, f"{chat}\n{what}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def size_of(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels; None when there is no readable picture yet. Reads only the header."""
    from PIL import Image

    try:
        with Image.open(path) as picture:
            return picture.size
    except OSError:
        return None
