"""⚖️ Luật, mức phạt: asked in plain words, or leafed through; always with the date it was checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot.laws import Law
from bot.refusal import N_
from bot.say import Button, Rows
from bot.talk import menu, shortcuts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.filters import TEXT, Means
from bot.talk.turn import Turn
from handlers.ask_staff import ask_button, note
from handlers.catalogue import packed, page_number, page_rows, title_rows
from handlers.stale import tell_stale

LIST = "law.list"
ALL = N_("⚖️ Luật, mức phạt")


async def answer_unasked(update: Update, context: TurnContext) -> None:
    """One answer, the few that may be meant, or, when none fits, all of them and staff."""
    assert update.message
    turn = context.turn
    meaning = turn.meaning(update.message.text or "")
    laws = [turn.knowledge.laws.law(id) for id in meaning.ids]
    if meaning.sure:
        _show_card(turn, laws[0], 0, turn.say)
    elif laws:
        turn.say(turn.t("Bạn hỏi chuyện nào?"), buttons=(*title_rows(laws, "law"), (_all(turn, 0),)))
    else:
        ask = ask_button(turn, await note(turn, update.message.text or "", "nothing"))
        rows = page_rows(turn.knowledge.laws.all, "law", 0)
        text = turn.t("Trà Vinh Xanh chưa có câu này. Bạn coi có câu nào gần không:")
        turn.say(text, buttons=(*rows, *(((ask,),) if ask else ())))


async def turn_page(update: Update, context: TurnContext) -> None:
    turn = context.turn
    text = turn.t("⚖️ <b>Luật, mức phạt về rác</b>\nBạn muốn hỏi chuyện nào?")
    page = page_number("".join(packed(update)[:1]))
    turn.change(text, buttons=page_rows(turn.knowledge.laws.all, "law", page))


async def open_card(update: Update, context: TurnContext) -> None:
    turn = context.turn
    id, page, *_ = (*packed(update), "", "")
    try:
        law = turn.knowledge.laws.law(id)
    except KeyError:
        tell_stale(turn)
        return
    _show_card(turn, law, page_number(page), turn.change)


def _show_card(turn: Turn, law: Law, page: int, show: Callable[..., None]) -> None:
    show(Markup("\n").join(_lines(turn, law)), buttons=_buttons(turn, page))


def _lines(turn: Turn, law: Law) -> Iterator[Markup]:
    yield turn.t("{icon} <b>{title}</b>", icon=law.icon, title=law.title)
    yield Markup()
    yield Markup.escape(law.answer)
    if law.amount:
        yield turn.t("💰 <b>Mức phạt:</b> {amount}", amount=law.amount)
    if law.articles:
        yield turn.t("📖 <b>Căn cứ:</b> {articles}", articles=law.articles)
    yield Markup()
    yield turn.t("<i>Mức tham khảo; cơ quan có thẩm quyền quyết định.</i>")
    checked = f"{law.checked:%d/%m/%Y}"
    yield turn.t("<i>Kiểm ngày {date}. Nguồn: {source}.</i>", date=checked, source=law.source)
    if turn.language != "vi":
        yield turn.t("<i>Chi tiết mới có tiếng Việt.</i>")


def _buttons(turn: Turn, page: int) -> Rows:
    return ((_all(turn, page),), (shortcuts.label(turn, menu.REPORT, shortcuts.REPORT),))


def _all(turn: Turn, page: int) -> Button:
    return Button(str(turn.t("◀ Luật, mức phạt")), pack(LIST, page))


handlers: Sequence[Handler] = (
    CallbackQueryHandler(turn_page, pattern(LIST)),
    CallbackQueryHandler(open_card, pattern("law.card")),
)

free_text: Sequence[Handler] = (MessageHandler(TEXT & Means("law"), answer_unasked),)
"""What was typed unasked; see words.py."""
