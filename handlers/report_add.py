"""➕ Bổ sung: more words and pictures for a report that was sent."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot import reports
from bot.flow import outbox
from bot.flow.outbox import Message as Said
from bot.fold import nfc
from bot.refusal import N_
from bot.reports import OPEN
from bot.say import Say
from bot.store.tables import Report
from bot.talk.additions import add
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pattern
from bot.talk.filters import PRIVATE, Question
from bot.talk.report_draft import opened
from bot.talk.turn import Turn
from handlers.report_buttons import given
from handlers.report_filters import ANSWER
from handlers.report_incoming import (
    PICTURE,
    album_key,
    has_picture,
    is_too_big,
    keep,
    picture_of,
    refuse_too_big,
)
from handlers.stale import tell_stale

KIND = "add"
MOST_ADDED = 20
CLOSED = N_("Phản ánh {code} đã khép lại rồi.")
ADDABLE = ANSWER | (PRIVATE & (PICTURE | filters.LOCATION | filters.VENUE))


async def visible(turn: Turn, packed: list[str]) -> Report | None:
    """The report a button names, if this person may see it; else the button is answered as stale."""
    report_id = int(packed[0]) if packed and packed[0].isascii() and packed[0].isdigit() else 0
    report = await reports.by_id(turn.session, report_id) if report_id < 2**63 else None
    if report is None or not await reports.may_see(turn.session, turn.person, report):
        tell_stale(turn)
        return None
    return report


async def press(update: Update, context: TurnContext) -> None:
    """Asks what to add. A report that is being written stays open: there a plain reply adds."""
    turn = context.turn
    report = await visible(turn, given(update))
    if report is None:
        return
    if not await reports.follows(turn.session, turn.person, report):
        tell_stale(turn)
        return
    if report.state not in OPEN:
        turn.toast(turn.t(CLOSED, code=report.code), alert=True)
        return
    if opened(turn) is None:
        turn.open(KIND, "what", report=report.id)
    turn.say(
        turn.t("✍️ Bà con gửi chữ hoặc ảnh muốn thêm vào <code>{code}</code>.", code=report.code),
        report_id=report.id,
        ask_reply=True,
    )


async def take(update: Update, context: TurnContext) -> None:
    """The answer to "what to add?". What is too big leaves the question open."""
    assert update.message
    turn = context.turn
    assert turn.draft is not None
    report = await reports.by_id(turn.session, int(turn.draft.data["report"]))
    if report is None or report.state not in OPEN:
        turn.close()
        turn.say(turn.t(CLOSED, code=report.code if report else ""))
    elif await add_message(turn, report, update.message):
        turn.close()


async def add_message(turn: Turn, report: Report, message: Message) -> bool:
    """Adds what a message holds and says so, once an album. False when there was nothing to keep.

    Raises Refusal when the report is closed or the person does not follow it.
    """
    key = album_key(turn, message)
    ids = await _pictures(turn, report, message, key)
    text = _words(message)
    if not ids and not text:
        return False
    await add(turn, report, text, ids)
    thanks = turn.t("📝 Đã thêm vào phản ánh <code>{code}</code>. Cảm ơn bà con!", code=report.code)
    if key is None:
        turn.say(thanks, report_id=report.id)
    elif await reports.told(turn.session, key) is None:
        # Stored at once: the next picture of the album may have its turn in the same transaction.
        said = Said(turn.chat, Say(thanks), report_id=report.id, key=key)
        await outbox.add_one(turn.session, said, turn.now)
    return True


def _words(message: Message) -> str:
    text = nfc(message.text or message.caption or "")
    if place := message.location or (message.venue and message.venue.location):
        return f"{text} 📍 {place.latitude:.6f}, {place.longitude:.6f}".strip()
    return text


async def _pictures(turn: Turn, report: Report, message: Message, key: str | None) -> tuple[int, ...]:
    if not has_picture(message):
        return ()
    picture = picture_of(message)
    if is_too_big(picture):
        refuse_too_big(turn, key)
        return ()
    if len(await reports.photo_ids(turn.session, report.id, "added")) >= MOST_ADDED:
        turn.say(turn.t("Phản ánh này đã có nhiều ảnh rồi, vậy là đủ."), key=key and f"full.{key}")
        return ()
    return (await keep(turn, picture),)


async def add_to_same(turn: Turn, message: Message, album: str) -> bool:
    """Whether the album's earlier pictures were added to a sent report; this one goes with them."""
    report_id = await reports.told(turn.session, album)
    report = await reports.by_id(turn.session, report_id) if report_id else None
    if report is None:
        return False
    await add_message(turn, report, message)
    return True


handlers: Sequence[Handler] = (
    CallbackQueryHandler(press, pattern("report.add")),
    MessageHandler(ADDABLE & Question("add.what"), take),
)
