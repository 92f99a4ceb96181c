"""🌱 Mẹo sống xanh: topics, then one tip at a time, in place, to be passed on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.say import Button, Rows
from bot.talk import menu, shortcuts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, parts, pattern
from bot.talk.filters import PRIVATE, TEXT, Label, Means
from bot.talk.posters import poster_button
from bot.talk.translated import machine_made, only_vietnamese
from bot.talk.turn import Turn
from bot.tips import Tip
from handlers.stale import tell_stale

PAYLOAD = "m_"  # of a link that opens one tip


async def offer(update: Update, context: TurnContext) -> None:
    turn = context.turn
    turn.say(turn.t("Bạn muốn coi mẹo về chuyện gì?"), buttons=_topic_rows(turn))


async def back_to_topics(update: Update, context: TurnContext) -> None:
    turn = context.turn
    turn.change(turn.t("Bạn muốn coi mẹo về chuyện gì?"), buttons=_topic_rows(turn))


def _topic_rows(turn: Turn) -> Rows:
    buttons = [
        Button(f"{topic.icon} {topic.name.of(turn.language)}", pack("tips.topic", topic.code))
        for topic in turn.knowledge.tips.topics
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


async def command(update: Update, context: TurnContext) -> None:
    turn = context.turn
    words = " ".join(context.args or ())
    found = turn.knowledge.tips.find(words, wished=True) if words else None
    if isinstance(found, Tip):
        show_tip(turn, found.id)
    elif found:
        show_topic(turn, found.code)
    elif words:
        turn.say(turn.t("Chưa có mẹo về chuyện đó. Bạn chọn ở đây:"), buttons=_topic_rows(turn))
    else:
        await offer(update, context)


async def answer_text(update: Update, context: TurnContext) -> None:
    assert update.message
    meaning = context.turn.meaning(update.message.text or "")
    show = show_tip if meaning.kind == "tip" else show_topic
    show(context.turn, meaning.ids[0])


def show_topic(turn: Turn, code: str) -> None:
    """The tip that opens a topic today, as a new message. Raises KeyError."""
    _show(turn, turn.knowledge.tips.of(code, _today(turn))[0], turn.say)


def show_tip(turn: Turn, tip_id: str) -> None:
    """One tip as a new message. Raises KeyError."""
    _show(turn, turn.knowledge.tips.tip(tip_id), turn.say)


async def press(update: Update, context: TurnContext) -> None:
    """A topic, or the tip after another one, in place."""
    assert update.callback_query and update.callback_query.data
    turn, data = context.turn, update.callback_query.data
    tips, code = turn.knowledge.tips, "".join(parts(data)[:1])
    try:
        tip = tips.next(code, _today(turn)) if IS_NEXT.match(data) else tips.of(code, _today(turn))[0]
    except KeyError:
        tell_stale(turn)
        return
    _show(turn, tip, turn.change)


def _show(turn: Turn, tip: Tip, show: Callable[..., None]) -> None:
    told = tip.told_in(turn.language)
    note, made = only_vietnamese(turn, tip.km), machine_made(turn, tip.km)
    text = turn.t(
        "{icon} <b>{title}</b>\n\n{body}\n\n<i>Nguồn: {source}</i>",
        icon=tip.icon,
        title=told.title,
        body=Markup("\n\n").join([*note, told.body, *made]),
        source=tip.source,
    )
    more = Button(str(turn.t("➡️ Mẹo khác")), pack("tips.next", tip.id))
    topics = Button(str(turn.t("↩️ Chủ đề")), pack("tips.menu"))
    picture = poster_button(turn, "tip", tip.id)
    show(text, buttons=((more,), (picture, _share(turn, tip)), (*_quiz(turn, tip), topics)))


def _quiz(turn: Turn, tip: Tip) -> tuple[Button, ...]:
    """Now and then: only under a tip that has a quiz of its own."""
    if turn.knowledge.quizzes.of_tip(tip.id) is None:
        return ()
    return (Button(str(turn.t("🧩 Đố vui")), pack("quiz.tip", tip.id)),)


def _share(turn: Turn, tip: Tip) -> Button:
    return Button(str(turn.t("🔗 Chia sẻ")), url=turn.channel.share_link(PAYLOAD + tip.id, tip.title))


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.settings.timezone).date()


IS_NEXT = pattern("tips.next")

handlers: Sequence[Handler] = (
    CommandHandler(["meo", "tips"], command, PRIVATE),
    MessageHandler(PRIVATE & Label(menu.TIPS), offer),
    CallbackQueryHandler(offer, pattern(shortcuts.TIPS)),
    CallbackQueryHandler(back_to_topics, pattern("tips.menu")),
    CallbackQueryHandler(press, pattern("tips.topic")),
    CallbackQueryHandler(press, IS_NEXT),
)

free_text: Sequence[Handler] = (MessageHandler(TEXT & Means("topic", "tip"), answer_text),)
"""What was typed unasked; see words.py."""
