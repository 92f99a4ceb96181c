"""🚫 Từ chối: a coded reason, then where to go instead, prefilled and open to other words.

The draft `reject` belongs to the officer in that chat and holds `report`, `code`, `reason`, `instead`.
"""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot import reports, staff
from bot.fold import nfc
from bot.refusal import N_, Refusal
from bot.reports.changes import was_reopened
from bot.say import Button, Rows
from bot.store.tables import Report
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.cards import refresh_cards
from bot.talk.drafts import Draft
from bot.talk.filters import Question
from bot.talk.news import tell_rejected
from bot.talk.turn import Turn
from handlers.duty import open_report, pressed, state_line
from handlers.duty_filters import REPLY
from handlers.duty_question import chosen, leave_button, mention, pressed_message, reason_rows
from handlers.report_filters import ANSWER

KIND = "reject"
SEND = N_("Gửi")
OTHER_WORDS = N_("✍️ Viết câu khác")
INSTEAD_MOST = 500
GONE = N_("Câu này không còn chờ gửi. Bạn bấm lại 🚫 Từ chối trên thẻ.")


async def ask(update: Update, context: TurnContext) -> None:
    turn = context.turn
    report = await open_report(turn, pressed(update)[0])
    if report is None:
        return
    if turn.person.role != "admin" and await was_reopened(turn.session, report):
        raise Refusal(N_("Người báo nói chỗ này chưa sạch: chỉ quản trị viên mới từ chối được."))
    turn.say(
        turn.t("🚫 <b>{code}</b>: từ chối vì sao?", code=report.code),
        buttons=reason_rows(turn, report, "duty.why", turn.knowledge.reasons.reject),
        reply_to=pressed_message(update),
        report_id=report.id,
    )


async def choose(update: Update, context: TurnContext) -> None:
    turn = context.turn
    if not (found := await chosen(turn, update, turn.knowledge.reasons.reject)):
        return
    report, reason = found
    # In Vietnamese, whatever language the officer reads: most citizens will.
    instead = reason.where.vi
    draft = turn.open(
        KIND, "instead", report=report.id, code=report.code, reason=reason.code, instead=instead
    )
    _show(turn, draft, report, edit=True)


def _show(turn: Turn, draft: Draft, report: Report, *, edit: bool) -> None:
    """What the citizen will read, and the way to change it."""
    reason = turn.knowledge.reasons.rejecting(draft.data["reason"])
    text = turn.t(
        "🚫 <b>{code}</b>\n{reason}\n👉 {instead}\n\nBấm <b>Gửi</b> là người báo nhận được câu này.",
        code=report.code,
        reason=reason.text.vi,
        instead=draft.data["instead"],
    )
    at = (draft.id, draft.version)
    buttons: Rows = (
        (
            Button(str(turn.t(SEND)), pack("duty.send", *at)),
            Button(str(turn.t(OTHER_WORDS)), pack("duty.edit", *at)),
        ),
        (leave_button(turn, report),),
    )
    if edit:
        turn.change(text, buttons=buttons, report_id=report.id)
    else:
        turn.say(text, buttons=buttons, report_id=report.id)


async def send(update: Update, context: TurnContext) -> None:
    turn = context.turn
    if not (found := await _pressed_question(turn, update)):
        return
    draft, report = found
    await reports.reject(
        turn.session,
        report,
        turn.person,
        turn.now,
        reason=draft.data["reason"],
        instead=draft.data["instead"],
    )
    turn.close()
    await refresh_cards(turn, report)
    await tell_rejected(turn, report)
    turn.change(
        turn.t(
            "🚫 {code}: đã từ chối, người báo đã được trả lời.\n👉 {instead}",
            code=report.code,
            instead=draft.data["instead"],
        ),
        report_id=report.id,
    )


def _pressed_draft(turn: Turn, update: Update) -> Draft:
    """The draft of the button, if it is still this officer's and at this version. Raises Refusal."""
    staff.require(turn.person, "officer")
    draft_id, version = pressed(update, 2)
    draft = turn.draft
    if draft is None or draft.kind != KIND or draft.id != draft_id:
        raise Refusal(GONE)
    if str(draft.version) != version:
        raise Refusal(N_("Có câu mới hơn ở dưới. Bạn bấm nút ở tin mới nhất."))
    return draft


async def _pressed_question(turn: Turn, update: Update) -> tuple[Draft, Report] | None:
    """The draft of the button and its report. None when that was closed meanwhile: the question says so."""
    draft = _pressed_draft(turn, update)
    report = await open_report(turn, str(draft.data["report"]))
    if report is None:
        await _close_late(turn, draft)
        return None
    return draft, report


async def _close_late(turn: Turn, draft: Draft) -> None:
    turn.close()
    report = await reports.by_id(turn.session, draft.data["report"])
    if report is not None:
        turn.change(await state_line(turn, report), report_id=report.id)


async def edit(update: Update, context: TurnContext) -> None:
    """✍️: asks for other words."""
    turn = context.turn
    if not (found := await _pressed_question(turn, update)):
        return
    _, report = found
    code = report.code
    if turn.in_private:
        text = turn.t("✍️ <b>{code}</b>: bạn viết câu chỉ người báo nên đi đâu.", code=code)
    else:
        text = turn.t(
            "✍️ <b>{code}</b>: {name} trả lời tin này, viết câu chỉ người báo nên đi đâu.",
            code=code,
            name=mention(turn),
        )
    turn.say(text, ask_reply=True, reply_to=pressed_message(update), report_id=report.id)


async def rewrite(update: Update, context: TurnContext) -> None:
    """Other words than the prefilled ones; sent only after Gửi."""
    assert update.message and context.turn.draft
    turn, draft = context.turn, context.turn.draft
    words = nfc(update.message.text or "").strip()
    if not words or len(words) > INSTEAD_MOST:
        turn.say(
            turn.t(
                "{code}: bạn viết một câu, nhiều nhất {most} chữ cái.",
                code=draft.data["code"],
                most=INSTEAD_MOST,
            )
        )
        return
    report = await open_report(turn, str(draft.data["report"]))
    if report is None:
        late = await reports.by_id(turn.session, draft.data["report"])
        turn.close()
        if late is not None:
            turn.say(await state_line(turn, late), report_id=late.id)
        return
    draft.data["instead"] = words
    draft.go("instead")
    _show(turn, draft, report, edit=False)


handlers: Sequence[Handler] = (
    CallbackQueryHandler(ask, pattern("duty.reject")),
    CallbackQueryHandler(choose, pattern("duty.why")),
    CallbackQueryHandler(send, pattern("duty.send")),
    CallbackQueryHandler(edit, pattern("duty.edit")),
    MessageHandler((ANSWER | REPLY & ~filters.StatusUpdate.ALL) & Question("reject.instead"), rewrite),
)
