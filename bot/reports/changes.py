"""Every change of a report: who may, from which state, and what is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import staff
from bot.fold import nfc
from bot.people import Person
from bot.refusal import N_, Refusal
from bot.reports.states import CLOSED, OPEN, State
from bot.store.tables import Report, ReportEvent, ReportFollower, ReportPhoto

DESCRIPTION_MOST = 1000


async def take(session: AsyncSession, report: Report, officer: Person, now: datetime) -> None:
    """✋: this officer holds it from now on."""
    await _as_of_now(session, report)
    _require_officer(officer, report)
    _require_open(report)
    if report.state == State.IN_PROGRESS and report.holder_id == officer.id:
        raise Refusal(N_("Bạn đang giữ phản ánh {code} rồi."), code=report.code)
    report.holder_id = officer.id
    await _enter(session, report, State.IN_PROGRESS, officer, now)


async def resolve(
    session: AsyncSession,
    report: Report,
    officer: Person,
    now: datetime,
    *,
    photo_ids: Sequence[int] = (),
    reason: str | None = None,
) -> None:
    """✅ with an after-photo, or with the code of a reason why none is needed."""
    await _as_of_now(session, report)
    _require_officer(officer, report)
    _require_open(report)
    if not photo_ids and not reason:
        raise Refusal(N_("Cần ảnh sau khi dọn, hoặc chọn một lý do không cần ảnh."))
    if not photo_ids and officer.role != "admin" and await was_reopened(session, report):
        raise Refusal(N_("Người báo nói chỗ này chưa sạch: cần ảnh mới, hoặc nhờ quản trị viên."))
    _attach(session, report, photo_ids, "after")
    report.holder_id = officer.id
    report.reason = reason
    await _enter(session, report, State.RESOLVED, officer, now, reason=reason)


async def reject(
    session: AsyncSession, report: Report, officer: Person, now: datetime, *, reason: str, instead: str
) -> None:
    """🚫 with a coded reason and where to go instead."""
    await _as_of_now(session, report)
    _require_officer(officer, report)
    _require_open(report)
    if officer.role != "admin" and await was_reopened(session, report):
        raise Refusal(N_("Người báo nói chỗ này chưa sạch: chỉ quản trị viên mới từ chối được."))
    report.holder_id = officer.id
    report.reason = reason
    report.instead = nfc(instead)[:DESCRIPTION_MOST]
    await _enter(session, report, State.REJECTED, officer, now, reason=reason)


async def withdraw(session: AsyncSession, report: Report, person: Person, now: datetime) -> None:
    """🗑 by who sent it, while it is open."""
    await _as_of_now(session, report)
    if report.reporter_id != person.id:
        raise Refusal(N_("Chỉ người gửi mới rút được phản ánh."))
    _require_open(report)
    await _enter(session, report, State.WITHDRAWN, None, now)


async def judge(session: AsyncSession, report: Report, person: Person, now: datetime, *, clean: bool) -> None:
    """👍 rests; 👎 by the reporter opens it again."""
    await _as_of_now(session, report)
    await _require_follower(session, report, person)
    if report.state != State.RESOLVED:
        raise Refusal(N_("Phản ánh {code} đang ở bước khác rồi."), code=report.code)
    if clean:
        _write(session, report, "clean", now, by_staff=False)
        return
    if report.reporter_id != person.id:
        raise Refusal(N_("Chỉ người gửi phản ánh mới mở lại được. Bạn có thể báo một điểm rác mới."))
    report.closed_at = None
    report.reason = None
    await _enter(session, report, State.REOPENED, None, now)


async def note(session: AsyncSession, report: Report, person: Person, text: str, now: datetime) -> None:
    """More words from a follower."""
    await _require_follower(session, report, person)
    _require_open(report)
    _write(session, report, "note", now, by_staff=False, text=nfc(text)[:DESCRIPTION_MOST])


async def add_photos(
    session: AsyncSession, report: Report, person: Person, photo_ids: Sequence[int], now: datetime
) -> None:
    """More pictures from a follower."""
    await _require_follower(session, report, person)
    _require_open(report)
    _attach(session, report, photo_ids, "added")
    _write(session, report, "photo", now, by_staff=False)


async def add_voice(
    session: AsyncSession, report: Report, person: Person, photo_ids: Sequence[int], now: datetime
) -> bool:
    """👍 Đúng chỗ này: one voice a person. False when it was counted before."""
    await _as_of_now(session, report)
    _require_open(report)
    if await session.get(ReportFollower, (report.id, person.id)) is not None:
        return False
    session.add(ReportFollower(report_id=report.id, person_id=person.id))
    _attach(session, report, photo_ids, "added")
    report.voices += 1
    _write(session, report, "voice", now, by_staff=False)
    await session.flush()
    return True


async def was_reopened(session: AsyncSession, report: Report) -> bool:
    found = await session.execute(
        select(ReportEvent.id).where(ReportEvent.report_id == report.id, ReportEvent.what == State.REOPENED)
    )
    return found.first() is not None


async def _as_of_now(session: AsyncSession, report: Report) -> None:
    """Two people may press at once in different chats: the second sees what the first did."""
    await session.refresh(report, with_for_update=True)


def _require_officer(officer: Person, report: Report) -> None:
    staff.require(officer, "officer")
    if not officer.serves(report.commune_code):
        raise Refusal(N_("Phản ánh {code} thuộc xã, phường khác."), code=report.code)


def _require_open(report: Report) -> None:
    if report.state not in OPEN:
        raise Refusal(N_("Phản ánh {code} đã khép lại rồi."), code=report.code)


async def _require_follower(session: AsyncSession, report: Report, person: Person) -> None:
    if await session.get(ReportFollower, (report.id, person.id)) is None:
        raise Refusal(N_("Trà Vinh Xanh không thấy phản ánh này trong danh sách của bạn."))


def _attach(session: AsyncSession, report: Report, photo_ids: Sequence[int], role: str) -> None:
    session.add_all([ReportPhoto(report_id=report.id, photo_id=one, role=role) for one in photo_ids])


async def _enter(
    session: AsyncSession, report: Report, state: State, officer: Person | None, now: datetime, **data: Any
) -> None:
    before = report.state
    report.state = state
    report.closed_at = now if state in CLOSED else None
    _write(session, report, state, now, by_staff=officer is not None)
    if officer is not None:
        await staff.record(session, officer, f"report.{state}", report.code, now, before=before, **data)
    await session.flush()


def _write(
    session: AsyncSession, report: Report, what: str, now: datetime, *, by_staff: bool, text: str = ""
) -> None:
    session.add(ReportEvent(report_id=report.id, at=now, what=what, by_staff=by_staff, text=text))
