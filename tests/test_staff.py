"""Roles, invitations and duty groups, without any platform."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import people, staff
from bot.address import Address
from bot.people import Person
from bot.refusal import Refusal
from tests.harness import World

GROUP, SUPERGROUP = Address("telegram:-5"), Address("telegram:-1005")


async def person(world: World, name: str, role: str | None = None) -> Person:
    at = Address(f"web:{sum(map(ord, name))}")
    async with world.session() as session:
        await people.greet(session, {at: "vi"}, world.clock.now(), world.app.store.is_sqlite)
        found = (await people.load(session, [at]))[at]
        if role:
            await staff.appoint(session, found, role, name, None, world.clock.now())
        return found


async def test_the_last_admin_stays(world: World) -> None:
    hai, ba = await person(world, "Hai", "admin"), await person(world, "Ba", "admin")
    async with world.session() as session:
        seeded = next(one for one in await staff.members(session) if one.name == "Quản trị")
        await staff.remove(session, hai, seeded.person_id, (), world.clock.now())
        await staff.remove(session, hai, ba.id, (), world.clock.now())
        for job in (
            staff.remove(session, hai, hai.id, (), world.clock.now()),
            staff.change_role(session, hai, hai.id, "officer", (), world.clock.now()),
        ):
            with pytest.raises(Refusal, match="cuối cùng"):
                await job
        assert [one.person_id for one in await staff.members(session)] == [hai.id]


async def test_only_admins_change_the_staff(world: World) -> None:
    tu, nam = await person(world, "Tư", "officer"), await person(world, "Năm", "editor")
    async with world.session() as session:
        for job in (
            staff.remove(session, tu, nam.id, (), world.clock.now()),
            staff.change_role(session, tu, tu.id, "admin", (), world.clock.now()),
            staff.invite(session, nam, "admin", None, world.clock.now()),
        ):
            with pytest.raises(Refusal):
                await job


async def test_an_invitation_works_once_and_for_a_week(world: World) -> None:
    admin, tu = await person(world, "Hai", "admin"), await person(world, "Tư")
    now = world.clock.now()
    async with world.session() as session:
        token = await staff.invite(session, admin, "officer", ["29416"], now)
        assert await staff.accept(session, tu, token, "Tư", now) == "officer"
        with pytest.raises(Refusal):
            await staff.accept(session, tu, token, "Tư", now)
        late = await staff.invite(session, admin, "officer", None, now)
        with pytest.raises(Refusal):
            await staff.accept(session, tu, late, "Tư", now + staff.INVITE_LASTS + timedelta(seconds=1))


async def test_duty_groups_come_and_go(world: World) -> None:
    now = world.clock.now()
    async with world.session() as session:
        await staff.set_duty_group(session, GROUP, "Tổ trực", None, now)
        assert await staff.duty_groups(session) == ["Tổ trực"]
        await staff.move_group(session, GROUP, SUPERGROUP)
        assert await staff.card_addresses(session, "29416") == [SUPERGROUP]
        await staff.move_group(session, GROUP, SUPERGROUP)
        assert await staff.drop_duty_group(session, GROUP) is None
        assert await staff.drop_duty_group(session, SUPERGROUP) == "Tổ trực"
        admins = [one.address for one in await staff.members(session) if one.role == "admin"]
        assert await staff.card_addresses(session, "29416") == admins


async def test_a_group_set_at_both_addresses_is_one(world: World) -> None:
    now = world.clock.now()
    async with world.session() as session:
        await staff.set_duty_group(session, GROUP, "Cũ", None, now)
        await staff.set_duty_group(session, SUPERGROUP, "Mới", None, now)
        await staff.move_group(session, GROUP, SUPERGROUP)
        assert await staff.card_addresses(session, "29416") == [SUPERGROUP]
