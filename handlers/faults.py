"""`/canhbao`: updates that could not be handled, sends that failed, and another try for both."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import faults, staff
from bot.faults import Fault, Retried
from bot.refusal import N_
from bot.say import Button, Rows
from bot.talk import texts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.turn import Turn

LATEST = 10
RETRY = N_("🔁 Thử lại")
STATES = {"failed": N_("gửi lỗi"), "unknown": N_("không rõ đã tới chưa")}


async def show(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "admin")
    text, buttons = await _overview(turn)
    turn.say(text, buttons=buttons)


async def retry(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "admin")
    done = await faults.retry(turn.session, turn.now)
    await staff.record(
        turn.session,
        turn.person,
        "faults.retry",
        "all",
        turn.now,
        updates=done.updates,
        messages=done.messages,
    )
    turn.change(_summary(turn, done))
    turn.toast(turn.t("Đã cho làm lại.").striptags())


async def _overview(turn: Turn) -> tuple[Markup, Rows]:
    dead, dead_count = await faults.dead_updates(turn.session, LATEST)
    failed, failed_count = await faults.failed_sends(turn.session, LATEST)
    if not dead_count and not failed_count:
        return turn.t("✅ Không có gì cần xem: không việc nào bị kẹt, không tin nào gửi lỗi."), ()
    lines = []
    if dead_count:
        lines += [turn.t("⚠️ <b>{n} tin nhận được mà chưa xử lý được</b>", n=dead_count)]
        lines += [_line(turn, one) for one in dead]
    if failed_count:
        lines += [turn.t("⚠️ <b>{n} tin gửi đi bị trục trặc</b>", n=failed_count)]
        lines += [_line(turn, one) for one in failed]
    return Markup("\n").join(lines), ((Button(str(turn.t(RETRY)), pack("faults.retry")),),)


def _line(turn: Turn, fault: Fault) -> Markup:
    at = texts.date_time(turn.language, fault.at, turn.settings.timezone)
    state = turn.t(STATES[fault.state]) + ", " if fault.state in STATES else ""
    return Markup("• #{} {} {}: {}<code>{}</code>").format(fault.id, fault.channel, at, state, fault.error)


def _summary(turn: Turn, done: Retried) -> Markup:
    lines = [
        turn.t(
            "🔁 Làm lại {updates} tin nhận được, gửi lại {messages} tin.",
            updates=done.updates,
            messages=done.messages,
        )
    ]
    if done.messages:
        lines.append(turn.t("Tin nào không rõ đã tới chưa thì người nhận có thể thấy hai lần."))
    if done.left:
        lines.append(
            turn.t(
                "{n} tin không gửi lại được: tin của chiến dịch thì không gửi trùng,"
                " tin cũ thì nội dung đã xóa.",
                n=done.left,
            )
        )
    lines.append(turn.t("Lát nữa gõ /canhbao để xem kết quả."))
    return Markup("\n").join(lines)


handlers: Sequence[Handler] = (
    CommandHandler("canhbao", show, filters.UpdateType.MESSAGE),
    CallbackQueryHandler(retry, pattern("faults.retry")),
)
