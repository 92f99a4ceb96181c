"""`/cauhoi`: what the bot could not answer, for staff: who waits first, then the most asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot import questions, staff
from bot.questions import Group
from bot.refusal import N_, Refusal
from bot.say import Button, Rows
from bot.talk import texts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.filters import PRIVATE
from bot.talk.turn import Turn
from handlers.duty import number, pressed
from handlers.groups import GROUP, redirect

PAGE = 5
ON_BUTTON = 40  # characters of a question
ANSWER = N_("✍️ Trả lời")
DISMISS = N_("🗑 Bỏ qua")
RESTORE = N_("↩️ Hoàn tác")
LIST = N_("◀ Danh sách")
MAKE_CONTENT = N_("📄 Đưa vô nội dung")
GONE = N_("Câu hỏi này không còn.")
WHY = {
    "nothing": N_("Trà Vinh Xanh không có câu trả lời."),
    "unsure": N_("Trà Vinh Xanh đoán, mà người hỏi nói không phải."),
}


def require_role(turn: Turn) -> None:
    staff.require(turn.person, *staff.ROLES)


async def show(update: Update, context: TurnContext) -> None:
    require_role(context.turn)
    await _show_page(context.turn, 0, context.turn.say)


async def turn_page(update: Update, context: TurnContext) -> None:
    require_role(context.turn)
    await _show_page(context.turn, number(pressed(update)[0]), context.turn.change)


async def _show_page(turn: Turn, page: int, show: Callable[..., None]) -> None:
    """A page behind the last one shows the last."""
    page = min(page, 10_000)
    found, total = await questions.unanswered(turn.session, skip=page * PAGE, most=PAGE)
    last = max(0, (total - 1) // PAGE)
    if not total:
        show(turn.t("✅ Không có câu hỏi nào chờ trả lời."))
    elif page > last:
        await _show_page(turn, last, show)
    else:
        head = turn.t("❓ <b>Câu chưa có trả lời</b> ({total})", total=total)
        lines = [head, *(_line(turn, group) for group in found)]
        rows = tuple((_opener(group, page),) for group in found)
        show(Markup("\n\n").join(lines), buttons=(*rows, *_pager(page, last)))


def _line(turn: Turn, group: Group) -> Markup:
    return Markup("“{}”\n{}").format(group.text, figures(turn, group))


def figures(turn: Turn, group: Group) -> Markup:
    day = texts.date(turn.language, group.last_at, turn.settings.timezone)
    line = turn.t("Số lần hỏi: {times} · lần cuối {day}", times=group.times, day=day)
    if group.waiting:
        line += turn.t(" · <b>đang chờ: {waiting}</b>", waiting=group.waiting)
    return line


def _opener(group: Group, page: int) -> Button:
    text = group.text if len(group.text) <= ON_BUTTON else group.text[: ON_BUTTON - 1] + "…"
    return Button(text, pack("question.open", group.id, page))


def _pager(page: int, last: int) -> Rows:
    back = (Button("◀", pack("question.list", page - 1)),) if page > 0 else ()
    forth = (Button("▶", pack("question.list", page + 1)),) if page < last else ()
    return ((*back, *forth),) if back or forth else ()


async def open_one(update: Update, context: TurnContext) -> None:
    turn, page = context.turn, pressed(update, 2)[1]
    await show_group(turn, await pressed_group(turn, update), number(page))


async def pressed_group(turn: Turn, update: Update) -> Group:
    """The question of a button, its first part. Raises Refusal without the role or without the question."""
    require_role(turn)
    group = await questions.one(turn.session, pressed(update)[0])
    if group is None:
        raise Refusal(GONE)
    return group


async def show_group(turn: Turn, group: Group, page: int = 0) -> None:
    """In place of the pressed message: all about one question, and what can be done."""
    lines = [Markup("❓ <b>“{}”</b>").format(group.text)]
    lines += [Markup("• “{}”").format(other) for other in await questions.wordings(turn.session, group)]
    lines += [turn.t(WHY[group.reason]), figures(turn, group)]
    if group.state == "answered":
        lines.append(turn.t("✅ Đã trả lời:\n{answer}", answer=group.answer))
    elif group.state == "dismissed":
        lines.append(turn.t("🗑 Đã bỏ qua."))
    turn.change(Markup("\n").join(lines), buttons=_actions(turn, group, page))


def _actions(turn: Turn, group: Group, page: int) -> Rows:
    back = (list_button(turn, page),)
    if group.state == "answered":
        return (button(turn, MAKE_CONTENT, "question.content", group),), back
    if group.state == "dismissed":
        return (button(turn, RESTORE, "question.restore", group, page),), back
    return (
        (
            button(turn, ANSWER, "question.answer", group),
            button(turn, DISMISS, "question.dismiss", group, page),
        ),
        back,
    )


def button(turn: Turn, label: str, action: str, group: Group, *more: str | int) -> Button:
    return Button(str(turn.t(label)), pack(action, group.id, *more))


def list_button(turn: Turn, page: int = 0) -> Button:
    return Button(str(turn.t(LIST)), pack("question.list", page))


async def dismiss(update: Update, context: TurnContext) -> None:
    turn, page = context.turn, number(pressed(update, 2)[1])
    group = await pressed_group(turn, update)
    if await questions.dismiss(turn.session, turn.person, group.id, turn.now):
        turn.toast(turn.t("Đã bỏ qua.").striptags())
    await show_group(turn, await pressed_group(turn, update), page)


async def restore(update: Update, context: TurnContext) -> None:
    turn, page = context.turn, number(pressed(update, 2)[1])
    group = await pressed_group(turn, update)
    if await questions.restore(turn.session, turn.person, group.id, turn.now):
        turn.toast(turn.t("Đã đưa câu hỏi lại vô danh sách.").striptags())
    await show_group(turn, await pressed_group(turn, update), page)


handlers: Sequence[Handler] = (
    CommandHandler("cauhoi", show, PRIVATE),
    CommandHandler("cauhoi", redirect, GROUP),
    CallbackQueryHandler(turn_page, pattern("question.list")),
    CallbackQueryHandler(open_one, pattern("question.open")),
    CallbackQueryHandler(dismiss, pattern("question.dismiss")),
    CallbackQueryHandler(restore, pattern("question.restore")),
)
