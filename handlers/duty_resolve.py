"""✅ Đã xử lý: asks for a photo of the cleaned place, or for one of the reasons why none is needed."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import reports
from bot.refusal import N_, Refusal
from bot.reports.changes import was_reopened
from bot.say import Button, Rows
from bot.store.tables import Report
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.cards import refresh_cards
from bot.talk.news import tell_resolved
from bot.talk.turn import Turn
from handlers.duty import open_report, pressed
from handlers.duty_question import answered, await_proof, leave_button, mention, own_question, pressed_message


async def ask(update: Update, context: TurnContext) -> None:
    turn = context.turn
    report = await open_report(turn, pressed(update)[0])
    if report is None:
        return
    await_proof(turn, report)
    turn.say(_question(turn, report), ask_reply=True, reply_to=pressed_message(update), report_id=report.id)
    if turn.person.role == "admin" or not await was_reopened(turn.session, report):
        text = turn.t("{code}: <b>Không cần ảnh</b>? Bạn chọn một lý do.", code=report.code)
        turn.say(text, buttons=_reasons(turn, report), report_id=report.id)


def _question(turn: Turn, report: Report) -> Markup:
    if turn.in_private:
        return turn.t("📷 <b>{code}</b>: bạn gửi ảnh sau khi dọn.", code=report.code)
    return turn.t(
        "📷 <b>{code}</b>: {name} trả lời tin này bằng ảnh sau khi dọn.", code=report.code, name=mention(turn)
    )


def _reasons(turn: Turn, report: Report) -> Rows:
    who = (report.id, turn.person.id)
    return (
        *(
            (Button(reason.label.of(turn.language), pack("duty.done", *who, reason.code)),)
            for reason in turn.knowledge.reasons.no_photo
        ),
        (leave_button(turn, report),),
    )


async def choose(update: Update, context: TurnContext) -> None:
    """A reason why no photo is needed."""
    turn = context.turn
    report_id, officer_id, code = pressed(update, 3)
    report = await own_question(turn, report_id, officer_id)
    if report is None:
        return
    reason = {one.code: one for one in turn.knowledge.reasons.no_photo}.get(code)
    if reason is None:
        raise Refusal(N_("Lý do này không còn dùng. Bạn bấm lại ✅ Đã xử lý trên thẻ."))
    await reports.resolve(turn.session, report, turn.person, turn.now, reason=code)
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
