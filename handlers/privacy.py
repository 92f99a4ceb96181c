"""`/dulieu`: what is stored, in plain words; take it home as a file, or have it erased."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot import mydata
from bot.refusal import N_
from bot.say import File, Rows
from bot.talk import texts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pattern
from bot.talk.filters import PRIVATE
from bot.talk.menu import menu
from bot.talk.shortcuts import label
from bot.talk.turn import Turn

DOWNLOAD = N_("📄 Tải về")
ERASE = N_("🗑 Xóa dữ liệu")
ERASE_ALL = N_("🗑 Xóa hết")
KEEP = N_("↩️ Thôi, giữ lại")
LAW = N_(
    "Theo Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, bạn được coi, lấy về, rút lại đồng ý"
    " và xóa dữ liệu của mình."
)


async def show(update: Update, context: TurnContext) -> None:
    turn = context.turn
    turn.say(await _summary(turn), buttons=_choices(turn))


async def keep(update: Update, context: TurnContext) -> None:
    """Back from the question whether to erase."""
    turn = context.turn
    turn.change(await _summary(turn), buttons=_choices(turn))


def _choices(turn: Turn) -> Rows:
    return ((label(turn, DOWNLOAD, "data.export"), label(turn, ERASE, "data.erase")),)


async def _summary(turn: Turn) -> Markup:
    kept = await mydata.kept(turn.session, turn.person)
    since = texts.date(turn.language, kept.since, turn.settings.timezone)
    lines = [
        turn.t("🔒 <b>Trà Vinh Xanh đang giữ gì của bạn?</b>"),
        turn.t("• Mã số khung chat để trả lời bạn, ngôn ngữ, xã bạn chọn (từ {since})", since=since),
        turn.t("• Phản ánh đã gửi, kèm hình, chỗ và lời kể: {count}", count=kept.reports),
        turn.t("• Phản ánh đang theo dõi: {count}", count=kept.followed),
        turn.t("• Hình bạn gửi: {count}", count=kept.photos),
        turn.t("• Việc đang làm dở: {count}", count=kept.drafts),
        turn.t("• Câu hỏi chờ cán bộ trả lời: {count}", count=kept.questions),
    ]
    if turn.person.role:
        lines.append(turn.t("• Vai trò cán bộ và việc bạn đã làm"))
    if turn.channel.keeps_history:
        lines.append(turn.t("• Lịch sử trò chuyện trên trang này"))
    lines.append(turn.t("Không giữ tên người dân hay số điện thoại. Cán bộ không thấy ai gửi phản ánh."))
    return Markup("\n").join([*lines, turn.t(LAW)])


async def export(update: Update, context: TurnContext) -> None:
    turn = context.turn
    path = await mydata.write_export(turn.settings.data_dir, await mydata.export(turn.session, turn.person))
    turn.say(
        turn.t("📄 Dữ liệu của bạn, tệp JSON. Bản trên máy chủ tự xóa sau một ngày."),
        file=File(path, "travinhxanh.json"),
    )


async def ask(update: Update, context: TurnContext) -> None:
    turn = context.turn
    text = turn.t(
        "Xóa rồi không lấy lại được. Phản ánh đã gửi vẫn được xử lý, nhưng không còn gắn với bạn:"
        " bạn sẽ không nhận tin về nó nữa. Hình chưa gửi đi, việc làm dở và mọi thứ khác mất hết."
    )
    if turn.person.role:
        text += "\n" + turn.t("<b>Bạn cũng không còn là cán bộ.</b>")
    turn.change(
        text, buttons=((label(turn, ERASE_ALL, "data.erase.all"),), (label(turn, KEEP, "data.keep"),))
    )


async def erase(update: Update, context: TurnContext) -> None:
    turn = context.turn
    turn.close()
    await mydata.forget(turn.session, turn.person)
    await turn.channel.forget(await turn.session.connection(), turn.chat, turn.now)
    turn.say(
        turn.t("Đã xóa dữ liệu của bạn. Khi nào cần, bạn cứ nhắn lại như người mới."), keyboard=menu(turn)
    )


handlers: Sequence[Handler] = (
    CommandHandler(["dulieu", "privacy"], show, PRIVATE),
    CallbackQueryHandler(show, pattern("data.show")),
    CallbackQueryHandler(keep, pattern("data.keep")),
    CallbackQueryHandler(export, pattern("data.export")),
    CallbackQueryHandler(ask, pattern("data.erase")),
    CallbackQueryHandler(erase, pattern("data.erase.all")),
)
