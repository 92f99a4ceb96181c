"""Buttons that know the draft they belong to and are valid until its next step."""

from __future__ import annotations

from telegram import Update

from bot.say import Button
from bot.talk.buttons import pack, parts
from bot.talk.report_draft import ReportDraft, opened
from bot.talk.turn import Turn


def button(turn: Turn, view: ReportDraft, label: str, action: str, *more: str | int) -> Button:
    return Button(str(turn.t(label)), pack(action, view.draft.id, view.draft.version, *more))


def given(update: Update) -> list[str]:
    """What was packed behind the action."""
    query = update.callback_query
    return parts(query.data) if query and query.data else []


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
    from handlers.report_steps import ask  # whose questions carry these buttons

    turn.toast(turn.t("Nút này cũ rồi, bà con trả lời câu mới nhất nha."))
    await ask(turn)
