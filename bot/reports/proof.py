"""More pictures of the cleaned place, after the first one has closed the report."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot import staff
from bot.people import Person
from bot.reports.states import State
from bot.store.tables import Report, ReportPhoto


async def add_after_photo(session: AsyncSession, report: Report, officer: Person, photo_id: int) -> bool:
    """False when the report is no longer resolved by this officer. Raises Refusal without the role."""
    staff.require(officer, "officer")
    if report.state != State.RESOLVED or report.holder_id != officer.id:
        return False
    session.add(ReportPhoto(report_id=report.id, photo_id=photo_id, role="after"))
    await session.flush()
    return True
