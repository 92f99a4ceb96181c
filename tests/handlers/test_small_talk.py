"""Greetings and the like: one line, three ways on."""

from __future__ import annotations

import pytest

from bot.settings import ROOT
from tests.harness import World, known

WAYS = ["📸 Báo điểm rác", "♻️ Rác này bỏ đâu?", "🌱 Mẹo sống xanh"]


@pytest.mark.parametrize(
    "words",
    [
        "chào em",
        "chao ban",
        "cảm ơn nhiều nha",
        "camr own",
        "haha",
        "bot ngu",
        "mai có mưa không",
        "👍",
        "ok",
        "hello",
    ],
)
async def test_small_talk_gets_one_line_and_three_ways_on(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends(words)
    assert len(lan.heard) == 1
    assert "chưa hiểu" not in lan.last.text
    assert len(lan.last.text) <= 160 and "\n" not in lan.last.text
    assert lan.last.labels == WAYS


async def test_a_greeting_before_a_question_is_not_the_question(world: World) -> None:
    lan = world.user()
    await lan.sends("chào em, pin cũ bỏ đâu")
    assert lan.last.text.startswith("<b>Pin</b>")


async def test_the_answers_take_turns(world: World) -> None:
    lan = world.user()
    for _ in range(3):
        await lan.sends("cảm ơn nha")
    assert len({heard.text for heard in lan.heard}) == 3


async def test_what_is_open_stays_open_and_can_be_left(world: World) -> None:
    lan = world.user()
    await lan.sends("/phanloai")
    await lan.sends("cảm ơn nha")
    assert lan.last.labels == [*WAYS[:2], "❌ Huỷ"]
    await lan.sends("pin cũ")
    assert "Nguy hại" in lan.last.text


async def test_a_group_is_not_talked_to(world: World) -> None:
    lan, room = world.user(), world.group()
    await lan.sends("cảm ơn nha", room)
    assert room.heard == []


async def test_english_readers_get_english(world: World) -> None:
    lan = world.user(language="en")
    await lan.sends("thank you")
    assert "welcome" in lan.last.text


def test_every_answer_is_one_short_line() -> None:
    for talk in known(ROOT / "content", None).small_talk.all:
        for answer in (*talk.answers, talk.en):
            assert len(answer) <= 160 and "\n" not in answer
