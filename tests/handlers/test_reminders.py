"""🔔 Nhắc nhở, while there are none."""

from __future__ import annotations

import pytest

from tests.harness import World


@pytest.mark.parametrize("words", ["/nhac", "/reminders", "🔔 Nhắc nhở"])
async def test_it_says_that_reminders_are_not_there_and_offers_tips(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends(words)
    assert "chưa đăng ký được" in lan.last.text
    await lan.presses("🌱 Mẹo sống xanh")
    assert "💡 Tiết kiệm điện" in lan.last.labels


@pytest.mark.parametrize("words", ["DỪNG", "dừng", "HUY NHAN", "hủy nhận", "STOP"])
async def test_stop_words_are_understood(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends(words)
    assert "không có gì để ngừng" in lan.last.text


async def test_yes_is_no_stop_word(world: World) -> None:
    lan = world.user()
    await lan.sends("đúng")
    assert "chưa hiểu" in lan.last.text
