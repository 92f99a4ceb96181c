"""`/huy` and ❌ Huỷ: leaves whatever is open."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.fold import fold
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pattern
from bot.talk.filters import TEXT, Label
from bot.talk.menu import CANCEL, menu
from bot.talk.shortcuts import CANCEL as ACTION

WORDS = frozenset({"huy", "huy bo", "cancel"})


class Cancels(filters.MessageFilter):
    """The whole text is a wish to leave."""

    def filter(self, message: Message) -> bool:
        return fold(message.text or "") in WORDS


async def cancel(update: Update, context: TurnContext) -> None:
    turn = context.turn
    was_open = turn.draft is not None
    turn.close()
    text = turn.t("Đã bỏ việc đang làm.") if was_open else turn.t("Không có việc gì đang mở.")
    # In a group the keyboard would show for everybody.
    turn.say(text, keyboard=menu(turn) if turn.in_private else None)


handlers: Sequence[Handler] = (
    CommandHandler(["huy", "cancel"], cancel, filters.UpdateType.MESSAGE),
    MessageHandler(TEXT & (Label(CANCEL) | Cancels()), cancel),
    CallbackQueryHandler(cancel, pattern(ACTION)),
)
