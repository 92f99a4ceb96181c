"""📸 Báo điểm rác: by a key, a command, a button, or just by telling of a dump."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.fold import nfc
from bot.places import understand
from bot.talk import menu, shortcuts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pattern
from bot.talk.filters import PRIVATE, Label, Means
from bot.talk.report_draft import opened_or_new
from handlers.report_filters import ANSWER
from handlers.report_steps import ask, go_on


async def begin(update: Update, context: TurnContext) -> None:
    """Asks for a photo; one that was begun before goes on."""
    turn = context.turn
    view = opened_or_new(turn)
    head = "" if view.is_empty else turn.t("Bà con đang báo dở một điểm rác, mình làm tiếp nha.")
    await ask(turn, head=head)


async def tell(update: Update, context: TurnContext) -> None:
    """The text becomes the description, and tells the place if it names just one commune."""
    assert update.message
    turn = context.turn
    text = nfc(update.message.text or "")
    view = opened_or_new(turn)
    view.describe(text)
    found = understand(turn.knowledge.places, text)
    if found.point and found.candidates:
        view.set_point(found.point.lat, found.point.lon)
    if found.candidates and (found.point or len(found.candidates) == 1):
        view.choices = [one.commune.code for one in found.candidates[:5]]
        view.set_commune(found.candidates[0].commune.code)
    await go_on(turn, view, head=turn.t("✍️ Đã ghi: “{text}”", text=text[:300]))


handlers: Sequence[Handler] = (
    CommandHandler(["baocao", "report"], begin, PRIVATE),
    MessageHandler(PRIVATE & Label(menu.REPORT), begin),
    CallbackQueryHandler(begin, pattern(shortcuts.REPORT)),
)

free_text: Sequence[Handler] = (MessageHandler(ANSWER & Means("report"), tell),)
"""Behind report codes."""
