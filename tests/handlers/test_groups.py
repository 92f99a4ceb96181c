"""In groups the bot answers only commands, mentions and replies to itself."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.store.tables import Person
from tests.harness import World


@pytest.mark.parametrize(
    "words", ["pin cũ", "xin chào", "/ban @lan", "báo rác", "@ai_do pin cũ", "@travinhxanh_bot2 pin"]
)
async def test_chatter_is_none_of_its_business(world: World, words: str) -> None:
    group = world.group()
    await world.user().sends(words, where=group)
    assert group.heard == []


@pytest.mark.parametrize(
    "words",
    ["/phanloai pin cũ", "@travinhxanh_bot pin cũ", "pin cũ @TraVinhXanh_Bot", "/sort@travinhxanh_bot pin"],
)
async def test_a_thing_to_sort_is_answered(world: World, words: str) -> None:
    group = world.group()
    await world.user().sends(words, where=group)
    assert "Nguy hại" in group.last.text


@pytest.mark.parametrize(
    "words", ["@travinhxanh_bot chào em", "/meo", "/dulieu", "/ngonngu", "/phanloai", "/trogiup"]
)
async def test_everything_else_is_for_the_private_chat(world: World, words: str) -> None:
    group = world.group()
    await world.user().sends(words, where=group)
    assert "nhắn riêng" in group.last.text
    assert not group.last.keys


async def test_a_reply_to_the_bot_is_answered(world: World) -> None:
    group, lan = world.group(), world.user()
    await lan.sends("/meo", where=group)
    await lan.sends("pin cũ", where=group, reply_to=group.last)
    assert "Nguy hại" in group.last.text


async def test_a_command_for_another_bot_is_left_alone(world: World) -> None:
    group = world.group()
    await world.user().sends("/meo@other_bot", where=group)
    assert group.heard == []


def _change(chat: dict[str, Any], user_id: int, old: str, new: str) -> dict[str, Any]:
    bot = {"id": 4200, "is_bot": True, "first_name": "Trà Vinh Xanh"}

    def member(status: str) -> dict[str, Any]:
        return {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})

    return {
        "chat": chat,
        "from": {"id": user_id, "is_bot": False, "first_name": "Lan"},
        "date": 1,
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }


async def _blocked(world: World, user_id: int) -> bool:
    async with world.session() as session:
        found = await session.execute(
            select(Person.blocked_at).where(Person.address == f"telegram:{user_id}")
        )
        return found.scalar_one() is not None


async def test_blocking_and_coming_back_are_noted_in_silence(world: World) -> None:
    lan = world.user()
    await lan.sends("/start")
    await world.update(my_chat_member=_change(lan.shown(), lan.id, "member", "kicked"))
    assert await _blocked(world, lan.id)
    await world.update(my_chat_member=_change(lan.shown(), lan.id, "kicked", "member"))
    assert not await _blocked(world, lan.id)
    assert len(lan.heard) == 1


async def test_a_group_that_takes_it_in_is_greeted_once(world: World) -> None:
    group = world.group()
    await world.update(my_chat_member=_change(group.shown(), 5, "left", "member"))
    await world.update(my_chat_member=_change(group.shown(), 5, "member", "left"))
    assert len(group.heard) == 1
    assert "/nhomtruc" in group.last.text
