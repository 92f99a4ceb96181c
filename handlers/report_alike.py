"""Open reports of the same kind nearby, shown before a new one is sent."""

from __future__ import annotations

from markupsafe import Markup

from bot import photos, reports
from bot.places import distance_m
from bot.places.candidate import shown_distance
from bot.refusal import N_
from bot.store.tables import Report
from bot.talk import texts
from bot.talk.cards import is_usable
from bot.talk.report_draft import ReportDraft
from bot.talk.turn import Turn
from handlers.report_buttons import button

SAME_PLACE = N_("👍 Đúng chỗ này")
ELSEWHERE = N_("➕ Chỗ khác")


async def find_alike(turn: Turn, view: ReportDraft) -> list[Report]:
    """The nearest three; none without a point."""
    if view.kind is None or view.lat is None or view.lon is None:
        return []
    kind = turn.knowledge.kinds.kind(view.kind)
    return await reports.near(turn.session, kind.code, view.lat, view.lon, kind.radius_m)


async def ask_alike(turn: Turn, view: ReportDraft, privacy: str) -> None:
    """Each with its picture in a message of its own, then the way on; `privacy` before the first consent."""
    for report in await find_alike(turn, view):
        await _show(turn, view, report)
    text = turn.t(
        "Gần đó có người báo rồi. Nếu đúng chỗ của bà con thì bấm <b>👍 Đúng chỗ này</b> ở trên:"
        " ảnh của bà con được thêm vào và có tin là bà con hay liền. Không phải thì bấm ở dưới."
    )
    if turn.person.consented_at is None:
        text += Markup("\n\n") + turn.t(privacy)
    turn.say(text, buttons=((button(turn, view, ELSEWHERE, "report.new"),),))


async def _show(turn: Turn, view: ReportDraft, report: Report) -> None:
    text = turn.t(
        "{kind} · báo {ago} · cách chỗ bà con khoảng {distance}",
        kind=turn.knowledge.kinds.kind(report.kind).name.of(turn.language),
        ago=texts.ago(turn.language, turn.now - report.created_at),
        distance=_distance(view, report),
    )
    same = button(turn, view, SAME_PLACE, "report.same", report.id)
    turn.say(text, buttons=((same,),), photos=await _first_photo(turn, report))


def _distance(view: ReportDraft, report: Report) -> str:
    assert view.lat is not None and view.lon is not None
    assert report.lat is not None and report.lon is not None
    return shown_distance(distance_m(view.lat, view.lon, report.lat, report.lon))


async def _first_photo(turn: Turn, report: Report) -> tuple[int, ...]:
    ids = await reports.photo_ids(turn.session, report.id, "before", "added")
    usable = [photo.id for photo in await photos.of(turn.session, ids) if is_usable(photo)]
    return tuple(usable[:1])
