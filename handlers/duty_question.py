"""Questions to one officer about one report: who was asked, what still waits, and ❌ to leave it.

The draft `resolve` belongs to the officer in that chat. It holds `waiting`, the reports asked about
as code → id, and `album`: the group id and report id of an album whose first photo was taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import reports, staff
from bot.address import chat_id_of
from bot.reasons import Reason
from bot.refusal import N_, Refusal
from bot.say import Button, Rows
from bot.store.tables import Report
from bot.talk import menu
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.turn import Turn
from handlers.duty import number, open_report, pressed, state_line

R = TypeVar("R", bound=Reason)
RESOLVE = "resolve"


async def own_question(turn: Turn, report_id: str, officer_id: str) -> Report | None:
    """The report of a question this officer was asked. None when it is closed: the question says so then."""
    staff.require(turn.person, "officer")
    if number(officer_id) != turn.person.id:
        raise Refusal(N_("Chỉ người bấm nút trên thẻ mới chọn được ở đây."))
    report = await open_report(turn, report_id)
    if report is None and (closed := await reports.by_id(turn.session, number(report_id))):
        turn.change(await state_line(turn, closed), report_id=closed.id)
    return report


async def leave(update: Update, context: TurnContext) -> None:
    """❌ under a question about a report."""
    turn = context.turn
    report_id, officer_id = pressed(update, 2)
    report = await own_question(turn, report_id, officer_id)
    if report is None:
        return
    if turn.draft and turn.draft.kind == RESOLVE:
        answered(turn, report)
    elif turn.draft and turn.draft.data.get("report") == report.id:
        turn.close()
    turn.change(turn.t("Đã bỏ. ") + await state_line(turn, report), report_id=report.id)


def leave_button(turn: Turn, report: Report) -> Button:
    return Button(str(turn.t(menu.CANCEL)), pack("duty.leave", report.id, turn.person.id))


def await_proof(turn: Turn, report: Report) -> None:
    """Several reports may wait for their photos at the same time."""
    if turn.draft is None or turn.draft.kind != RESOLVE:
        turn.open(RESOLVE, "photo", waiting={report.code: report.id}, album=None)
        return
    turn.draft.data["waiting"][report.code] = report.id
    turn.draft.go("photo")


def waiting(turn: Turn) -> dict[str, int]:
    codes: dict[str, int] = turn.draft.data["waiting"] if turn.draft else {}
    return codes


def answered(turn: Turn, report: Report, album: str | None = None) -> None:
    """Nothing more is awaited for this report, save the rest of its album."""
    draft = turn.draft
    if draft is None or draft.kind != RESOLVE:
        return
    draft.data["waiting"].pop(report.code, None)
    if album:
        draft.data["album"] = [album, report.id]
    if draft.data["waiting"]:
        return
    if album:
        draft.go("album")
    else:
        turn.close()


def reason_rows(turn: Turn, report: Report, action: str, reasons: Iterable[Reason]) -> Rows:
    """One reason a row; the buttons carry whom they were offered to."""
    who = (report.id, turn.person.id)
    rows = tuple(
        (Button(reason.label.of(turn.language), pack(action, *who, reason.code)),) for reason in reasons
    )
    return (*rows, (leave_button(turn, report),))


async def chosen(turn: Turn, update: Update, reasons: Iterable[R]) -> tuple[Report, R] | None:
    """The report and reason of a pressed button. None when the report is closed and the question says so."""
    report_id, officer_id, code = pressed(update, 3)
    report = await own_question(turn, report_id, officer_id)
    if report is None:
        return None
    reason = {one.code: one for one in reasons}.get(code)
    if reason is None:
        raise Refusal(N_("Lý do này không còn dùng. Bạn bấm lại nút trên thẻ."))
    return report, reason


def mention(turn: Turn) -> Markup:
    """Only who is mentioned is asked for the reply."""
    name = turn.person.staff_name or str(turn.t("Cán bộ"))
    return turn.channel.mention(chat_id_of(turn.person.address), name)


def pressed_message(update: Update) -> int | None:
    query = update.callback_query
    return query.message.message_id if query and query.message is not None else None


handlers: Sequence[Handler] = (CallbackQueryHandler(leave, pattern("duty.leave")),)
