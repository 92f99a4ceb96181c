"""A photo file may say where it was taken: offered to its sender as a button, never used silently."""

from __future__ import annotations

from sqlalchemy import select

from bot import photos
from bot.address import Address
from bot.photos import Photo
from bot.places import Candidate
from bot.refusal import N_
from bot.say import Button, Say
from bot.store.tables import Draft as Row
from bot.store.tables import Person
from bot.store.tables import Photo as PhotoRow
from bot.talk.buttons import pack
from bot.talk.drafts import Draft
from bot.talk.report_draft import KIND, ReportDraft
from bot.talk.report_text import map_link
from bot.talk.speaker import Speaker
from bot.talk.turn import Turn

_TAKEN_AT = N_("📷 Ảnh có ghi chỗ chụp: gần {place}{map}. Rác ở đúng chỗ đó thì bấm nút này.")
_USE_IT = N_("📌 Lấy vị trí trong ảnh")


def gps_offer(speaker: Speaker, language: str, view: ReportDraft, photo: Photo) -> Say | None:
    """None when the photo does not say where, or says a place outside the province."""
    nearest = _nearest(speaker, photo)
    if nearest is None or photo.gps is None:
        return None
    text = speaker.t_in(
        language, _TAKEN_AT, place=nearest.commune.name, map=map_link(speaker, language, *photo.gps)
    )
    data = pack("report.gps", view.draft.id, photo.id)
    return Say(text, buttons=((Button(str(speaker.t_in(language, _USE_IT)), data),),))


def _nearest(speaker: Speaker, photo: Photo) -> Candidate | None:
    candidates = speaker.knowledge.places.locate(*photo.gps).candidates if photo.gps else ()
    return candidates[0] if candidates else None


async def offer_gps(turn: Turn, view: ReportDraft) -> None:
    """Offers the place of the first photo that says it; once a report."""
    for photo in await photos.of(turn.session, view.photos):
        if offer := gps_offer(turn, turn.language, view, photo):
            turn.say(offer.text, buttons=offer.buttons, key=_key(view))
            return


async def photo_arrived(speaker: Speaker, photo_id: int) -> None:
    """A photo was fetched: if its report still waits for a place, the photo's own is offered; if it was
    sent already, the photo's place is forgotten."""
    if await photos.reports_of(speaker.session, photo_id):
        await photos.forget_gps(speaker.session, [photo_id])
        return
    for photo in await photos.of(speaker.session, [photo_id]):
        for chat, language, view in await _waiting(speaker, photo_id):
            if offer := gps_offer(speaker, language, view, photo):
                speaker.tell(chat, offer, key=_key(view))


def _key(view: ReportDraft) -> str:
    return f"gps.{view.draft.id}"


async def _waiting(speaker: Speaker, photo_id: int) -> list[tuple[Address, str, ReportDraft]]:
    """Reports without a place that are being written with this photo: chat and language of the writer."""
    found = await speaker.session.execute(
        select(Row, Person.language)
        .join(Person, Person.id == Row.person_id)
        .join(PhotoRow, PhotoRow.owner_id == Row.person_id)
        .where(PhotoRow.id == photo_id, Row.kind == KIND)
    )
    views = [
        (Address(row.chat), language, ReportDraft(Draft(row.kind, row.step, row.data, row.id, row.version)))
        for row, language in found
    ]
    return [one for one in views if one[2].commune is None and photo_id in one[2].photos]
