"""Words typed unasked: first a thing to sort, then a tip topic."""

from __future__ import annotations

from collections.abc import Sequence

from bot.talk.application import Handler
from handlers import sorting, tips

handlers: Sequence[Handler] = (*sorting.free_text, *tips.free_text)
"""Behind report codes and wishes to report."""
