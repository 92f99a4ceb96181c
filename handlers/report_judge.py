"""👍 Đã sạch / 👎 Chưa sạch: the citizens have the last word."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import reports
from bot.store.tables import Report
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pattern
from bot.talk.cards import renew_cards
from bot.talk.turn import Turn
from handlers.report_add import visible
from handlers.report_buttons import given
from handlers.stale import tell_stale


async def press(update: Update, context: TurnContext) -> None:
    """Raises Refusal when it is no longer resolved or not theirs to open again."""
    turn, packed = context.turn, given(update)
    if packed[1:] not in (["clean"], ["dirty"]):
        tell_stale(turn)
    elif report := await visible(turn, packed):
        await _judge(turn, report, clean=packed[1] == "clean")


async def _judge(turn: Turn, report: Report, *, clean: bool) -> None:
    await reports.judge(turn.session, report, turn.person, turn.now, clean=clean)
    if clean:
        text = turn.t("✅ <code>{code}</code>: đã sạch. Cảm ơn bà con đã coi lại giùm!", code=report.code)
    else:
        await renew_cards(turn, report)
        text = turn.t(
            "👎 <code>{code}</code>: đã mở lại và báo cán bộ. Cảm ơn bà con!"
            " Trả lời tin này kèm ảnh thì càng rõ.",
            code=report.code,
        )
    turn.change(text, report_id=report.id)


handlers: Sequence[Handler] = (CallbackQueryHandler(press, pattern("report.judge")),)
