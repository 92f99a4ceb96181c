"""Words typed unasked: the code of a report, then a wish to report."""

from __future__ import annotations

from collections.abc import Sequence

from bot.talk.application import Handler
from handlers import report_start, report_view

handlers: Sequence[Handler] = (*report_view.free_text, *report_start.free_text)
"""Behind answers and menu keys, before all other words typed unasked: a code may stand in any text."""
