"""✅ Gửi: the draft becomes a report with a code, once."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import people, photos, reports, staff
from bot.address import is_group
from bot.reports import Filing, State
from bot.store.tables import Report
from bot.talk import texts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pattern
from bot.talk.cards import send_cards
from bot.talk.menu import menu
from bot.talk.report_draft import ReportDraft
from bot.talk.report_text import commune_name
from bot.talk.translated import machine_made
from bot.talk.turn import Turn
from handlers.report_buttons import given
from handlers.report_pressed import pressed
from handlers.report_steps import go_on, summary_lines


async def send(update: Update, context: TurnContext) -> None:
    turn = context.turn
    if await _was_sent(turn, given(update)):
        return
    if not (found := await pressed(turn, update)):
        return
    view, _ = found
    if view.missing:
        await go_on(turn, view)
        return
    report = await _file(turn, view)
    turn.toast(turn.t("Đã gửi."))
    turn.change(await _what_was_sent(turn, view))
    _give_receipt(turn, view, report)
    turn.close()


async def _was_sent(turn: Turn, packed: list[str]) -> bool:
    """A second press is answered with the report of the first."""
    report_id = await reports.told(turn.session, _receipt_key(packed[0])) if packed else None
    report = await reports.by_id(turn.session, report_id) if report_id else None
    if report is None or not await reports.may_see(turn.session, turn.person, report):
        return False
    turn.toast(turn.t("Đã gửi rồi, mã {code}.", code=report.code), alert=True)
    return True


def _receipt_key(draft_id: str) -> str:
    return f"receipt.{draft_id}"


async def _file(turn: Turn, view: ReportDraft) -> Report:
    assert view.kind is not None and view.commune is not None
    filing = Filing(
        kind=turn.knowledge.kinds.kind(view.kind),
        commune_code=view.commune,
        lat=view.lat,
        lon=view.lon,
        address=view.address,
        description=view.description,
        photo_ids=tuple(view.photos),
    )
    report = await reports.file_report(
        turn.session,
        filing,
        turn.person,
        routed=await _is_routed(turn, view.commune),
        calendar=turn.knowledge.calendar,
        zone=turn.settings.timezone,
        now=turn.now,
    )
    if turn.person.consented_at is None:
        await people.consent(turn.session, turn.person, turn.now)
    await photos.forget_gps(turn.session, filing.photo_ids)
    await send_cards(turn, report)
    return report


async def _is_routed(turn: Turn, commune: str) -> bool:
    """Whether a duty group gets it, not just the admins."""
    return any(map(is_group, await staff.card_addresses(turn.session, commune)))


async def _what_was_sent(turn: Turn, view: ReportDraft) -> Markup:
    """The summary without its buttons."""
    return Markup("\n").join(await summary_lines(turn, view))


def _give_receipt(turn: Turn, view: ReportDraft, report: Report) -> None:
    lines = [
        turn.t("✅ Đã gửi! Mã phản ánh: <code>{code}</code>", code=report.code),
        _who_has_it(turn, report),
        turn.t("⏰ Hẹn xử lý xong: <b>{date}</b>", date=_promised(turn, report)),
        turn.t(
            "Có tin gì Trà Vinh Xanh báo liền. Muốn coi, bổ sung hay rút: gõ /theodoi hoặc gõ mã trên;"
            " trả lời tin này cũng là bổ sung."
        ),
        *_tip(turn, report),
    ]
    text = Markup("\n").join(lines)
    turn.say(text, keyboard=menu(turn), report_id=report.id, key=_receipt_key(view.draft.id))


def _who_has_it(turn: Turn, report: Report) -> Markup:
    commune = commune_name(turn, report.commune_code)
    if report.state == State.ACCEPTED:
        return turn.t("📨 Đã chuyển tới tổ trực của {commune}.", commune=commune)
    return turn.t("📨 Trà Vinh Xanh đã nhận và đang tìm cán bộ phụ trách {commune}.", commune=commune)


def _promised(turn: Turn, report: Report) -> str:
    return texts.date(turn.language, report.due_at, turn.settings.timezone)


def _tip(turn: Turn, report: Report) -> list[Markup]:
    tip = turn.knowledge.tips.for_kind(report.kind)
    if tip is None:
        return []
    told = tip.told_in(turn.language)
    first = told.body.split("\n\n")[0]
    return [Markup("\n{} <b>{}</b>\n{}").format(tip.icon, told.title, first), *machine_made(turn, tip.km)]


handlers: Sequence[Handler] = (CallbackQueryHandler(send, pattern("report.send")),)
