"""🌱 Mẹo sống xanh: topics, then one tip at a time, in place, to be passed on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.say import Button, Rows
from bot.talk import menu, shortcuts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, parts, pattern
from bot.talk.filters import PRIVATE, TEXT, Label
from bot.talk.turn import Turn, current_turn
from bot.tips import Tip, Topic
from handlers.stale import tell_stale

PAYLOAD = "m_"  # of a link that opens one tip


class TopicContext(TurnContext):
    """`topics` holds the one that was named."""

    topics: list[Topic]


class NamesTopic(filters.MessageFilter):
    def __init__(self) -> None:
        super().__init__(name="NamesTopic", data_filter=True)

    def filter(self, message: Message) -> dict[str, list[Topic]] | None:
        topic = current_turn.get().knowledge.tips.find_topic(message.text or "")
        return {"topics": [topic]} if topic else None


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
    topic = turn.knowledge.tips.find_topic(words) if words else None
    if topic:
        show_topic(turn, topic.code)
    elif words:
        turn.say(turn.t("Chưa có mẹo về chuyện đó. Bạn chọn ở đây:"), buttons=_topic_rows(turn))
    else:
        await offer(update, context)


async def answer_text(update: Update, context: TopicContext) -> None:
    show_topic(context.turn, context.topics[0].code)


def show_topic(turn: Turn, code: str) -> None:
    """The first tip of a topic this month, as a new message. Raises KeyError."""
    _show(turn, turn.knowledge.tips.of(code, _month(turn))[0], turn.say)


def show_tip(turn: Turn, tip_id: str) -> None:
    """One tip as a new message. Raises KeyError."""
    _show(turn, turn.knowledge.tips.tip(tip_id), turn.say)


async def press(update: Update, context: TurnContext) -> None:
    """A topic, or the tip after another one, in place."""
    assert update.callback_query and update.callback_query.data
    turn, data = context.turn, update.callback_query.data
    tips, code = turn.knowledge.tips, "".join(parts(data)[:1])
    try:
        tip = tips.next(code, _month(turn)) if IS_NEXT.match(data) else tips.of(code, _month(turn))[0]
    except KeyError:
        tell_stale(turn)
        return
    _show(turn, tip, turn.change)


def _show(turn: Turn, tip: Tip, show: Callable[..., None]) -> None:
    text = turn.t(
        "{icon} <b>{title}</b>\n\n{body}\n\n<i>Nguồn: {source}</i>",
        icon=tip.icon,
        title=tip.title,
        body=tip.body,
        source=tip.source,
    )
    more = Button(str(turn.t("➡️ Mẹo khác")), pack("tips.next", tip.id))
    topics = Button(str(turn.t("↩️ Chủ đề")), pack("tips.menu"))
    show(text, buttons=((more,), (topics, _share(turn, tip))))


def _share(turn: Turn, tip: Tip) -> Button:
    return Button(str(turn.t("🔗 Chia sẻ")), url=turn.channel.share_link(PAYLOAD + tip.id, tip.title))


def _month(turn: Turn) -> int:
    return turn.now.astimezone(turn.settings.timezone).month


IS_NEXT = pattern("tips.next")

handlers: Sequence[Handler] = (
    CommandHandler(["meo", "tips"], command, PRIVATE),
    MessageHandler(PRIVATE & Label(menu.TIPS), offer),
    CallbackQueryHandler(offer, pattern(shortcuts.TIPS)),
    CallbackQueryHandler(back_to_topics, pattern("tips.menu")),
    CallbackQueryHandler(press, pattern("tips.topic")),
    CallbackQueryHandler(press, IS_NEXT),
)

free_text: Sequence[Handler] = (MessageHandler(TEXT & NamesTopic(), answer_text),)
"""What was typed unasked; see words.py."""
