"""Words typed unasked: the quiz, something to sort, a tip topic; in groups what was said to the bot."""

from __future__ import annotations

from collections.abc import Sequence

from bot.talk.application import Handler
from handlers import communes, faq, groups, laws, quiz, small_talk, sorting, tips

handlers: Sequence[Handler] = (
    *quiz.free_text,  # its bare name, before that is taken for a thing
    *sorting.free_text,
    *tips.free_text,
    *laws.free_text,
    *faq.free_text,
    *communes.free_text,
    *small_talk.free_text,
    *groups.free_text,
)
"""Behind report codes, wishes to report and the replies of officers on duty. In private a text has one
meaning, so their order does not matter; in groups what was said to the bot is heard."""
