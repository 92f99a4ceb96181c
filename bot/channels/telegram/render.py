"""A Say as Bot API calls."""

from __future__ import annotations

from pathlib import Path

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.photos import Photo, Shelf
from bot.say import Keyboard, Rows, Say

CAPTION_MOST = 1024
TEXT_MOST = 4096
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


class Renderer:
    """`html` False sends the bare text, for when the platform refuses the markup."""

    def __init__(self, bot: Bot, shelf: Shelf, files: Path) -> None:
        self._bot = bot
        self._shelf = shelf
        self._files = files

    async def send(self, chat_id: int, say: Say, photos: list[Photo], *, html: bool = True) -> int:
        """The id of the message that carries the buttons."""
        mode = "HTML" if html else None
        text = str(say.text) if html else say.text.striptags()
        if say.edit is not None:
            return await self._edit(chat_id, say, text, mode)
        shown = [self._picture(photo) for photo in photos if photo.state == "ready" or _passes_on(photo)]
        if say.file is not None:
            sent = await self._document(chat_id, say, text, mode)
        elif shown and len(say.text.striptags()) <= CAPTION_MOST:
            sent = await self._photo(chat_id, say, text, mode, shown[0])
            shown = shown[1:]
        else:
            sent = await self._bot.send_message(
                chat_id,
                text,
                parse_mode=mode,
                reply_markup=_markup(say),
                reply_parameters=_reply(say),
                link_preview_options=NO_PREVIEW,
            )
        return sent.message_id

    async def send_album(self, chat_id: int, photos: list[Photo], under: int) -> None:
        """The other pictures of a message, as a reply to it."""
        shown = [self._picture(photo) for photo in photos if photo.state == "ready" or _passes_on(photo)]
        reply = ReplyParameters(under, allow_sending_without_reply=True)
        if len(shown) == 1:
            await self._bot.send_photo(chat_id, shown[0], reply_parameters=reply)
        elif shown:
            await self._bot.send_media_group(
                chat_id, [InputMediaPhoto(one) for one in shown], reply_parameters=reply
            )

    async def _photo(
        self, chat_id: int, say: Say, text: str, mode: str | None, picture: str | bytes
    ) -> Message:
        return await self._bot.send_photo(
            chat_id,
            picture,
            caption=text,
            parse_mode=mode,
            reply_markup=_markup(say),
            reply_parameters=_reply(say),
        )

    async def _document(self, chat_id: int, say: Say, text: str, mode: str | None) -> Message:
        assert say.file is not None
        content = (self._files / say.file.path).read_bytes()
        return await self._bot.send_document(
            chat_id,
            content,
            filename=say.file.name,
            caption=text,
            parse_mode=mode,
            reply_markup=_markup(say),
        )

    async def _edit(self, chat_id: int, say: Say, text: str, mode: str | None) -> int:
        assert say.edit is not None
        buttons = _inline(say.buttons) if say.buttons else None
        if say.has_photo:
            await self._bot.edit_message_caption(
                chat_id, say.edit, caption=text, parse_mode=mode, reply_markup=buttons
            )
        else:
            await self._bot.edit_message_text(
                text,
                chat_id,
                say.edit,
                parse_mode=mode,
                reply_markup=buttons,
                link_preview_options=NO_PREVIEW,
            )
        return say.edit

    def _picture(self, photo: Photo) -> str | bytes:
        return photo.file_id if _passes_on(photo) else self._shelf.full(photo.token).read_bytes()


def _passes_on(photo: Photo) -> bool:
    """Telegram's own compressed photos hold no metadata: their id is enough."""
    return photo.channel == "telegram" and photo.compressed


def _reply(say: Say) -> ReplyParameters | None:
    if say.reply_to is None:
        return None
    return ReplyParameters(say.reply_to, allow_sending_without_reply=True)


def _markup(say: Say) -> Markup | None:
    if say.buttons:
        return _inline(say.buttons)
    if say.ask_reply:
        return ForceReply(selective=True)
    if say.keyboard is False:
        return ReplyKeyboardRemove()
    if isinstance(say.keyboard, Keyboard):
        return ReplyKeyboardMarkup(
            [
                [KeyboardButton(key.text, request_location=key.asks_location or None) for key in row]
                for row in say.keyboard.rows
            ],
            resize_keyboard=True,
            is_persistent=say.keyboard.persistent or None,
        )
    return None


def _inline(rows: Rows) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one.text, url=one.url, callback_data=one.data) for one in row] for row in rows]
    )
