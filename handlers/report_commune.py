"""✏️ Sai xã, and every choice between communes; the place in a photo file."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot import photos
from bot.fold import nfc
from bot.places import Point, understand
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pattern
from bot.talk.filters import Question
from bot.talk.report_draft import ReportDraft, opened
from bot.talk.report_text import commune_name, draft_place
from bot.talk.turn import Turn
from handlers.report_buttons import given
from handlers.report_filters import ANSWER
from handlers.report_place import OFFERED, refuse_bad_point, take_point
from handlers.report_pressed import pressed, show_again
from handlers.report_steps import ask, commune_rows, go_on


async def wrong(update: Update, context: TurnContext) -> None:
    """Offers the others, nearest first."""
    turn = context.turn
    if not (found := await pressed(turn, update)):
        return
    view, _ = found
    view.choices = _near(turn, view)
    view.go("commune")
    await ask(turn, edit=True)


def _near(turn: Turn, view: ReportDraft) -> list[str]:
    """Communes around the point, else around the commune that is wrong."""
    places = turn.knowledge.places
    if view.lat is not None and view.lon is not None:
        candidates = places.locate(view.lat, view.lon).candidates
    else:
        wrong = places.commune(view.commune or "")
        candidates = places.locate(wrong.lat, wrong.lon).candidates
    return [one.commune.code for one in candidates if one.commune.code != view.commune][:OFFERED]


async def choose(update: Update, context: TurnContext) -> None:
    turn = context.turn
    if not (found := await pressed(turn, update)):
        return
    view, rest = found
    if not rest or turn.knowledge.places.get(rest[0]) is None:
        await show_again(turn)
        return
    await settle(turn, view, rest[0])


async def settle(turn: Turn, view: ReportDraft, code: str) -> None:
    view.set_commune(code)
    turn.toast(commune_name(turn, code))
    await go_on(turn, view, edit=True)


async def other(update: Update, context: TurnContext) -> None:
    """None of those offered: the name is to be typed."""
    turn = context.turn
    if not (found := await pressed(turn, update)):
        return
    found[0].choices = ()
    turn.change(turn.t("Bà con gõ tên xã, phường nơi có rác (tên cũ cũng được), hoặc gửi vị trí."))


async def take_name(update: Update, context: TurnContext) -> None:
    """The commune in words; the point stays."""
    assert update.message
    turn, text = context.turn, nfc(update.message.text or "")
    view = opened(turn)
    assert view is not None
    found = understand(turn.knowledge.places, text)
    if found.bad_point:
        refuse_bad_point(turn)
    elif found.point:
        await take_point(turn, view, found.point)
    elif len(found.candidates) == 1:
        view.set_commune(found.candidates[0].commune.code)
        await go_on(turn, view)
    else:
        view.choices = [one.commune.code for one in found.candidates[:OFFERED]]
        _ask_again(turn, view)


def _ask_again(turn: Turn, view: ReportDraft) -> None:
    if view.choices:
        text = turn.t("Bà con muốn nói xã, phường nào trong này?")
        turn.say(text, buttons=commune_rows(turn, view, view.choices))
    else:
        turn.say(turn.t("Chưa thấy xã, phường nào tên vậy. Bà con gõ lại giùm, hoặc gửi vị trí."))


async def take_gps(update: Update, context: TurnContext) -> None:
    """📌: the place that a photo file of this report holds. Valid as long as the report is written."""
    turn, packed = context.turn, given(update)
    view = opened(turn)
    if view is None or packed[:1] != [view.draft.id] or packed[1:] not in [[str(one)] for one in view.photos]:
        await show_again(turn)
        return
    for photo in await photos.of(turn.session, [int(packed[1])]):
        if photo.gps:
            await take_point(turn, view, Point(*photo.gps))
            if view.commune:
                turn.change(turn.t("📌 Đã lấy vị trí trong ảnh: {place}", place=draft_place(turn, view)))
            return
    await show_again(turn)


handlers: Sequence[Handler] = (
    CallbackQueryHandler(wrong, pattern("report.wrong")),
    CallbackQueryHandler(choose, pattern("report.commune")),
    CallbackQueryHandler(other, pattern("report.other")),
    CallbackQueryHandler(take_gps, pattern("report.gps")),
    MessageHandler(ANSWER & Question("report.commune"), take_name),
)
