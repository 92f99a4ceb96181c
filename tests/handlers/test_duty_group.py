"""/nhomtruc, the bot put out of a group, and a group that becomes a supergroup."""

from __future__ import annotations

import pytest

from bot import staff
from bot.address import address
from bot.reports import State
from tests.fakes import BOT
from tests.handlers.on_duty import audited, card, duty_group, filed, now, officer
from tests.harness import Chat, User, World


async def test_an_admin_makes_a_duty_group(world: World) -> None:
    admin, lan, group = world.admin(), world.user(), world.group("Tổ <3> xanh")
    await admin.sends("/nhomtruc", where=group)
    assert "Tổ &lt;3&gt; xanh" in group.last.text and "tất cả xã" in group.last.text
    report = await filed(world, lan)
    assert card(group, report).labels
    assert not [one for one in admin.heard if report.code in one.text]
    assert await audited(world) == ["duty_group.set"]


async def test_saying_it_twice_is_harmless(world: World) -> None:
    admin, lan, group = world.admin(), world.user(), world.group()
    await admin.sends("/nhomtruc", where=group)
    await admin.sends("/nhomtruc@travinhxanh_bot", where=group)
    report = await filed(world, lan)
    assert len([one for one in group.heard if report.code in one.text]) == 1


@pytest.mark.parametrize("role", ["officer", "editor", None])
async def test_others_are_refused_kindly(world: World, role: str | None) -> None:
    who = await officer(world, "Tư", role=role) if role else world.user()
    group = world.group()
    await who.sends("/nhomtruc", where=group)
    assert "Chỉ quản trị viên" in group.last.text
    async with world.session() as session:
        assert not await staff.is_duty_group(session, address("telegram", group.id))


async def test_an_anonymous_admin_is_told_why(world: World) -> None:
    group = world.group()
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    await world.update(
        message={
            "message_id": 1,
            "date": 1,
            "chat": group.shown(),
            "from": anonymous,
            "sender_chat": group.shown(),
            "text": "/nhomtruc",
            "entities": [{"type": "bot_command", "offset": 0, "length": 9}],
        }
    )
    assert "ẩn danh" in group.last.text


async def test_in_private_it_is_explained(world: World) -> None:
    admin, group = world.admin(), world.group("Tổ 1")
    await admin.sends("/nhomtruc")
    assert "thêm Trà Vinh Xanh vào nhóm" in admin.last.text and "Chưa có nhóm trực" in admin.last.text
    await admin.sends("/nhomtruc", where=group)
    await admin.sends("/nhomtruc")
    assert "Tổ 1" in admin.last.text
    lan = world.user()
    await lan.sends("/nhomtruc")
    assert "chỉ dành cho cán bộ" in lan.last.text


async def put_out(world: World, group: Chat, by: User, status: str = "kicked") -> None:
    await world.update(
        my_chat_member={
            "chat": group.shown(),
            "from": {"id": by.id, "is_bot": False, "first_name": by.name},
            "date": 1,
            "old_chat_member": {"user": BOT, "status": "member"},
            "new_chat_member": {"user": BOT, "status": status}
            | ({"until_date": 0} if status == "kicked" else {}),
        }
    )


@pytest.mark.parametrize("status", ["kicked", "left"])
async def test_put_out_of_the_duty_group(world: World, status: str) -> None:
    admin, lan, group = world.admin(), world.user(), await duty_group(world)
    report = await filed(world, lan)
    closed = await filed(world, lan)
    tu = await officer(world, "Tư")
    await tu.presses("✅ Đã xử lý", on=card(group, closed), where=group)
    await tu.presses("Tới nơi thấy đã có người dọn", where=group)
    said = len(group.heard)
    await put_out(world, group, lan, status)
    assert len(group.heard) == said
    assert any("Tổ trực" in one.text and "đưa ra khỏi" in one.text for one in admin.heard)
    assert card(admin, report).labels
    assert not [one for one in admin.heard if closed.code in one.text]
    await admin.presses("✋ Nhận xử lý", on=card(admin, report))
    assert (await now(world, report)).state == State.IN_PROGRESS
    assert len(group.heard) == said
    assert "duty_group.drop" in await audited(world)


async def test_put_out_of_another_group_is_no_news(world: World) -> None:
    admin, lan, group = world.admin(), world.user(), world.group()
    await put_out(world, group, lan)
    assert admin.heard == [] and group.heard == []


async def test_a_member_in_private_who_blocks_the_bot_changes_no_group(world: World) -> None:
    lan, admin = world.user(), world.admin()
    await duty_group(world)
    await put_out(world, lan, lan)
    assert admin.heard == []


async def test_a_supergroup_takes_over(world: World) -> None:
    lan, tu, old = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    new = world.group("Tổ trực", group_id=-1001234567890)
    await tu.message(old, migrate_to_chat_id=new.id)
    await tu.message(new, migrate_from_chat_id=old.id)
    assert len([one for one in new.heard if report.code in one.text]) == 1
    edits = card(old, report).silent_edits
    await tu.presses("✋ Nhận xử lý", on=card(new, report), where=new)
    assert "👤 Tư" in card(new, report).text
    assert card(old, report).silent_edits == edits
    later = await filed(world, lan)
    assert card(new, later).labels and not [one for one in old.heard if later.code in one.text]


async def test_an_unsent_card_moves_with_the_group(world: World) -> None:
    lan, tu, old = world.user(), await officer(world, "Tư"), await duty_group(world)
    new = world.group("Tổ trực", group_id=-1001234567891)
    answer = {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new.id},
    }
    world.telegram.fail("sendPhoto", (400, answer))
    report = await filed(world, lan)
    await tu.message(old, migrate_to_chat_id=new.id)
    assert len([one for one in new.heard if report.code in one.text]) == 1
    await tu.presses("✋ Nhận xử lý", where=new)
    assert "👤 Tư" in card(new, report).text
