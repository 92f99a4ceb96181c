"""Cards that could not be sent when their report came."""

from __future__ import annotations

import asyncio

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


async def test_more_pictures_of_a_card_follow_and_are_not_lost_when_the_platform_refuses(
    world: World,
) -> None:
    lan, admin, group = world.user(), world.admin(), world.group()
    await admin.sends("/nhomtruc", group)
    files = [await lan.sends_photo() for _ in range(3)]
    await lan.sends_location()
    await lan.presses("Xà bần")
    world.telegram.fail("sendMediaGroup", (500, {"ok": False, "description": "Internal Server Error"}))
    await lan.presses("✅ Đồng ý và gửi phản ánh")
    card = group.last
    assert card.photo == files[0]
    async with asyncio.timeout(5):
        while world.telegram.sent[-1].method != "sendMediaGroup":  # the chat rests for a moment
            await asyncio.sleep(0.05)
            await world.settle()
    album = world.telegram.sent[-1]
    assert [one["media"] for one in album.params["media"]] == files[1:]
    assert album.params["reply_parameters"]["message_id"] == card.message_id
