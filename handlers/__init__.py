"""The conversation: one file per thing a person can do, in the order in which they are asked.

A text is understood as: a command, the answer to the open question, a key of the menu, a report code;
what a text typed unasked means is decided in bot/understanding.py. What nobody understood comes last.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from bot.talk.application import Handler
from handlers import emergency, stale

FEATURES = (
    # What happens to chats, not what is said in them
    "migration",
    "duty_group",
    # Commands and keys of the menu: always a way out
    "start",
    "cancel",
    "help",
    "language",
    "privacy",
    "reminders",
    "sorting",
    "sorting_groups",
    "ask_staff",
    "tips",
    "quiz",
    "laws",
    "faq",
    "communes",
    "posters",
    # Staff
    "duty",
    "duty_question",
    "duty_resolve",
    "duty_proof",
    "duty_reject",
    "staff_members",
    "staff_invite",
    "faults",
    "questions",
    "questions_answer",
    "questions_content",
    "reload",
    "view",
    # In groups: what is left that speaks to the bot
    "groups",
    # A citizen's report, step by step
    "report",
    # Words typed unasked
    "report_words",
    "words",
    # Nobody's
    "stale",
    "unknown",
)

handlers: Sequence[Handler] = tuple(
    handler for feature in FEATURES for handler in import_module(f"handlers.{feature}").handlers
)
rounds: Sequence[Sequence[Handler]] = ((*emergency.first, *stale.first), handlers)
"""An update passes every round; in each the first handler that wants it gets it."""
