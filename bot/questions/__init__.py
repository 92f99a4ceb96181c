"""What nobody understood is learned from: logged without who asked, answered by staff, made content."""

from bot.questions.answering import MOST as ANSWER_MOST
from bot.questions.answering import Group, answer, dismiss, one, restore, unanswered, wordings
from bot.questions.asking import NIGHT, Asked, Asker, Outcome, ask, end_old, withdraw
from bot.questions.entries import Entry, help_entry, item_entry
from bot.questions.missed import Noted, Reason, note, prune
from bot.questions.wording import redacted

__all__ = [
    "ANSWER_MOST",
    "NIGHT",
    "Asked",
    "Asker",
    "Entry",
    "Group",
    "Noted",
    "Outcome",
    "Reason",
    "answer",
    "ask",
    "dismiss",
    "end_old",
    "help_entry",
    "item_entry",
    "note",
    "one",
    "prune",
    "redacted",
    "restore",
    "unanswered",
    "withdraw",
    "wordings",
]
