"""A report's card for staff: what it shows, where it goes, and how it follows the report."""

from __future__ import annotations

from markupsafe import Markup
from sqlalchemy import delete, exists, select

from bot import photos, reports, staff
from bot.address import Address
from bot.photos import Photo
from bot.refusal import N_
from bot.reports import CITIZEN_WORDS, OPEN, State
from bot.say import Button, Rows, Say
from bot.store.tables import Card, Report
from bot.store.tables import Staff as StaffRow
from bot.talk import texts
from bot.talk.buttons import pack
from bot.talk.speaker import Speaker

LANGUAGE = "vi"  # the staff side is Vietnamese
TAKE = N_("✋ Nhận xử lý")
RESOLVE = N_("✅ Đã xử lý")
REJECT = N_("🚫 Từ chối")
SHOWN_DESCRIPTION = 300
AT_ONCE = 50


async def send_cards(speaker: Speaker, report: Report, *where: Address) -> None:
    """A new card that follows the report, there or wherever its commune is on duty."""
    pictures = await _pictures(speaker, report)
    usable = tuple(photo.id for photo in pictures if is_usable(photo))
    card = Say(await card_text(speaker, report, pictures), buttons=card_buttons(report), photos=usable)
    for one in where or await staff.card_addresses(speaker.session, report.commune_code):
        outbox_id = await speaker.tell_kept(one, card, report_id=report.id)
        speaker.session.add(
            Card(report_id=report.id, address=one, outbox_id=outbox_id, has_photo=bool(usable))
        )


async def send_missing_cards(speaker: Speaker) -> None:
    """Reports that came before anybody was on duty get their cards as soon as somebody is."""
    if not await staff.is_anybody_there(speaker.session):
        return
    found = await speaker.session.execute(
        select(Report)
        .where(Report.state.in_(OPEN), ~exists().where(Card.report_id == Report.id))
        .order_by(Report.id)
        .limit(AT_ONCE)
    )
    for report in found.scalars():
        await send_cards(speaker, report)


async def refresh_cards(speaker: Speaker, report: Report) -> None:
    """Every card shows the report as it is now; closed ones lose their buttons."""
    text = await card_text(speaker, report, await _pictures(speaker, report))
    found = await speaker.session.execute(select(Card).where(Card.report_id == report.id))
    for card in found.scalars():
        edited = Say(text, buttons=card_buttons(report), has_photo=card.has_photo)
        speaker.tell(Address(card.address), edited, report_id=report.id, edits=card.outbox_id)


async def renew_cards(speaker: Speaker, report: Report) -> None:
    """For a reopened report: the old cards stay as they are, new ones are sent."""
    await speaker.session.execute(delete(Card).where(Card.report_id == report.id))
    await send_cards(speaker, report)


async def photo_changed(speaker: Speaker, photo_id: int) -> None:
    """A photo arrived or failed: cards say so, and it is shown to whom it could not be shown before."""
    photo = (await photos.of(speaker.session, [photo_id]))[0]
    if photo.state == "ready" and passes_on(photo) and not photo.attempts:
        return  # cards showed it from the beginning
    for report_id in await photos.reports_of(speaker.session, photo_id):
        report = await reports.by_id(speaker.session, report_id)
        if report is None:
            continue
        await refresh_cards(speaker, report)
        if photo.state == "ready" and not passes_on(photo):
            await _show_late(speaker, report, photo_id)


async def _show_late(speaker: Speaker, report: Report, photo_id: int) -> None:
    """Before-photos to the staff who have a card, after-photos to those who follow the report as well."""
    found = await speaker.session.execute(select(Card.address).where(Card.report_id == report.id))
    readers = set(found.scalars())
    if photo_id in await reports.photo_ids(speaker.session, report.id, "after"):
        readers |= {where for _, where, _ in await reports.followers(speaker.session, report.id)}
    shown = Say(Markup("📷 <code>{}</code>").format(report.code), photos=(photo_id,))
    for where in sorted(readers):
        key = f"photo.{photo_id}.{where}"
        speaker.tell(Address(where), shown, report_id=report.id, key=key)


def passes_on(photo: Photo) -> bool:
    """Whether the platform itself holds it without metadata."""
    return photo.compressed


def is_usable(photo: Photo) -> bool:
    """Whether it can be shown now: kept here, or passed on by Telegram's id."""
    return photo.state == "ready" or passes_on(photo)


async def _pictures(speaker: Speaker, report: Report) -> list[Photo]:
    ids = await reports.photo_ids(speaker.session, report.id, "before", "added")
    return await photos.of(speaker.session, ids)


async def card_text(speaker: Speaker, report: Report, pictures: list[Photo]) -> Markup:
    kind = speaker.knowledge.kinds.kind(report.kind)
    zone = speaker.settings.timezone
    lines = [
        Markup("<b>{}</b> · {} {}").format(report.code, kind.icon, kind.name.of(LANGUAGE)),
        place_line(speaker, report),
        *([Markup("✍️ {}").format(report.description[:SHOWN_DESCRIPTION])] if report.description else []),
        *_picture_lines(speaker, pictures),
        speaker.t_in(LANGUAGE, N_("Ý kiến: {voices}"), voices=report.voices),
        speaker.t_in(LANGUAGE, N_("⏰ Hẹn: {due}"), due=texts.date(LANGUAGE, report.due_at, zone)),
        *await _state_lines(speaker, report),
    ]
    return Markup("\n").join(lines)


def place_line(speaker: Speaker, report: Report) -> Markup:
    commune = speaker.knowledge.places.get(report.commune_code)
    name = commune.name if commune else report.commune_code
    line = Markup("📍 {}").format(", ".join(part for part in (report.address[:200], name) if part))
    if report.lat is None or report.lon is None:
        return line
    url = f"https://www.google.com/maps?q={report.lat:.6f},{report.lon:.6f}"
    return line + Markup(' · <a href="{}">{}</a>').format(url, speaker.t_in(LANGUAGE, N_("bản đồ")))


def _picture_lines(speaker: Speaker, pictures: list[Photo]) -> list[Markup]:
    waiting = [photo for photo in pictures if photo.state == "pending" and not is_usable(photo)]
    lost = [photo for photo in pictures if photo.state == "failed"]
    lines = []
    if waiting:
        tried = any(photo.attempts for photo in waiting)
        message = N_("📷 {n} ảnh tải chưa được, đang thử lại") if tried else N_("📷 {n} ảnh đang tải")
        lines.append(speaker.t_in(LANGUAGE, message, n=len(waiting)))
    if lost:
        lines.append(speaker.t_in(LANGUAGE, N_("⚠️ {n} ảnh không tải được"), n=len(lost)))
    return lines


async def _state_lines(speaker: Speaker, report: Report) -> list[Markup]:
    state = speaker.t_in(LANGUAGE, CITIZEN_WORDS[report.state])
    if report.state == State.REOPENED:
        state = speaker.t_in(LANGUAGE, N_("Người báo nói chưa sạch"))
    lines = [Markup("<b>{}</b>").format(state)]
    if report.holder_id is not None and report.state != State.REOPENED:
        holder = await speaker.session.get(StaffRow, report.holder_id)
        if holder is not None:
            lines.append(speaker.t_in(LANGUAGE, N_("👤 {name}"), name=holder.name))
    return lines


def card_buttons(report: Report) -> Rows:
    if report.state not in OPEN:
        return ()
    first = Button(TAKE, pack("duty.take", report.id))
    rest = (Button(RESOLVE, pack("duty.resolve", report.id)), Button(REJECT, pack("duty.reject", report.id)))
    return (rest,) if report.state == State.IN_PROGRESS else ((first,), rest)
