"""The six groups of waste and what belongs to each, eight things a page."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.say import Button, Rows
from bot.sorting import Group, Item
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, parts, pattern
from bot.talk.posters import poster_button
from bot.talk.sorting_card import card, group_sign, item_name
from bot.talk.turn import Turn
from handlers.ask_staff import Carried, asked_before, groups_and_staff, note
from handlers.stale import tell_stale

PAGE = 8


async def show_groups(update: Update, context: TurnContext) -> None:
    """Back from a group; the question that led there is still known."""
    assert update.callback_query and update.callback_query.data
    _change_to_groups(context.turn, asked_before("".join(parts(update.callback_query.data))))


async def not_this(update: Update, context: TurnContext) -> None:
    """What was offered is not it: that is worth learning from, and staff may know."""
    assert update.callback_query and update.callback_query.data
    words = " ".join(parts(update.callback_query.data))
    _change_to_groups(context.turn, await note(context.turn, words, "unsure"))


def _change_to_groups(turn: Turn, asked: Carried) -> None:
    turn.change(turn.t("Rác chia làm sáu nhóm. Bạn chọn nhóm:"), buttons=groups_and_staff(turn, asked))


async def show_group(update: Update, context: TurnContext) -> None:
    assert update.callback_query and update.callback_query.data
    turn = context.turn
    code, page, asked, *_ = (*parts(update.callback_query.data), "", "", "")
    try:
        group = turn.knowledge.sorting.group(code)
    except KeyError:
        tell_stale(turn)
        return
    _change_to_page(turn, group, _number(page), asked_before(asked))


def _change_to_page(turn: Turn, group: Group, page: int, asked: Carried) -> None:
    items = [item for item in turn.knowledge.sorting.items if item.group == group.code]
    last = (len(items) - 1) // PAGE
    page = min(page, last)
    text = turn.t(
        "<b>{group}</b>\n{what}\n📍 {where}",
        group=group_sign(turn, group),
        what=group.what.in_language(turn.language),
        where=group.where.in_language(turn.language),
    )
    shown = items[page * PAGE : (page + 1) * PAGE]
    rows = _item_rows(turn, shown, page, asked)
    turn.change(text, buttons=(*rows, *_paging(group, page, last, asked), (_all_groups(turn, asked),)))


def _item_rows(turn: Turn, items: Sequence[Item], page: int, asked: Carried) -> Rows:
    return tuple((Button(item_name(turn, item), pack("sort.leaf", item.id, page, *asked)),) for item in items)


def _paging(group: Group, page: int, last: int, asked: Carried) -> Rows:
    row = []
    if page > 0:
        row.append(Button("◀", pack("sort.group", group.code, page - 1, *asked)))
    if last > 0:
        row.append(Button(f"{page + 1}/{last + 1}", pack("sort.group", group.code, page, *asked)))
    if page < last:
        row.append(Button("▶", pack("sort.group", group.code, page + 1, *asked)))
    return (tuple(row),) if row else ()


def _all_groups(turn: Turn, asked: Carried) -> Button:
    return Button(str(turn.t("↩️ Các nhóm")), pack("sort.groups", *asked))


async def show_leaf(update: Update, context: TurnContext) -> None:
    """One thing of a page, with the way back to that page."""
    assert update.callback_query and update.callback_query.data
    turn = context.turn
    id, page, asked, *_ = (*parts(update.callback_query.data), "", "", "")
    try:
        item = turn.knowledge.sorting.item(id)
    except KeyError:
        tell_stale(turn)
        return
    group = turn.knowledge.sorting.group(item.group)
    way = pack("sort.group", group.code, _number(page), *asked_before(asked))
    back = Button(f"↩️ {group_sign(turn, group)}", way)
    turn.change(card(turn, item), buttons=((poster_button(turn, "item", item.id),), (back,)))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


handlers: Sequence[Handler] = (
    CallbackQueryHandler(show_groups, pattern("sort.groups")),
    CallbackQueryHandler(not_this, pattern("sort.notthis")),
    CallbackQueryHandler(show_group, pattern("sort.group")),
    CallbackQueryHandler(show_leaf, pattern("sort.leaf")),
)
