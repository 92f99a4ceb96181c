"""Where a message goes: channel and chat in one value, `telegram:-100123` or `web:7`."""

from __future__ import annotations

from typing import NewType

Address = NewType("Address", str)


def address(channel: str, chat_id: int) -> Address:
    return Address(f"{channel}:{chat_id}")


def channel_of(where: Address) -> str:
    return where.partition(":")[0]


def chat_id_of(where: Address) -> int:
    return int(where.partition(":")[2])


def is_group(where: Address) -> bool:
    """Groups have negative ids on every channel, as on Telegram."""
    return where.partition(":")[2].startswith("-")
