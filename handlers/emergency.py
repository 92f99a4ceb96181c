"""Words of danger come first: whom to call. A formal complaint is explained and not filed."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop, MessageHandler, filters

from bot.emergencies import Emergency
from bot.talk.application import Handler, TurnContext
from bot.talk.filters import PRIVATE
from bot.talk.shortcuts import shortcuts
from bot.talk.turn import Turn, current_turn


class AlarmContext(TurnContext):
    """`alarms` holds the one that rang."""

    alarms: list[Emergency]


class Alarm(filters.MessageFilter):
    """The text or caption holds words of danger or complaint; keeps which."""

    def __init__(self) -> None:
        super().__init__(name="Alarm", data_filter=True)

    def filter(self, message: Message) -> dict[str, list[Emergency]] | None:
        turn = current_turn.get()
        heard = turn.knowledge.emergencies.match(message.text or message.caption or "")
        if heard is None or (heard.what == "complaint" and _is_staff_work(turn, message)):
            return None
        return {"alarms": [heard]}


def _is_staff_work(turn: Turn, message: Message) -> bool:
    """Staff may have to write the word, for example where to send a complaint."""
    return turn.person.role is not None and (turn.draft is not None or message.reply_to_message is not None)


async def warn(update: Update, context: AlarmContext) -> None:
    turn, alarm = context.turn, context.alarms[0]
    is_complaint = alarm.what == "complaint"
    text = Markup("{} <b>{}</b>").format(alarm.icon, alarm.message.of(turn.language))
    turn.say(text, buttons=shortcuts(turn) if is_complaint else ())
    if is_complaint:
        raise ApplicationHandlerStop


first: Sequence[Handler] = (MessageHandler(PRIVATE & (filters.TEXT | filters.CAPTION) & Alarm(), warn),)
"""For a group of handlers before all others (-1): after a warning the rest goes on as usual."""
