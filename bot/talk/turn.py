"""One update's turn: who wrote, what is open, and what the handler says about it.

A handler changes the database through `session` alone and speaks through `say`, `change`, `tell`
and `toast`. All of it commits together, or none of it.
"""

from __future__ import annotations

import json
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Update

from bot.address import Address
from bot.channels.base import Channel
from bot.flow.outbox import Message
from bot.people import Person
from bot.refusal import Refusal
from bot.say import Keyboard, Lane, Rows, Say
from bot.talk import texts
from bot.talk.drafts import Draft
from bot.talk.speaker import Services, Speaker
from bot.understanding import Meaning, understand


@dataclass(frozen=True, slots=True)
class Toast:
    """The short answer to a pressed button."""

    callback_id: str
    text: str | None = None
    alert: bool = False


class Turn(Speaker):
    """Lives from taking an update to the commit of all it did."""

    def __init__(
        self,
        services: Services,
        connection: AsyncConnection,
        channel: Channel,
        update: Update,
        chat: Address,
        person: Person,
        draft: Draft | None,
    ) -> None:
        super().__init__(services, connection)
        self.channel = channel
        self.update = update
        self.chat = chat
        self.person = person
        self.error: BaseException | None = None
        self._draft = draft
        self._draft_before = _snapshot(draft)
        query = update.callback_query
        self.answer = Toast(query.id) if query else None
        self._meanings: dict[str, Meaning] = {}

    # What is known

    @property
    def language(self) -> str:
        return self.person.language

    @property
    def in_private(self) -> bool:
        return self.update.effective_chat is None or self.update.effective_chat.type == "private"

    def meaning(self, text: str) -> Meaning:
        """What a text typed unasked means; worked out once a turn, however many ask."""
        if text not in self._meanings:
            self._meanings[text] = understand(self.knowledge, text)
        return self._meanings[text]

    # The open question

    @property
    def draft(self) -> Draft | None:
        return self._draft

    def open(self, kind: str, step: str, **data: Any) -> Draft:
        """Starts something new; what was open is left."""
        self._draft = Draft(kind, step, data)
        return self._draft

    def close(self) -> None:
        self._draft = None

    # What is said

    def t(self, message: str, **arguments: object) -> Markup:
        """A Vietnamese source string in the person's language; arguments are escaped."""
        return self.t_in(self.language, message, **arguments)

    def nt(self, singular: str, plural: str, number: int, **arguments: object) -> Markup:
        template = Markup(texts.ngettext(self.language, singular, plural, number))  # noqa: S704
        return template.format(n=texts.number(self.language, number), **arguments)

    def say(
        self,
        text: str,
        *,
        buttons: Rows = (),
        keyboard: Keyboard | bool | None = None,
        report_id: int | None = None,
        key: str | None = None,
        **more: Any,
    ) -> None:
        """Answers in this chat. `more` are other fields of Say."""
        message = Say(Markup.escape(text), buttons=buttons, keyboard=keyboard, **more)
        self.messages.append(Message(self.chat, message, Lane.REPLY, report_id=report_id, key=key))

    def change(self, text: str, *, buttons: Rows = (), report_id: int | None = None) -> None:
        """Edits the message whose button was pressed; without one, says it anew."""
        pressed = self.update.callback_query and self.update.callback_query.message
        if not pressed:
            self.say(text, buttons=buttons, report_id=report_id)
            return
        has_photo = bool(getattr(pressed, "photo", None))
        edited = Say(Markup.escape(text), buttons=buttons, edit=pressed.message_id, has_photo=has_photo)
        self.messages.append(Message(self.chat, edited, Lane.REPLY, report_id=report_id))

    def toast(self, text: str | None, *, alert: bool = False) -> None:
        """Shows a short line to who pressed the button."""
        if self.answer:
            self.answer = replace(self.answer, text=text and str(text), alert=alert)

    def refuse(self, refusal: Refusal) -> None:
        """Undoes nothing; says why."""
        text = self.t(refusal.message, **refusal.arguments)
        if self.answer:
            self.toast(text.striptags(), alert=True)
        else:
            self.say(text)

    # How it ends (for the worker)

    @property
    def draft_changed(self) -> bool:
        return _snapshot(self._draft) != self._draft_before

    def restore(self, draft: Draft | None) -> None:
        """The draft as it was, after `undo`."""
        self._draft = draft
        self._draft_before = _snapshot(draft)


def _snapshot(draft: Draft | None) -> tuple[str, int, str, str] | None:
    return (draft.id, draft.version, draft.step, json.dumps(draft.data)) if draft else None


current_turn: ContextVar[Turn] = ContextVar("current_turn")
