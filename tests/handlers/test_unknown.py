"""Never silence, never a wall: one line and three buttons."""

from __future__ import annotations

from typing import Any

import pytest

from bot.talk import texts
from handlers import unknown
from tests.harness import World

FILE = {"file_id": "f", "file_unique_id": "f"}
ODD: dict[str, dict[str, Any]] = {
    "sticker": {
        "sticker": FILE
        | {"width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
    },
    "voice": {"voice": FILE | {"duration": 1}},
    "video": {"video": FILE | {"width": 1, "height": 1, "duration": 1}},
    "video note": {"video_note": FILE | {"length": 1, "duration": 1}},
    "audio": {"audio": FILE | {"duration": 1}},
    "contact": {"contact": {"phone_number": "0900", "first_name": "A"}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "poll": {
        "poll": {
            "id": "1",
            "question": "?",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "text": {"text": "qwrtzp"},
    "unknown command": {"text": "/khongco"},
    "dots": {"text": "..."},
    "emoji": {"text": "😀😀"},
    "right to left": {"text": "\u202eמה\u202c"},
    "nothing known": {},
}


WORDS = ("text", "right to left")
"""What says something: staff may know what."""


@pytest.mark.parametrize("what", ODD)
async def test_everything_odd_gets_one_line_and_three_buttons(world: World, what: str) -> None:
    lan = world.user()
    await lan.message(**ODD[what])
    assert len(lan.heard) == 1
    assert len(lan.last.text) <= 160 and "\n" not in lan.last.text
    third = "Hỏi cán bộ" if what in WORDS else "🌱 Mẹo sống xanh"
    assert lan.last.labels == ["📸 Báo điểm rác", "♻️ Rác này bỏ đâu?", third]


async def test_an_album_of_videos_gets_one_line(world: World) -> None:
    lan = world.user()
    for _ in range(3):
        await lan.message(media_group_id="7", **ODD["video"])
    assert len(lan.heard) == 1


async def test_while_something_is_open_the_third_button_leaves_it(world: World) -> None:
    lan = world.user()
    await lan.sends("/phanloai")
    await lan.message(**ODD["voice"])
    assert lan.last.labels == ["📸 Báo điểm rác", "♻️ Rác này bỏ đâu?", "❌ Huỷ"]


async def test_an_edited_message_is_answered_but_never_done_again(world: World) -> None:
    lan = world.user()
    edited = {
        "message_id": 5,
        "date": 1,
        "edit_date": 2,
        "chat": lan.shown(),
        "from": {"id": lan.id, "is_bot": False, "first_name": "Lan"},
        "text": "/phanloai pin",
        "entities": [{"type": "bot_command", "offset": 0, "length": 9}],
    }
    await world.update(edited_message=edited)
    assert len(lan.heard) == 1
    assert "đã sửa" in lan.last.text
    await world.update(edited_message=edited | {"text": "pin"})
    assert "Nguy hại" not in lan.last.text


async def test_a_moving_live_location_and_a_pinned_message_are_no_reason_to_speak(world: World) -> None:
    lan = world.user()
    head = {
        "message_id": 5,
        "date": 1,
        "chat": lan.shown(),
        "from": {"id": lan.id, "is_bot": False, "first_name": "L"},
    }
    await world.update(
        edited_message=head | {"edit_date": 2, "location": {"latitude": 9.8, "longitude": 106.4}}
    )
    await world.update(message=head | {"pinned_message": head | {"message_id": 4, "text": "x"}})
    assert lan.heard == []


async def test_a_channel_post_is_nobodys_question(world: World) -> None:
    post = {
        "message_id": 5,
        "date": 1,
        "chat": {"id": -1007, "type": "channel", "title": "C"},
        "text": "/start",
    }
    await world.update(channel_post=post)
    assert world.heard(-1007) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_line_is_short_in_every_language(language: str) -> None:
    for line in (unknown.COMMAND, unknown.TEXT, unknown.OTHER, unknown.BUSY, unknown.EDITED):
        assert len(texts.gettext(language, line)) <= 160
