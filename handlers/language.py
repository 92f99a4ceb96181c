"""`/ngonngu`: Vietnamese, English or Khmer."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot import people
from bot.say import Button, Rows
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, parts, pattern
from bot.talk.filters import PRIVATE
from bot.talk.menu import menu
from bot.talk.translated import warning
from handlers.stale import tell_stale

NAMES = {"vi": "Tiếng Việt", "en": "English", "km": "ភាសាខ្មែរ"}


def _buttons() -> Rows:
    return tuple((Button(name, pack("language.set", code)),) for code, name in NAMES.items())


async def ask(update: Update, context: TurnContext) -> None:
    turn = context.turn
    turn.say(turn.t("Bạn muốn đọc tiếng nào?"), buttons=_buttons())


async def choose(update: Update, context: TurnContext) -> None:
    assert update.callback_query and update.callback_query.data
    turn = context.turn
    code = "".join(parts(update.callback_query.data)[:1])
    if code not in NAMES:
        tell_stale(turn)
        return
    await people.set_language(turn.session, turn.person, code)
    # Translators: name the language of the translation.
    told = turn.t("Từ giờ Trà Vinh Xanh nói tiếng Việt với bạn.")
    turn.say(told + warning(turn), keyboard=menu(turn))


handlers: Sequence[Handler] = (
    CommandHandler(["ngonngu", "language"], ask, PRIVATE),
    CallbackQueryHandler(ask, pattern("language.ask")),
    CallbackQueryHandler(choose, pattern("language.set")),
)
