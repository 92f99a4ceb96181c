"""🗑 Rút phản ánh: by who sent it, asked twice."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import reports
from bot.refusal import N_
from bot.say import Button
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.cards import refresh_cards
from handlers.report_add import visible
from handlers.report_buttons import given

SURE = N_("🗑 Rút luôn")
KEEP = N_("↩️ Không rút")


async def ask(update: Update, context: TurnContext) -> None:
    turn = context.turn
    if not (report := await visible(turn, given(update))):
        return
    sure = Button(str(turn.t(SURE)), pack("report.pull", report.id, "yes"))
    keep = Button(str(turn.t(KEEP)), pack("report.pull", report.id, "no"))
    text = turn.t("Rút <code>{code}</code>? Cán bộ sẽ không xử lý chỗ này nữa.", code=report.code)
    turn.say(text, buttons=((sure,), (keep,)), report_id=report.id)


async def pull(update: Update, context: TurnContext) -> None:
    """Raises Refusal when it is not theirs or closed by now."""
    turn, packed = context.turn, given(update)
    if not (report := await visible(turn, packed)):
        return
    if packed[1:] != ["yes"]:
        turn.change(turn.t("Vậy giữ nguyên <code>{code}</code>.", code=report.code), report_id=report.id)
        return
    await reports.withdraw(turn.session, report, turn.person, turn.now)
    await refresh_cards(turn, report)
    turn.change(turn.t("🗑 Đã rút <code>{code}</code>.", code=report.code), report_id=report.id)


handlers: Sequence[Handler] = (
    CallbackQueryHandler(ask, pattern("report.withdraw")),
    CallbackQueryHandler(pull, pattern("report.pull")),
)
