"""Filters that know the turn: the open question, menu labels, what a text means."""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from bot.fold import nfc
from bot.people import LANGUAGES
from bot.talk import texts
from bot.talk.turn import current_turn
from bot.understanding import Kind

PRIVATE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
"""A new message in a private chat: what the conversation with citizens is made of."""

TEXT = PRIVATE & filters.TEXT & ~filters.COMMAND


class Question(filters.MessageFilter):
    """The open question is one of these, for example `report.place`."""

    def __init__(self, *questions: str) -> None:
        super().__init__(name=f"Question{questions}")
        self._questions = frozenset(questions)

    def filter(self, message: Message) -> bool:
        draft = current_turn.get().draft
        return draft is not None and draft.question in self._questions


class Label(filters.MessageFilter):
    """The text is this label of a reply keyboard, in any language: an old keyboard still works."""

    def __init__(self, label: str) -> None:
        super().__init__(name=f"Label({label})")
        self._labels = frozenset(texts.gettext(language, label) for language in LANGUAGES)

    def filter(self, message: Message) -> bool:
        return nfc(message.text or "") in self._labels


class Means(filters.MessageFilter):
    """A text that means one of these; `turn.meaning` tells what exactly."""

    def __init__(self, *kinds: Kind) -> None:
        super().__init__(name=f"Means{kinds}")
        self._kinds = frozenset(kinds)

    def filter(self, message: Message) -> bool:
        return current_turn.get().meaning(message.text or "").kind in self._kinds
