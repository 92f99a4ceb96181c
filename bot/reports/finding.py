"""Looking reports up."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people import Person
from bot.places import distance_m
from bot.reports.states import OPEN, State
from bot.store.tables import Outbox, Report, ReportEvent, ReportFollower, ReportPhoto
from bot.store.tables import Person as PersonRow

_CODE = re.compile(r"\bTV[-\s–]?(\d{4})[-\s–]?(\d{4,6})\b", re.IGNORECASE)
METRES_PER_DEGREE = 111_320


def parse_code(text: str) -> str | None:
    """The first report code in a text, however it was typed: `tv 2611 0001` → `TV-2611-0001`."""
    found = _CODE.search(text)
    return f"TV-{found[1]}-{found[2]}" if found else None


async def by_code(session: AsyncSession, code: str) -> Report | None:
    return (await session.execute(select(Report).where(Report.code == code))).scalar_one_or_none()


async def by_id(session: AsyncSession, report_id: int) -> Report | None:
    return await session.get(Report, report_id)


async def mine(session: AsyncSession, person: Person, *, skip: int, most: int) -> tuple[list[Report], int]:
    """Reports the person sent or follows, newest first, and how many there are in all."""
    followed = select(ReportFollower.report_id).where(ReportFollower.person_id == person.id)
    found = await session.execute(
        select(Report).where(Report.id.in_(followed)).order_by(Report.id.desc()).offset(skip).limit(most)
    )
    total = await session.execute(
        select(func.count()).select_from(ReportFollower).where(ReportFollower.person_id == person.id)
    )
    return list(found.scalars()), total.scalar_one()


async def may_see(session: AsyncSession, person: Person, report: Report) -> bool:
    """Those who follow a report and staff of its commune; a code alone opens nothing."""
    if person.role in ("admin", "officer") and person.serves(report.commune_code):
        return True
    return await follows(session, person, report)


async def follows(session: AsyncSession, person: Person, report: Report) -> bool:
    """Whether the person sent it or added a voice."""
    return await session.get(ReportFollower, (report.id, person.id)) is not None


async def near(
    session: AsyncSession, kind: str, lat: float, lon: float, radius_m: float, *, most: int = 3
) -> list[Report]:
    """Open reports of this kind within the radius, nearest first."""
    north = radius_m / METRES_PER_DEGREE
    east = north / math.cos(math.radians(lat))
    found = await session.execute(
        select(Report).where(
            Report.kind == kind,
            Report.state.in_(OPEN),
            Report.lat.between(lat - north, lat + north),
            Report.lon.between(lon - east, lon + east),
        )
    )
    measured = [
        (distance_m(lat, lon, report.lat, report.lon), report)
        for report in found.scalars()
        if report.lat is not None and report.lon is not None
    ]
    measured.sort(key=lambda pair: (pair[0], pair[1].id))
    return [report for distance, report in measured if distance <= radius_m][:most]


async def photo_ids(session: AsyncSession, report_id: int, *roles: str) -> list[int]:
    found = await session.execute(
        select(ReportPhoto.photo_id)
        .where(
            ReportPhoto.report_id == report_id, ReportPhoto.role.in_(roles or ("before", "added", "after"))
        )
        .order_by(ReportPhoto.photo_id)
    )
    return list(found.scalars())


async def events(session: AsyncSession, report_id: int) -> Sequence[ReportEvent]:
    found = await session.execute(
        select(ReportEvent).where(ReportEvent.report_id == report_id).order_by(ReportEvent.id)
    )
    return found.scalars().all()


async def followers(session: AsyncSession, report_id: int) -> list[tuple[int, str, str]]:
    """Who hears news: person id, address, language."""
    found = await session.execute(
        select(PersonRow.id, PersonRow.address, PersonRow.language)
        .join(ReportFollower, ReportFollower.person_id == PersonRow.id)
        .where(ReportFollower.report_id == report_id, PersonRow.blocked_at.is_(None))
        .order_by(PersonRow.id)
    )
    return [(row.id, row.address, row.language) for row in found]


async def told(session: AsyncSession, key: str) -> int | None:
    """The report that a message said once under this key is about."""
    found = await session.execute(select(Outbox.report_id).where(Outbox.key == key))
    return found.scalar_one_or_none()


async def overdue(session: AsyncSession, now: datetime) -> list[Report]:
    """Open reports past their promise, the longest overdue first."""
    found = await session.execute(
        select(Report)
        .where(Report.state.in_(OPEN - {State.NEEDS_INFO}), Report.due_at < now)
        .order_by(Report.due_at)
    )
    return list(found.scalars())
