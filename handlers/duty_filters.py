"""What counts as an officer's answer: in private their own messages, in a group replies to the bot."""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from bot.talk.turn import current_turn
from handlers.groups import GROUP


class ToBot(filters.MessageFilter):
    """Replies to a message of this bot."""

    def filter(self, message: Message) -> bool:
        answered = message.reply_to_message and message.reply_to_message.from_user
        return bool(answered and answered.is_bot and answered.username == message.get_bot().username)


class LaterOfAlbum(filters.MessageFilter):
    """Belongs to the album whose first photo has just resolved a report."""

    def filter(self, message: Message) -> bool:
        draft = current_turn.get().draft
        album = draft.data.get("album") if draft and draft.kind == "resolve" else None
        return album is not None and message.media_group_id == album[0]


class FromStaff(filters.MessageFilter):
    """Whoever sent it may act on reports."""

    def filter(self, message: Message) -> bool:
        return current_turn.get().person.role in ("admin", "officer")


REPLY = GROUP & ToBot() & ~filters.COMMAND
