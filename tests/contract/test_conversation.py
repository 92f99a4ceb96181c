"""Whatever arrives is answered or passed over in order; nothing is parked and nobody waits in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from markupsafe import Markup
from sqlalchemy import select
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.channels.telegram.introduction import COMMANDS
from bot.flow.inbox import incoming
from bot.say import CALLBACK_DATA_BYTES, Button, Say
from bot.store.tables import Inbox
from bot.talk.buttons import pack, parts, pattern
from handlers import rounds
from tests.fakes import BOT, Json
from tests.harness import Heard, User, World


def commands() -> list[str]:
    asked = [one for several in rounds for one in several if isinstance(one, CommandHandler)]
    return sorted({name for one in asked for name in one.commands})


def actions() -> list[str]:
    """The names of all buttons, from the patterns they are recognised by."""
    found = set()
    for asked in rounds:
        for one in asked:
            if isinstance(one, CallbackQueryHandler) and isinstance(one.pattern, re.Pattern):
                match = re.match(r"\^1:([\w\\.]+)\(\?::\|\$\)$", one.pattern.pattern)
                if match:
                    found.add(match[1].replace("\\", ""))
    return sorted(found)


async def troubles(world: World) -> list[str]:
    """Errors of updates that did not end well."""
    async with world.app.store.read() as connection:
        found = await connection.execute(select(Inbox.error).where(Inbox.state != "done"))
        return [str(error)[-300:] for error in found.scalars()]


def test_there_are_commands_and_buttons() -> None:
    assert {"start", "huy", "cancel", "trogiup"} <= set(commands())
    assert len(actions()) > 5


def test_every_command_telegram_shows_is_handled() -> None:
    shown = {name for names in COMMANDS.values() for name, _ in names}
    assert shown <= set(commands())


async def test_every_command_is_answered_to_everybody(world: World) -> None:
    group = world.group()
    for command in commands():
        for person in (world.user(), world.user(language="en"), world.admin()):
            before = len(person.heard)
            await person.sends(f"/{command}")
            assert len(person.heard) > before, f"/{command} is met with silence"
        await world.user().sends(f"/{command}", where=group)
        await world.admin().sends(f"/{command} junk \u202e<b> {'x' * 500}", where=group)
    assert await troubles(world) == []


NUMBERS = (":0", ":-1", ":99999999999999999999", ":1:x", ":1.5", ":٣", ":1:1:1")
FORGED = ("", ":", "::::", ":x", ":a:b:c:d:e", ":AAAAAAAA:1:x", ":AAAAAAAA:x:x", ":%00:<b>", *NUMBERS)
FOREIGN = (
    "",
    "1",
    "0:report.kind:x",
    "2:report.kind:x",
    "nothing",
    "1:no.such.action:1",
    "\u202e",
    "1:" + "x" * 62,
)


def forged() -> Iterator[str]:
    for action in actions():
        for tail in FORGED:
            yield f"1:{action}{tail}"[:CALLBACK_DATA_BYTES]
    yield from FOREIGN


@pytest.mark.parametrize("who", ["citizen", "admin"])
async def test_forged_buttons_are_answered_with_the_state_of_things(world: World, who: str) -> None:
    person = world.admin() if who == "admin" else world.user()
    await person.sends("/start")
    shown = person.last
    presses = [press(person, data, shown) for data in forged()]
    await world.app.inbox.put("telegram", [incoming("telegram", update) for update in presses])
    await world.settle()
    assert await troubles(world) == []
    answered = [sent for sent in world.telegram.sent if sent.method == "answerCallbackQuery"]
    assert len(answered) == len(presses)


def press(person: User, data: str, on: Heard) -> Json:
    """One press as an update, so that many can be put at once."""
    number = next(person.world.message_ids) + 1_000_000
    message = {"message_id": on.message_id, "date": 1, "chat": person.shown(), "from": BOT, "text": on.text}
    query = {
        "id": str(number),
        "from": person._from(),
        "chat_instance": "1",
        "data": data,
        "message": message,
    }
    return {"update_id": number, "callback_query": query | {"chat_instance": "1"}}


ODD: list[dict[str, Any]] = [
    {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
                 "is_animated": False, "is_video": False}},
    {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}},
    {"contact": {"phone_number": "0900000000", "first_name": "<b>Ba</b>"}},
    {"location": {"latitude": 91.0, "longitude": 181.0}},
    {"location": {"latitude": -90.0, "longitude": 180.0}},
    {"location": {"latitude": 0.0, "longitude": 0.0}},
    {"venue": {"location": {"latitude": 9.8, "longitude": 106.4}, "title": "<i>", "address": "&"}},
    {"dice": {"emoji": "🎲", "value": 1}},
    {"text": "x" * 4096},
    {"text": "🌿" * 2048},
    {"text": "\u202eabc \u200f e\u0323\u0302 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢"},
    {"text": "nul \x00 half \ud83d end"},
    {"text": "<b>chưa đóng &lt; &amp; </i> {name} %s %(x)s"},
    {"text": "\u0e01\u0e33 ខ្មែរ \u200b \u2060"},
    {"text": " "},
    {"text": "/"},
    {"text": "//start"},
    {"text": "/start@another_bot"},
    {"text": "/start " + "r_" + "x" * 60},
    {"text": "/start t_<script>"},
    {"text": "' OR 1=1; DROP TABLE report; --"},
    {"caption": "a caption alone"},
    {"pinned_message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}},
    {"new_chat_title": "x"},
    {"media_group_id": "77", "text": "an album of text"},
    {},
]  # fmt: skip


@pytest.mark.parametrize("state", ["idle", "reporting"])
async def test_odd_messages_end_well_wherever_one_is(world: World, state: str) -> None:
    lan = world.user(name='<b>Lan</b> \u202e & "x"')
    for content in ODD:
        if state == "reporting":
            await lan.sends("📸 Báo điểm rác")
        await lan.message(**content)
    group = world.group("Tổ <b>&\u202e")
    for content in ODD:
        await lan.message(where=group, **content)
    assert await troubles(world) == []
    await lan.sends("/trogiup")
    assert lan.last.text


async def test_other_kinds_of_updates_end_well(world: World) -> None:
    lan = world.user()
    await lan.sends("xin chào")
    base = {"message_id": 5, "date": 1, "chat": lan.shown(), "from": lan._from()}
    channel = {"id": -1001, "type": "channel", "title": "Tin"}
    place = {"latitude": 9.8, "longitude": 106.4}
    await world.update(edited_message=base | {"edit_date": 2, "text": "sửa"})
    await world.update(edited_message=base | {"edit_date": 2, "location": place})
    await world.update(channel_post={"message_id": 5, "date": 1, "chat": channel, "text": "x"})
    await world.update(edited_channel_post={"message_id": 5, "date": 1, "chat": channel, "text": "x"})
    await world.update(inline_query={"id": "1", "from": lan._from(), "query": "x", "offset": ""})
    answer = {"poll_id": "1", "user": lan._from(), "option_ids": [0], "option_persistent_ids": ["a"]}
    await world.update(poll_answer=answer)
    reaction = {"message_id": 5, "date": 1, "old_reaction": [], "new_reaction": []}
    await world.update(message_reaction=reaction | {"chat": lan.shown()})
    await world.update(a_kind_of_the_future={"id": 1})
    press = {"id": "9", "from": lan._from(), "chat_instance": "1"}
    await world.update(callback_query=press | {"game_short_name": "x"})
    await world.update(callback_query=press | {"data": "1:x", "inline_message_id": "i"})
    await world.update(my_chat_member={
        "chat": lan.shown(), "from": lan._from(), "date": 1,
        "old_chat_member": {"user": lan._from(), "status": "member"},
        "new_chat_member": {"user": lan._from(), "status": "kicked", "until_date": 0},
    })  # fmt: skip
    assert await troubles(world) == []


async def test_a_message_deleted_under_a_button_is_no_error(world: World) -> None:
    """What Telegram sends when the message is too old: no text, date 0."""
    lan = world.user()
    await lan.sends("/start")
    for action in actions():
        query = {
            "id": f"q{action}", "from": lan._from(), "chat_instance": "1", "data": f"1:{action}:AAAAAAAA:1:x",
            "message": {"message_id": 1, "date": 0, "chat": lan.shown()},
        }  # fmt: skip
        await world.update(callback_query=query)
    assert await troubles(world) == []


def test_callback_data_is_packed_within_its_limit_or_not_at_all() -> None:
    assert parts(pack("report.kind", "AAAAAAAA", 3, "khac")) == ["AAAAAAAA", "3", "khac"]
    assert pattern("report.kind").match(pack("report.kind", 1))
    assert not pattern("report.kind").match(pack("report.kinds", 1))
    assert not pattern("report.kind").match("1:reportxkind:1")
    assert len(pack("x", "y" * 60)) == CALLBACK_DATA_BYTES
    with pytest.raises(ValueError, match="64 bytes"):
        pack("x", "y" * 61)
    with pytest.raises(ValueError, match="64 bytes"):
        pack("x", "đ" * 31)
    with pytest.raises(ValueError, match="64 bytes"):
        Say(Markup("x"), buttons=((Button("x", data="đ" * 33),),))
