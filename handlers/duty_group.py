"""`/nhomtruc`: a group becomes the duty group; and what happens when the bot is put out of it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import ChatMember, Update
from telegram.ext import ChatMemberHandler, CommandHandler

from bot import staff
from bot.fold import nfc
from bot.refusal import N_, Refusal
from bot.say import Say
from bot.talk.application import Handler, TurnContext
from bot.talk.cards import LANGUAGE
from bot.talk.filters import PRIVATE
from bot.talk.turn import Turn
from handlers.groups import GROUP
from handlers.view import resend_cards

LONGEST_TITLE = 128
GONE = frozenset({ChatMember.LEFT, ChatMember.BANNED})


async def appoint(update: Update, context: TurnContext) -> None:
    assert update.effective_chat and update.message
    turn = context.turn
    if update.message.sender_chat is not None:
        raise Refusal(
            N_(
                "Bạn đang ẩn danh trong nhóm nên không biết ai gõ lệnh."
                " Bạn tắt ẩn danh rồi gõ lại /nhomtruc nha."
            )
        )
    if turn.person.role != "admin":
        raise Refusal(N_("Chỉ quản trị viên của Trà Vinh Xanh mới đặt được nhóm trực."))
    title = nfc(update.effective_chat.title or "")[:LONGEST_TITLE] or str(turn.t("Nhóm trực"))
    await staff.set_duty_group(turn.session, turn.chat, title, None, turn.now)
    await staff.record(turn.session, turn.person, "duty_group.set", turn.chat, turn.now, title=title)
    turn.say(
        turn.t(
            "✅ Từ giờ <b>{title}</b> là nhóm trực của tất cả xã, phường."
            " Phản ánh mới sẽ hiện ở đây; cán bộ bấm nút dưới thẻ để xử lý.",
            title=title,
        )
    )


async def explain(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "officer")
    lines = [
        turn.t(
            "Nhóm trực là nhóm chat nhận thẻ phản ánh mới. Cách đặt: thêm Trà Vinh Xanh vào nhóm,"
            " rồi quản trị viên gõ /nhomtruc trong nhóm đó."
        )
    ]
    titles = await staff.duty_groups(turn.session)
    if titles:
        lines.append(turn.t("Nhóm đang trực: {titles}.", titles=", ".join(titles)))
    else:
        lines.append(turn.t("Chưa có nhóm trực: thẻ gửi riêng cho từng quản trị viên."))
    turn.say(Markup("\n").join(lines))


class PutOut(ChatMemberHandler[TurnContext, None]):
    """The bot left a group or was removed from it."""

    def check_update(self, update: object) -> bool:
        change = update.my_chat_member if isinstance(update, Update) else None
        if change is None or change.chat.type not in ("group", "supergroup"):
            return False
        return change.new_chat_member.status in GONE


async def drop(update: Update, context: TurnContext) -> None:
    turn = context.turn
    title = await staff.drop_duty_group(turn.session, turn.chat)
    report_ids = await staff.take_cards(turn.session, turn.chat)
    if title is None:
        return
    await staff.record(turn.session, turn.person, "duty_group.drop", turn.chat, turn.now, title=title)
    await _tell_admins(turn, title)
    await resend_cards(turn, report_ids)


async def _tell_admins(turn: Turn, title: str) -> None:
    text = turn.t_in(LANGUAGE, N_("⚠️ Trà Vinh Xanh bị đưa ra khỏi nhóm trực <b>{title}</b>."), title=title)
    if not await staff.duty_groups(turn.session):
        text += " " + turn.t_in(
            LANGUAGE, N_("Không còn nhóm trực nào: thẻ sẽ gửi riêng cho từng quản trị viên.")
        )
    for member in await staff.members(turn.session):
        if member.role == "admin":
            turn.tell(member.address, Say(text))


handlers: Sequence[Handler] = (
    CommandHandler("nhomtruc", appoint, GROUP),
    CommandHandler("nhomtruc", explain, PRIVATE),
    PutOut(drop),
)
