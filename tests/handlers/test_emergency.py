"""Danger first; complaints are explained."""

from __future__ import annotations

import pytest

from tests.harness import World


@pytest.mark.parametrize(
    ("words", "number"),
    [("cháy bãi rác rồi", "114"), ("có người bị thương nặng", "115"), ("/phanloai lựu đạn", "113")],
)
async def test_the_number_to_call_comes_first(world: World, words: str, number: str) -> None:
    lan = world.user()
    await lan.sends(words)
    assert number in lan.heard[0].text


async def test_in_danger_nothing_else_is_said_that_is_no_help(world: World) -> None:
    lan = world.user()
    await lan.sends("có người bị thương nặng")
    assert len(lan.heard) == 1


async def test_after_the_warning_the_question_is_answered(world: World) -> None:
    lan = world.user()
    await lan.sends("/phanloai lựu đạn")
    assert len(lan.heard) == 2
    assert "Đặc thù" in lan.last.text


async def test_a_complaint_is_explained_and_goes_no_further(world: World) -> None:
    lan = world.user()
    await lan.sends("tôi muốn tố cáo ông hàng xóm bỏ pin cũ")
    assert len(lan.heard) == 1
    assert "không nhận đơn khiếu nại hay tố cáo" in lan.last.text
    assert len(lan.last.labels) == 3


@pytest.mark.parametrize("words", ["nồi cháy đen bỏ đâu", "chạy ngang chợ", "ăn chay"])
async def test_harmless_words_ring_nothing(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends(words)
    assert "114" not in lan.heard[0].text
