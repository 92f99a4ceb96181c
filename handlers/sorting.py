"""♻️ Rác này bỏ đâu?: asked by a button, by a command, or just by typing the thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import reports
from bot.say import Button
from bot.sorting import Found, Item
from bot.talk import menu, shortcuts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, parts, pattern
from bot.talk.drafts import Draft
from bot.talk.filters import PRIVATE, TEXT, Label, Means
from bot.talk.posters import poster_button
from bot.talk.sorting_card import NOT_THIS, card, group_buttons, item_name, line
from bot.talk.turn import Turn, current_turn
from bot.understanding import MOST_ITEMS, name_items
from handlers.ask_staff import groups_and_staff, note, pack_words
from handlers.report_filters import ANSWER
from handlers.report_reply import AboutReport
from handlers.stale import tell_stale

PAYLOAD = "i_"  # of a link that opens one card
QUESTION = "sort.ask"
ASIDE = "sort_aside"  # in the data of another open draft: the version at which ♻️ was pressed


class SortContext(TurnContext):
    """`found`: what the search said, run once by the filter that matched."""

    found: list[Found]


class Asked(filters.MessageFilter):
    """An answer to "which thing?", unless it is clearly about something else."""

    def __init__(self) -> None:
        super().__init__(name="Asked", data_filter=True)

    def filter(self, message: Message) -> dict[str, list[Found]] | None:
        turn, text = current_turn.get(), message.text or ""
        draft = turn.draft
        if draft is None or not _is_asked(draft) or _is_another_matter(turn, text):
            return None
        found = list(search(turn, text))
        is_aside = draft.question != QUESTION
        return None if is_aside and not _has_items(found) else {"found": found}


def search(turn: Turn, text: str) -> Sequence[Found]:
    return name_items(turn.knowledge, text)


def _is_asked(draft: Draft) -> bool:
    return draft.question == QUESTION or draft.data.get(ASIDE) == draft.version


def _is_another_matter(turn: Turn, text: str) -> bool:
    return reports.parse_code(text) is not None or turn.meaning(text).kind not in ("item", "nothing")


def _has_items(found: Sequence[Found]) -> bool:
    return any(one.items for one in found)


async def ask(update: Update, context: TurnContext) -> None:
    """The next text is taken as a thing; a report that is open stays open."""
    turn = context.turn
    if turn.draft is None or turn.draft.kind == "sort":
        turn.open("sort", "ask")
    else:
        turn.draft.data[ASIDE] = turn.draft.version
    turn.say(
        turn.t("Bạn muốn bỏ món gì? Gõ tên món, ví dụ <b>pin cũ</b> hay <b>hộp xốp</b>, hoặc chọn nhóm:"),
        buttons=group_buttons(turn),
    )


async def command(update: Update, context: TurnContext) -> None:
    words = " ".join(context.args or ())
    if words:
        await answer(context.turn, search(context.turn, words))
    else:
        await ask(update, context)


async def answer_unasked(update: Update, context: TurnContext) -> None:
    assert update.message
    await answer(context.turn, context.turn.meaning(update.message.text or "").items)


async def answer_text(update: Update, context: SortContext) -> None:
    await answer(context.turn, context.found)


async def answer(turn: Turn, found: Sequence[Found]) -> None:
    if _has_items(found):
        _leave_question(turn)
    is_sure = len(found) > 1 or (found and found[0].confident)
    if turn.messages and not is_sure:
        return  # whom to call in an emergency was said, which is enough
    if len(found) > 1:
        await _say_lines(turn, found)
    elif not found or not found[0].items:
        await _say_nothing_fits(turn, found)
    elif found[0].confident:
        _say_card(turn, found[0])
    else:
        _say_candidates(turn, found[0])


def _leave_question(turn: Turn) -> None:
    if turn.draft and turn.draft.question == QUESTION:
        turn.close()
    elif turn.draft:
        turn.draft.data.pop(ASIDE, None)


def _say_card(turn: Turn, found: Found) -> None:
    _show(turn, found.items[0].item, found.text, turn.say)


def show_item(turn: Turn, item_id: str) -> None:
    """The card of one thing as a new message. Raises KeyError."""
    _show(turn, turn.knowledge.sorting.item(item_id), "", turn.say)


def _show(turn: Turn, item: Item, asked: str, show: Callable[..., None]) -> None:
    buttons = ((poster_button(turn, "item", item.id),), (_not_this(turn, asked),))
    show(card(turn, item), buttons=buttons)


def _say_candidates(turn: Turn, found: Found) -> None:
    turn.say(
        turn.t("Bạn hỏi món nào?"),
        buttons=(
            *((Button(item_name(turn, one.item), pack("sort.item", one.item.id)),) for one in found.items),
            (_not_this(turn, found.text),),
        ),
    )


async def _say_lines(turn: Turn, found: Sequence[Found]) -> None:
    for one in found:
        if not one.items:
            await note(turn, one.text, "nothing")
    items = {match.item.id: match.item for one in found for match in one.items}
    rows = [(Button(item_name(turn, item), pack("sort.card", id)),) for id, item in items.items()]
    turn.say(Markup("\n").join(line(turn, one) for one in found), buttons=tuple(rows[:MOST_ITEMS]))


async def _say_nothing_fits(turn: Turn, found: Sequence[Found]) -> None:
    asked = await note(turn, found[0].text, "nothing") if found else ()
    turn.say(
        turn.t(
            "Trà Vinh Xanh chưa biết món này, nên không đoán. Bạn thử gọi tên khác, chọn nhóm ở dưới,"
            " hoặc hỏi đơn vị thu gom."
        ),
        buttons=groups_and_staff(turn, asked),
    )


def _not_this(turn: Turn, asked: str) -> Button:
    return Button(str(turn.t(NOT_THIS)), pack_words("sort.notthis", text=asked))


async def press_item(update: Update, context: TurnContext) -> None:
    """A candidate: the list becomes its card. One of several lines: the card comes below."""
    assert update.callback_query and update.callback_query.data
    turn, data = context.turn, update.callback_query.data
    try:
        item = turn.knowledge.sorting.item("".join(parts(data)[:1]))
    except KeyError:
        tell_stale(turn)
        return
    show = turn.say if IS_LINE.match(data) else turn.change
    _show(turn, item, "", show)


IS_LINE = pattern("sort.card")

handlers: Sequence[Handler] = (
    CommandHandler(["phanloai", "sort"], command, PRIVATE),
    MessageHandler(PRIVATE & Label(menu.SORT), ask),
    MessageHandler(ANSWER & ~AboutReport() & Asked(), answer_text),
    CallbackQueryHandler(ask, pattern(shortcuts.SORT)),
    CallbackQueryHandler(press_item, pattern("sort.item")),
    CallbackQueryHandler(press_item, IS_LINE),
)

free_text: Sequence[Handler] = (MessageHandler(TEXT & Means("item"), answer_unasked),)
"""What was typed unasked; see words.py."""
