"""What counts as words of the person's own while a report is being written."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_

from telegram import Message
from telegram.ext import filters

from bot.fold import nfc
from bot.talk import menu
from bot.talk.filters import TEXT, Label
from bot.talk.report_draft import KIND
from bot.talk.turn import current_turn

_CODE_ALONE = re.compile(r"\W*TV[-\s–]?\d{4}[-\s–]?\d{4,6}\W*", re.IGNORECASE)


class CodeAlone(filters.MessageFilter):
    """Nothing but the code of a report."""

    def filter(self, message: Message) -> bool:
        return bool(_CODE_ALONE.fullmatch(nfc(message.text or "")))


LABELS: filters.BaseFilter = reduce(
    or_, (Label(label) for label in (*(one for row in menu.ROWS for one in row), menu.CANCEL))
)

ANSWER = TEXT & ~LABELS & ~CodeAlone()
"""Words of the person's own: no command, no key of the menu, no report code."""


class Writing(filters.MessageFilter):
    """A report is being written or added to."""

    def filter(self, message: Message) -> bool:
        draft = current_turn.get().draft
        return draft is not None and draft.kind in (KIND, "add")


WRITING = Writing()
