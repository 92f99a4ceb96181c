"""`/dulieu`: seen, taken home, erased."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from bot import people, photos, reports
from bot.address import Address
from bot.channels.web import messages, visitors
from bot.flow.inbox import incoming
from bot.people import Person
from bot.reports import Filing
from bot.store.tables import (
    Base,
    Draft,
    Outbox,
    Photo,
    Report,
    ReportFollower,
    ReportPhoto,
    Staff,
)
from bot.store.tables import Person as PersonRow
from tests.harness import User, World


async def _person(world: World, user: User) -> Person:
    at = Address(f"telegram:{user.id}")
    async with world.session() as session:
        return (await people.load(session, [at]))[at]


async def _photo(world: World, owner: Person) -> int:
    async with world.session() as session:
        return await photos.add(
            session,
            channel="telegram",
            file_id=world.file(b""),
            compressed=True,
            owner_id=owner.id,
            now=world.clock.now(),
        )


async def _reports(world: World, owner: Person, photo_id: int) -> str:
    """One report with a photo. Returns its code."""
    knowledge, settings = world.app.services.library.knowledge, world.app.settings
    filing = Filing(
        knowledge.kinds.all[0], "29416", 9.8044, 106.4496, "ấp Minh Thuận", "đống bọc", (photo_id,)
    )
    async with world.session() as session:
        report = await reports.file_report(
            session,
            filing,
            owner,
            routed=False,
            calendar=knowledge.calendar,
            zone=settings.timezone,
            now=world.clock.now(),
        )
        return report.code


async def _count(world: World, table: type[Base]) -> int:
    async with world.session() as session:
        return (await session.execute(select(func.count()).select_from(table))).scalar_one()


async def _lan_with_all(world: World) -> tuple[User, Person, str]:
    """A person with a report, a loose photo, an open question and words on their way."""
    lan = world.user()
    await lan.sends("/phanloai")
    person = await _person(world, lan)
    code = await _reports(world, person, await _photo(world, person))
    await _photo(world, person)
    return lan, person, code


async def test_it_says_what_is_kept_and_the_law(world: World) -> None:
    lan, _, _ = await _lan_with_all(world)
    await lan.sends("/dulieu")
    lines = lan.last.text.splitlines()
    assert [line.rsplit(" ", 1)[1] for line in lines if line.startswith("•")][1:] == ["1", "1", "2", "1", "0"]
    assert "91/2025/QH15" in lan.last.text
    assert lan.last.labels == ["📄 Tải về", "🗑 Xóa dữ liệu"]


def _sent_file(world: World) -> dict[str, Any]:
    sent = [one for one in world.telegram.sent if one.method == "sendDocument"]
    content: dict[str, Any] = json.loads(next(iter(sent[-1].files.values())))
    return content


async def test_the_export_is_a_file_with_everything_of_mine_and_nothing_of_others(world: World) -> None:
    lan, _, code = await _lan_with_all(world)
    ba = world.user()
    await ba.sends("/start")
    other = await _person(world, ba)
    await _reports(world, other, await _photo(world, other))
    await lan.sends("/dulieu")
    await lan.presses("📄 Tải về")
    content = _sent_file(world)
    assert content["person"][0]["address"] == f"telegram:{lan.id}"
    assert [report["code"] for report in content["reports"]] == [code]
    assert content["reports"][0]["description"] == "đống bọc"
    assert [photo["report"] for photo in content["photos"]] == [code, None]
    assert content["drafts"][0]["kind"] == "sort"
    assert datetime.fromisoformat(content["person"][0]["created_at"]).tzinfo is not None


async def test_the_export_lies_under_a_name_nobody_can_guess(world: World) -> None:
    lan = world.user()
    await lan.sends("/privacy")
    await lan.presses("📄 Tải về")
    await lan.presses("📄 Tải về")
    files = list((world.app.settings.data_dir / "exports").iterdir())
    assert len({file.stem for file in files}) == 2
    assert all(len(file.stem) >= 32 and file.stat().st_mode & 0o077 == 0 for file in files)


async def test_erasing_asks_first_and_can_be_left(world: World) -> None:
    lan, _, _ = await _lan_with_all(world)
    await lan.sends("/dulieu")
    await lan.presses("🗑 Xóa dữ liệu")
    assert "không lấy lại được" in lan.last.text
    assert await _count(world, Photo) == 2
    await lan.presses("↩️ Thôi, giữ lại")
    assert lan.last.labels == ["📄 Tải về", "🗑 Xóa dữ liệu"]
    assert await _count(world, Report) == 1


async def test_erasing_leaves_the_report_without_its_reporter(world: World) -> None:
    lan, person, code = await _lan_with_all(world)
    await lan.sends("/dulieu")
    await lan.presses("🗑 Xóa dữ liệu")
    await lan.presses("🗑 Xóa hết")
    assert "Đã xóa dữ liệu" in lan.last.text
    assert len(lan.last.keys) == 6
    async with world.session() as session:
        report = await reports.by_code(session, code)
        assert report is not None and report.reporter_id is None
        assert report.description == "đống bọc"
        left = (await session.execute(select(Photo.owner_id))).scalars().all()
        assert list(left) == [None]
        known = await session.execute(select(PersonRow.id).where(PersonRow.address == person.address))
        assert known.first() is None
    assert await _count(world, ReportPhoto) == 1
    assert await _count(world, ReportFollower) == 0
    assert await _count(world, Draft) == 0


async def test_of_what_was_said_only_the_confirmation_is_left(world: World) -> None:
    lan, person, _ = await _lan_with_all(world)
    await lan.sends("/dulieu")
    await lan.presses("🗑 Xóa dữ liệu")
    before = len(lan.heard)
    async with world.session() as session:
        session.add(
            Outbox(
                channel="telegram",
                chat=person.address,
                lane=1,
                payload='{"text":"tin cũ"}',
                report_id=1,
                created_at=world.clock.now(),
                retry_at=world.clock.now().replace(year=2030),
            )
        )
    await lan.presses("🗑 Xóa hết")
    async with world.session() as session:
        rows = (await session.execute(select(Outbox.report_id).where(Outbox.chat == person.address))).all()
    assert [tuple(row) for row in rows] == [(None,)]
    assert len(lan.heard) == before + 1


async def test_afterwards_the_person_is_a_newcomer(world: World) -> None:
    lan = world.user()
    await lan.sends("/ngonngu")
    await lan.presses("English")
    await lan.sends("/privacy")
    data = {button["callback_data"] for button in lan.last.inline}
    assert data == {"1:data.export", "1:data.erase"}
    await lan.presses_data("1:data.erase.all", lan.last)
    await lan.sends("/start")
    assert "chào bà con" in lan.last.text
    assert (await _person(world, lan)).consented_at is None


async def test_staff_are_told_that_their_role_goes_too(world: World) -> None:
    admin = world.admin()
    await admin.sends("/dulieu")
    await admin.presses("🗑 Xóa dữ liệu")
    assert "không còn là cán bộ" in admin.last.text
    await admin.presses("🗑 Xóa hết")
    assert await _count(world, Staff) == 0


async def _from_page(world: World, visitor_id: int, update_id: int, **content: Any) -> None:
    chat = {"id": visitor_id, "type": "private", "first_name": "Web"}
    sender = {"id": visitor_id, "is_bot": False, "first_name": "Web", "language_code": "vi"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": sender, **content}
    query = {"id": f"{visitor_id}:chat:{update_id}", "from": sender, "chat_instance": "web"}
    update = {"message": message} if "data" not in content else {}
    if "data" in content:
        pressed = {"message_id": 1, "date": 1, "chat": chat, "text": "x"}
        update = {"callback_query": query | {"data": content["data"], "message": pressed}}
    await world.app.inbox.put("web", [incoming("web", {"update_id": update_id, **update})])
    await world.settle()


async def test_on_the_web_page_history_and_files_go_too(world: World) -> None:
    store, now = world.app.store, world.clock.now()
    visitor = await world.do(lambda connection: visitors.ensure(connection, "cookie", "vi", now))
    command = {"text": "/dulieu", "entities": [{"type": "bot_command", "offset": 0, "length": 7}]}
    await world.do(
        lambda connection: messages.add(
            store, connection, visitor.chat, {"html": "x"}, now, author=visitor.id
        )
    )
    await _from_page(world, visitor.id, 1, **command)
    await _from_page(world, visitor.id, 2, data="1:data.export")
    assert len(list((world.app.settings.data_dir / "exports").iterdir())) == 1
    await _from_page(world, visitor.id, 3, data="1:data.erase.all")
    async with world.session() as session:
        left = await messages.page(session, visitor.chat, None, 10)
        assert (
            await session.execute(select(PersonRow.id).where(PersonRow.address == visitor.chat))
        ).first() is None
    assert len(left) == 1 and "Đã xóa" in left[0].payload["html"]
    assert not list((world.app.settings.data_dir / "exports").iterdir())
