"""✍️ Trả lời: typed, seen as it will be read, sent once."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from bot.store.tables import Staff
from tests.handlers.asking import UNKNOWN, answers, asks, missed, opens, waiting
from tests.handlers.on_duty import officer, open_drafts
from tests.handlers.test_unknown import ODD
from tests.harness import User, World


async def _is_asked(world: World) -> User:
    """An admin of whom an answer is awaited; one person waits for it."""
    admin = world.admin()
    await asks(world.user())
    await opens(admin)
    await admin.presses("✍️ Trả lời")
    return admin


async def test_it_asks_with_a_forced_reply(world: World) -> None:
    admin = await _is_asked(world)
    assert admin.last.markup.get("force_reply") and UNKNOWN in admin.last.text


@pytest.mark.parametrize("is_reply", [True, False])
async def test_the_answer_is_shown_before_it_is_sent(world: World, is_reply: bool) -> None:
    admin = await _is_asked(world)
    await admin.sends("Bỏ vô rác khác.", reply_to=admin.last if is_reply else None)
    assert f"Cán bộ trả lời câu hỏi của bạn: “{UNKNOWN}”\n\nBỏ vô rác khác." in admin.last.text
    assert "Người nhận: 1" in admin.last.text
    assert admin.last.labels == ["✅ Gửi", "✏️ Viết lại", "❌ Huỷ"]
    assert len(await waiting(world)) == 1


@pytest.mark.parametrize("what", ["photo", "sticker", "voice", "long"])
async def test_what_is_no_answer_is_asked_for_again(world: World, what: str) -> None:
    admin = await _is_asked(world)
    if what == "photo":
        await admin.sends_photo(caption="Bỏ vô rác khác.")
    elif what == "long":
        await admin.sends("x" * 1001)
        assert "1001" in admin.last.text
    else:
        await admin.message(**ODD[what])
    assert admin.last.markup.get("force_reply") and "giùm" in admin.last.text
    await admin.sends("x" * 1000)
    assert "✅ Gửi" in admin.last.labels


async def test_writing_it_again_makes_the_old_preview_stale(world: World) -> None:
    admin = await _is_asked(world)
    await admin.sends("Bỏ vô rác khác.")
    old = admin.last
    await admin.presses("✏️ Viết lại")
    assert admin.last.markup.get("force_reply")
    assert "không còn chờ gửi" in str(await admin.presses("✅ Gửi", on=old))
    await admin.sends("Gói kỹ.")
    assert "Có câu mới hơn" in str(await admin.presses("✅ Gửi", on=old))
    await admin.presses("✅ Gửi")
    assert (await missed(world))[0].answer == "Gói kỹ."


async def test_words_typed_under_the_preview_replace_it(world: World) -> None:
    admin = await _is_asked(world)
    await admin.sends("Bỏ vô rác khác.")
    await admin.sends("Gói kỹ.")
    await admin.presses("✅ Gửi")
    assert (await missed(world))[0].answer == "Gói kỹ."


async def test_leaving_it_sends_nothing(world: World) -> None:
    admin = await _is_asked(world)
    await admin.sends("Bỏ vô rác khác.")
    preview = admin.last
    await admin.presses("❌ Huỷ")
    assert await open_drafts(world, admin) == []
    assert "không còn chờ gửi" in str(await admin.presses("✅ Gửi", on=preview))
    assert (await missed(world))[0].state == "open"


async def test_without_anybody_waiting_it_only_becomes_content(world: World) -> None:
    admin, lan = world.admin(), world.user()
    await lan.sends(UNKNOWN)
    heard = len(lan.heard)
    await opens(admin)
    await admin.presses("✍️ Trả lời")
    await admin.sends("Bỏ vô rác khác.")
    assert "Chưa ai chờ" in admin.last.text
    await admin.presses("✅ Gửi")
    assert "Người nhận: 0" in admin.last.text
    assert admin.last.labels == ["Món rác", "Câu trả lời thường gặp", "◀ Danh sách"]
    assert len(lan.heard) == heard


async def test_of_two_who_answer_at_once_the_second_is_told(world: World) -> None:
    admin, editor = world.admin(), await officer(world, "Biên", role="editor")
    lan = world.user()
    await asks(lan)
    for one, text in ((admin, "Bỏ vô rác khác."), (editor, "Bỏ vô tái chế.")):
        await opens(one)
        await one.presses("✍️ Trả lời")
        await one.sends(text)
    old = editor.heard[-3]
    await admin.presses("✅ Gửi")
    heard = len(lan.heard)
    assert await editor.presses("✅ Gửi") == "Câu này đã có người trả lời rồi."
    assert "Bỏ vô rác khác." in editor.last.text and await open_drafts(world, editor) == []
    assert len(lan.heard) == heard and (await missed(world))[0].answer == "Bỏ vô rác khác."
    assert await editor.presses("✍️ Trả lời", on=old) == "Câu này đã có người trả lời rồi."


async def test_sent_twice_by_the_same_finger_is_sent_once(world: World) -> None:
    admin, lan = world.admin(), world.user()
    await asks(lan)
    await opens(admin)
    await admin.presses("✍️ Trả lời")
    await admin.sends("Bỏ vô rác khác.")
    preview, heard = admin.last, len(lan.heard)
    send = preview.data("✅ Gửi")
    await admin.presses_data(send, preview)
    assert "không còn chờ gửi" in str(await admin.presses_data(send, preview))
    assert len(lan.heard) == heard + 1


async def test_a_reply_to_the_confirmation_is_no_report(world: World) -> None:
    admin, lan = world.admin(), world.user()
    await asks(lan)
    await answers(admin, "Bỏ vô rác khác.")
    await lan.sends("cảm ơn cán bộ nha", reply_to=lan.last)
    assert len(await missed(world)) == 1


async def test_who_is_no_longer_staff_is_not_caught_in_the_question(world: World) -> None:
    editor = await officer(world, "Biên", role="editor")
    await asks(world.user())
    await opens(editor)
    await editor.presses("✍️ Trả lời")
    async with world.session() as session:
        await session.execute(delete(Staff).where(Staff.role == "editor"))
    await editor.sends("pin cũ")
    assert "Nguy hại" in editor.last.text
    assert (await missed(world))[0].state == "open"
