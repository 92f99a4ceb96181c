"""`/xem TV-…`: a report's card wherever an officer asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot import reports, staff
from bot.address import Address
from bot.refusal import N_, Refusal
from bot.reports import OPEN
from bot.talk.application import Handler, TurnContext
from bot.talk.cards import send_cards
from bot.talk.speaker import Speaker


async def view(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "officer")
    code = reports.parse_code(" ".join(context.args or ()))
    if code is None:
        turn.say(turn.t("Bạn gõ lệnh kèm mã phản ánh, ví dụ: <code>/xem TV-2611-0001</code>"))
        return
    report = await reports.by_code(turn.session, code)
    if report is None:
        raise Refusal(N_("Không có phản ánh {code}."), code=code)
    if not turn.person.serves(report.commune_code):
        raise Refusal(N_("Phản ánh {code} thuộc xã, phường khác."), code=code)
    await send_cards(turn, report, turn.chat)


async def resend_cards(speaker: Speaker, report_ids: Iterable[int], where: Address | None = None) -> None:
    """Cards of those still open, anew: to `where`, or to everybody who is on duty now."""
    for report_id in report_ids:
        report = await reports.by_id(speaker.session, report_id)
        if report is None or report.state not in OPEN:
            continue
        await send_cards(speaker, report, *([where] if where else []))


handlers: Sequence[Handler] = (CommandHandler("xem", view, filters.UpdateType.MESSAGE),)
