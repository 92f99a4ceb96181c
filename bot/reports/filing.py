"""A draft becomes a report: its code, its promise, its first event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.holidays import WorkCalendar
from bot.kinds import Kind
from bot.people import Person
from bot.reports.states import State
from bot.store.tables import Counter, Report, ReportEvent, ReportFollower, ReportPhoto

CLOSE_OF_WORK = time(17)


@dataclass(frozen=True, slots=True)
class Filing:
    """What a citizen sends. Without a point `lat` and `lon` are None and `address` says where."""

    kind: Kind
    commune_code: str
    lat: float | None
    lon: float | None
    address: str
    description: str
    photo_ids: tuple[int, ...]


async def file_report(
    session: AsyncSession,
    filing: Filing,
    reporter: Person,
    *,
    routed: bool,
    calendar: WorkCalendar,
    zone: ZoneInfo,
    now: datetime,
) -> Report:
    """`routed`: a duty group gets it, so it is accepted at once."""
    state = State.ACCEPTED if routed else State.NEW
    report = Report(
        code=await _next_code(session, now.astimezone(zone)),
        state=state,
        kind=filing.kind.code,
        commune_code=filing.commune_code,
        lat=filing.lat,
        lon=filing.lon,
        address=filing.address,
        description=filing.description,
        reporter_id=reporter.id,
        voices=1,
        created_at=now,
        due_at=promise(filing.kind, calendar, zone, now),
    )
    session.add(report)
    await session.flush()
    session.add_all(
        [ReportPhoto(report_id=report.id, photo_id=photo_id, role="before") for photo_id in filing.photo_ids]
    )
    session.add(ReportFollower(report_id=report.id, person_id=reporter.id))
    session.add(ReportEvent(report_id=report.id, at=now, what=state, by_staff=False, text=""))
    await session.flush()
    return report


def promise(kind: Kind, calendar: WorkCalendar, zone: ZoneInfo, now: datetime) -> datetime:
    """The close of work on the promised day."""
    day = calendar.add_working_days(now, kind.promise)
    return datetime.combine(day, CLOSE_OF_WORK, zone)


async def _next_code(session: AsyncSession, local: datetime) -> str:
    """`TV-yymm-nnnn`, counted within the local month; more digits when a month has over 9999."""
    month = f"{local:%y%m}"
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert(Counter) if dialect == "sqlite" else postgresql.insert(Counter)
    counted = await session.execute(
        insert.values(name=f"report.{month}", value=1)
        .on_conflict_do_update(index_elements=["name"], set_={"value": Counter.value + 1})
        .returning(Counter.value)
    )
    return f"TV-{month}-{counted.scalar_one():04d}"
