"""Methods through the real python-telegram-bot client, and their refusals."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommand,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.botapi import BotApi, small_jpeg
from tests.botapi.conftest import Raw

BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("✅ Gửi", callback_data="v1:send")]])


async def test_a_text_is_answered_and_recorded(api: BotApi, bot: Bot) -> None:
    lan = api.user(7, "Lan")
    message = await bot.send_message(7, "<b>Chào</b> Lan", parse_mode="HTML", reply_markup=BUTTON)
    assert (message.message_id, message.chat_id, message.text) == (1, 7, "Chào Lan")
    assert message.from_user is not None
    assert message.from_user.id == bot.id
    assert message.reply_markup == BUTTON
    assert message.entities[0].type == "bold"
    heard = await lan.hears("Chào")
    assert heard.labels == ["✅ Gửi"]
    assert heard.params["text"] == "<b>Chào</b> Lan"


async def test_keyboards_are_recorded_but_not_echoed(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    markup = ReplyKeyboardMarkup([["📸 Báo điểm rác", "⚙️ Khác"]])
    message = await bot.send_message(7, "Chọn", reply_markup=markup)
    assert message.reply_markup is None
    assert (await lan.hears("Chọn")).keyboard_labels == ["📸 Báo điểm rác", "⚙️ Khác"]
    await bot.send_message(7, "Mã?", reply_markup=ForceReply())
    assert (await lan.hears("Mã?")).forces_reply


async def test_replies_name_a_message_that_exists(api: BotApi, bot: Bot) -> None:
    asked = await api.user(7).sends("Pin cũ bỏ đâu?")
    message = await bot.send_message(7, "Nguy hại", reply_parameters=ReplyParameters(asked["message_id"]))
    assert message.reply_to_message is not None
    assert message.reply_to_message.text == "Pin cũ bỏ đâu?"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(7, "x", reply_parameters=ReplyParameters(99))
    await bot.send_message(7, "x", reply_parameters=ReplyParameters(99, allow_sending_without_reply=True))


async def test_photos_by_upload_then_by_id_then_downloaded(api: BotApi, bot: Bot) -> None:
    api.user(7)
    picture = small_jpeg()
    message = await bot.send_photo(7, picture, caption="<i>Sau khi dọn</i>", parse_mode="HTML")
    assert message.caption == "Sau khi dọn"
    assert [size.width for size in message.photo] == [90, 320, 640]
    again = await bot.send_photo(7, message.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == message.photo[-1].file_unique_id
    file = await bot.get_file(message.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == picture


async def test_documents_places_and_albums(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    document = (await bot.send_document(7, b"code,state\n", filename="dulieu.csv")).document
    assert document is not None
    assert (document.file_name, document.file_size) == ("dulieu.csv", 11)
    place = await bot.send_location(7, 9.93, 106.34)
    assert place.location is not None
    venue = (await bot.send_venue(7, 9.93, 106.34, "Chợ", "Cầu Ngang")).venue
    assert venue is not None
    assert venue.title == "Chợ"
    photos = [InputMediaPhoto(small_jpeg((n, 0, 0)), caption="Hai ảnh" if n == 0 else None) for n in range(2)]
    album = await bot.send_media_group(7, photos)
    assert album[0].media_group_id == album[1].media_group_id
    assert album[0].media_group_id is not None
    assert (await lan.hears("Hai ảnh")).method == "sendMediaGroup"


async def test_edits_replace_and_refuse_what_changes_nothing(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    message = await bot.send_message(7, "Một", reply_markup=BUTTON)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await message.edit_text("Một", reply_markup=BUTTON)
    edited = await message.edit_text("Hai")
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup) == ("Hai", None)
    assert (await lan.hears("Hai")).method == "editMessageText"
    await message.edit_reply_markup(BUTTON)
    assert await message.delete()
    assert api.record.deleted == [(7, message.message_id)]
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await message.edit_text("Ba")
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await message.delete()


async def test_photo_edits(api: BotApi, bot: Bot) -> None:
    api.user(7)
    message = await bot.send_photo(7, small_jpeg(), caption="Trước")
    edited = await message.edit_caption("Sau")
    assert not isinstance(edited, bool)
    assert edited.caption == "Sau"
    changed = await message.edit_media(InputMediaPhoto(small_jpeg((9, 9, 9)), caption="Mới"))
    assert not isinstance(changed, bool)
    assert changed.photo[0].file_id != message.photo[0].file_id
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await message.edit_text("Chữ")


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "  \n"}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "x", "chat_id": 404}, "chat not found"),
        ({"text": "x", "chat_id": None}, "chat_id is empty"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "đ" * 33}]]}},
            "BUTTON_DATA_INVALID",
        ),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}}, "Text buttons are unallowed"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [{"text": "a"}]}}, "Array of Arrays"),
    ],
)
async def test_bad_texts_are_refused(api: BotApi, raw: Raw, parameters: dict[str, Any], reason: str) -> None:
    api.user(7)
    status, body = await raw("sendMessage", **({"chat_id": 7} | parameters))
    assert (status, body["ok"], body["error_code"]) == (400, False, 400)
    assert reason in body["description"]
    assert api.record.sent_count == 0


async def test_limits_count_characters_after_the_markup(api: BotApi, raw: Raw) -> None:
    api.user(7)
    status, _ = await raw("sendMessage", chat_id=7, text="<b>" + "đ" * 4096 + "</b>", parse_mode="html")
    assert status == 200
    photo = api.world.files.keep_photo(small_jpeg())[-1]["file_id"]
    assert (await raw("sendPhoto", chat_id=7, photo=photo, caption="x" * 1024))[0] == 200
    status, body = await raw("sendPhoto", chat_id=7, photo=photo, caption="x" * 1025)
    assert (status, body["description"]) == (400, "Bad Request: message caption is too long")


@pytest.mark.parametrize("count", [1, 11])
async def test_albums_have_two_to_ten_items(api: BotApi, raw: Raw, count: int) -> None:
    api.user(7)
    photo = api.world.files.keep_photo(small_jpeg())[-1]["file_id"]
    status, body = await raw("sendMediaGroup", chat_id=7, media=[{"type": "photo", "media": photo}] * count)
    assert (status, body["description"]) == (400, "Bad Request: an album must have 2-10 items")


async def test_closed_doors(api: BotApi, bot: Bot) -> None:
    lan = api.user(7)
    await lan.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(7, "x")
    await lan.unblocks()
    await bot.send_message(7, "x")
    lan.deactivates()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(7, "x")
    api.user(8).has_not_started()
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(8, "x")


async def test_group_that_migrated(api: BotApi, bot: Bot) -> None:
    group = api.group(-55, api.user(7))
    new = group.becomes_supergroup()
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(-55, "x")
    assert caught.value.new_chat_id == new.id == -10055
    await bot.send_message(new.id, "x")


async def test_members_and_leaving(api: BotApi, bot: Bot) -> None:
    group = api.group(-55, api.user(7), api.user(8))
    assert (await bot.get_chat(-55)).title == "Tổ trực"
    assert (await bot.get_chat_member(-55, 7)).status == "creator"
    assert (await bot.get_chat_member(-55, 8)).status == "member"
    assert [one.user.id for one in await bot.get_chat_administrators(-55)] == [7]
    assert await bot.leave_chat(-55)
    assert group.chat.standing == "kicked"
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(-55, "x")


async def test_profile_by_language(bot: Bot) -> None:
    assert (await bot.get_me()).username == "travinhxanh_bot"
    await bot.set_my_commands([BotCommand("baocao", "Báo điểm rác")])
    await bot.set_my_commands([BotCommand("report", "Report")], language_code="en")
    assert [one.command for one in await bot.get_my_commands()] == ["baocao"]
    assert [one.command for one in await bot.get_my_commands(language_code="en")] == ["report"]
    await bot.set_my_description("Sống xanh", language_code="vi")
    assert (await bot.get_my_description("vi")).description == "Sống xanh"
    with pytest.raises(BadRequest, match="Short_description_too_long"):
        await bot.set_my_short_description("x" * 121)


async def test_files_too_big_or_unknown(api: BotApi, bot: Bot) -> None:
    sent = await api.user(7).sends_document(b"x", size=21 * 1024 * 1024)
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(sent["document"]["file_id"])
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("nonsense")
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(7, b"not a picture")


async def test_wrong_tokens_and_methods(api: BotApi, raw: Raw) -> None:
    status, body = await raw("sendTeapot", chat_id=7)
    assert (status, body["description"]) == (404, "Not Found: method not found")
    assert (await raw("SENDchatACTION", chat_id=api.user(7).id, action="typing"))[0] == 200
    async with aiohttp.ClientSession() as session:
        for path, code in (("bot1:wrong/getMe", 401), ("botwrong/getMe", 404), ("nothing", 404)):
            async with session.get(f"{api.url}/{path}") as response:
                assert response.status == code
