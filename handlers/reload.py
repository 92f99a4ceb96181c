"""`/naplai`: what was edited in the content files is live, or the faults are told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup
from telegram import Update
from telegram.ext import CommandHandler

from bot import staff
from bot.content.files import ContentError, Fault
from bot.knowledge import Knowledge
from bot.talk.application import Handler, TurnContext
from bot.talk.filters import PRIVATE
from bot.talk.turn import Turn

MOST_FAULTS = 15


async def reload(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "admin")
    try:
        knowledge = await turn.services.library.renew()
    except ContentError as error:
        _tell_faults(turn, error.faults)
        return
    await staff.record(turn.session, turn.person, "content.reload", "all", turn.now)
    turn.say(_summary(turn, knowledge))


def _summary(turn: Turn, knowledge: Knowledge) -> Markup:
    return turn.t(
        "✅ Đã nạp nội dung: {items} món rác, {tips} mẹo, {kinds} loại phản ánh.",
        items=len(knowledge.sorting.items),
        tips=len(knowledge.tips.all),
        kinds=len(knowledge.kinds.all),
    )


def _tell_faults(turn: Turn, faults: Sequence[Fault]) -> None:
    lines = [Markup("• <code>{}</code>").format(_short(turn, fault)) for fault in faults[:MOST_FAULTS]]
    if len(faults) > MOST_FAULTS:
        lines.append(turn.t("… và {n} lỗi nữa", n=len(faults) - MOST_FAULTS))
    head = turn.t(
        "⚠️ Nội dung mới có {n} lỗi, nên vẫn dùng nội dung cũ. Sửa rồi gõ lại /naplai:", n=len(faults)
    )
    turn.say(Markup("\n").join([head, *lines]))


def _short(turn: Turn, fault: Fault) -> str:
    """Without the directory, which says nothing to who edits the files."""
    root = turn.services.library.content_dir
    path = fault.path.relative_to(root) if fault.path.is_relative_to(root) else Path(fault.path.name)
    return f"{path}:{fault.line}: {fault.message}"


handlers: Sequence[Handler] = (CommandHandler("naplai", reload, PRIVATE),)
