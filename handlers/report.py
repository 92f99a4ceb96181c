"""A citizen's report from the first photo to the last word; each step has a file of its own."""

from __future__ import annotations

from collections.abc import Sequence

from bot.talk.application import Handler
from handlers import (
    report_add,
    report_commune,
    report_edit,
    report_judge,
    report_kind,
    report_list,
    report_photo,
    report_place,
    report_reply,
    report_send,
    report_start,
    report_view,
    report_withdraw,
)

handlers: Sequence[Handler] = (
    # Replies and answers to open questions: behind staff's own questions.
    *report_reply.handlers,
    *report_add.handlers,
    *report_photo.handlers,
    *report_place.handlers,
    *report_commune.handlers,
    *report_kind.handlers,
    *report_edit.handlers,
    # Keys of the menu, commands and buttons.
    *report_send.handlers,
    *report_start.handlers,
    *report_list.handlers,
    *report_view.handlers,
    *report_withdraw.handlers,
    *report_judge.handlers,
)
