"""One report as its reporter and followers see it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot import photos, reports
from bot.refusal import N_
from bot.reports import CITIZEN_WORDS, OPEN, State
from bot.say import Button, Rows
from bot.store.tables import Report, ReportEvent
from bot.talk import shortcuts, texts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.cards import is_usable
from bot.talk.filters import TEXT
from bot.talk.news import judge_buttons
from bot.talk.report_text import kind_of, report_place
from bot.talk.turn import Turn
from handlers.report_add import visible
from handlers.report_buttons import given

ADD = N_("➕ Bổ sung")
WITHDRAW = N_("🗑 Rút phản ánh")
MOST_PHOTOS = 10

TIME_LINE = {
    State.NEW: N_("Trà Vinh Xanh nhận phản ánh"),
    State.ACCEPTED: N_("Đã chuyển tới tổ trực"),
    State.IN_PROGRESS: N_("Cán bộ nhận xử lý"),
    State.NEEDS_INFO: N_("Cán bộ hỏi thêm"),
    State.RESOLVED: N_("Cán bộ báo đã xử lý"),
    State.REJECTED: N_("Cán bộ từ chối"),
    State.DUPLICATE: N_("Gộp với phản ánh trùng"),
    State.REOPENED: N_("Người báo nói chưa sạch, mở lại"),
    State.WITHDRAWN: N_("Người báo rút lại"),
    "note": N_("Người dân bổ sung"),
    "photo": N_("Người dân thêm ảnh"),
    "voice": N_("Thêm một người báo chỗ này"),
    "clean": N_("Người dân nói đã sạch"),
}


class NamesReport(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return reports.parse_code(message.text or "") is not None


async def typed(update: Update, context: TurnContext) -> None:
    assert update.message
    code = reports.parse_code(update.message.text or "")
    assert code is not None
    await show_report(context.turn, code)


async def press(update: Update, context: TurnContext) -> None:
    if report := await visible(context.turn, given(update)):
        await show(context.turn, report)


async def show_report(turn: Turn, code: str) -> None:
    """A code alone opens nothing: whoever does not follow the report is told so, whether it exists or not."""
    wanted = reports.parse_code(code)
    report = await reports.by_code(turn.session, wanted) if wanted else None
    if report is not None and await reports.may_see(turn.session, turn.person, report):
        await show(turn, report)
        return
    mine = Button(str(turn.t("📋 Phản ánh của tôi")), pack("report.list", 0))
    start = Button(str(turn.t("📸 Báo điểm rác")), pack(shortcuts.REPORT))
    text = turn.t(
        "Trà Vinh Xanh không thấy <code>{code}</code> trong danh sách của bạn. Bạn coi lại mã giùm nha.",
        code=wanted or code[:40],
    )
    turn.say(text, buttons=((mine,), (start,)))


async def show(turn: Turn, report: Report) -> None:
    lines = [*_facts(turn, report), *_outcome(turn, report), Markup(""), *await _time_line(turn, report)]
    turn.say(
        Markup("\n").join(lines),
        buttons=await _buttons(turn, report),
        photos=await _photos(turn, report),
        report_id=report.id,
    )


def _facts(turn: Turn, report: Report) -> list[Markup]:
    state = turn.t(CITIZEN_WORDS[report.state])
    lines = [
        turn.t("<code>{code}</code> · <b>{state}</b>", code=report.code, state=state),
        Markup.escape(kind_of(turn, report)),
        Markup("📍 {}").format(report_place(turn, report)),
    ]
    if report.description:
        lines.append(Markup("✍️ {}").format(report.description))
    if report.state in OPEN:
        due = texts.date(turn.language, report.due_at, turn.settings.timezone)
        lines.append(turn.t("⏰ Hẹn xử lý xong: <b>{date}</b>", date=due))
    return lines


def _outcome(turn: Turn, report: Report) -> list[Markup]:
    """Why it was refused and where to go instead, or why there is no photo of the cleaned place."""
    if not report.reason or report.state not in (State.REJECTED, State.RESOLVED):
        return []
    lines = [Markup("💬 {}").format(_reason(turn, report))]
    return [*lines, Markup("👉 {}").format(report.instead)] if report.instead else lines


def _reason(turn: Turn, report: Report) -> str:
    reasons = turn.knowledge.reasons
    known = reasons.rejecting if report.state == State.REJECTED else reasons.without_photo
    try:
        return known(report.reason or "").text.of(turn.language)
    except KeyError:  # no longer in the content
        return report.reason or ""


async def _time_line(turn: Turn, report: Report) -> list[Markup]:
    """In citizens' words; the same thing many times in a row is told once."""
    lines: list[Markup] = []
    before = None
    for event in await reports.events(turn.session, report.id):
        if event.what != before and event.what in TIME_LINE:
            lines.append(_moment(turn, event))
        before = event.what
    return lines


def _moment(turn: Turn, event: ReportEvent) -> Markup:
    at = texts.date_time(turn.language, event.at, turn.settings.timezone)
    return Markup("• {}: {}").format(at, turn.t(TIME_LINE[event.what]))


async def _photos(turn: Turn, report: Report) -> tuple[int, ...]:
    ids = await reports.photo_ids(turn.session, report.id)
    usable = [photo.id for photo in await photos.of(turn.session, ids) if is_usable(photo)]
    return tuple(usable[:MOST_PHOTOS])


async def _buttons(turn: Turn, report: Report) -> Rows:
    """None for staff who only look."""
    if not await reports.follows(turn.session, turn.person, report):
        return ()
    if report.state == State.RESOLVED:
        return judge_buttons(turn, report, turn.language)
    if report.state not in OPEN:
        return ()
    add = (Button(str(turn.t(ADD)), pack("report.add", report.id)),)
    withdraw = (Button(str(turn.t(WITHDRAW)), pack("report.withdraw", report.id)),)
    return (add, withdraw) if report.reporter_id == turn.person.id else (add,)


handlers: Sequence[Handler] = (CallbackQueryHandler(press, pattern("report.view")),)

free_text: Sequence[Handler] = (MessageHandler(TEXT & NamesReport(), typed),)
"""A code anywhere in a text: behind answers and menu keys."""
