"""For tests of reports: the normal path, and what is in the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.address import Address
from bot.store.tables import Card, Draft, Person, Photo, Report, ReportEvent, ReportPhoto
from tests.harness import Chat, Heard, User, World

HERE = (9.8044, 106.4496)  # xã Cầu Ngang
SEND = "✅ Gửi phản ánh"
AGREE = "✅ Đồng ý và gửi phản ánh"


async def to_summary(user: User, kind: str = "Rác sinh hoạt") -> None:
    """Photo, place, kind."""
    await user.sends_photo()
    await user.sends_location()
    await user.presses(kind)


async def reported(user: User, kind: str = "Rác sinh hoạt", *, elsewhere: bool = False) -> str:
    """Sends a whole report; returns its code."""
    await to_summary(user, kind)
    if elsewhere:
        await user.presses("➕ Chỗ khác")
    label = AGREE if AGREE in user.last.labels else SEND
    await user.presses(label)
    return (await all_reports(user.world))[-1].code


async def all_reports(world: World) -> Sequence[Report]:
    async with world.session() as session:
        return (await session.execute(select(Report).order_by(Report.id))).scalars().all()


async def only_report(world: World) -> Report:
    [report] = await all_reports(world)
    return report


async def draft_of(world: World, user: User) -> Draft | None:
    async with world.session() as session:
        found = await session.execute(select(Draft).where(Draft.chat == f"telegram:{user.id}"))
        return found.scalar_one_or_none()


async def person_of(world: World, user: User) -> Person:
    async with world.session() as session:
        found = await session.execute(select(Person).where(Person.address == f"telegram:{user.id}"))
        return found.scalar_one()


async def photo_roles(world: World, report: Report) -> list[str]:
    async with world.session() as session:
        found = await session.execute(
            select(ReportPhoto.role).where(ReportPhoto.report_id == report.id).order_by(ReportPhoto.photo_id)
        )
        return list(found.scalars())


async def all_photos(world: World) -> Sequence[Photo]:
    async with world.session() as session:
        return (await session.execute(select(Photo).order_by(Photo.id))).scalars().all()


async def what_happened(world: World, report: Report) -> list[str]:
    async with world.session() as session:
        found = await session.execute(
            select(ReportEvent.what).where(ReportEvent.report_id == report.id).order_by(ReportEvent.id)
        )
        return list(found.scalars())


async def card_chats(world: World, report: Report) -> list[Address]:
    async with world.session() as session:
        found = await session.execute(select(Card.address).where(Card.report_id == report.id))
        return [Address(at) for at in found.scalars()]


def with_label(chat: Chat, label: str) -> list[Heard]:
    return [one for one in chat.heard if label in one.labels]
