"""Greetings, thanks, jokes and matters of others: one line and three ways on."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import MessageHandler

from bot.talk.application import Handler, TurnContext
from bot.talk.filters import TEXT, Means
from bot.talk.shortcuts import shortcuts


async def answer_unasked(update: Update, context: TurnContext) -> None:
    assert update.message
    turn = context.turn
    if turn.messages:
        return  # whom to call in an emergency was said, which is enough
    talk = turn.knowledge.small_talk.talk(turn.meaning(update.message.text or "").ids[0])
    turn.say(talk.answer(turn.language, update.message.message_id), buttons=shortcuts(turn))


free_text: Sequence[Handler] = (MessageHandler(TEXT & Means("talk"), answer_unasked),)
"""What was typed unasked; see words.py."""
