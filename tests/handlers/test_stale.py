"""Buttons of another time, or of nobody."""

from __future__ import annotations

import pytest

from tests.harness import World


@pytest.mark.parametrize(
    "data", ["0:old:button", "2:sort.item:pin", "nonsense", "", "1:", ":::", "1:what.is:this", "x" * 64]
)
async def test_a_button_nobody_claims_shows_the_menu(world: World, data: str) -> None:
    lan = world.user()
    await lan.sends("/start")
    assert await lan.presses_data(data, lan.last) == "Nút này cũ rồi."
    assert len(lan.heard) == 2
    assert len(lan.last.keys) == 6


async def test_what_is_open_stays_open(world: World) -> None:
    lan = world.user()
    await lan.sends("/phanloai")
    await lan.presses_data("nonsense", lan.last)
    assert "đang mở" in lan.last.text
    await lan.sends("pin")
    assert "Nguy hại" in lan.last.text


async def test_in_a_group_only_who_pressed_hears_of_it(world: World) -> None:
    group = world.group()
    lan = world.user()
    await lan.sends("/start", where=group)
    assert await lan.presses_data("nonsense", group.last, where=group) == "Nút này cũ rồi."
    assert len(group.heard) == 1
