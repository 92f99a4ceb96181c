"""The six groups of waste and what belongs to each, eight things a page."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.say import Button, Rows
from bot.sorting import Group, Item
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, parts, pattern
from bot.talk.sorting_card import card, group_buttons, group_sign, item_name
from bot.talk.turn import Turn
from handlers.stale import tell_stale

PAGE = 8


async def show_groups(update: Update, context: TurnContext) -> None:
    turn = context.turn
    turn.change(turn.t("Rác chia làm sáu nhóm. Bạn chọn nhóm:"), buttons=group_buttons(turn))


async def show_group(update: Update, context: TurnContext) -> None:
    assert update.callback_query and update.callback_query.data
    turn = context.turn
    code, page, *_ = (*parts(update.callback_query.data), "", "")
    try:
        group = turn.knowledge.sorting.group(code)
    except KeyError:
        tell_stale(turn)
        return
    _change_to_page(turn, group, _number(page))


def _change_to_page(turn: Turn, group: Group, page: int) -> None:
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
    turn.change(text, buttons=(*_item_rows(turn, shown, page), *_paging(turn, group, page, last)))


def _item_rows(turn: Turn, items: Sequence[Item], page: int) -> Rows:
    return tuple((Button(item_name(turn, item), pack("sort.leaf", item.id, page)),) for item in items)


def _paging(turn: Turn, group: Group, page: int, last: int) -> Rows:
    row = []
    if page > 0:
        row.append(Button("◀", pack("sort.group", group.code, page - 1)))
    if last > 0:
        row.append(Button(f"{page + 1}/{last + 1}", pack("sort.group", group.code, page)))
    if page < last:
        row.append(Button("▶", pack("sort.group", group.code, page + 1)))
    return (tuple(row), (_all_groups(turn),)) if row else ((_all_groups(turn),),)


def _all_groups(turn: Turn) -> Button:
    return Button(str(turn.t("↩️ Các nhóm")), pack("sort.groups"))


async def show_leaf(update: Update, context: TurnContext) -> None:
    """One thing of a page, with the way back to that page."""
    assert update.callback_query and update.callback_query.data
    turn = context.turn
    id, page, *_ = (*parts(update.callback_query.data), "", "")
    try:
        item = turn.knowledge.sorting.item(id)
    except KeyError:
        tell_stale(turn)
        return
    group = turn.knowledge.sorting.group(item.group)
    back = Button(f"↩️ {group_sign(turn, group)}", pack("sort.group", group.code, _number(page)))
    turn.change(card(turn, item), buttons=((back,),))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


handlers: Sequence[Handler] = (
    CallbackQueryHandler(show_groups, pattern("sort.groups")),
    CallbackQueryHandler(show_group, pattern("sort.group")),
    CallbackQueryHandler(show_leaf, pattern("sort.leaf")),
)
