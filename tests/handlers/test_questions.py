"""/cauhoi: what staff see of the questions nobody could answer."""

from __future__ import annotations

import pytest

from bot.faults import counts
from tests.handlers.asking import OTHER, UNKNOWN, asks, missed, opens
from tests.handlers.on_duty import officer
from tests.harness import World

LETTERS = "bcdfghjklmnp"


async def test_nothing_to_answer_is_said(world: World) -> None:
    admin = world.admin()
    await admin.sends("/cauhoi")
    assert "Không có câu hỏi nào chờ" in admin.last.text and admin.last.labels == []


@pytest.mark.parametrize("role", ["editor", "officer"])
async def test_all_staff_may_look_and_nobody_else(world: World, role: str) -> None:
    tu, lan = await officer(world, "Tư", role=role, communes=[]), world.user()
    await asks(lan)
    await opens(tu)
    assert UNKNOWN in tu.last.text
    await lan.sends("/cauhoi")
    assert "chỉ dành cho cán bộ" in lan.last.text
    for button in tu.last.inline:
        assert "chỉ dành cho cán bộ" in str(await lan.presses_data(button["callback_data"], lan.last))


async def test_in_a_group_it_is_for_the_private_chat(world: World) -> None:
    admin, group = world.admin(), world.group()
    await asks(world.user())
    await admin.sends("/cauhoi", where=group)
    assert "nhắn riêng" in group.last.text and UNKNOWN not in group.last.text


async def test_who_waits_comes_first_then_the_most_asked(world: World) -> None:
    admin, lan = world.admin(), world.user()
    for _ in range(3):
        await lan.sends("vvbt pqwk")
    for _ in range(2):
        await lan.sends(OTHER)
    await asks(lan, UNKNOWN)
    await admin.sends("/cauhoi")
    assert admin.last.labels == [UNKNOWN, "vvbt pqwk", OTHER]
    assert "Số lần hỏi: 3 · lần cuối 23/11/2026" in admin.last.text
    assert admin.last.text.count("đang chờ: 1") == 1


async def test_five_a_page_there_and_back(world: World) -> None:
    admin, lan = world.admin(), world.user()
    for letter in LETTERS:
        await lan.sends(f"qw{letter}{letter}rt x{letter}{letter}vm")
    await admin.sends("/cauhoi")
    assert "(12)" in admin.last.text and len(admin.last.labels) == 6 and admin.last.labels[-1] == "▶"
    seen = admin.last.labels[:5]
    await admin.presses("▶")
    assert admin.last.labels[-2:] == ["◀", "▶"]
    seen += admin.last.labels[:5]
    await admin.presses(admin.last.labels[0])
    await admin.presses("◀ Danh sách")
    assert admin.last.labels[-2:] == ["◀", "▶"]
    await admin.presses("▶")
    seen += admin.last.labels[:2]
    assert admin.last.labels[2:] == ["◀"] and len(set(seen)) == 12
    assert len(admin.heard) == 1


@pytest.mark.parametrize("page", ["99999", "x", "-1", "", "99999999999999999999"])
async def test_a_page_out_of_range_is_the_nearest(world: World, page: str) -> None:
    admin = world.admin()
    await asks(world.user())
    await admin.sends("/cauhoi")
    await admin.presses_data(f"1:question.list:{page}", admin.last)
    assert admin.last.labels == [UNKNOWN]


async def test_one_question_with_the_words_of_those_who_wait(world: World) -> None:
    admin, lan, ba = world.admin(), world.user(), world.user()
    await asks(lan, "qwrtzp xbvnm hhjkl")
    await asks(ba, "hhjkl QWRTZP xbvnm")
    shown = await opens(admin, "qwrtzp xbvnm hhjkl")
    assert "<b>“qwrtzp xbvnm hhjkl”</b>\n• “hhjkl QWRTZP xbvnm”" in shown.text
    assert "Số lần hỏi: 2" in shown.text and "đang chờ: 2" in shown.text
    assert shown.labels == ["✍️ Trả lời", "🗑 Bỏ qua", "◀ Danh sách"]


async def test_markup_in_a_question_is_shown_as_typed(world: World) -> None:
    admin, lan = world.admin(), world.user()
    await lan.sends("<b>qwrtzp</b> & xbvnm")
    await admin.sends("/cauhoi")
    assert "&lt;b&gt;qwrtzp&lt;/b&gt; &amp; xbvnm" in admin.last.text


async def test_passing_over_takes_it_off_the_list_and_can_be_undone(world: World) -> None:
    admin = world.admin()
    await asks(world.user())
    await opens(admin)
    await admin.presses("🗑 Bỏ qua")
    assert "Đã bỏ qua" in admin.last.text and admin.last.labels == ["↩️ Hoàn tác", "◀ Danh sách"]
    await admin.presses("↩️ Hoàn tác")
    assert "đang chờ: 1" in admin.last.text
    await admin.presses("🗑 Bỏ qua")
    await admin.presses("◀ Danh sách")
    assert "Không có câu hỏi nào chờ" in admin.last.text


async def test_what_was_passed_over_stays_so_until_somebody_asks_staff(world: World) -> None:
    admin, lan, ba = world.admin(), world.user(), world.user()
    await lan.sends(UNKNOWN)
    await opens(admin)
    await admin.presses("🗑 Bỏ qua")
    await ba.sends(UNKNOWN)
    assert [(row.state, row.times) for row in await missed(world)] == [("dismissed", 2)]
    await ba.presses("Hỏi cán bộ")
    assert "Có người hỏi cán bộ" in admin.last.text
    await admin.presses("📨 Xem câu hỏi")
    assert "✍️ Trả lời" in admin.last.labels


async def test_a_question_that_is_gone_is_said_so(world: World) -> None:
    admin = world.admin()
    await admin.sends("/cauhoi")
    for action in ("open", "answer", "dismiss", "restore", "content", "item", "entry", "faq"):
        toast = await admin.presses_data(f"1:question.{action}:AAAAAAAA:0", admin.last)
        assert toast == "Câu hỏi này không còn."


async def test_the_command_is_in_the_help_of_staff(world: World) -> None:
    editor = await officer(world, "Biên", role="editor")
    await editor.sends("⚙️ Khác")
    await editor.presses("🧰 Dành cho cán bộ")
    assert "/cauhoi" in editor.last.text


async def test_the_figures_for_operators_count_them(world: World) -> None:
    lan = world.user()
    await lan.sends(OTHER)
    await asks(lan)
    async with world.app.store.read() as connection:
        shown = await counts(connection)
    assert (shown.questions, shown.missed) == (1, 2)
    assert b"bot_missed 2.0" in world.app.metrics.exposition(shown)
