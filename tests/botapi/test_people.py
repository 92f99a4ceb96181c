"""The user side: what people do arrives as updates that python-telegram-bot parses, buttons are found."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import BadRequest

from tests.botapi import BotApi

KINDS = {"text", "photo", "document", "location", "sticker", "voice", "video", "contact", "poll", "dice"}
BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("✅ Gửi phản ánh", callback_data="s:1")],
        [InlineKeyboardButton("❌ Huỷ", callback_data="c:1")],
        [InlineKeyboardButton("Bản đồ", url="https://example.org")],
    ]
)


async def only(bot: Bot) -> Update:
    (update,) = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    return update


async def test_everything_people_send_is_parsed(api: BotApi, bot: Bot) -> None:
    lan = api.user(7, "Lan", language_code="vi", username="lan84")
    await lan.sends("/start r_TV-2611-0001")
    await lan.sends_photo(caption="#rac")
    await lan.sends_document(b"\xff\xd8", size=5)
    await lan.sends_location(9.93, 106.34, accuracy=20)
    await lan.sends_venue(9.93, 106.34, "Chợ", "Trà Vinh")
    await lan.sends_sticker()
    await lan.sends_voice()
    await lan.sends_video()
    await lan.sends_contact()
    await lan.sends_poll()
    await lan.sends_anything({"dice": {"emoji": "🎲", "value": 3}})
    messages = [update.message for update in await bot.get_updates()]
    kinds = [set(message.to_dict()) & KINDS for message in messages if message]
    first, second = ["text", "photo", "document", "location", "location"], ["sticker", "voice", "video"]
    assert kinds == [{kind} for kind in (*first, *second, "contact", "poll", "dice")]
    assert messages[0] is not None
    assert messages[0].parse_entities(["bot_command"]).popitem()[1] == "/start"
    assert messages[0].from_user is not None
    assert messages[0].from_user.language_code == "vi"


async def test_an_album_has_one_group_and_one_caption(api: BotApi, bot: Bot) -> None:
    await api.user(7).sends_album([None, None, None], caption="Đống rác")
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["Đống rác", None, None]
    assert len({message.photo[-1].file_unique_id for message in messages}) == 3


async def test_presses_find_the_button_and_hear_the_answer(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    await bot.send_message(7, "Xem lại", reply_markup=BUTTONS)
    press = await lan.presses(await lan.hears("Xem lại"), "Gửi phản ánh")
    query = (await only(bot)).callback_query
    assert query is not None
    assert (query.data, query.from_user.id, query.message is not None) == ("s:1", 7, True)
    await query.answer("Đã gửi")
    assert (await press.answer())["text"] == "Đã gửi"
    with pytest.raises(AssertionError, match="no button 'Sửa'"):
        await lan.presses(lan.heard[0], "Sửa")
    with pytest.raises(AssertionError, match="not a callback button"):
        await lan.presses(lan.heard[0], "Bản đồ")


async def test_stale_buttons_and_old_queries(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    message = await bot.send_message(7, "Xem lại", reply_markup=BUTTONS)
    shown = await lan.hears("Xem lại")
    await message.edit_text("Đã gửi")
    await lan.presses(shown, "❌ Huỷ")
    query = (await only(bot)).callback_query
    assert query is not None
    assert query.data == "c:1"
    assert query.message is not None
    assert query.message.to_dict()["text"] == "Đã gửi"
    api.world.query_lifetime = 0
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()
    lan.presses_data(shown, "forged")
    forged = (await only(bot)).callback_query
    assert forged is not None
    assert forged.data == "forged"


async def test_reply_keyboards_send_text_or_place(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    place = KeyboardButton("📍 Gửi vị trí hiện tại", request_location=True)
    await bot.send_message(7, "Ở đâu?", reply_markup=ReplyKeyboardMarkup([[place, "❌ Huỷ"]]))
    asked = await lan.hears("Ở đâu?")
    await lan.taps(asked, "❌ Huỷ")
    update = await only(bot)
    assert update.message is not None
    assert update.message.text == "❌ Huỷ"
    await lan.taps(asked, "📍 Gửi vị trí hiện tại", location=(9.9, 106.3))
    update = await only(bot)
    assert update.message is not None
    assert update.message.location is not None
    assert update.message.location.latitude == 9.9


async def test_hears_reads_on_and_tells_what_came_instead(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    for text in ("một", "hai", "ba"):
        await bot.send_message(7, text)
    assert (await lan.hears("hai")).message_id == 2
    assert [one.text for one in lan.unread] == ["ba"]
    with pytest.raises(AssertionError, match=r"did not hear 'một' .*\['ba'\]"):
        await lan.hears("một", timeout=0.01)
    assert (await lan.hears(lambda one: one.message_id > 2)).text == "ba"
    await lan.hears_nothing(0.05)


async def test_blocking_and_edits_reach_the_bot(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    await lan.edits(await lan.sends("a"), "b")
    await lan.blocks()
    first, edited, blocked = await bot.get_updates()
    assert first.message is not None
    assert edited.edited_message is not None
    assert edited.edited_message.text == "b"
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == "kicked"


async def test_a_group_shows_the_bot_only_what_is_meant_for_it(api: BotApi, bot: Bot) -> None:
    lan, minh = api.user(7, "Lan"), api.user(8, "Minh")
    group = api.group(-55, lan, minh)
    card = await bot.send_message(-55, "Mã TV-2611-0001", reply_markup=BUTTONS)
    heard = await group.hears("TV-2611-0001")
    await lan.sends("ăn cơm chưa", to=group)
    await lan.sends_photo(to=group)
    await lan.sends("/nhomtruc", to=group)
    await minh.sends("@travinhxanh_bot xem giúp", to=group)
    await minh.sends_photo(to=group, reply_to=heard)
    await minh.presses(heard, "❌ Huỷ")
    command, mention, photo, press = await bot.get_updates()
    assert command.message is not None
    assert (command.message.text, command.message.chat.type) == ("/nhomtruc", "group")
    assert mention.message is not None
    assert photo.message is not None
    assert photo.message.reply_to_message == card
    assert press.callback_query is not None
    assert press.callback_query.from_user.id == 8
    group.private_bot = False
    await lan.sends("giờ thì thấy", to=group)
    assert len(await bot.get_updates()) == 5


async def test_groups_add_remove_and_migrate(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    group = api.group(-55, lan, bot_in=False)
    await lan.sends("/start", to=group)
    group.adds_bot(lan.face)
    new = group.becomes_supergroup()
    new.removes_bot(lan.face)
    api.channel_post("Tin xã")
    added, leaves, comes, removed, post = await bot.get_updates()
    assert added.my_chat_member is not None
    assert added.my_chat_member.new_chat_member.status == "member"
    assert leaves.message is not None
    assert leaves.message.migrate_to_chat_id == new.id
    assert comes.message is not None
    assert comes.message.migrate_from_chat_id == -55
    assert removed.my_chat_member is not None
    assert removed.my_chat_member.new_chat_member.status == "kicked"
    assert post.channel_post is not None
    assert post.channel_post.text == "Tin xã"
