"""A Say as Bot API calls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from telegram import InputFile, InputMediaPhoto

from bot.channels.telegram.request import Api
from bot.photos import Photo, Shelf
from bot.say import Button, Key, Keyboard, Rows, Say

CAPTION_MOST = 1024
TEXT_MOST = 4096
ALBUM_MOST = 10
NO_PREVIEW = {"is_disabled": True}
Json = dict[str, Any]
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Posted:
    """The message that carries the buttons, and the ids of photos that did not fit into it."""

    message_id: int
    rest: tuple[int, ...] = ()


Shown = dict[int, str | bytes]
"""Photo id → what Telegram takes for it: its own file id, or bytes."""


class Renderer:
    """`html` False sends the bare text, for when the platform refuses the markup."""

    def __init__(self, api: Api, shelf: Shelf, files: Path) -> None:
        self._api = api
        self._shelf = shelf
        self._files = files

    async def send(self, chat_id: int, say: Say, photos: list[Photo], *, html: bool = True) -> Posted:
        if say.edit is not None:
            return Posted(await self._edit(chat_id, say, html))
        common = {
            "chat_id": chat_id,
            "reply_markup": _markup(say),
            "reply_parameters": _reply(say.reply_to),
        }
        shown = self._shown(photos)
        if shown and not say.text:
            return await self._album(shown, common)
        if say.file is not None:
            content = (self._files / say.file.path).read_bytes()
            document = InputFile(content, filename=say.file.name)
            text, mode = _fitted(say, html, CAPTION_MOST)
            sent = await self._api("sendDocument", document=document, caption=text, parse_mode=mode, **common)
        elif shown and _units(plain(say.text)) <= CAPTION_MOST:
            text, mode = _fitted(say, html, CAPTION_MOST)
            first = _upload(shown.pop(next(iter(shown))))
            sent = await self._api("sendPhoto", photo=first, caption=text, parse_mode=mode, **common)
        else:
            text, mode = _fitted(say, html, TEXT_MOST)
            common["link_preview_options"] = NO_PREVIEW
            sent = await self._api("sendMessage", text=text, parse_mode=mode, **common)
        return Posted(int(sent["message_id"]), tuple(shown))

    async def _album(self, shown: Shown, common: Json) -> Posted:
        """Pictures without words: the first ten."""
        ids = list(shown)
        pictures = [shown[photo_id] for photo_id in ids[:ALBUM_MOST]]
        if len(pictures) == 1:
            sent = await self._api("sendPhoto", photo=_upload(pictures[0]), **common)
        else:
            media = [InputMediaPhoto(one) for one in pictures]
            sent = (await self._api("sendMediaGroup", media=media, **common))[0]
        return Posted(int(sent["message_id"]), tuple(ids[ALBUM_MOST:]))

    async def _edit(self, chat_id: int, say: Say, html: bool) -> int:
        assert say.edit is not None
        text, mode = _fitted(say, html, CAPTION_MOST if say.has_photo else TEXT_MOST)
        common = {
            "chat_id": chat_id,
            "message_id": say.edit,
            "parse_mode": mode,
            "reply_markup": _inline(say.buttons) if say.buttons else None,
        }
        if say.has_photo:
            await self._api("editMessageCaption", caption=text, **common)
        else:
            await self._api("editMessageText", text=text, link_preview_options=NO_PREVIEW, **common)
        return say.edit

    def _shown(self, photos: list[Photo]) -> Shown:
        pictures = {photo.id: self._picture(photo) for photo in photos}
        return {photo_id: picture for photo_id, picture in pictures.items() if picture is not None}

    def _picture(self, photo: Photo) -> str | bytes | None:
        """None when it is not here: the text is worth sending without it."""
        if _passes_on(photo):
            return photo.file_id
        try:
            return self._shelf.full(photo.token).read_bytes() if photo.state == "ready" else None
        except FileNotFoundError:
            return None


def plain(text: str) -> str:
    """HTML text without its markup, lines kept."""
    return unescape(_TAG.sub("", text))


def _units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _fitted(say: Say, html: bool, most: int) -> tuple[str, str | None]:
    """Text and parse mode. What is too long goes out as plain text, cut: better than not at all."""
    bare = plain(say.text)
    if _units(bare) > most:
        cut = bare.encode("utf-16-le", "replace")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
        return f"{cut}…", None
    return (str(say.text), "HTML") if html else (bare, None)


def _passes_on(photo: Photo) -> bool:
    """Telegram's own compressed photos hold no metadata: their id is enough."""
    return photo.channel == "telegram" and photo.compressed


def _upload(picture: str | bytes) -> str | InputFile:
    return picture if isinstance(picture, str) else InputFile(picture)


def _reply(message_id: int | None) -> Json | None:
    return {"message_id": message_id, "allow_sending_without_reply": True} if message_id else None


def _markup(say: Say) -> Json | None:
    if say.buttons:
        return _inline(say.buttons)
    if say.ask_reply:
        return {"force_reply": True, "selective": True}
    if say.keyboard is False:
        return {"remove_keyboard": True}
    return _keyboard(say.keyboard) if isinstance(say.keyboard, Keyboard) else None


@lru_cache(maxsize=256)
def _keyboard(keyboard: Keyboard) -> Json:
    markup: Json = {
        "keyboard": [[_key(key) for key in row] for row in keyboard.rows],
        "resize_keyboard": True,
    }
    return markup | {"is_persistent": True} if keyboard.persistent else markup


def _key(key: Key) -> Json:
    return {"text": key.text, "request_location": True} if key.asks_location else {"text": key.text}


def _inline(rows: Rows) -> Json:
    return {"inline_keyboard": [[_button(one) for one in row] for row in rows]}


def _button(button: Button) -> Json:
    if button.url is not None:
        return {"text": button.text, "url": button.url}
    return {"text": button.text, "callback_data": button.data}
