"""The name of a commune, old or new, typed alone: what it is called now, and a report from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot import people
from bot.places import Commune
from bot.say import Button
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, parts, pattern
from bot.talk.filters import TEXT, Means
from bot.talk.turn import Turn
from handlers.report_start import begin
from handlers.stale import tell_stale

MOST_CHOICES = 8


async def answer_unasked(update: Update, context: TurnContext) -> None:
    assert update.message
    turn = context.turn
    meaning = turn.meaning(update.message.text or "")
    communes = [turn.knowledge.places.commune(code) for code in meaning.ids[:MOST_CHOICES]]
    if meaning.sure:
        _show_card(turn, communes[0], turn.say)
        return
    choices = tuple((Button(one.name, pack("commune.card", one.code)),) for one in communes)
    turn.say(turn.t("Tên đó có ở mấy xã, phường. Bạn hỏi nơi nào?"), buttons=choices)


async def open_card(update: Update, context: TurnContext) -> None:
    if commune := _pressed(context.turn, update):
        _show_card(context.turn, commune, context.turn.change)


async def report_there(update: Update, context: TurnContext) -> None:
    """The commune is kept as the person's own, to be offered when a place is too vague."""
    turn = context.turn
    if commune := _pressed(turn, update):
        await people.set_commune(turn.session, turn.person, commune.code)
        await begin(update, context)


def _pressed(turn: Turn, update: Update) -> Commune | None:
    assert update.callback_query and update.callback_query.data
    commune = turn.knowledge.places.get("".join(parts(update.callback_query.data)[:1]))
    if commune is None:
        tell_stale(turn)
    return commune


def _show_card(turn: Turn, commune: Commune, show: Callable[..., None]) -> None:
    lines = [turn.t("📍 <b>{commune}</b>, tỉnh Vĩnh Long", commune=commune.name)]
    if commune.formerly:
        lines.append(turn.t("Từ 01/07/2025, nhập từ: {units}.", units=commune.formerly))
    else:
        lines.append(turn.t("Tên này giữ nguyên sau ngày 01/07/2025."))
    report = Button(str(turn.t("📸 Báo rác ở đây")), pack("commune.report", commune.code))
    show(Markup("\n").join(lines), buttons=((report,),))


handlers: Sequence[Handler] = (
    CallbackQueryHandler(open_card, pattern("commune.card")),
    CallbackQueryHandler(report_there, pattern("commune.report")),
)

free_text: Sequence[Handler] = (MessageHandler(TEXT & Means("commune"), answer_unasked),)
"""What was typed unasked; see words.py."""
