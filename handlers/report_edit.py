"""Before sending: a description, another photo, place or kind, or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot import photos
from bot.fold import nfc
from bot.refusal import N_
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pattern
from bot.talk.filters import Question
from bot.talk.menu import menu
from bot.talk.report_draft import opened
from handlers.report_buttons import button
from handlers.report_filters import ANSWER
from handlers.report_pressed import pressed, show_again
from handlers.report_steps import ask, go_on

PARTS = {"photo": N_("📷 Ảnh"), "place": N_("📍 Vị trí"), "kind": N_("🏷 Loại rác")}
BACK = N_("↩️ Quay lại")


async def describe(update: Update, context: TurnContext) -> None:
    turn = context.turn
    if found := await pressed(turn, update):
        found[0].go("describe")
        await ask(turn)


async def take_description(update: Update, context: TurnContext) -> None:
    """Also words typed at the summary: what else could they be."""
    assert update.message
    turn = context.turn
    view = opened(turn)
    assert view is not None
    view.describe(nfc(update.message.text or ""))
    await go_on(turn, view)


async def edit(update: Update, context: TurnContext) -> None:
    turn = context.turn
    if not (found := await pressed(turn, update)):
        return
    view, _ = found
    rows = tuple((button(turn, view, label, "report.redo", part),) for part, label in PARTS.items())
    back = button(turn, view, BACK, "report.redo", "back")
    turn.change(turn.t("Bà con muốn sửa gì?"), buttons=(*rows, (back,)))


async def redo(update: Update, context: TurnContext) -> None:
    """Asks for that part again; what was there stays until something new comes."""
    turn = context.turn
    if not (found := await pressed(turn, update)):
        return
    view, rest = found
    if rest == ["back"]:
        await go_on(turn, view, edit=True)
    elif rest and rest[0] in PARTS:
        view.choices = ()
        view.replacing = rest == ["photo"]
        view.go(rest[0])
        turn.change(turn.t("✏️ Sửa: {part}", part=turn.t(PARTS[rest[0]])))
        await ask(turn)
    else:
        await show_again(turn)


async def cancel(update: Update, context: TurnContext) -> None:
    turn = context.turn
    if not (found := await pressed(turn, update)):
        return
    view, _ = found
    await photos.forget_gps(turn.session, view.photos)
    turn.close()
    turn.change(turn.t("Đã bỏ, không có gì được gửi."))
    turn.say(turn.t("Khi cần, bà con báo lại bất cứ lúc nào."), keyboard=menu(turn))


handlers: Sequence[Handler] = (
    CallbackQueryHandler(describe, pattern("report.describe")),
    CallbackQueryHandler(edit, pattern("report.edit")),
    CallbackQueryHandler(redo, pattern("report.redo")),
    CallbackQueryHandler(cancel, pattern("report.cancel")),
    MessageHandler(ANSWER & Question("report.describe", "report.confirm", "report.near"), take_description),
)
