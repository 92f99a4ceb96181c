"""Callback data: `1:action:part:part`, at most 64 bytes, versioned so that old buttons are recognised."""

from __future__ import annotations

import re

VERSION = "1"


def pack(action: str, *parts: str | int) -> str:
    data = ":".join((VERSION, action, *map(str, parts)))
    if len(data.encode()) > 64:
        raise ValueError(f"callback data over 64 bytes: {data!r}")
    return data


def pattern(action: str) -> re.Pattern[str]:
    """For CallbackQueryHandler: this action with any parts."""
    return re.compile(rf"^{VERSION}:{re.escape(action)}(?::|$)")


def parts(data: str) -> list[str]:
    """What was packed after the action."""
    return data.split(":")[2:]
