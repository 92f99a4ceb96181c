"""A bot with a small conversation of its own, so that the page is tested and not the wording.

DATA_DIR=… LISTEN=… python -m tests.browser.talk
"""

from __future__ import annotations

import asyncio

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import people, photos
from bot.app import App
from bot.say import Button, Key, Keyboard
from bot.settings import Settings
from bot.talk.application import TurnContext

MENU = Keyboard(
    (
        (Key("📸 Báo điểm rác"), Key("♻️ Rác này bỏ đâu?")),
        (Key("🌱 Mẹo sống xanh"), Key("📋 Phản ánh của tôi")),
        (Key("🔔 Nhắc nhở"), Key("⚙️ Khác")),
    ),
    persistent=True,
)
PLACE = Keyboard(((Key("📍 Gửi vị trí hiện tại", asks_location=True),), (Key("❌ Huỷ"),)))


async def start(update: Update, context: TurnContext) -> None:
    turn = context.turn
    buttons = (
        (Button("Sửa", "1:edit"), Button("Nhắc", "1:toast"), Button("Báo", "1:alert")),
        (Button("Trang khác", url="https://example.org/"),),
    )
    turn.say(turn.t("Chào bà con, đây là <b>Trà Vinh Xanh</b>."), keyboard=MENU, buttons=buttons)


async def english(update: Update, context: TurnContext) -> None:
    await people.set_language(context.turn.session, context.turn.person, "en")
    context.turn.say("Now in English")


async def many(update: Update, context: TurnContext) -> None:
    for number in range(1, 46):
        context.turn.say(f"tin số {number}")


async def question(update: Update, context: TurnContext) -> None:
    context.turn.say("Chỗ đó tên gì?", ask_reply=True)


async def report(update: Update, context: TurnContext) -> None:
    context.turn.say("Chỗ này ở đâu?", keyboard=PLACE)


async def evil(update: Update, context: TurnContext) -> None:
    context.turn.say(
        context.turn.t(
            '<img src=x onerror="document.title=1"><a href="javascript:document.title=2">link</a> <b>đậm</b>'
        )
    )


async def photo(update: Update, context: TurnContext) -> None:
    assert update.message
    turn = context.turn
    kept = await photos.by_file(turn.session, "web", update.message.photo[-1].file_id)
    assert kept
    turn.say(f"Đã nhận ảnh {update.message.caption or ''}", photos=(kept,))


async def echo(update: Update, context: TurnContext) -> None:
    assert update.message
    message, turn = update.message, context.turn
    if message.location:
        turn.say(f"Vị trí {message.location.latitude:.4f}, {message.location.longitude:.4f}", keyboard=MENU)
    elif message.reply_to_message:
        turn.say(f"Trả lời “{message.reply_to_message.text}”: {message.text}")
    else:
        turn.say(f"Nghe: {message.text}")


async def pressed(update: Update, context: TurnContext) -> None:
    assert update.callback_query
    if update.callback_query.data == "1:edit":
        context.turn.change("Đã sửa tại chỗ.", buttons=((Button("Nhắc lại", "1:toast"),),))
    else:
        context.turn.toast("Nút này đã cũ.", alert=update.callback_query.data == "1:alert")


HANDLERS = [
    CommandHandler("start", start),
    CommandHandler("en", english),
    CommandHandler("nhieu", many),
    CommandHandler("hoi", question),
    CommandHandler("xau", evil),
    MessageHandler(filters.Regex("^📸 Báo điểm rác$"), report),
    MessageHandler(filters.PHOTO, photo),
    MessageHandler(filters.ALL, echo),
    CallbackQueryHandler(pressed),
]


if __name__ == "__main__":
    asyncio.run(App(Settings(), [HANDLERS]).run())
