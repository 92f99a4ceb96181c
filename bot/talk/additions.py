"""More words and pictures for a report that was sent, and how staff hear of them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy import select

from bot import photos, reports
from bot.address import Address
from bot.refusal import N_
from bot.say import Say
from bot.store.tables import Card, Outbox, Report
from bot.talk.cards import LANGUAGE, is_usable, refresh_cards
from bot.talk.speaker import Speaker
from bot.talk.turn import Turn

_WORDS = N_("📝 <code>{code}</code>: người dân bổ sung: {text}")
_PICTURE = N_("📝 <code>{code}</code>: người dân bổ sung ảnh.")


async def add(
    turn: Turn, report: Report, text: str, photo_ids: Sequence[int] = (), *, attach: bool = True
) -> None:
    """Writes down what the person adds and tells staff. Raises Refusal when closed or not followed.

    Without `attach` the pictures belong to the report already.
    """
    if text:
        await reports.note(turn.session, report, turn.person, text, turn.now)
    if photo_ids and attach:
        await reports.add_photos(turn.session, report, turn.person, photo_ids, turn.now)
        await refresh_cards(turn, report)
    if text or photo_ids:
        await _tell_staff(turn, report, text, photo_ids)


async def _tell_staff(speaker: Speaker, report: Report, text: str, photo_ids: Sequence[int]) -> None:
    """In answer to each card. Pictures that are not fetched yet follow by themselves."""
    shown = [photo.id for photo in await photos.of(speaker.session, photo_ids) if is_usable(photo)]
    found = await speaker.session.execute(
        select(Card.address, Outbox.message_id)
        .outerjoin(Outbox, Outbox.id == Card.outbox_id)
        .where(Card.report_id == report.id)
    )
    for where, message_id in found:
        news = Say(_words(speaker, report, text), photos=tuple(shown), reply_to=message_id)
        speaker.tell(Address(where), news, report_id=report.id)


def _words(speaker: Speaker, report: Report, text: str) -> Markup:
    if text:
        return speaker.t_in(LANGUAGE, _WORDS, code=report.code, text=text)
    return speaker.t_in(LANGUAGE, _PICTURE, code=report.code)
