"""Hỏi cán bộ: from what nobody understood to the answer of staff, and no further than that."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.questions import asking
from bot.store.tables import Outbox
from tests.handlers.asking import ASK, OTHER, UNKNOWN, answers, asks, missed, opens, waiting
from tests.handlers.on_duty import audited, known, officer
from tests.handlers.test_unknown import ODD
from tests.harness import World

LETTERS = "bcdgh"
FIRST_TWO = ["📸 Báo điểm rác", "♻️ Rác này bỏ đâu?"]


async def test_a_text_nobody_understood_is_logged_and_can_go_to_staff(world: World) -> None:
    lan = world.user()
    await lan.sends(UNKNOWN)
    assert lan.last.labels == [*FIRST_TWO, ASK]
    (row,) = await missed(world)
    assert (row.text, row.times, row.reason, row.state) == (UNKNOWN, 1, "nothing", "open")
    await lan.presses(ASK)
    assert UNKNOWN in lan.last.text and "30 ngày" in lan.last.text
    assert len(lan.last.text) < 160 and "\n" not in lan.last.text
    assert lan.last.labels == ["↩️ Rút lại câu hỏi"]


@pytest.mark.parametrize("what", ["sticker", "voice", "contact", "unknown command", "dots", "emoji"])
async def test_what_has_no_words_is_not_logged(world: World, what: str) -> None:
    lan = world.user()
    await lan.message(**ODD[what])
    assert lan.last.labels == [*FIRST_TWO, "🌱 Mẹo sống xanh"]
    assert await missed(world) == []


@pytest.mark.parametrize("more", ["reply", "forward"])
async def test_an_answer_and_what_others_wrote_are_no_questions(world: World, more: str) -> None:
    lan = world.user()
    await lan.sends("/trogiup")
    origin: dict[str, Any] = {"type": "hidden_user", "sender_user_name": "Ba", "date": 1}
    if more == "reply":
        await lan.sends(UNKNOWN, reply_to=lan.last)
    else:
        await lan.message(text=UNKNOWN, forward_origin=origin)
    assert lan.last.labels == [*FIRST_TWO, "🌱 Mẹo sống xanh"]
    assert await missed(world) == []


async def test_what_is_said_about_a_report_is_never_logged(world: World) -> None:
    lan = world.user()
    await lan.sends_photo()
    await lan.sends("kế nhà bà Sáu qwrtzp")
    await lan.sends("đống bọc trước cổng xbvnm")
    assert await missed(world) == []


async def test_words_of_an_emergency_are_not_logged(world: World) -> None:
    lan = world.user()
    await lan.sends("cháy qwrtzp")
    assert "114" in lan.last.text
    assert await missed(world) == []


async def test_in_a_group_nothing_is_logged_and_nothing_offered(world: World) -> None:
    lan, group = world.user(), world.group("Xóm")
    await lan.sends(f"/phanloai {UNKNOWN}", where=group)
    assert ASK not in group.last.labels
    await lan.sends("/phanloai pin", where=group)
    await lan.presses("🔎 Không phải món này", where=group)
    assert ASK not in group.last.labels
    assert await missed(world) == []


async def test_a_thing_that_fits_nothing_is_offered_the_groups_and_staff(world: World) -> None:
    lan = world.user()
    await lan.sends("♻️ Rác này bỏ đâu?")
    await lan.sends(UNKNOWN)
    assert len(lan.last.labels) == 7 and lan.last.labels[-1] == ASK
    await lan.presses(ASK)
    await lan.sends(OTHER)  # the question which thing it is, is over
    assert "chưa hiểu" in lan.last.text


async def test_of_several_things_the_unknown_ones_are_logged(world: World) -> None:
    lan = world.user()
    await lan.sends(f"/phanloai chai nhựa, {UNKNOWN}, pin cũ")
    assert [row.text for row in await missed(world)] == [UNKNOWN]


@pytest.mark.parametrize("words", ["pin cũ", "bóng đèn"])
async def test_not_this_one_is_logged_as_unsure_and_staff_may_know(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends(words)
    assert await missed(world) == []
    await lan.presses("🔎 Không phải món này")
    assert lan.last.labels[-1] == ASK and len(lan.last.labels) == 7
    (row,) = await missed(world)
    assert (row.text, row.reason) == (words, "unsure")
    await lan.presses(ASK)
    assert words in lan.last.text


async def test_looking_through_the_groups_does_not_lose_the_question(world: World) -> None:
    lan = world.user()
    await lan.sends(f"/phanloai {UNKNOWN}")
    await lan.presses("🔴 ☠️ Nguy hại")
    await lan.presses("▶")
    await lan.presses(lan.last.labels[0])
    await lan.presses("↩️ 🔴 ☠️ Nguy hại")
    await lan.presses("↩️ Các nhóm")
    await lan.presses(ASK)
    assert UNKNOWN in lan.last.text
    assert (await missed(world))[0].times == 1


async def test_a_long_question_is_carried_as_far_as_a_button_can(world: World) -> None:
    lan = world.user()
    await lan.sends("/phanloai pin cũ " + "của cái đồng hồ treo tường nhà tui " * 3)
    await lan.presses("🔎 Không phải món này")
    (row,) = await missed(world)
    assert row.text.startswith("pin cũ của cái đồng hồ")


async def test_pressing_twice_changes_nothing(world: World) -> None:
    lan, admin = world.user(), world.admin()
    await asks(lan)
    shown, told = len(lan.heard), len(admin.heard)
    toast = await lan.presses(ASK)
    assert toast is not None and "gửi cán bộ rồi" in toast
    assert (len(lan.heard), len(admin.heard)) == (shown, told)
    assert len(await waiting(world)) == 1


async def test_at_most_five_questions_wait_for_one_person(world: World) -> None:
    lan, ba = world.user(), world.user()
    for letter in LETTERS:
        await asks(lan, f"{letter * 2}qwt {letter * 2}vpk")
    await lan.sends(f"/phanloai {UNKNOWN}")
    toast = await lan.presses(ASK)
    assert toast is not None and "5 câu" in toast
    assert len(await waiting(world)) == 5
    await asks(ba)
    assert len(await waiting(world)) == 6
    await lan.presses("↩️ Rút lại câu hỏi")
    await lan.presses(ASK)
    assert len(await waiting(world)) == 6


async def test_the_words_of_each_are_kept_beside_those_of_the_group(world: World) -> None:
    lan, ba = world.user(), world.user()
    await asks(lan, "qwrtzp xbvnm hhjkl")
    await asks(ba, "HHJKL qwrtzp xbvnm")
    (row,) = await missed(world)
    assert (row.text, row.times) == ("qwrtzp xbvnm hhjkl", 2)
    assert [one.text for one in await waiting(world)] == ["qwrtzp xbvnm hhjkl", "HHJKL qwrtzp xbvnm"]


async def test_numbers_links_and_names_go_nowhere(world: World) -> None:
    lan, admin = world.user(), world.admin()
    await lan.sends(f"{UNKNOWN} 0912345678 @lan_nguyen https://vd.vn/tin lan@vd.vn")
    await lan.presses(ASK)
    (row,) = await missed(world)
    kept = row.text + (await waiting(world))[0].text
    for private in ("0912", "lan", "vd.vn"):
        assert private not in kept and private not in admin.last.text


async def test_staff_hear_once_of_a_question_and_never_who_asked(world: World) -> None:
    admin, editor = world.admin(), await officer(world, "Biên", role="editor")
    tu = await officer(world, "Tư")
    lan, ba = world.user(name="Lan Anh"), world.user()
    await asks(lan)
    await asks(ba)
    for told in (admin, editor):
        assert [one.text for one in told.heard] == [f"📨 Có người hỏi cán bộ: “{UNKNOWN}”"]
        assert told.last.labels == ["📨 Xem câu hỏi"]
    assert tu.heard == []
    await editor.presses("📨 Xem câu hỏi")
    text = editor.last.text
    assert "đang chờ: 2" in text
    assert "Lan" not in text and str(lan.id) not in text
    async with world.session() as session:
        lanes = (
            await session.execute(select(Outbox.lane).where(Outbox.chat == f"telegram:{editor.id}"))
        ).all()
    assert lanes[0][0] == 1


async def test_a_flood_of_questions_does_not_flood_staff(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "NOTICES_AN_HOUR", 2)
    admin, lan = world.admin(), world.user()
    for letter in LETTERS[:4]:
        await asks(lan, f"{letter * 2}qwt {letter * 2}vpk")
    assert len(admin.heard) == 2
    world.clock.advance(hours=1)
    await asks(lan, UNKNOWN)
    assert len(admin.heard) == 3


async def test_the_answer_comes_to_all_who_wait_in_their_language(world: World) -> None:
    admin, lan, ba = world.admin(), world.user(), world.user(language="en")
    late = world.user()
    await asks(lan)
    await ba.sends(f"/sort {UNKNOWN}")
    await ba.presses_data(str(ba.last.inline[-1]["callback_data"]), ba.last)
    await late.sends(f"/phanloai {UNKNOWN}")
    await answers(admin, "Bỏ vô <rác khác>.\nGói kỹ.")
    assert lan.last.text == (
        f"💬 Cán bộ trả lời câu hỏi của bạn: “{UNKNOWN}”\n\nBỏ vô &lt;rác khác&gt;.\nGói kỹ."
    )
    assert "Bỏ vô" in ba.last.text and UNKNOWN in ba.last.text
    assert "Bỏ vô" not in late.last.text
    assert await waiting(world) == []
    (row,) = await missed(world)
    assert (row.state, row.answer) == ("answered", "Bỏ vô <rác khác>.\nGói kỹ.")


async def test_who_asks_what_was_answered_gets_the_answer_and_may_still_ask(world: World) -> None:
    admin, lan, ba = world.admin(), world.user(), world.user()
    await asks(lan)
    await answers(admin, "Bỏ vô rác khác.")
    told = len(admin.heard)
    await asks(ba)
    assert "Bỏ vô rác khác." in ba.last.text
    assert await waiting(world) == []
    await ba.presses("🙋 Vẫn hỏi cán bộ")
    assert "Đã gửi cán bộ" in ba.last.text
    assert len(admin.heard) == told + 1  # a new wait is news
    await answers(admin, "Gói kỹ trước đã.")
    assert "Gói kỹ trước đã." in ba.last.text
    assert "Gói kỹ" not in lan.last.text


async def test_taking_a_question_back_unties_it(world: World) -> None:
    admin, lan = world.admin(), world.user()
    await asks(lan)
    await lan.presses("↩️ Rút lại câu hỏi")
    assert "Đã rút lại" in lan.last.text and lan.last.labels == []
    assert await waiting(world) == []
    assert len(await missed(world)) == 1
    heard = len(lan.heard)
    await answers(admin, "Bỏ vô rác khác.")
    assert len(lan.heard) == heard


async def test_taking_back_is_for_ones_own_question_and_twice_is_harmless(world: World) -> None:
    lan, ba = world.user(), world.user()
    await asks(lan)
    withdraw = lan.last.data("↩️ Rút lại câu hỏi")
    shown = lan.last
    await ba.sends("/start")
    await ba.presses_data(withdraw, ba.last)
    assert len(await waiting(world)) == 1
    for _ in range(2):
        await lan.presses_data(withdraw, shown)
    assert "không còn gắn với bạn" in lan.last.text


@pytest.mark.parametrize(
    "data", ["1:ask.staff:AAAAAAAA", "1:ask.anyway:x", "1:ask.staff", "1:sort.groups:" + "ẫ" * 15]
)
async def test_forged_buttons_find_nothing(world: World, data: str) -> None:
    lan = world.user()
    await lan.sends("/phanloai")
    await lan.presses_data(data, lan.last)
    assert await waiting(world) == []


async def test_a_question_is_not_sent_from_a_group(world: World) -> None:
    lan, group = world.user(), world.group()
    await lan.sends(f"/phanloai {UNKNOWN}")
    data = lan.last.data(ASK)
    await lan.sends("/phanloai pin", where=group)
    await lan.presses_data(data, group.last, where=group)
    assert await waiting(world) == []


async def test_the_audit_tells_what_staff_did_and_not_for_whom(world: World) -> None:
    admin, lan = world.admin(), world.user()
    await known(world, admin)
    await asks(lan)
    await opens(admin)
    await admin.presses("🗑 Bỏ qua")
    await admin.presses("↩️ Hoàn tác")
    await answers(admin, "Bỏ vô rác khác.")
    assert await audited(world) == ["question.dismiss", "question.restore", "question.answer"]
