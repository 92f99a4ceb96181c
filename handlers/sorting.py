"""♻️ Rác này bỏ đâu?: asked by a button, by a command, or just by typing the thing."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot import reports
from bot.fold import nfc
from bot.say import Button
from bot.sorting import Found
from bot.talk import menu, shortcuts
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, parts, pattern
from bot.talk.drafts import Draft
from bot.talk.filters import PRIVATE, TEXT, Label
from bot.talk.sorting_card import NOT_THIS, card, group_buttons, item_name, line
from bot.talk.turn import Turn, current_turn
from handlers.report_filters import ANSWER
from handlers.report_reply import AboutReport
from handlers.stale import tell_stale

QUESTION = "sort.ask"
ASIDE = "sort_aside"  # in the data of another open draft: the version at which ♻️ was pressed
NEAR_ENOUGH = 72  # 0..100; a guess further off does not interrupt what somebody typed
LONGEST = 300  # characters: a longer text is no list of things
MOST_LINES = 8


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
        if draft is None or not _is_asked(draft) or _is_about_reports(turn, text):
            return None
        found = search(turn, text)
        is_aside = draft.question != QUESTION
        return None if is_aside and not _has_items(found) else {"found": found}


class Names(filters.MessageFilter):
    """A text that names things to throw away, closely enough to answer unasked."""

    def __init__(self) -> None:
        super().__init__(name="Names", data_filter=True)

    def filter(self, message: Message) -> dict[str, list[Found]] | None:
        turn, text = current_turn.get(), message.text or ""
        found = search(turn, text)
        if not _is_near(found):
            return None
        is_sure = any(one.confident for one in found)
        is_topic = not is_sure and turn.knowledge.tips.find_topic(text) is not None
        return None if is_topic else {"found": found}


def search(turn: Turn, text: str) -> list[Found]:
    return turn.knowledge.sorting.find_many(nfc(text)[:LONGEST])[:MOST_LINES]


def _is_asked(draft: Draft) -> bool:
    return draft.question == QUESTION or draft.data.get(ASIDE) == draft.version


def _is_about_reports(turn: Turn, text: str) -> bool:
    return reports.parse_code(text) is not None or turn.knowledge.kinds.wants_to_report(text)


def _has_items(found: Sequence[Found]) -> bool:
    return any(one.items for one in found)


def _is_near(found: Sequence[Found]) -> bool:
    return any(one.items and (one.confident or one.items[0].score >= NEAR_ENOUGH) for one in found)


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
        answer(context.turn, search(context.turn, words))
    else:
        await ask(update, context)


async def answer_text(update: Update, context: SortContext) -> None:
    answer(context.turn, context.found)


def answer(turn: Turn, found: Sequence[Found]) -> None:
    if _has_items(found):
        _leave_question(turn)
    if len(found) > 1:
        _say_lines(turn, found)
    elif not found or not found[0].items:
        _say_nothing_fits(turn)
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
    turn.say(card(turn, found.items[0].item), buttons=((_not_this(turn),),))


def _say_candidates(turn: Turn, found: Found) -> None:
    turn.say(
        turn.t("Bạn hỏi món nào?"),
        buttons=(
            *((Button(item_name(turn, one.item), pack("sort.item", one.item.id)),) for one in found.items),
            (_not_this(turn),),
        ),
    )


def _say_lines(turn: Turn, found: Sequence[Found]) -> None:
    items = {match.item.id: match.item for one in found for match in one.items}
    rows = [(Button(item_name(turn, item), pack("sort.card", id)),) for id, item in items.items()]
    turn.say(Markup("\n").join(line(turn, one) for one in found), buttons=tuple(rows[:MOST_LINES]))


def _say_nothing_fits(turn: Turn) -> None:
    if turn.messages:
        return  # whom to call in an emergency was said, which is enough
    turn.say(
        turn.t(
            "Trà Vinh Xanh chưa biết món này, nên không đoán. Bạn thử gọi tên khác, chọn nhóm ở dưới,"
            " hoặc hỏi đơn vị thu gom."
        ),
        buttons=group_buttons(turn),
    )


def _not_this(turn: Turn) -> Button:
    return Button(str(turn.t(NOT_THIS)), pack("sort.groups"))


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
    show(card(turn, item), buttons=((_not_this(turn),),))


IS_LINE = pattern("sort.card")

handlers: Sequence[Handler] = (
    CommandHandler(["phanloai", "sort"], command, PRIVATE),
    MessageHandler(PRIVATE & Label(menu.SORT), ask),
    MessageHandler(ANSWER & ~AboutReport() & Asked(), answer_text),
    CallbackQueryHandler(ask, pattern(shortcuts.SORT)),
    CallbackQueryHandler(press_item, pattern("sort.item")),
    CallbackQueryHandler(press_item, IS_LINE),
)

free_text: Sequence[Handler] = (MessageHandler(TEXT & Names(), answer_text),)
"""What was typed unasked; see words.py."""
