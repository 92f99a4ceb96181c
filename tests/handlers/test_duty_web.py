"""The duty room of the page is a group like any other."""

from __future__ import annotations

import itertools
from typing import Any

from sqlalchemy import select

from bot import people, photos, reports, staff
from bot.channels.web.messages import Stored
from bot.channels.web.updates import message_update, photo_size, press_update
from bot.channels.web.visitors import DUTY, Visitor
from bot.flow.inbox import incoming
from bot.reports import State
from bot.store.tables import WebMessage
from tests.handlers.on_duty import filed, now
from tests.harness import World

ADMIN = Visitor(7, "vi", "admin", "Hai")
numbers = itertools.count(1)


async def on_duty(world: World) -> None:
    at = ADMIN.chat
    async with world.session() as session:
        await people.greet(session, {at: "vi"}, world.clock.now(), world.app.store.is_sqlite)
        person = (await people.load(session, [at]))[at]
        await staff.appoint(session, person, "admin", "Hai", None, world.clock.now())
        await staff.set_duty_group(session, DUTY, "Phòng trực", None, world.clock.now())


async def shown(world: World) -> list[WebMessage]:
    """What the bot said in the room, oldest first."""
    async with world.session() as session:
        found = await session.execute(
            select(WebMessage)
            .where(WebMessage.chat == DUTY, WebMessage.author.is_(None))
            .order_by(WebMessage.id)
        )
        return list(found.scalars())


def stored(world: World, message: WebMessage | None = None) -> Stored:
    number = message.id if message else 10_000 + next(numbers)
    payload = message.payload if message else {}
    author = None if message else ADMIN.id
    return Stored(number, DUTY, number, author, payload, None, world.clock.now(), None)


async def press(world: World, label: str) -> None:
    for message in reversed(await shown(world)):
        for button in itertools.chain.from_iterable(message.payload.get("buttons", [])):
            if button["text"] == label:
                update = press_update(next(numbers), ADMIN, "duty", stored(world, message), button["data"])
                await put(world, update)
                return
    raise AssertionError(f"no button {label!r}")


async def put(world: World, update: dict[str, Any]) -> None:
    await world.app.inbox.put("web", [incoming("web", update)])
    await world.settle()


async def answer(world: World, message: WebMessage, **content: Any) -> None:
    update = message_update(next(numbers), ADMIN, "duty", stored(world), content)
    quoted = press_update(0, ADMIN, "duty", stored(world, message), "")["callback_query"]["message"]
    update["message"]["reply_to_message"] = quoted
    await put(world, update)


async def test_a_report_is_taken_and_resolved_in_the_duty_room(world: World) -> None:
    await on_duty(world)
    report = await filed(world, lan := world.user())
    await press(world, "✋ Nhận xử lý")
    assert (await now(world, report)).state == State.IN_PROGRESS
    await press(world, "✅ Đã xử lý")
    asked = next(one for one in await shown(world) if one.payload.get("ask_reply"))
    assert report.code in asked.payload["html"] and "tg://" not in asked.payload["html"]
    await answer(world, asked, text="xong rồi")
    assert (await now(world, report)).state == State.IN_PROGRESS
    async with world.session() as session:
        await photos.add_ready(session, "kept-token", None, world.clock.now())
        kept = await photos.by_file(session, "web", "kept-token")
    await answer(world, asked, photo=[photo_size("kept-token", 1280, 960)])
    assert (await now(world, report)).state == State.RESOLVED
    async with world.session() as session:
        assert await reports.photo_ids(session, report.id, "after") == [kept]
    card = next(one for one in await shown(world) if f"<b>{report.code}</b> ·" in one.payload["html"])
    assert "buttons" not in card.payload
    assert report.code in lan.last.text


async def test_an_admin_of_the_page_names_the_room_by_command(world: World) -> None:
    await on_duty(world)
    async with world.session() as session:
        await staff.drop_duty_group(session, DUTY)
    await put(
        world,
        message_update(
            next(numbers),
            ADMIN,
            "duty",
            stored(world),
            {"text": "/nhomtruc", "entities": [{"type": "bot_command", "offset": 0, "length": 9}]},
        ),
    )
    async with world.session() as session:
        assert await staff.is_duty_group(session, DUTY)
