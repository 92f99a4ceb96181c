"""For tests of the staff side: officers, and reports with their cards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot import people, photos, reports, staff
from bot.address import Address, address
from bot.people import Person
from bot.reports.filing import Filing
from bot.store.tables import Audit, Draft, Report
from bot.talk.cards import renew_cards, send_cards
from bot.talk.speaker import Speaker, speak
from tests.harness import Chat, Heard, User, World

HERE = "29416"  # xã Cầu Ngang
ELSEWHERE = "29419"  # xã Mỹ Long


async def known(world: World, user: User) -> Person:
    at = address("telegram", user.id)
    async with world.session() as session:
        await people.greet(session, {at: user.language}, world.clock.now(), world.app.store.is_sqlite)
        return (await people.load(session, [at]))[at]


async def officer(
    world: World, name: str, *, role: str = "officer", communes: Sequence[str] | None = None
) -> User:
    user = world.user(name=name)
    person = await known(world, user)
    async with world.session() as session:
        where = list(communes) if communes is not None else None
        await staff.appoint(session, person, role, name, where, world.clock.now())
    return user


async def duty_group(world: World) -> Chat:
    group = world.group()
    async with world.session() as session:
        await staff.set_duty_group(session, address("telegram", group.id), "Tổ trực", None, world.clock.now())
    return group


async def filed(world: World, reporter: User, *, commune: str = HERE, photo: bool = True) -> Report:
    """A report of this person, its cards sent."""
    person = await known(world, reporter)
    services = world.app.services
    async with world.app.store.transaction() as connection:
        speaker = Speaker(services, connection)
        ids = [await _photo(world, speaker, person)] if photo else []
        report = await reports.file_report(
            speaker.session,
            Filing(services.library.knowledge.kinds.all[0], commune, 9.8044, 106.4496, "", "", tuple(ids)),
            person,
            routed=True,
            calendar=services.library.knowledge.calendar,
            zone=services.settings.timezone,
            now=speaker.now,
        )
        await send_cards(speaker, report)
        await speak(speaker, connection)
    await world.settle()
    return report


async def not_clean(world: World, report: Report, reporter: User) -> None:
    """The reporter says so; the report is open again, with new cards."""
    person = await known(world, reporter)
    async with world.app.store.transaction() as connection:
        speaker = Speaker(world.app.services, connection)
        found = await reports.by_id(speaker.session, report.id)
        assert found is not None
        await reports.judge(speaker.session, found, person, speaker.now, clean=False)
        await renew_cards(speaker, found)
        await speak(speaker, connection)
    await world.settle()


async def _photo(world: World, speaker: Speaker, person: Person) -> int:
    file_id = world.file(b"")
    return await photos.add(
        speaker.session,
        channel="telegram",
        file_id=file_id,
        compressed=True,
        owner_id=person.id,
        now=speaker.now,
    )


async def now(world: World, report: Report) -> Report:
    """The report as it is in the database."""
    async with world.session() as session:
        found = await reports.by_id(session, report.id)
        assert found is not None
        return found


async def after_photos(world: World, report: Report) -> list[str]:
    """File ids of the pictures of the cleaned place."""
    async with world.session() as session:
        return [
            one.file_id
            for one in await photos.of(session, await reports.photo_ids(session, report.id, "after"))
        ]


async def audited(world: World) -> list[str]:
    async with world.session() as session:
        return list((await session.execute(select(Audit.action).order_by(Audit.id))).scalars())


async def open_drafts(world: World, chat: Chat) -> list[Draft]:
    at = Address(f"telegram:{chat.id}")
    async with world.session() as session:
        return list((await session.execute(select(Draft).where(Draft.chat == at))).scalars())


def card(chat: Chat, report: Report) -> Heard:
    """The newest message that is this report's card."""
    return next(one for one in reversed(chat.heard) if one.text.startswith(f"<b>{report.code}</b> ·"))


def question(chat: Chat, report: Report, words: str = "📷") -> Heard:
    """The newest forced reply that names the report."""
    return next(
        one
        for one in reversed(chat.heard)
        if one.markup.get("force_reply") and report.code in one.text and words in one.text
    )
