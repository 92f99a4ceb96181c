"""Photos for the report that is being written; one out of the blue starts it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import MessageHandler

from bot.fold import nfc
from bot.talk.application import Handler, TurnContext
from bot.talk.filters import PRIVATE, Label, Question
from bot.talk.report_draft import MOST_PHOTOS, ReportDraft, opened_or_new
from bot.talk.turn import Turn
from handlers.report_add import add_to_same
from handlers.report_filters import WRITING
from handlers.report_incoming import (
    NO_PICTURE,
    PICTURE,
    Picture,
    album_key,
    is_too_big,
    keep,
    picture_of,
    refuse_too_big,
)
from handlers.report_steps import WITHOUT_PHOTO, ask, confirm_rows, go_on


async def take(update: Update, context: TurnContext) -> None:
    """Appends in its own turn; an album is answered once and counted silently.

    An album whose first picture was added to a report that is sent belongs there as a whole.
    """
    assert update.message
    turn, picture, key = context.turn, picture_of(update.message), album_key(context.turn, update.message)
    if key and await add_to_same(turn, update.message, key):
        return
    view = opened_or_new(turn)
    if is_too_big(picture):
        refuse_too_big(turn, key)
    elif await _add(turn, view, picture, update.message):
        await _answer(turn, view, key)
    else:
        refuse_sixth(turn, key)


async def _answer(turn: Turn, view: ReportDraft, key: str | None) -> None:
    received = _received(turn, view, key)
    if view.step in ("near", "describe"):
        turn.say(received, key=key)
    elif view.step == "confirm" or (key and view.missing is None and view.step == "photo"):
        # No summary here: while an album arrives its number of photos would not be true.
        view.go("confirm")
        text = received + " " + turn.t("Bà con bấm gửi, hoặc thêm nữa cũng được.")
        turn.say(text, buttons=confirm_rows(turn, view), key=key)
    elif view.step == "photo":
        await go_on(turn, view, head=received, key=key)
    else:
        await ask(turn, head=received, key=key)


async def _add(turn: Turn, view: ReportDraft, picture: Picture, message: Message) -> bool:
    """False when there are enough already. The same file twice counts once."""
    full = len(view.photos) >= MOST_PHOTOS and not view.replacing
    if picture.unique_id not in view.seen or view.replacing:
        if full:
            return False
        view.add_photo(await keep(turn, picture), picture.unique_id)
    if message.caption:
        view.describe(nfc(message.caption))
    return True


def _received(turn: Turn, view: ReportDraft, album: str | None) -> Markup:
    # An album arrives one by one: its number is only known later, in the summary.
    if album or len(view.photos) == 1:
        return turn.t("📷 Đã nhận ảnh.")
    return turn.nt("📷 Đã có {n} ảnh.", "📷 Đã có {n} ảnh.", len(view.photos))


def refuse_sixth(turn: Turn, key: str | None) -> None:
    turn.say(
        turn.t("Mỗi phản ánh giữ tối đa 5 ảnh, vậy là đủ rồi. Bà con làm tiếp bước ở trên nha."),
        key=key and f"full.{key}",
    )


async def refuse_file(update: Update, context: TurnContext) -> None:
    """A video or another file while a report is being written, which stays as it is."""
    assert update.message
    turn, key = context.turn, album_key(context.turn, update.message)
    turn.say(
        turn.t("Trà Vinh Xanh chưa xem được tệp này. Bà con gửi ảnh chụp (JPG, PNG) giùm nha."),
        key=key and f"file.{key}",
    )


async def without(update: Update, context: TurnContext) -> None:
    turn = context.turn
    view = opened_or_new(turn)
    view.no_photo = True
    await go_on(turn, view)


handlers: Sequence[Handler] = (
    MessageHandler(PRIVATE & Label(WITHOUT_PHOTO) & Question("report.photo"), without),
    MessageHandler(PRIVATE & PICTURE, take),
    MessageHandler(PRIVATE & NO_PICTURE & WRITING, refuse_file),
)
