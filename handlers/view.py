"""`/xem TV-…`: a report's card wherever an officer asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot import photos, reports, staff
from bot.address import Address
from bot.refusal import N_, Refusal
from bot.reports import OPEN
from bot.say import Say
from bot.store.tables import Card, Report
from bot.talk.application import Handler, TurnContext
from bot.talk.cards import card_buttons, card_text, is_usable
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
    await show_card(turn, report, turn.chat)


async def show_card(speaker: Speaker, report: Report, where: Address) -> None:
    """A new card that follows the report like those that were sent when it came."""
    ids = await reports.photo_ids(speaker.session, report.id, "before", "added")
    pictures = await photos.of(speaker.session, ids)
    usable = tuple(photo.id for photo in pictures if is_usable(photo))
    card = Say(await card_text(speaker, report, pictures), buttons=card_buttons(report), photos=usable)
    outbox_id = await speaker.tell_kept(where, card, report_id=report.id)
    speaker.session.add(Card(report_id=report.id, address=where, outbox_id=outbox_id, has_photo=bool(usable)))


async def resend_cards(speaker: Speaker, report_ids: Iterable[int], where: Address | None = None) -> None:
    """Cards of those still open, anew: to `where`, or to everybody who is on duty now."""
    for report_id in report_ids:
        report = await reports.by_id(speaker.session, report_id)
        if report is None or report.state not in OPEN:
            continue
        on_duty = await staff.card_addresses(speaker.session, report.commune_code)
        for one in [where] if where else on_duty:
            await show_card(speaker, report, one)


handlers: Sequence[Handler] = (CommandHandler("xem", view, filters.UpdateType.MESSAGE),)
