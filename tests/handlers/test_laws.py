"""⚖️ Luật, mức phạt."""

from __future__ import annotations

import pytest

from tests.harness import World

CANAL = "🌊 Quăng rác nhựa xuống kênh, sông"


@pytest.mark.parametrize(
    "words",
    [
        "bỏ rác xuống kênh bị phạt bao nhiêu?",
        "bo rac xuong kenh bi phat bao nhieu",
        "Chào ad, quăng bọc rác xuống kinh bị phạt nhiêu vậy",
        "vuwst rasc xuoongs keenh phajt bao nhieeu tieefn",
    ],
)
async def test_a_fine_is_told_with_article_amount_date_and_reserve(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends(words)
    text = lan.last.text
    assert text.startswith("🌊 <b>Quăng rác nhựa xuống kênh, sông</b>")
    assert "1.000.000 đến 2.000.000 đồng" in text
    assert "Điều 25 khoản 1 điểm d Nghị định 45/2022/NĐ-CP" in text
    assert "Mức tham khảo; cơ quan có thẩm quyền quyết định." in text
    assert "Kiểm ngày 22/11/2026" in text
    assert lan.last.labels == ["◀ Luật, mức phạt", "📸 Báo điểm rác"]


async def test_what_was_not_read_is_said_and_no_amount_is_told(world: World) -> None:
    lan = world.user()
    await lan.sends("đốt rác có bị phạt không")
    assert "chưa kiểm được mức phạt" in lan.last.text
    assert "hỏi UBND xã" in lan.last.text
    assert "💰" not in lan.last.text


async def test_a_question_about_fines_opens_no_report_and_names_no_item(world: World) -> None:
    lan = world.user()
    await lan.sends("vứt xà bần bậy ngoài đường phạt mấy triệu")
    assert "xà bần" in lan.last.text
    assert lan.last.labels[0] == "◀ Luật, mức phạt"
    await lan.sends("/huy")
    assert "không" in lan.last.text.lower()  # nothing was opened


async def test_a_dump_to_be_dealt_with_is_a_report_even_when_the_law_is_named(world: World) -> None:
    lan = world.user()
    await lan.sends("tôi muốn báo có người đổ rác xuống kênh, vi phạm luật rành rành")
    assert "Đã ghi" in lan.last.text


async def test_a_fine_nobody_wrote_down_offers_what_there_is(world: World) -> None:
    lan = world.user()
    await lan.sends("chở rác xe máy có bị phạt không")
    assert "chưa có câu này" in lan.last.text
    assert CANAL in lan.last.labels
    assert lan.last.labels[-1] == "Hỏi cán bộ"


async def test_fines_of_other_matters_are_nobodys(world: World) -> None:
    lan = world.user()
    await lan.sends("vượt đèn đỏ phạt bao nhiêu")
    assert "chưa hiểu" in lan.last.text


async def test_all_are_leafed_through_from_the_menu_in_one_message(world: World) -> None:
    lan = world.user()
    await lan.sends("⚙️ Khác")
    await lan.presses("⚖️ Luật, mức phạt")
    pages = -(-len(world.app.services.library.knowledge.laws.all) // 6)
    assert lan.last.labels[0] == CANAL
    assert lan.last.labels[6:] == [f"1/{pages}", "▶"]
    await lan.presses("▶")
    assert lan.last.labels[6:] == ["◀", f"2/{pages}", "▶"]
    title = lan.last.labels[0]
    await lan.presses(title)
    assert title.split(" ", 1)[1] in lan.last.text
    await lan.presses("◀ Luật, mức phạt")
    assert lan.last.labels[0] == title
    assert len(lan.heard) == 1


@pytest.mark.parametrize("data", ["1:law.card:none:0", "1:law.card"])
async def test_an_answer_that_is_no_more(world: World, data: str) -> None:
    lan = world.user()
    await lan.sends("⚙️ Khác")
    assert await lan.presses_data(data, lan.last) == "Nút này cũ rồi."


@pytest.mark.parametrize("page", ["9999999", "-1", "x", "", "９", "500"])
async def test_a_forged_page_is_a_page(world: World, page: str) -> None:
    lan = world.user()
    await lan.sends("⚙️ Khác")
    await lan.presses_data(f"1:law.list:{page}", lan.last)
    assert "Luật, mức phạt về rác" in lan.last.text
    assert lan.last.labels


async def test_in_english_it_says_that_details_are_vietnamese(world: World) -> None:
    lan = world.user(language="en")
    await lan.sends("fine for littering in public")
    assert "500.000 đến 1.000.000 đồng" in lan.last.text


async def test_every_card_is_short_and_every_button_fits(world: World) -> None:
    lan = world.user()
    await lan.sends("⚙️ Khác")
    for law in world.app.services.library.knowledge.laws.all:
        await lan.presses_data(f"1:law.card:{law.id}:0", lan.last)
        assert law.answer in lan.last.text
        assert len(lan.last.text) < 900
