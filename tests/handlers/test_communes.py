"""The name of a commune typed alone."""

from __future__ import annotations

import pytest

from tests.handlers.reporting import draft_of, person_of
from tests.harness import World

REPORT = "📸 Báo rác ở đây"


@pytest.mark.parametrize(
    ("words", "commune", "from_unit"),
    [
        ("xã Cầu Ngang", "Xã Cầu Ngang", "thị trấn Cầu Ngang"),
        ("cau ngang", "Xã Cầu Ngang", "xã Mỹ Hòa"),
        ("phường 5 tp trà vinh giờ là xã nào", "Phường Hòa Thuận", "phường 5"),
        ("xã Mỹ Cẩm sáp nhập vô đâu", "Xã Càng Long", "xã Mỹ Cẩm"),
    ],
)
async def test_a_commune_is_told_with_what_it_was(
    world: World, words: str, commune: str, from_unit: str
) -> None:
    lan = world.user()
    await lan.sends(words)
    assert lan.last.text.startswith(f"📍 <b>{commune}</b>")
    assert from_unit in lan.last.text
    assert lan.last.labels == [REPORT]


async def test_a_name_that_stayed_is_said_to_have_stayed(world: World) -> None:
    lan = world.user()
    await lan.sends("xã Hòa Minh")
    assert "giữ nguyên" in lan.last.text


async def test_a_name_of_several_is_asked_back(world: World) -> None:
    lan = world.user()
    await lan.sends("phường 1")
    assert {"Phường Trà Vinh", "Phường Duyên Hải"} <= set(lan.last.labels)
    await lan.presses("Phường Duyên Hải")
    assert lan.last.text.startswith("📍 <b>Phường Duyên Hải</b>")
    assert len(lan.heard) == 1


async def test_the_button_begins_a_report_there(world: World) -> None:
    lan = world.user()
    await lan.sends("xã Trà Cú")
    await lan.presses(REPORT)
    draft = await draft_of(world, lan)
    assert draft is not None and draft.kind == "report"
    assert (await person_of(world, lan)).commune_code == "29461"


@pytest.mark.parametrize("words", ["có đống rác ở xã Cầu Ngang", "đổ rác bậy ở chợ Trà Cú hôi quá"])
async def test_a_report_from_there_is_a_report(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends(words)
    assert "Đã ghi" in lan.last.text


@pytest.mark.parametrize("data", ["1:commune.card:00000", "1:commune.report:x", "1:commune.card"])
async def test_forged_buttons_are_answered(world: World, data: str) -> None:
    lan = world.user()
    await lan.sends("phường 1")
    assert await lan.presses_data(data, lan.last) == "Nút này cũ rồi."
