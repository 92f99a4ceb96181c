"""What counts as an answer while a report is being written, and buttons that know their draft."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_

from telegram import Message, Update
from telegram.ext import filters

from bot.fold import nfc
from bot.say import Button
from bot.talk import menu
from bot.talk.buttons import pack, parts
from bot.talk.filters import TEXT, Label
from bot.talk.report_draft import ReportDraft, opened
from bot.talk.turn import Turn

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


def button(turn: Turn, view: ReportDraft, label: str, action: str, *more: str | int) -> Button:
    """A button that is valid until the next step."""
    return Button(str(turn.t(label)), pack(action, view.draft.id, view.draft.version, *more))


def given(update: Update) -> list[str]:
    """What was packed behind the action; empty for forged data."""
    query = update.callback_query
    return parts(query.data) if query and query.data else []


async def pressed(turn: Turn, update: Update) -> tuple[ReportDraft, list[str]] | None:
    """The draft a button belongs to and what else the button says.

    A stale or forged one is answered here: with the open question, or that there is none.
    """
    packed = given(update)
    view = opened(turn)
    if view is None:
        turn.toast(turn.t("Phản ánh này đã gửi hoặc đã bỏ rồi."), alert=True)
        return None
    if packed[:2] != [view.draft.id, str(view.draft.version)]:
        await show_again(turn)
        return None
    return view, packed[2:]


async def show_again(turn: Turn) -> None:
    """The open question once more, for who pressed something old."""
    from handlers.report_steps import ask  # the steps use the buttons above

    turn.toast(turn.t("Nút này cũ rồi, bà con trả lời câu mới nhất nha."))
    await ask(turn)
