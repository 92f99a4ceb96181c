"""✅ Đã xử lý: asks for a photo of the cleaned place, or for one of the reasons why none is needed."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import reports
from bot.reports.changes import was_reopened
from bot.store.tables import Report
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pattern
from bot.talk.cards import refresh_cards
from bot.talk.news import tell_resolved
from bot.talk.turn import Turn
from handlers.duty import open_report, pressed
from handlers.duty_question import answered, await_proof, chosen, mention, pressed_message, reason_rows


async def ask(update: Update, context: TurnContext) -> None:
    turn = context.turn
    report = await open_report(turn, pressed(update)[0])
    if report is None:
        return
    await_proof(turn, report)
    turn.say(_question(turn, report), ask_reply=True, reply_to=pressed_message(update), report_id=report.id)
    if turn.person.role == "admin" or not await was_reopened(turn.session, report):
        text = turn.t("{code}: <b>Không cần ảnh</b>? Bạn chọn một lý do.", code=report.code)
        turn.say(
            text,
            buttons=reason_rows(turn, report, "duty.done", turn.knowledge.reasons.no_photo),
            report_id=report.id,
        )


def _question(turn: Turn, report: Report) -> Markup:
    if turn.in_private:
        return turn.t("📷 <b>{code}</b>: bạn gửi ảnh sau khi dọn.", code=report.code)
    return turn.t(
        "📷 <b>{code}</b>: {name} trả lời tin này bằng ảnh sau khi dọn.", code=report.code, name=mention(turn)
    )


async def choose(update: Update, context: TurnContext) -> None:
    """A reason why no photo is needed."""
    turn = context.turn
    if not (found := await chosen(turn, update, turn.knowledge.reasons.no_photo)):
        return
    report, reason = found
    await reports.resolve(turn.session, report, turn.person, turn.now, reason=reason.code)
    answered(turn, report)
    await tell(turn, report)
    label = reason.label.of(turn.language)
    turn.change(turn.t("✅ {code}: đã xử lý.\n{reason}", code=report.code, reason=label), report_id=report.id)


async def tell(turn: Turn, report: Report, *after: int) -> None:
    await refresh_cards(turn, report)
    await tell_resolved(turn, report, after)


handlers: Sequence[Handler] = (
    CallbackQueryHandler(ask, pattern("duty.resolve")),
    CallbackQueryHandler(choose, pattern("duty.done")),
)
