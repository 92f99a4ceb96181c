"""Cards that could not be sent when their report came."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import people, staff
from bot.talk import cards
from bot.talk.speaker import Speaker, speak
from tests.handlers.reporting import reported
from tests.harness import World


async def _catch_up(world: World) -> None:
    async def job(connection: AsyncConnection) -> None:
        speaker = Speaker(world.app.services, connection)
        await cards.send_missing_cards(speaker)
        await speak(speaker, connection)

    await world.do(job)
    await world.settle()


async def test_a_report_waits_for_the_first_duty_group(world: World) -> None:
    lan, admin, group = world.user(), world.admin(), world.group()
    async with world.session() as session:
        [seeded] = (await people.load(session, [world.app.settings.admin_addresses[0]])).values()
        await staff.dismiss(session, seeded.id)
    code = await reported(lan)
    await _catch_up(world)
    assert not admin.heard

    async with world.session() as session:
        await staff.appoint(session, seeded, "admin", "Sáu", None, world.clock.now())
    await admin.sends("/nhomtruc", group)
    await _catch_up(world)
    await _catch_up(world)
    assert [code in message.text for message in group.heard].count(True) == 1
    assert "✋ Nhận xử lý" in group.last.labels
