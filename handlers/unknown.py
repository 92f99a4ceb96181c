"""What nobody understood: one line and exactly three ways on. Never silence in private."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.refusal import N_
from bot.say import Button
from bot.talk.application import Handler, TurnContext
from bot.talk.filters import PRIVATE
from bot.talk.shortcuts import shortcuts
from bot.talk.turn import Turn
from handlers.ask_staff import ask_button, note

# Each at most 160 characters, in every language.
COMMAND = N_("Trà Vinh Xanh không có lệnh này. Bạn chọn ở dưới, hoặc gõ /trogiup.")
TEXT = N_("Trà Vinh Xanh chưa hiểu ý bạn. Bạn gõ tên món rác, gửi hình chỗ có rác, hoặc chọn ở dưới.")
OTHER = N_("Trà Vinh Xanh chỉ đọc được chữ, hình và vị trí. Bạn gửi lại kiểu khác, hoặc chọn ở dưới.")
BUSY = N_("Trà Vinh Xanh chưa hiểu. Bạn trả lời tiếp câu hỏi ở trên, hoặc bấm ❌ Huỷ để bỏ.")
EDITED = N_("Trà Vinh Xanh không đọc lại tin đã sửa. Bạn gửi thành tin mới nha.")

SENT = PRIVATE & ~filters.StatusUpdate.ALL
"""What a person sent; that a message was pinned, for example, asks for no answer."""

EDIT = filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE & ~filters.LOCATION
"""A shared live location is edited every few seconds."""


def _line(message: Message, is_busy: bool) -> str:
    if (message.text or "").startswith("/"):
        return COMMAND
    if is_busy:
        return BUSY
    return TEXT if message.text else OTHER


async def puzzled(update: Update, context: TurnContext) -> None:
    assert update.message
    turn = context.turn
    if turn.messages:
        return  # something was said already, such as whom to call in an emergency
    album = update.message.media_group_id
    line = _line(update.message, turn.draft is not None)
    third = await _ask_staff(turn, update.message) if line == TEXT else None
    turn.say(
        turn.t(line),
        buttons=shortcuts(turn, third),
        key=f"unknown:{turn.chat}:{album}" if album else None,  # one answer for all of an album
    )


async def _ask_staff(turn: Turn, message: Message) -> Button | None:
    """Only for words of the person's own, to nobody: an answer or what others wrote is not a question."""
    if message.reply_to_message or message.forward_origin:
        return None
    return ask_button(turn, await note(turn, message.text or "", "nothing"))


async def edited(update: Update, context: TurnContext) -> None:
    turn = context.turn
    turn.say(turn.t(EDITED), buttons=shortcuts(turn))


handlers: Sequence[Handler] = (MessageHandler(SENT, puzzled), MessageHandler(EDIT, edited))
