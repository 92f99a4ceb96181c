"""What a visitor does, as the Bot API would tell it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from bot.channels.web.messages import Stored
from bot.channels.web.sanitise import plain
from bot.channels.web.visitors import DUTY_TITLE, Visitor

Json = dict[str, Any]
BOT: Json = {"id": 1, "is_bot": True, "first_name": "Trà Vinh Xanh", "username": "bot"}
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@\w+)?(?!\S)")


def update_id(visitor: Visitor, client_id: str, part: int = 0) -> int:
    """63 bits that are the same each time the page repeats itself, so that the inbox takes it once."""
    digest = hashlib.sha256(f"{visitor.id}\n{client_id}\n{part}".encode()).digest()
    return int.from_bytes(digest[:8]) >> 1


def message_update(
    number: int, visitor: Visitor, room: str, message: Stored, content: Mapping[str, Any]
) -> Json:
    """`content`: text, location, or photo with caption and media_group_id."""
    body = _head(visitor, room, message) | {"from": _user(visitor), **content}
    for name in ("text", "caption"):
        if command := _COMMAND.match(body.get(name) or ""):
            entity = {"type": "bot_command", "offset": 0, "length": command.end()}
            body["entities" if name == "text" else "caption_entities"] = [entity]
    return {"update_id": number, "message": body}


def quoted(visitor: Visitor, room: str, message: Stored) -> Json:
    """A message that is answered or whose button is pressed."""
    words = plain(message.payload.get("html", ""), 4096)
    sender = BOT if message.author is None else _user(visitor)
    head = _head(visitor, room, message) | {"from": sender}
    if message.payload.get("photos"):
        return head | {"photo": [photo_size("shown", 1, 1)], "caption": words}
    return head | {"text": words}


def press_update(number: int, visitor: Visitor, room: str, message: Stored, data: str) -> Json:
    query = {
        "id": f"{visitor.id}:{room}:{number}",
        "from": _user(visitor),
        "chat_instance": "web",
        "message": quoted(visitor, room, message),
        "data": data,
    }
    return {"update_id": number, "callback_query": query}


def photo_size(file_id: str, width: int, height: int) -> Json:
    return {"file_id": file_id, "file_unique_id": file_id, "width": width, "height": height}


def _head(visitor: Visitor, room: str, message: Stored) -> Json:
    return {
        "message_id": message.id,
        "date": int(message.created_at.timestamp()),
        "chat": _chat(visitor, room),
    }


def _chat(visitor: Visitor, room: str) -> Json:
    if room == "duty":
        return {"id": -1, "type": "group", "title": DUTY_TITLE}
    return {"id": visitor.id, "type": "private", "first_name": "Web"}


def _user(visitor: Visitor) -> Json:
    return {
        "id": visitor.id,
        "is_bot": False,
        "first_name": visitor.staff_name or "Web",
        "language_code": visitor.language,
    }
