"""Buttons nobody claims: old, forged, or of a version that is no more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import Update
from telegram.ext import ApplicationHandlerStop, CallbackQueryHandler

from bot.talk.application import Handler, TurnContext
from bot.talk.menu import menu
from bot.talk.turn import Turn


def tell_stale(turn: Turn) -> None:
    """A short line to who pressed, and in private the way on."""
    turn.toast(turn.t("Nút này cũ rồi.").striptags())
    if not turn.in_private:
        return
    if turn.draft:
        turn.say(turn.t("Nút đó cũ rồi. Bạn làm tiếp việc đang mở, hoặc gõ /huy để bỏ."))
    else:
        turn.say(turn.t("Nút đó cũ rồi. Bạn chọn lại ở dưới nha."), keyboard=menu(turn))


async def press(update: Update, context: TurnContext) -> None:
    tell_stale(context.turn)


async def press_empty(update: Update, context: TurnContext) -> None:
    tell_stale(context.turn)
    raise ApplicationHandlerStop


# A press without data goes to the first handler that has a pattern, whatever the pattern is.
first: Sequence[Handler] = (CallbackQueryHandler(press_empty, re.compile("(?!)")),)

handlers: Sequence[Handler] = (CallbackQueryHandler(press),)
