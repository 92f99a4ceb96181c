"""Leaving what is open."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.store.tables import Draft
from tests.harness import World


@pytest.mark.parametrize("words", ["/huy", "/cancel", "❌ Huỷ", "hủy", "HUY", "huỷ bỏ"])
async def test_every_way_to_cancel_closes_the_draft(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends("♻️ Rác này bỏ đâu?")
    await lan.sends(words)
    assert lan.last.text == "Đã bỏ việc đang làm."
    assert len(lan.last.keys) == 6
    async with world.session() as session:
        assert (await session.execute(select(Draft.id))).first() is None


async def test_nothing_open_is_said(world: World) -> None:
    lan = world.user()
    await lan.sends("/huy")
    assert lan.last.text == "Không có việc gì đang mở."


async def test_a_group_gets_no_keyboard(world: World) -> None:
    group = world.group()
    await world.user().sends("/huy", where=group)
    assert group.last.text == "Không có việc gì đang mở."
    assert not group.last.markup


async def test_the_inline_button_cancels_too(world: World) -> None:
    lan = world.user()
    await lan.sends("♻️ Rác này bỏ đâu?")
    await lan.message(
        sticker={
            "file_id": "s",
            "file_unique_id": "s",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
            "type": "regular",
        }
    )
    await lan.presses("❌ Huỷ")
    assert lan.last.text == "Đã bỏ việc đang làm."
