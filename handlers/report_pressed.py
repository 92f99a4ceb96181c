"""A press on a button of a report draft: valid until the next step, answered kindly afterwards."""

from __future__ import annotations

from telegram import Update

from bot.talk.report_draft import ReportDraft, opened
from bot.talk.turn import Turn
from handlers.report_buttons import given
from handlers.report_steps import ask


async def pressed(turn: Turn, update: Update) -> tuple[ReportDraft, list[str]] | None:
    """The draft of a button and what else the button says; None when it was stale and is answered."""
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
    turn.toast(turn.t("Nút này cũ rồi, bà con trả lời câu mới nhất nha."))
    await ask(turn)
