"""Where the rubbish is: a location, a venue, or words, links and codes that tell it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.fold import fold, nfc
from bot.places import BadPoint, Point, Understood, checked_point, understand
from bot.places.links import without_links
from bot.talk.application import Handler, TurnContext
from bot.talk.filters import PRIVATE, Label, Question
from bot.talk.report_draft import ADDRESS_MOST, ReportDraft, opened_or_new
from bot.talk.turn import Turn
from handlers.report_filters import ANSWER
from handlers.report_steps import HERE, ask, commune_rows, go_on

OFFERED = 5
LETTERS_OF_WORDS = 4  # fewer beside a point are "N", "E" or "loc", not an address


async def take_location(update: Update, context: TurnContext) -> None:
    """A location or a venue; of a live location its first point."""
    assert update.message
    turn, venue = context.turn, update.message.venue
    location = venue.location if venue else update.message.location
    assert location is not None
    words = ", ".join(filter(None, (venue.title, venue.address))) if venue else ""
    view = opened_or_new(turn)
    point = checked_point(location.latitude, location.longitude)
    if isinstance(point, BadPoint):
        refuse_bad_point(turn)
        return
    await take_point(turn, view, point, nfc(words))


async def take_point(turn: Turn, view: ReportDraft, point: Point, words: str = "") -> None:
    located = turn.knowledge.places.locate(point.lat, point.lon)
    if not located.candidates:
        _refuse_outside(turn)
        return
    view.set_point(point.lat, point.lon)
    view.choices = [one.commune.code for one in located.candidates[:OFFERED]]
    view.typed = words[:ADDRESS_MOST] or view.typed
    if located.outside:
        view.go("place")
        _offer_nearest(turn, view)
        return
    view.set_commune(located.candidates[0].commune.code)
    await go_on(turn, view)


def refuse_bad_point(turn: Turn) -> None:
    turn.say(
        turn.t(
            "Không có chỗ nào mang tọa độ này. Bà con coi lại giùm: vĩ độ trước, kinh độ sau,"
            " ví dụ 9.8044, 106.4496."
        )
    )


def _refuse_outside(turn: Turn) -> None:
    turn.say(
        turn.t(
            "Chỗ này nằm ngoài tỉnh Vĩnh Long (gồm Trà Vinh, Bến Tre cũ), Trà Vinh Xanh chưa nhận được."
            " Bà con gửi lại vị trí khác nha."
        )
    )


def _offer_nearest(turn: Turn, view: ReportDraft) -> None:
    text = turn.t("Chỗ này nằm ngoài ranh giới tỉnh một chút. Có phải rác thuộc xã, phường này không?")
    turn.say(text, buttons=commune_rows(turn, view, view.choices))


async def take_words(update: Update, context: TurnContext) -> None:
    """The answer to "where?" in words; before the photo also a description, if it tells no place."""
    assert update.message
    turn, text = context.turn, nfc(update.message.text or "")
    view = opened_or_new(turn)
    found = understand(turn.knowledge.places, text)
    if view.step == "photo" and not (found.candidates or found.point or found.bad_point or found.short_link):
        view.describe(text)
        await ask(turn, head=turn.t("✍️ Đã ghi mô tả."))
        return
    await _take_found(turn, view, text, found)


async def _take_found(turn: Turn, view: ReportDraft, text: str, found: Understood) -> None:
    if found.bad_point:
        refuse_bad_point(turn)
    elif found.point:
        words = without_links(text)
        is_address = sum(char.isalpha() for char in words) >= LETTERS_OF_WORDS
        await take_point(turn, view, found.point, words if is_address else "")
    elif len(found.candidates) == 1:
        _remember(view, text)
        view.set_commune(found.candidates[0].commune.code)
        await go_on(turn, view)
    elif found.candidates:
        _ask_which(turn, view, text, found)
    elif found.short_link:
        _refuse_short_link(turn)
    else:
        _ask_once_more(turn, view, text)


def _remember(view: ReportDraft, text: str) -> None:
    """Words typed before, that told no commune, may still help to find the place."""
    typed = f"{view.typed}, {text}" if view.typed else text
    if view.commune is not None:  # a point without a commune is the one being asked about
        view.forget_place()
    view.typed = typed[:ADDRESS_MOST]


def _ask_which(turn: Turn, view: ReportDraft, text: str, found: Understood) -> None:
    _remember(view, text)
    offered = found.candidates[:OFFERED]
    view.choices = [one.commune.code for one in offered]
    view.go("place")
    question = turn.t("Chỗ này có thể thuộc mấy xã, phường sau. Bà con bấm chọn giùm:")
    for one in offered:
        why = f": {one.why}" if turn.language == "vi" else ""  # told in Vietnamese only
        question += Markup("\n• <b>{}</b>{}").format(one.commune.name, why)
    turn.say(question, buttons=commune_rows(turn, view, view.choices))


def _refuse_short_link(turn: Turn) -> None:
    turn.say(
        turn.t(
            "Trà Vinh Xanh không mở được link rút gọn. Bà con mở link đó, chép tọa độ hay địa chỉ dán vô,"
            " hoặc gõ tên chỗ đó kèm tên xã."
        )
    )


def _ask_once_more(turn: Turn, view: ReportDraft, text: str) -> None:
    """Keeps the words; a commune preset by a link is only a hint, so it is offered."""
    if len(fold(text).split()) > 1:
        view.typed = text[:ADDRESS_MOST]
    view.go("place")
    question = turn.t(
        "Trà Vinh Xanh chưa biết chỗ này ở xã nào. Bà con gõ thêm tên xã, phường (tên cũ cũng được),"
        " ví dụ “chợ Cầu Ngang”, hoặc gửi vị trí."
    )
    preset = turn.person.commune_code
    turn.say(question, buttons=commune_rows(turn, view, [preset]) if preset else ())


async def cannot_share(update: Update, context: TurnContext) -> None:
    """Some computers send the key's own label instead of a location."""
    turn = context.turn
    turn.say(
        turn.t(
            "Máy này không gửi được vị trí. Bà con gõ địa chỉ hay tên chợ, chùa, cầu… kèm tên xã,"
            " hoặc dán link Google Maps nha."
        )
    )


class HasPlace(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return bool(message.location or message.venue)


handlers: Sequence[Handler] = (
    MessageHandler(PRIVATE & HasPlace(), take_location),
    MessageHandler(PRIVATE & Label(HERE), cannot_share),
    MessageHandler(ANSWER & Question("report.photo", "report.place"), take_words),
)
