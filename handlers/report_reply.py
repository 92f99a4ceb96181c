"""A plain reply to any message of the bot about a report adds to that report."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot import reports
from bot.flow import outbox
from bot.talk.application import Handler, TurnContext
from handlers.report_add import ADDABLE, add_message


class AboutReport(filters.MessageFilter):
    """In answer to a message of the bot that names a report."""

    def filter(self, message: Message) -> bool:
        about = message.reply_to_message
        if about is None or about.from_user is None or not about.from_user.is_bot:
            return False
        return reports.parse_code(about.text or about.caption or "") is not None


async def take(update: Update, context: TurnContext) -> None:
    assert update.message and update.message.reply_to_message
    turn = context.turn
    about = update.message.reply_to_message.message_id
    report_id = await outbox.report_of(turn.session, turn.chat, about)
    report = await reports.by_id(turn.session, report_id) if report_id else None
    if report is None:
        turn.say(turn.t("Bà con mở phản ánh ở /theodoi rồi bấm <b>➕ Bổ sung</b> nha."))
        return
    if turn.draft and turn.draft.kind == "add":
        turn.close()
    await add_message(turn, report, update.message)


handlers: Sequence[Handler] = (MessageHandler(ADDABLE & AboutReport(), take),)
