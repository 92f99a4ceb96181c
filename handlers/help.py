"""`/trogiup` and ⚙️ Khác: what there is, in a few lines."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot import staff
from bot.refusal import N_
from bot.say import Rows
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pattern
from bot.talk.filters import PRIVATE, Label
from bot.talk.menu import MORE
from bot.talk.shortcuts import label
from bot.talk.turn import Turn
from handlers import faq, laws

ROLES = {"admin": N_("Quản trị"), "officer": N_("Cán bộ xử lý"), "editor": N_("Biên tập")}

STAFF_COMMANDS = (
    ("hangcho", ("officer",), N_("/hangcho: phản ánh đang chờ, trễ nhất trước")),
    ("xem", ("officer",), N_("/xem TV-…: mở một phản ánh")),
    ("thongke", ("officer",), N_("/thongke: số liệu của tháng")),
    ("chiendich", ("editor",), N_("/chiendich: tin gửi cho nhiều người")),
    ("cauhoi", ("officer", "editor"), N_("/cauhoi: câu bà con hỏi mà chưa có trả lời")),
    ("canbo", (), N_("/canbo: danh sách cán bộ, mời thêm người")),
    ("nhomtruc", (), N_("/nhomtruc: gõ trong nhóm, để nhóm đó nhận phản ánh")),
    ("naplai", (), N_("/naplai: dùng ngay nội dung vừa sửa")),
    ("canhbao", (), N_("/canhbao: việc chưa xử lý được, tin chưa gửi được")),
)
"""Command, roles besides admin, what it does. Only those that are there are shown."""


async def tell(update: Update, context: TurnContext) -> None:
    turn = context.turn
    turn.say(
        turn.t(
            "<b>Trà Vinh Xanh giúp được gì?</b>\n"
            "📸 Gửi hình hay vị trí chỗ có rác là báo được liền, hoặc gõ /baocao\n"
            "♻️ Gõ tên món rác, ví dụ “pin cũ”, hoặc /phanloai\n"
            "🌱 Mẹo sống xanh: /meo\n"
            "🧩 Đố vui: /dovui\n"
            "📋 Phản ánh đã gửi: /theodoi, hoặc gõ mã phản ánh\n"
            "🌐 Đổi ngôn ngữ: /ngonngu\n"
            "🔒 Dữ liệu của bạn: /dulieu\n"
            "❌ Bỏ việc đang làm: /huy"
        ),
        buttons=((label(turn, MORE, "more"),),),
    )


async def more(update: Update, context: TurnContext) -> None:
    turn = context.turn
    turn.say(turn.t("Bạn cần gì?"), buttons=_more_buttons(turn))


def _more_buttons(turn: Turn) -> Rows:
    rows = [
        (label(turn, faq.ALL, faq.LIST),),
        (label(turn, laws.ALL, laws.LIST),),
        (label(turn, N_("🧩 Đố vui"), "quiz.start"),),
        (label(turn, N_("🌐 Ngôn ngữ"), "language.ask"),),
        (label(turn, N_("🔒 Dữ liệu của tôi"), "data.show"),),
        (label(turn, N_("❓ Trợ giúp"), "help"),),
    ]
    if turn.person.role:
        rows.append((label(turn, N_("🧰 Dành cho cán bộ"), "more.staff"),))
    return tuple(rows)


async def tell_staff(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, *staff.ROLES)
    role = turn.person.role or ""
    there = _commands_there(context)
    lines = [
        turn.t(text)
        for command, roles, text in STAFF_COMMANDS
        if command in there and (role == "admin" or role in roles)
    ]
    head = turn.t("Bạn là <b>{role}</b>.", role=turn.t(ROLES[role]))
    turn.say(Markup("\n").join([head, *lines]))


def _commands_there(context: TurnContext) -> set[str]:
    handlers = [one for group in context.application.handlers.values() for one in group]
    return {name for one in handlers if isinstance(one, CommandHandler) for name in one.commands}


handlers: Sequence[Handler] = (
    CommandHandler(["trogiup", "help"], tell, PRIVATE),
    MessageHandler(PRIVATE & Label(MORE), more),
    CallbackQueryHandler(more, pattern("more")),
    CallbackQueryHandler(tell, pattern("help")),
    CallbackQueryHandler(tell_staff, pattern("more.staff")),
)
