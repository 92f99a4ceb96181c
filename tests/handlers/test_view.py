"""/xem: the card, wherever an officer asks for it."""

from __future__ import annotations

from tests.handlers.on_duty import ELSEWHERE, card, duty_group, filed, officer
from tests.harness import World


async def test_a_fresh_card_follows_the_report(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.sends(f"/xem {report.code.lower().replace('-', ' ')}")
    assert (
        card(tu, report).labels == ["✋ Nhận xử lý", "✅ Đã xử lý", "🚫 Từ chối"] and card(tu, report).photo
    )
    await tu.presses("✋ Nhận xử lý")
    assert "👤 Tư" in card(tu, report).text and "👤 Tư" in card(group, report).text


async def test_closed_reports_are_shown_without_buttons(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan, photo=False)
    await tu.presses("✅ Đã xử lý", where=group)
    await tu.presses("Tới nơi thấy đã có người dọn", where=group)
    await tu.sends(f"/xem {report.code}", where=group)
    assert report.code in group.last.text and group.last.labels == []


async def test_who_may_not_see(world: World) -> None:
    lan, away = world.user(), await officer(world, "Xa", communes=[ELSEWHERE])
    editor = await officer(world, "Biên", role="editor")
    report = await filed(world, lan)
    for who, words in (
        (lan, "chỉ dành cho cán bộ"),
        (editor, "chỉ dành cho cán bộ"),
        (away, "xã, phường khác"),
    ):
        await who.sends(f"/xem {report.code}")
        assert words in who.last.text


async def test_what_is_not_there(world: World) -> None:
    tu = await officer(world, "Tư")
    await tu.sends("/xem TV-2611-9999")
    assert "Không có phản ánh TV-2611-9999" in tu.last.text
    for words in ("/xem", "/xem rác"):
        await tu.sends(words)
        assert "/xem TV-2611-0001" in tu.last.text
