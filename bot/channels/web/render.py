"""From what the bot says to a stored payload, and from a stored message to what the page draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import escape

from bot import photos
from bot.address import Address
from bot.channels.web.media import Signer
from bot.channels.web.messages import Payload, Stored
from bot.channels.web.sanitise import plain, safe_url, sanitise
from bot.photos import Photo, Shelf
from bot.say import Button, Keyboard, Say
from bot.store import Executor

QUOTE_CHARACTERS = 120


def payload_of(say: Say) -> Payload:
    """Without photos, file and quote, which need the disk or the database."""
    return {
        "html": sanitise(str(say.text)),
        **({"buttons": [[_button(button) for button in row] for row in say.buttons]} if say.buttons else {}),
        **({"keyboard": keyboard} if (keyboard := _keyboard(say.keyboard)) else {}),
        **({"ask_reply": True} if say.ask_reply else {}),
    }


def _button(button: Button) -> dict[str, str | None]:
    return {"text": button.text, "data": button.data, "url": safe_url(button.url) if button.url else None}


def _keyboard(keyboard: Keyboard | bool | None) -> dict[str, Any] | None:
    if isinstance(keyboard, Keyboard):
        rows = [
            [{"text": key.text, "request_location": key.asks_location} for key in row]
            for row in keyboard.rows
        ]
        return {"rows": rows}
    return {"remove": True} if keyboard is False else None


def quote_of(message: Stored | None) -> dict[str, Any] | None:
    """What stands for a message in an answer to it."""
    if message is None:
        return None
    words = plain(message.payload.get("html", ""), QUOTE_CHARACTERS)
    sign = "📷" if message.payload.get("photos") else "📍" if message.payload.get("location") else "📎"
    return {"id": message.id, "text": words or sign}


def own_html(text: str) -> str:
    """What a person typed, as HTML."""
    return str(escape(text))


class Renderer:
    """Draws messages for one reader; addresses of photos are signed for the chat they are in."""

    def __init__(self, signer: Signer, shelf: Shelf) -> None:
        self._signer = signer
        self._shelf = shelf

    async def render(
        self, executor: Executor, messages: Sequence[Stored], room: str, reader: int
    ) -> list[dict[str, Any]]:
        wanted = [photo["id"] for message in messages for photo in message.payload.get("photos", ())]
        known = {photo.id: photo for photo in await photos.of(executor, list(dict.fromkeys(wanted)))}
        return [self._message(message, room, reader, known) for message in messages]

    def _message(self, message: Stored, room: str, reader: int, known: Mapping[int, Photo]) -> dict[str, Any]:
        payload = message.payload
        mine = message.author == reader
        return {
            "id": message.id,
            "room": room,
            "seq": message.seq,
            "mine": mine,
            "date": message.created_at.isoformat(),
            "html": payload.get("html", ""),
            "edited": message.edited_at is not None,
            "ask_reply": payload.get("ask_reply", False),
            "client_id": message.client_id if mine else None,
            "photos": [self._photo(message.chat, photo, known) for photo in payload.get("photos", ())],
            "file": self._file(message),
            "location": payload.get("location"),
            "buttons": payload.get("buttons", []),
            "keyboard": payload.get("keyboard"),
            "reply_to": payload.get("reply_to"),
        }

    def _photo(self, chat: Address, photo: dict[str, Any], known: Mapping[int, Photo]) -> dict[str, Any]:
        here = known.get(photo["id"])
        ready = here is not None and here.state == "ready"
        return {
            "thumb": self._signer.address(chat, f"photo/{photo['id']}/thumb") if ready else None,
            "full": self._signer.address(chat, f"photo/{photo['id']}/full") if ready else None,
            "width": photo.get("width"),
            "height": photo.get("height"),
            "alt": "",
        }

    def _file(self, message: Stored) -> dict[str, Any] | None:
        file = message.payload.get("file")
        if not file:
            return None
        url = self._signer.address(message.chat, f"file/{message.id}")
        return {"name": file["name"], "size": file["size"], "url": url}
