"""In groups only commands, mentions and replies to the bot are answered; and who blocked the bot is noted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import ChatMember, Message, Update
from telegram.ext import ChatMemberHandler, CommandHandler, MessageHandler, filters

from bot import people
from bot.say import Button
from bot.talk.application import Handler, TurnContext
from bot.talk.turn import Turn
from handlers.sorting import answer, search

GROUP = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS
PRIVATE_COMMANDS = (
    *("baocao", "report", "theodoi", "status", "meo", "tips", "dovui", "quiz"),
    *("nhac", "reminders", "ngonngu", "language", "dulieu", "privacy", "trogiup", "help"),
)
GONE = frozenset({ChatMember.LEFT, ChatMember.BANNED})


class Addressed(filters.MessageFilter):
    """Mentions the bot, or answers one of its messages."""

    def filter(self, message: Message) -> bool:
        name = message.get_bot().username
        answered = message.reply_to_message and message.reply_to_message.from_user
        if answered and answered.is_bot and answered.username == name:
            return True
        return _mention(name).search(message.text or message.caption or "") is not None


def _mention(name: str) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(name)}\b", re.IGNORECASE)


def tell_where(turn: Turn) -> None:
    """In a group: everything personal is for the private chat."""
    turn.say(
        turn.t(
            "Việc này bạn nhắn riêng cho Trà Vinh Xanh nha."
            " Trong nhóm chỉ hỏi được rác bỏ đâu: /phanloai pin cũ"
        ),
        buttons=((Button(str(turn.t("💬 Nhắn riêng")), url=turn.channel.link("g")),),),
    )


async def redirect(update: Update, context: TurnContext) -> None:
    tell_where(context.turn)


async def sort(update: Update, context: TurnContext) -> None:
    words = " ".join(context.args or ())
    if words:
        await answer(context.turn, search(context.turn, words))
    else:
        tell_where(context.turn)


async def addressed(update: Update, context: TurnContext) -> None:
    """Something to sort is answered, everything else is for the private chat."""
    assert update.message
    turn = context.turn
    said = update.message.text or update.message.caption or ""
    found = search(turn, _mention(update.message.get_bot().username).sub(" ", said))
    if found and all(one.confident for one in found):
        await answer(turn, found)
    else:
        tell_where(turn)


async def membership(update: Update, context: TurnContext) -> None:
    """A person blocked or unblocked the bot, or a group took it in."""
    assert update.my_chat_member
    turn = context.turn
    was_gone = update.my_chat_member.old_chat_member.status in GONE
    is_gone = update.my_chat_member.new_chat_member.status in GONE
    if turn.in_private and is_gone:
        await people.mark_blocked(turn.session, turn.chat, turn.now)
    elif turn.in_private:
        await people.mark_back(turn.session, turn.chat)
    elif was_gone and not is_gone:
        turn.say(
            turn.t(
                "Trà Vinh Xanh chào cả nhóm. Gõ /phanloai rồi tên món rác để hỏi bỏ đâu."
                " Nhóm trực thì quản trị viên gõ /nhomtruc."
            )
        )


handlers: Sequence[Handler] = (
    ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
    CommandHandler(["phanloai", "sort"], sort, GROUP),
    CommandHandler(PRIVATE_COMMANDS, redirect, GROUP),
)

free_text: Sequence[Handler] = (MessageHandler(GROUP & Addressed(), addressed),)
"""Behind the replies of officers on duty; see words.py."""
