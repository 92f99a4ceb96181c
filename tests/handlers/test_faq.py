"""❓ Hỏi nhanh: the bot about itself. What it says must be true."""

from __future__ import annotations

import re
import typing

import pytest
from telegram.ext import CallbackQueryHandler

from bot.faq import Action
from handlers import handlers
from handlers.faq import ACTIONS
from tests.harness import World


@pytest.mark.parametrize(
    ("words", "title", "button"),
    [
        ("xóa dữ liệu của tôi đi", "Xóa dữ liệu của tôi", "🔒 Dữ liệu của tôi"),
        ("xoa du lieu cua toi", "Xóa dữ liệu của tôi", "🔒 Dữ liệu của tôi"),
        ("bot làm được những gì vậy ạ", "Trà Vinh Xanh làm được gì?", "❓ Trợ giúp"),
        ("phản ánh của tôi tới đâu rồi", "Phản ánh của tôi tới đâu rồi?", "📋 Phản ánh của tôi"),
        ("do you speak English", "Đổi tiếng nói", "🌐 Ngôn ngữ"),
        ("mấy giờ xe rác tới", "Mấy giờ xe rác tới?", None),
    ],
)
async def test_a_question_about_the_bot_is_answered_with_the_way_on(
    world: World, words: str, title: str, button: str | None
) -> None:
    lan = world.user()
    await lan.sends(words)
    assert f"<b>{title}</b>" in lan.last.text
    assert lan.last.labels == [*([button] if button else []), "◀ Hỏi nhanh"]


async def test_the_button_of_an_answer_leads_on(world: World) -> None:
    lan = world.user()
    await lan.sends("tải dữ liệu của tôi về")
    await lan.presses("🔒 Dữ liệu của tôi")
    assert "📄 Tải về" in lan.last.labels


async def test_all_are_leafed_through_from_the_menu_in_one_message(world: World) -> None:
    lan = world.user()
    await lan.sends("⚙️ Khác")
    await lan.presses("❓ Hỏi nhanh")
    await lan.presses("▶")
    title = lan.last.labels[2]
    await lan.presses(title)
    assert title.split(" ", 1)[1] in lan.last.text
    await lan.presses("◀ Hỏi nhanh")
    assert title in lan.last.labels
    assert len(lan.heard) == 1


@pytest.mark.parametrize("data", ["1:faq.card:none:0", "1:faq.card"])
async def test_an_answer_that_is_no_more(world: World, data: str) -> None:
    lan = world.user()
    await lan.sends("⚙️ Khác")
    assert await lan.presses_data(data, lan.last) == "Nút này cũ rồi."


async def test_a_report_that_is_open_stays_open(world: World) -> None:
    lan = world.user()
    await lan.sends_photo()
    await lan.sends("⚙️ Khác")
    await lan.presses("❓ Hỏi nhanh")
    await lan.sends_location()
    assert "Rác sinh hoạt" in " ".join(lan.last.labels)


def test_every_action_has_a_button_somebody_answers() -> None:
    assert set(ACTIONS) == set(typing.get_args(Action))
    patterns = [one.pattern for one in handlers if isinstance(one, CallbackQueryHandler)]
    known = [one for one in patterns if isinstance(one, re.Pattern)]
    for _, action in ACTIONS.values():
        assert any(one.match(f"1:{action}") for one in known), action


async def test_what_is_said_of_labels_is_what_they_say(world: World) -> None:
    """An answer that names a button names it as it is."""
    said = {entry.id: entry.answer for entry in world.app.services.library.knowledge.faqs.all}
    lan = world.user()
    await lan.sends("/dulieu")
    assert "🗑 Xóa dữ liệu" in lan.last.labels and "🗑 Xóa dữ liệu" in said["xoa_du_lieu"]
    assert "📄 Tải về" in lan.last.labels and "📄 Tải về" in said["tai_du_lieu"]
    await lan.sends("/nhac")
    assert "chưa đăng ký được" in lan.last.text and "chưa đăng ký được" in said["nhac_nho"]
    await lan.sends("một câu không ai hiểu xyz")
    assert any("Hỏi cán bộ" in label for label in lan.last.labels) and "Hỏi cán bộ" in said["hoi_can_bo"]
    await lan.sends("/phanloai pin cũ")
    assert "🔎 Không phải món này" in lan.last.labels and "🔎 Không phải món này" in said["tra_loi_sai"]
