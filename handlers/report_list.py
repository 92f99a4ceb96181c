"""📋 Phản ánh của tôi: what the person sent and follows, five a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot import reports
from bot.reports import CITIZEN_WORDS, OPEN
from bot.say import Button, Rows
from bot.store.tables import Report
from bot.talk import menu, shortcuts, texts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.filters import PRIVATE, Label
from bot.talk.report_text import commune_name, kind_of
from bot.talk.turn import Turn
from handlers.report_buttons import given
from handlers.report_view import show_report

PAGE = 5


async def command(update: Update, context: TurnContext) -> None:
    """`/theodoi`, or with a code straight to that report."""
    turn = context.turn
    code = reports.parse_code(" ".join(context.args or ()))
    if code:
        await show_report(turn, code)
    else:
        await show_page(turn, 0, turn.say)


async def first_page(update: Update, context: TurnContext) -> None:
    await show_page(context.turn, 0, context.turn.say)


async def turn_page(update: Update, context: TurnContext) -> None:
    packed = given(update)
    page = int(packed[0]) if packed and packed[0].isascii() and packed[0].isdigit() else 0
    await show_page(context.turn, min(page, 10_000), context.turn.change)


async def show_page(turn: Turn, page: int, show: Callable[..., None]) -> None:
    """A page behind the last one shows the last."""
    found, total = await reports.mine(turn.session, turn.person, skip=page * PAGE, most=PAGE)
    last = max(0, (total - 1) // PAGE)
    if not total:
        start = Button(str(turn.t(menu.REPORT)), pack(shortcuts.REPORT))
        show(turn.t("Bà con chưa gửi phản ánh nào. Thấy rác bỏ bậy thì báo liền nha:"), buttons=((start,),))
    elif page > last:
        await show_page(turn, last, show)
    else:
        head = turn.t("<b>📋 Phản ánh của bạn</b> ({total})", total=total)
        lines = [head, *(_line(turn, report) for report in found)]
        show(Markup("\n\n").join(lines), buttons=(*_openers(found), *_pager(page, last)))


def _line(turn: Turn, report: Report) -> Markup:
    zone = turn.settings.timezone
    line = turn.t(
        "<code>{code}</code> · <b>{state}</b>\n{kind}, {commune}\nGửi {sent}",
        code=report.code,
        state=turn.t(CITIZEN_WORDS[report.state]),
        kind=kind_of(turn, report),
        commune=commune_name(turn, report.commune_code),
        sent=texts.date(turn.language, report.created_at, zone),
    )
    if report.state in OPEN:
        line += turn.t(" · hẹn {due}", due=texts.date(turn.language, report.due_at, zone))
    return line


def _openers(found: Sequence[Report]) -> Rows:
    return tuple((Button(f"📄 {report.code}", pack("report.view", report.id)),) for report in found)


def _pager(page: int, last: int) -> Rows:
    back = (Button("◀", pack("report.list", page - 1)),) if page > 0 else ()
    forth = (Button("▶", pack("report.list", page + 1)),) if page < last else ()
    return ((*back, *forth),) if back or forth else ()


handlers: Sequence[Handler] = (
    CommandHandler(["theodoi", "status"], command, PRIVATE),
    MessageHandler(PRIVATE & Label(menu.MY_REPORTS), first_page),
    CallbackQueryHandler(turn_page, pattern("report.list")),
)
