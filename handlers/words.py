"""Words typed unasked: a thing to sort, then a tip topic; in groups what was said to the bot."""

from __future__ import annotations

from collections.abc import Sequence

from bot.talk.application import Handler
from handlers import groups, sorting, tips

handlers: Sequence[Handler] = (*sorting.free_text, *tips.free_text, *groups.free_text)
"""Behind report codes, wishes to report and the replies of officers on duty."""
