"""🔔 Nhắc nhở: says plainly that reminders are not there yet. "DỪNG" is understood all the same."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message, Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.fold import fold, nfc
from bot.talk import menu, shortcuts
from bot.talk.application import Handler, TurnContext
from bot.talk.filters import PRIVATE, TEXT, Label

STOP_SPELLED = frozenset({"dừng", "dung", "ngừng"})  # "đúng" is none of them
STOP_FOLDED = frozenset({"stop", "huy nhan", "ngung nhan", "dung nhan"})


class Stops(filters.MessageFilter):
    """The whole text asks to get no more messages."""

    def filter(self, message: Message) -> bool:
        text = nfc(message.text or "")
        return text.casefold() in STOP_SPELLED or fold(text) in STOP_FOLDED


async def offer(update: Update, context: TurnContext) -> None:
    turn = context.turn
    turn.say(
        turn.t(
            "🔔 Tin nhắc (mẹo hằng tuần, lịch thu gom, cảnh báo mặn) đang được chuẩn bị, chưa đăng ký được."
            " Trong lúc chờ, bạn đọc mẹo ở đây."
        ),
        buttons=((shortcuts.label(turn, menu.TIPS, shortcuts.TIPS),),),
    )


async def stop(update: Update, context: TurnContext) -> None:
    turn = context.turn
    turn.say(
        turn.t(
            "Trà Vinh Xanh chưa gửi tin nhắc nào cho bạn nên không có gì để ngừng."
            " Tin về phản ánh của bạn vẫn được báo."
        )
    )


handlers: Sequence[Handler] = (
    CommandHandler(["nhac", "reminders"], offer, PRIVATE),
    MessageHandler(PRIVATE & Label(menu.REMINDERS), offer),
    MessageHandler(TEXT & Stops(), stop),
)
