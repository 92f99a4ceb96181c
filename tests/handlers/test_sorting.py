"""♻️ Rác này bỏ đâu?"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.store.tables import Draft, Person
from tests.harness import User, World

GROUPS = ["Tái chế", "Thực phẩm", "Rác khác", "Nguy hại", "Cồng kềnh", "Đặc thù"]


async def _draft(world: World) -> str | None:
    async with world.session() as session:
        row = (await session.execute(select(Draft.kind, Draft.step))).one_or_none()
        return f"{row.kind}.{row.step}" if row else None


@pytest.mark.parametrize("words", ["/phanloai pin cũ", "/sort pin cu", "pin cũ", "PIN CŨ 🔋", "pin cux"])
async def test_an_item_is_answered_with_its_card(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends(words)
    text = lan.last.text
    assert text.startswith("<b>Pin</b>\n🔴 ☠️ <b>Nguy hại</b>")
    assert "Coi chừng" in text and "kim loại nặng" in text
    assert "Độ chắc: cao" in text
    assert lan.last.labels == ["🖼 Hình chia sẻ", "🔎 Không phải món này"]


async def test_what_is_not_needed_at_once_is_folded(world: World) -> None:
    lan = world.user()
    await lan.sends("/phanloai nước lau kiếng")
    at_once, folded = lan.last.text.split("<blockquote expandable>")
    for needed in (
        "<b>Nguy hại</b>",
        "Trước khi bỏ",
        "Bỏ ở đâu",
        "Coi chừng",
        "hỏi đơn vị thu gom trước khi bỏ",
    ):
        assert needed in at_once
    assert folded.startswith("<b>Vì sao?</b>\n") and folded.endswith("</blockquote>")
    for reason in (
        "<b>Nguy hại</b> là: thứ có chất độc",
        "Ngoại lệ",
        "Chưa thống nhất",
        "Nguồn: ",
        "Độ chắc: thấp",
    ):
        assert reason in folded and reason not in at_once


async def test_an_unsure_item_sends_to_the_collector_and_tells_the_dispute(world: World) -> None:
    lan = world.user()
    await lan.sends("/phanloai hộp quẹt gas")
    assert "hỏi đơn vị thu gom" in lan.last.text
    assert "Chưa thống nhất" in lan.last.text


async def test_the_button_asks_and_the_next_text_is_the_item(world: World) -> None:
    lan = world.user()
    await lan.sends("♻️ Rác này bỏ đâu?")
    assert await _draft(world) == "sort.ask"
    assert [label.split(" ", 2)[2] for label in lan.last.labels] == GROUPS
    await lan.sends("vỏ chuối")
    assert "Thực phẩm" in lan.last.text
    assert await _draft(world) is None


async def test_what_fits_nothing_is_said_and_the_question_stays(world: World) -> None:
    lan = world.user()
    await lan.sends("/phanloai")
    await lan.sends("qwrtzp xyz")
    assert "chưa biết món này" in lan.last.text
    assert [label.split(" ", 2)[2] for label in lan.last.labels[:-1]] == GROUPS
    assert lan.last.labels[-1] == "Hỏi cán bộ"
    await lan.sends("pin")
    assert "Nguy hại" in lan.last.text


async def test_close_matches_are_offered_as_buttons(world: World) -> None:
    lan = world.user()
    await lan.sends("bóng đèn")
    assert lan.last.text == "Bạn hỏi món nào?"
    choices = lan.last.labels[:-1]
    assert 2 <= len(choices) <= 3
    await lan.presses(choices[0])
    assert len(lan.heard) == 1
    assert lan.last.text.startswith(f"<b>{choices[0]}</b>")


async def test_several_things_get_several_lines(world: World) -> None:
    lan = world.user()
    await lan.sends("chai nhựa, pin cũ và vỏ chuối")
    lines = lan.last.text.splitlines()
    groups = [line.rsplit("<b>", 1)[1].removesuffix("</b>") for line in lines]
    assert groups == ["Tái chế", "Nguy hại", "Thực phẩm"]
    await lan.presses("Pin")
    assert len(lan.heard) == 2
    assert "Coi chừng" in lan.last.text


async def test_a_group_is_paged_and_leads_to_cards_and_back(world: World) -> None:
    lan = world.user()
    await lan.sends("/phanloai")
    await lan.presses("🔴 ☠️ Nguy hại")
    first = lan.last.labels
    pages = first[8].removeprefix("1/")
    assert len(first) == 8 + 2 + 1 and first[8:] == [f"1/{pages}", "▶", "↩️ Các nhóm"]
    await lan.presses("▶")
    assert lan.last.labels[8:] == ["◀", f"2/{pages}", "▶", "↩️ Các nhóm"]
    assert not set(first[:8]) & set(lan.last.labels[:8])
    item = lan.last.labels[0]
    await lan.presses(item)
    assert lan.last.text.startswith(f"<b>{item}</b>")
    await lan.presses("↩️ 🔴 ☠️ Nguy hại")
    assert item in lan.last.labels
    await lan.presses("↩️ Các nhóm")
    assert len(lan.last.labels) == 6
    assert len(lan.heard) == 1


@pytest.mark.parametrize(
    "data",
    [
        "1:sort.item:nope",
        "1:sort.item",
        "1:sort.group:nope:0",
        "1:sort.leaf:nope:0",
        "1:sort.card",
        "1:sort.x",
    ],
)
async def test_forged_buttons_are_answered(world: World, data: str) -> None:
    lan = world.user()
    await lan.sends("/phanloai")
    assert await lan.presses_data(data, lan.last) == "Nút này cũ rồi."
    assert len(lan.last.labels) == 0


@pytest.mark.parametrize("page", ["99999", "x", "-1", "", "１"])
async def test_a_page_out_of_range_is_the_nearest(world: World, page: str) -> None:
    lan = world.user()
    await lan.sends("/phanloai")
    await lan.presses_data(f"1:sort.group:thuc_pham:{page}", lan.last)
    assert "Thực phẩm" in lan.last.text


async def _opens_another_draft(world: World, user: User) -> None:
    """An open question of another kind, as a report's place."""
    await user.sends("/huy")
    async with world.session() as session:
        person = (
            await session.execute(select(Person.id).where(Person.address == f"telegram:{user.id}"))
        ).scalar_one()
        session.add(
            Draft(
                id="abcdefgh",
                person_id=person,
                chat=f"telegram:{user.id}",
                kind="other",
                step="waits",
                data={"kept": 1},
                version=3,
                nudges=0,
                created_at=world.clock.now(),
                updated_at=world.clock.now(),
            )
        )


async def test_asking_in_between_leaves_what_is_open(world: World) -> None:
    lan = world.user()
    await _opens_another_draft(world, lan)
    await lan.sends("♻️ Rác này bỏ đâu?")
    await lan.sends("pin cũ")
    assert "Nguy hại" in lan.last.text
    async with world.session() as session:
        row = (await session.execute(select(Draft.id, Draft.kind, Draft.version, Draft.data))).one()
    assert row == ("abcdefgh", "other", 3, {"kept": 1})


@pytest.mark.parametrize("words", ["xin chào", "cảm ơn nhiều nha", "mai có mưa không", "ok"])
async def test_small_talk_is_not_sorted(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends(words)
    assert lan.last.labels == ["📸 Báo điểm rác", "♻️ Rác này bỏ đâu?", "🌱 Mẹo sống xanh"]


async def test_markup_in_what_was_asked_is_shown_as_typed(world: World) -> None:
    lan = world.user()
    await lan.sends("/phanloai")
    await lan.sends("pin cũ, <b>xyzxyz</b>, chai nhựa")
    assert "<b>xyzxyz</b>" not in lan.last.text


async def test_a_very_long_list_is_cut(world: World) -> None:
    lan = world.user()
    await lan.sends("/phanloai " + "pin cũ, chai nhựa, " * 200)
    assert len(lan.last.text.splitlines()) <= 8


async def test_in_english_groups_are_english_and_the_rest_says_so(world: World) -> None:
    lan = world.user(language="en")
    await lan.sends("/sort pin cũ")
    assert "Hazardous waste" in lan.last.text
    assert "Used battery" in lan.last.text


async def test_a_report_goes_on_after_a_question_in_between(world: World) -> None:
    lan = world.user()
    await lan.sends("📸 Báo điểm rác")
    await lan.sends_photo()
    await lan.sends("♻️ Rác này bỏ đâu?")
    await lan.sends("pin cũ")
    assert "Nguy hại" in lan.last.text
    await lan.sends_location()
    assert "Rác sinh hoạt" in " ".join(lan.last.labels)
