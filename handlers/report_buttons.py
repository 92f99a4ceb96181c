"""Buttons that know the draft they belong to and its step."""

from __future__ import annotations

from telegram import Update

from bot.say import Button
from bot.talk.buttons import pack, parts
from bot.talk.report_draft import ReportDraft
from bot.talk.turn import Turn


def button(turn: Turn, view: ReportDraft, label: str, action: str, *more: str | int) -> Button:
    return Button(str(turn.t(label)), pack(action, view.draft.id, view.draft.version, *more))


def given(update: Update) -> list[str]:
    """What was packed behind the action."""
    query = update.callback_query
    return parts(query.data) if query and query.data else []
