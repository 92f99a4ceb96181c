"""`/start`: the greeting, and every link into the bot."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import people, staff
from bot.address import Address
from bot.store.tables import Invite, Person, Staff
from tests.fakes import START
from tests.harness import World

MENU = [
    "📸 Báo điểm rác",
    "♻️ Rác này bỏ đâu?",
    "🌱 Mẹo sống xanh",
    "📋 Phản ánh của tôi",
    "🔔 Nhắc nhở",
    "⚙️ Khác",
]


async def test_a_plain_start_greets_in_three_lines_over_the_menu(world: World) -> None:
    lan = world.user()
    await lan.sends("/start")
    assert len(lan.heard) == 1
    assert "Trà Vinh Xanh" in lan.last.text
    assert len(lan.last.text.splitlines()) == 3
    assert lan.last.keys == MENU


@pytest.mark.parametrize("payload", ["nothing", "t_no-such-topic", "m_no-such-tip", "x_00000", "t_", "x_"])
async def test_a_link_to_what_is_no_more_is_a_plain_start(world: World, payload: str) -> None:
    lan = world.user()
    await lan.sends(f"/start {payload}")
    assert len(lan.heard) == 1
    assert lan.last.keys == MENU


async def test_a_topic_link_shows_its_first_tip(world: World) -> None:
    lan = world.user()
    await lan.sends("/start t_tiet-kiem-dien")
    tip = world.app.services.library.knowledge.tips.of("tiet-kiem-dien", START.date())[0]
    assert tip.title in lan.last.text


async def test_a_tip_link_shows_that_tip(world: World) -> None:
    lan = world.user()
    await lan.sends("/start m_mang-ly-mang-binh")
    assert "Mang ly, mang bình theo" in lan.last.text


async def test_a_commune_link_presets_the_commune(world: World) -> None:
    lan = world.user()
    await lan.sends("/start x_29416")
    assert "xã Cầu Ngang" in lan.last.text
    async with world.session() as session:
        chosen = await session.execute(
            select(Person.commune_code).where(Person.address == f"telegram:{lan.id}")
        )
    assert chosen.scalar_one() == "29416"


async def _invitation(world: World) -> str:
    async with world.session() as session:
        admin = (await people.load(session, [Address("telegram:900")]))[Address("telegram:900")]
        return await staff.invite(session, admin, "officer", ["29416"], world.clock.now())


async def test_an_invitation_link_makes_an_officer_once(world: World) -> None:
    token = await _invitation(world)
    lan, ba = world.user(name="Lan <b>"), world.user(name="Ba")
    await lan.sends(f"/start s_{token}")
    assert "Cán bộ xử lý" in lan.last.text
    await ba.sends(f"/start s_{token}")
    assert "hết hạn" in ba.last.text
    async with world.session() as session:
        names = await session.execute(select(Staff.name).where(Staff.role == "officer"))
        assert list(names.scalars()) == ["Lan <b>"]
        assert (await session.execute(select(Invite.token_hash))).first() is None


async def test_an_invitation_dies_after_a_week(world: World) -> None:
    token = await _invitation(world)
    await world.later(days=8)
    lan = world.user()
    await lan.sends(f"/start s_{token}")
    assert "hết hạn" in lan.last.text


async def test_a_report_link_of_somebody_elses_report_opens_nothing(world: World) -> None:
    lan = world.user()
    await lan.sends("/start r_TV-2611-0001")
    assert "TV-2611-0001" in lan.last.text
    assert not any(message.photo for message in lan.heard)


async def test_in_a_group_start_points_to_the_private_chat(world: World) -> None:
    group = world.group()
    await world.user().sends("/start", where=group)
    assert "nhắn riêng" in group.last.text
    assert [button["url"] for button in group.last.inline] == ["https://t.me/travinhxanh_bot?start=g"]
    assert not group.last.keys


async def test_who_comes_by_a_link_for_the_first_time_gets_the_menu_too(world: World) -> None:
    lan = world.user()
    await lan.sends("/start t_tiet-kiem-dien")
    assert [bool(message.keys) for message in lan.heard] == [True, False]
    await lan.sends("/start t_tiet-kiem-dien")
    assert len(lan.heard) == 3


async def test_a_dead_link_greets_once(world: World) -> None:
    lan = world.user()
    await lan.sends("/start t_khong-co")
    assert len(lan.heard) == 1
