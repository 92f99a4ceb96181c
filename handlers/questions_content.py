"""An answer of staff made ready for content/: a thing to sort, or a frequent question."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import mydata, questions
from bot.questions import Entry, Group
from bot.refusal import N_, Refusal
from bot.say import Button, File, Rows
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.sorting_card import group_sign
from bot.talk.turn import Turn
from handlers.duty import pressed
from handlers.questions import button, list_button, pressed_group

ITEM = N_("Món rác")
FREQUENT = N_("Câu trả lời thường gặp")


def content_rows(turn: Turn, group: Group) -> Rows:
    return (
        (button(turn, ITEM, "question.item", group),),
        (button(turn, FREQUENT, "question.faq", group),),
    )


async def choose_kind(update: Update, context: TurnContext) -> None:
    turn = context.turn
    group = await _answered(turn, update)
    turn.change(
        turn.t("📄 “{question}”: đưa vô nội dung thành loại nào?", question=group.text),
        buttons=(*content_rows(turn, group), (list_button(turn),)),
    )


async def choose_group(update: Update, context: TurnContext) -> None:
    turn = context.turn
    group = await _answered(turn, update)
    signs = [
        Button(group_sign(turn, one), pack("question.entry", group.id, one.code))
        for one in turn.knowledge.sorting.groups
    ]
    rows = tuple(tuple(signs[at : at + 2]) for at in range(0, len(signs), 2))
    turn.change(
        turn.t("♻️ “{question}” thuộc nhóm rác nào?", question=group.text),
        buttons=(*rows, (list_button(turn),)),
    )


async def make_item(update: Update, context: TurnContext) -> None:
    turn, code = context.turn, pressed(update, 2)[1]
    group, sorting = await _answered(turn, update), turn.knowledge.sorting
    if code not in {one.code for one in sorting.groups}:
        raise Refusal(N_("Không có nhóm rác này."))
    taken = {item.id for item in sorting.items}
    entry = questions.item_entry(code, sorting.telling(group.text), group.answer or "", taken)
    how = turn.t(
        "Dán đoạn này vô cuối tệp <code>content/{file}</code>, điền tên tiếng Anh ở dòng <code>en</code>,"
        " coi lại từng dòng, rồi gõ /naplai để dùng liền.",
        file=entry.file,
    )
    await _hand_out(turn, entry, how)


async def make_frequent(update: Update, context: TurnContext) -> None:
    turn = context.turn
    group = await _answered(turn, update)
    today = turn.now.astimezone(turn.settings.timezone).date()
    telling = turn.knowledge.sorting.telling(group.text)
    taken = {one.id for one in turn.knowledge.faqs.all}
    entry = questions.help_entry(group.text, telling, group.answer or "", today, taken)
    how = turn.t(
        "Dán đoạn này vô cuối tệp <code>content/{file}</code>, thêm cách hỏi khác ở <code>asks</code>,"
        " coi lại từng dòng, rồi gõ /naplai để dùng liền.",
        file=entry.file,
    )
    await _hand_out(turn, entry, how)


async def _hand_out(turn: Turn, entry: Entry, how: str) -> None:
    """To be copied from the chat or taken as a file, whichever is easier."""
    turn.say(Markup("{}\n<pre>{}</pre>").format(how, entry.text))
    path = await mydata.write_file(turn.settings.data_dir, entry.text, ".txt")
    turn.say(turn.t("📄 Cùng đoạn đó, trong một tệp."), file=File(path, f"{entry.id}.txt"))


async def _answered(turn: Turn, update: Update) -> Group:
    """The question of a button. Raises Refusal when it has no answer."""
    group = await pressed_group(turn, update)
    if group.state != "answered":
        raise Refusal(N_("Câu này chưa có trả lời."))
    return group


handlers: Sequence[Handler] = (
    CallbackQueryHandler(choose_kind, pattern("question.content")),
    CallbackQueryHandler(choose_group, pattern("question.item")),
    CallbackQueryHandler(make_item, pattern("question.entry")),
    CallbackQueryHandler(make_frequent, pattern("question.faq")),
)
