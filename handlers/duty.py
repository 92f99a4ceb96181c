"""Cards: ✋ Nhận xử lý, and what every press on a card checks first."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import reports, staff
from bot.refusal import N_, Refusal
from bot.reports import CITIZEN_WORDS, OPEN, State
from bot.store.tables import Report
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import parts, pattern
from bot.talk.cards import refresh_cards
from bot.talk.news import tell_taken
from bot.talk.turn import Turn

TOAST_MOST = 200
HELD = frozenset({State.IN_PROGRESS, State.RESOLVED, State.REJECTED})


async def take(update: Update, context: TurnContext) -> None:
    turn = context.turn
    report = await open_report(turn, pressed(update)[0])
    if report is None:
        return
    if report.state == State.IN_PROGRESS:  # a colleague, or the same finger, was faster
        await tell_state(turn, report)
        return
    await reports.take(turn.session, report, turn.person, turn.now)
    await refresh_cards(turn, report)
    await tell_taken(turn, report)
    turn.toast(turn.t("Bạn đã nhận {code}.", code=report.code).striptags())


def pressed(update: Update, count: int = 1) -> list[str]:
    """What the button carries; missing parts of a forged one are empty."""
    assert update.callback_query
    carried = parts(update.callback_query.data or "")
    return [*carried, *[""] * count][: max(count, 1)]


async def open_report(turn: Turn, report_id: str) -> Report | None:
    """The report, when this person may act on it now. None when it is closed, which is then said.

    Raises Refusal without the role, for another commune, and when there is no such report.
    """
    staff.require(turn.person, "officer")
    report = await reports.by_id(turn.session, number(report_id))
    if report is None:
        raise Refusal(N_("Không còn phản ánh này."))
    if not turn.person.serves(report.commune_code):
        raise Refusal(N_("Phản ánh {code} thuộc xã, phường khác."), code=report.code)
    if report.state in OPEN:
        return report
    await tell_state(turn, report)
    return None


def number(text: str) -> int:
    """An id from a button; 0, which nothing has, when it is forged."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


async def tell_state(turn: Turn, report: Report) -> None:
    """For a press that comes too late: how things stand, on the button and on the cards."""
    turn.toast((await state_line(turn, report)).striptags()[:TOAST_MOST])
    await refresh_cards(turn, report)


async def state_line(turn: Turn, report: Report) -> Markup:
    state = turn.t(CITIZEN_WORDS[report.state])
    if report.state in HELD and report.holder_id is not None:
        name = await staff.name_of(turn.session, report.holder_id)
        if name:
            return turn.t("{code}: {state} · {name}", code=report.code, state=state, name=name)
    return turn.t("{code}: {state}", code=report.code, state=state)


handlers: Sequence[Handler] = (CallbackQueryHandler(take, pattern("duty.take")),)
