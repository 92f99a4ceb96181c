"""Answers to ✅: a photo of the cleaned place closes the report, anything else leaves the question open."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message, Update
from telegram.ext import MessageHandler

from bot import reports, staff
from bot.flow import outbox
from bot.reports import OPEN
from bot.reports.proof import add_after_photo
from bot.store.tables import Report
from bot.talk.application import Handler, TurnContext
from bot.talk.cards import refresh_cards
from bot.talk.filters import PRIVATE, Question
from bot.talk.turn import Turn
from handlers.duty import state_line
from handlers.duty_filters import REPLY, FromStaff, LaterOfAlbum
from handlers.duty_question import answered, waiting
from handlers.duty_resolve import tell
from handlers.report_filters import ANSWER
from handlers.report_incoming import NO_PICTURE, PICTURE, is_too_big, keep, picture_of, refuse_too_big


async def receive(update: Update, context: TurnContext) -> None:
    assert update.message
    turn = context.turn
    staff.require(turn.person, "officer")
    report = await _meant(turn, update.message)
    if report is None:
        _ask_which(turn)
    elif report.state not in OPEN:
        await _too_late(turn, report)
    elif is_too_big(picture_of(update.message)):
        refuse_too_big(turn, None)
    else:
        await _resolve(turn, report, update.message)


async def _meant(turn: Turn, message: Message) -> Report | None:
    """The waiting report that a photo belongs to; None when that is not clear."""
    asked = waiting(turn)
    replied = message.reply_to_message
    if replied is not None:
        code = reports.parse_code(replied.text or replied.caption or "")
        about = await outbox.report_of(turn.session, turn.chat, replied.message_id)
        if code or about:
            known = asked.get(code or "", about or 0)
            return await reports.by_id(turn.session, known) if known in asked.values() else None
    if turn.in_private and len(asked) == 1:
        return await reports.by_id(turn.session, *asked.values())
    return None


def _ask_which(turn: Turn) -> None:
    codes = ", ".join(waiting(turn))
    turn.say(
        turn.t(
            "Ảnh này của phản ánh nào? Bạn trả lời đúng tin hỏi ảnh có ghi mã. Đang chờ: {codes}.",
            codes=codes,
        )
    )


async def _too_late(turn: Turn, report: Report) -> None:
    answered(turn, report)
    turn.say(turn.t("Ảnh này chưa dùng tới. ") + await state_line(turn, report), report_id=report.id)
    await refresh_cards(turn, report)


async def _resolve(turn: Turn, report: Report, message: Message) -> None:
    photo_id = await keep(turn, picture_of(message))
    await reports.resolve(turn.session, report, turn.person, turn.now, photo_ids=[photo_id])
    answered(turn, report, message.media_group_id)
    await tell(turn, report, photo_id)
    turn.say(
        turn.t("✅ {code}: đã xử lý. Người báo nhận được ảnh này rồi.", code=report.code),
        reply_to=message.message_id,
        report_id=report.id,
    )


async def add_to_album(update: Update, context: TurnContext) -> None:
    """The other photos of an album whose first one resolved the report."""
    assert update.message and context.turn.draft
    turn = context.turn
    report = await reports.by_id(turn.session, context.turn.draft.data["album"][1])
    picture = picture_of(update.message)
    if report is not None and not is_too_big(picture):
        await add_after_photo(turn.session, report, turn.person, await keep(turn, picture))


async def remind(update: Update, context: TurnContext) -> None:
    """Words never resolve; the question stays open."""
    turn = context.turn
    codes = ", ".join(waiting(turn))
    turn.say(
        turn.t(
            "{codes}: cần ảnh sau khi dọn, hoặc chọn một lý do <b>Không cần ảnh</b>. Bỏ thì gõ /huy.",
            codes=codes,
        )
    )


async def hint(update: Update, context: TurnContext) -> None:
    """A photo from an officer who was not asked."""
    turn = context.turn
    turn.say(
        turn.t("Ảnh này chưa tính. Ai xử lý xong thì tự bấm ✅ Đã xử lý trên thẻ, rồi trả lời tin hỏi ảnh.")
    )


ASKED = Question("resolve.photo")
HERE = (PRIVATE | REPLY) & PICTURE

handlers: Sequence[Handler] = (
    MessageHandler(HERE & LaterOfAlbum(), add_to_album),
    MessageHandler(HERE & ASKED, receive),
    MessageHandler((ANSWER | PRIVATE & NO_PICTURE | REPLY) & ASKED, remind),
    MessageHandler(REPLY & PICTURE & FromStaff(), hint),
)
"""Before everything that takes photos or words for a citizen's report."""
