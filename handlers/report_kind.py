"""What kind of rubbish it is; and whether somebody reported the same place before."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot import people, photos, reports
from bot.fold import fold, nfc
from bot.kinds import Kind
from bot.store.tables import Report
from bot.talk.additions import add
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pattern
from bot.talk.cards import refresh_cards
from bot.talk.filters import Question
from bot.talk.menu import menu
from bot.talk.report_draft import ReportDraft, opened
from bot.talk.report_text import draft_place, kind_text
from bot.talk.turn import Turn
from handlers.report_alike import find_alike
from handlers.report_filters import ANSWER
from handlers.report_pressed import pressed, show_again
from handlers.report_steps import ask, go_on


async def choose(update: Update, context: TurnContext) -> None:
    turn = context.turn
    if not (found := await pressed(turn, update)):
        return
    view, rest = found
    kind = next((one for one in turn.knowledge.kinds.all if rest == [one.code]), None)
    if kind is None:
        await show_again(turn)
        return
    _set(view, kind)
    place = draft_place(turn, view)
    turn.change(turn.t("📍 {place}\n{kind}", place=place, kind=kind_text(turn, kind)))
    await go_on(turn, view)


def _set(view: ReportDraft, kind: Kind) -> None:
    view.kind = kind.code
    view.alike_seen = False


async def take_words(update: Update, context: TurnContext) -> None:
    """The name of a kind chooses it; other words describe."""
    assert update.message
    turn, text = context.turn, nfc(update.message.text or "")
    view = opened(turn)
    assert view is not None
    kind = _named(turn, text)
    if kind is None:
        view.describe(text)
        await ask(turn, head=turn.t("✍️ Đã thêm mô tả."))
        return
    _set(view, kind)
    await go_on(turn, view, head=turn.t("Loại: <b>{kind}</b>", kind=kind_text(turn, kind)))


def _named(turn: Turn, text: str) -> Kind | None:
    """The kind whose whole name this is."""
    wanted = fold(text)
    kinds = turn.knowledge.kinds.all
    return next((one for one in kinds if wanted in (fold(one.name.vi), fold(one.name.en))), None)


async def same(update: Update, context: TurnContext) -> None:
    """👍 Đúng chỗ này: a voice, photos and words for the report that is there already."""
    turn = context.turn
    if not (found := await pressed(turn, update)):
        return
    view, rest = found
    report = await _alike(turn, view, rest)
    if report is None:
        await show_again(turn)
        return
    await _join(turn, view, report)
    turn.close()
    turn.toast(turn.t("Đã thêm ý kiến."))
    turn.say(
        turn.t(
            "🙏 Cảm ơn bà con! Đã thêm ý kiến vào phản ánh <code>{code}</code>, có tin sẽ báo liền."
            "\nCoi lại lúc nào cũng được: /theodoi",
            code=report.code,
        ),
        keyboard=menu(turn),
        report_id=report.id,
    )


async def _alike(turn: Turn, view: ReportDraft, rest: list[str]) -> Report | None:
    """Only one of those offered: a forged button must not open others."""
    return next((one for one in await find_alike(turn, view) if rest == [str(one.id)]), None)


async def _join(turn: Turn, view: ReportDraft, report: Report) -> None:
    ids = tuple(view.photos)
    if await reports.add_voice(turn.session, report, turn.person, ids, turn.now):
        await add(turn, report, view.description, ids, attach=False)
        await refresh_cards(turn, report)
    else:
        await add(turn, report, view.description, ids)
    await photos.forget_gps(turn.session, ids)
    if turn.person.consented_at is None:
        await people.consent(turn.session, turn.person, turn.now)


async def elsewhere(update: Update, context: TurnContext) -> None:
    turn = context.turn
    if not (found := await pressed(turn, update)):
        return
    view, _ = found
    view.alike_seen = True
    await go_on(turn, view, edit=True)


handlers: Sequence[Handler] = (
    CallbackQueryHandler(choose, pattern("report.kind")),
    CallbackQueryHandler(same, pattern("report.same")),
    CallbackQueryHandler(elsewhere, pattern("report.new")),
    MessageHandler(ANSWER & Question("report.kind"), take_words),
)
