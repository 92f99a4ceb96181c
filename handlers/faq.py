"""❓ Hỏi nhanh: questions about the bot itself, asked in plain words or leafed through."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot.faq import Action, Faq
from bot.refusal import N_
from bot.say import Button, Rows
from bot.talk import menu, shortcuts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.filters import TEXT, Means
from bot.talk.turn import Turn
from handlers.catalogue import packed, page_number, page_rows, title_rows
from handlers.stale import tell_stale

LIST = "faq.list"
ALL = N_("❓ Hỏi nhanh")

ACTIONS: dict[Action, tuple[str, str]] = {
    "report": (menu.REPORT, shortcuts.REPORT),
    "sort": (menu.SORT, shortcuts.SORT),
    "tips": (menu.TIPS, shortcuts.TIPS),
    "mine": (menu.MY_REPORTS, "report.list"),
    "data": (N_("🔒 Dữ liệu của tôi"), "data.show"),
    "language": (N_("🌐 Ngôn ngữ"), "language.ask"),
    "help": (N_("❓ Trợ giúp"), "help"),
    "menu": (menu.MORE, "more"),
}
"""Label and callback action of the button that leads on."""


async def answer_unasked(update: Update, context: TurnContext) -> None:
    assert update.message
    turn = context.turn
    meaning = turn.meaning(update.message.text or "")
    entries = [turn.knowledge.faqs.entry(id) for id in meaning.ids]
    if meaning.sure:
        _show_card(turn, entries[0], 0, turn.say)
    else:
        turn.say(turn.t("Bạn hỏi chuyện nào?"), buttons=(*title_rows(entries, "faq"), (_all(turn, 0),)))


async def turn_page(update: Update, context: TurnContext) -> None:
    turn = context.turn
    page = page_number("".join(packed(update)[:1]))
    text = turn.t("❓ <b>Hỏi nhanh về Trà Vinh Xanh</b>\nBạn muốn hỏi chuyện nào?")
    turn.change(text, buttons=page_rows(turn.knowledge.faqs.all, "faq", page))


async def open_card(update: Update, context: TurnContext) -> None:
    turn = context.turn
    id, page, *_ = (*packed(update), "", "")
    try:
        entry = turn.knowledge.faqs.entry(id)
    except KeyError:
        tell_stale(turn)
        return
    _show_card(turn, entry, page_number(page), turn.change)


def _show_card(turn: Turn, entry: Faq, page: int, show: Callable[..., None]) -> None:
    text = turn.t(
        "{icon} <b>{title}</b>\n\n{answer}", icon=entry.icon, title=entry.title, answer=entry.answer
    )
    if turn.language != "vi":
        text += "\n\n" + turn.t("<i>Chi tiết mới có tiếng Việt.</i>")
    show(text, buttons=(*_action(turn, entry), (_all(turn, page),)))


def _action(turn: Turn, entry: Faq) -> Rows:
    return ((shortcuts.label(turn, *ACTIONS[entry.action]),),) if entry.action else ()


def _all(turn: Turn, page: int) -> Button:
    return Button(str(turn.t("◀ Hỏi nhanh")), pack(LIST, page))


handlers: Sequence[Handler] = (
    CallbackQueryHandler(turn_page, pattern(LIST)),
    CallbackQueryHandler(open_card, pattern("faq.card")),
)

free_text: Sequence[Handler] = (MessageHandler(TEXT & Means("help"), answer_unasked),)
"""What was typed unasked; see words.py."""
