"""A report from the first photo to the receipt."""

from __future__ import annotations

import re

from bot.address import address
from tests.handlers.on_duty import duty_group
from tests.handlers.reporting import (
    AGREE,
    SEND,
    all_photos,
    all_reports,
    card_chats,
    draft_of,
    only_report,
    person_of,
    photo_roles,
    reported,
    to_summary,
)
from tests.harness import World

KINDS = [
    "Rác sinh hoạt",
    "Xà bần",
    "Rác nguy hại",
    "Rác nông nghiệp",
    "Rác trên sông, kênh",
    "Xác vật nuôi",
    "Đốt rác",
    "Khác",
]


async def test_four_messages_make_a_report(world: World) -> None:
    group, lan = await duty_group(world), world.user()
    await lan.sends_photo()
    assert "Rác ở đâu" in lan.last.text
    assert lan.last.keys == ["📍 Gửi vị trí hiện tại", "❌ Huỷ"]
    await lan.sends_location()
    assert "Xã Cầu Ngang — trước đây là thị trấn Cầu Ngang" in lan.last.text
    assert lan.last.labels == [*KINDS, "✏️ Sai xã"]
    await lan.presses("Xà bần")
    assert lan.last.labels == [AGREE, "✍️ Thêm mô tả", "✏️ Sửa", "❌ Huỷ"]
    await lan.presses(AGREE)
    report = await only_report(world)
    assert re.fullmatch(r"TV-2611-\d{4}", report.code)
    assert (report.kind, report.commune_code, report.state) == ("xa_ban", "29416", "accepted")
    assert (report.lat, report.lon) == (9.8044, 106.4496)
    assert await photo_roles(world, report) == ["before"]
    assert f"<code>{report.code}</code>" in lan.last.text
    assert lan.last.keys[0] == "📸 Báo điểm rác"
    assert await card_chats(world, report) == [address("telegram", group.id)]
    assert report.code in group.last.text
    assert await draft_of(world, lan) is None


async def test_the_receipt_says_who_when_how_and_one_tip(world: World) -> None:
    await duty_group(world)
    lan = world.user()
    await reported(lan, "Rác sinh hoạt")
    text = lan.last.text
    assert "tổ trực của xã Cầu Ngang" in text
    assert "30/11/" in text  # five working days after Monday 23 November
    assert "/theodoi" in text
    tip = world.app.services.library.knowledge.tips.for_kind("sinh_hoat")
    assert tip and tip.title in text


async def test_without_a_duty_group_it_is_new_and_goes_to_the_admin(world: World) -> None:
    lan = world.user()
    code = await reported(lan)
    report = await only_report(world)
    assert report.state == "new"
    assert "đang tìm cán bộ" in lan.last.text
    assert code in world.admin().last.text


async def test_the_card_never_shows_who_reported(world: World) -> None:
    group = await duty_group(world)
    lan = world.user(name="Nguyễn Thị Lan")
    await reported(lan)
    said = repr([(sent.method, sent.params) for sent in world.telegram.sent if sent.chat_id == group.id])
    assert "Nguyễn" not in said
    assert str(lan.id) not in said


async def test_consent_is_asked_once(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    assert "/dulieu" in lan.last.text
    assert "91/2025/QH15" in lan.last.text
    assert (await person_of(world, lan)).consented_at is None
    await lan.presses(AGREE)
    assert (await person_of(world, lan)).consented_at == world.clock.now()
    await to_summary(lan, "Xà bần")
    assert lan.last.labels[0] == SEND
    assert "/dulieu" not in lan.last.text


async def test_pressing_send_twice_files_once(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    summary = lan.last
    data = summary.data(AGREE)
    await lan.presses(AGREE)
    heard = len(lan.heard)
    toast = await lan.presses_data(data, summary)
    report = await only_report(world)
    assert toast == f"Đã gửi rồi, mã {report.code}."
    assert len(lan.heard) == heard


async def test_two_presses_in_one_batch_file_once(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    summary = lan.last
    updates = [_press(lan.id, summary.message_id, summary.data(AGREE), number) for number in (1, 2)]
    from bot.flow.inbox import incoming

    await world.app.inbox.put("telegram", [incoming("telegram", one) for one in updates])
    await world.settle()
    assert len(await all_reports(world)) == 1


def _press(user_id: int, message_id: int, data: str, number: int) -> dict[str, object]:
    chat = {"id": user_id, "type": "private"}
    who = {"id": user_id, "is_bot": False, "first_name": "Lan"}
    query = {
        "id": f"q{number}",
        "from": who,
        "chat_instance": "1",
        "data": data,
        "message": {"message_id": message_id, "date": 0, "chat": chat, "text": "…"},
    }
    return {"update_id": 5_000 + number, "callback_query": query}


async def test_sent_summary_loses_its_buttons(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    summary = lan.last.message_id
    await lan.presses(AGREE)
    [shown] = [one for one in lan.heard if one.message_id == summary]
    assert shown.labels == []
    assert "📷 1 ảnh" in shown.text


async def test_photo_positions_are_forgotten_when_sent(world: World) -> None:
    lan = world.user()
    await reported(lan)
    assert [(one.gps_lat, one.gps_lon) for one in await all_photos(world)] == [(None, None)]


async def test_key_command_and_button_ask_for_a_photo(world: World) -> None:
    for opening in ("📸 Báo điểm rác", "/baocao", "/report"):
        lan = world.user()
        await lan.sends(opening)
        assert "gửi vị trí trước cũng được" in lan.last.text
        assert "❌ Huỷ" in lan.last.keys
    await lan.sends("/huy")
    await lan.presses_data("1:report.start", lan.last)
    assert "gửi vị trí trước cũng được" in lan.last.text


async def test_beginning_again_goes_on_with_what_was_begun(world: World) -> None:
    lan = world.user()
    await lan.sends_photo()
    await lan.sends("📸 Báo điểm rác")
    assert "đang báo dở" in lan.last.text
    assert "Rác ở đâu" in lan.last.text


async def test_a_wish_to_report_in_words_keeps_them_and_the_place(world: World) -> None:
    lan = world.user()
    await lan.sends("có đống xà bần ở chợ Cầu Ngang")
    assert "có đống xà bần ở chợ Cầu Ngang" in lan.last.text
    assert "ảnh" in lan.last.text
    await lan.sends_photo()
    assert "Xà bần" in lan.last.text  # guessed aloud
    assert lan.last.labels == [*KINDS, "✏️ Sai xã"]
    await lan.presses("Xà bần")
    await lan.presses(AGREE)
    report = await only_report(world)
    assert report.commune_code == "29416"
    assert report.description == "có đống xà bần ở chợ Cầu Ngang"
    assert report.lat is None


async def test_a_wish_without_a_place_asks_for_photo_and_place(world: World) -> None:
    lan = world.user()
    await lan.sends("có đống rác to quá ai bỏ bậy nè")
    await lan.sends_photo()
    assert "Rác ở đâu" in lan.last.text


async def test_a_report_without_photo_takes_a_button(world: World) -> None:
    lan = world.user()
    await lan.sends_location()
    assert "gửi ảnh" in lan.last.text
    await lan.presses("Gửi không có ảnh")
    await lan.presses("Khác")
    assert "Không có ảnh" in lan.last.text
    await lan.presses(AGREE)
    assert await photo_roles(world, await only_report(world)) == []


async def test_markup_in_words_is_shown_as_typed(world: World) -> None:
    group, lan = await duty_group(world), world.user()
    await lan.sends_photo(caption="<b>rác</b> & {x}")
    await lan.sends_location()
    await lan.presses("Khác")
    assert "&lt;b&gt;rác&lt;/b&gt; &amp; {x}" in lan.last.text
    await lan.presses(AGREE)
    assert "&lt;b&gt;rác&lt;/b&gt; &amp; {x}" in group.last.text


async def test_english_speakers_can_finish(world: World) -> None:
    ann = world.user(language="en", name="Ann")
    await ann.sends_photo()
    await ann.sends_location()
    await ann.presses("Construction rubble")
    send = next(one for one in ann.last.inline if ":report.send:" in one["callback_data"])
    await ann.presses_data(send["callback_data"], ann.last)
    assert (await only_report(world)).kind == "xa_ban"
