"""Hỏi cán bộ: what the bot could not answer goes to staff, whose answer comes back here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import questions, staff
from bot.questions import Outcome, Reason
from bot.refusal import N_
from bot.say import CALLBACK_DATA_BYTES, Button, Rows, Say
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.cards import LANGUAGE
from bot.talk.sorting_card import group_buttons
from bot.talk.staff_answers import answer_text
from bot.talk.turn import Turn
from handlers.duty import pressed
from handlers.stale import tell_stale

ASK = N_("Hỏi cán bộ")
ASK_ANYWAY = N_("🙋 Vẫn hỏi cán bộ")
WITHDRAW = N_("↩️ Rút lại câu hỏi")
SEE = N_("📨 Xem câu hỏi")
ASK_ACTION = "ask.staff"
_ID = re.compile(r"[A-Za-z0-9_-]{8}")
TOLD = ("admin", "editor")  # roles that hear of a new question

Carried = tuple[str, ...]
"""What a button carries of a question: its id, then the person's own words where they are short and not
those it is known by. Empty: the question is not known."""


async def note(turn: Turn, text: str, reason: Reason) -> Carried:
    """Logs what had no answer, without who asked."""
    if not turn.in_private:
        return ()
    noted = await questions.note(
        turn.session,
        text,
        turn.knowledge.sorting.telling,
        reason,
        turn.now,
        turn.services.store.is_sqlite,
    )
    if noted is None:
        return ()
    own = _plain(questions.redacted(text))
    fits = pack_words(ASK_ACTION, noted.id, text=own) == f"{pack(ASK_ACTION, noted.id)}:{own}"
    return (noted.id, own) if fits and own != noted.text else (noted.id,)


def ask_button(turn: Turn, asked: Carried) -> Button | None:
    return Button(str(turn.t(ASK)), pack(ASK_ACTION, *asked)) if asked else None


def groups_and_staff(turn: Turn, asked: Carried) -> Rows:
    """The six groups, and staff for who finds it in none."""
    ask = ask_button(turn, asked)
    return (*group_buttons(turn, *asked[:1]), *(((ask,),) if ask else ()))


def asked_before(part: str) -> Carried:
    """What a button carries through the groups; nothing when it is forged."""
    return (part,) if _ID.fullmatch(part) else ()


def pack_words(action: str, *more: str, text: str) -> str:
    """Callback data that ends in as many words of the text as fit."""
    words = _plain(text).split()
    while words and len(":".join((pack(action, *more), " ".join(words))).encode()) > CALLBACK_DATA_BYTES:
        words.pop()
    return pack(action, *more, " ".join(words)) if words else pack(action, *more)


def _plain(text: str) -> str:
    return " ".join(text.replace(":", " ").split())


async def ask(update: Update, context: TurnContext) -> None:
    missed_id, words = pressed(update, 2)
    await _ask(context.turn, missed_id, words, anyway=False)


async def ask_anyway(update: Update, context: TurnContext) -> None:
    await _ask(context.turn, pressed(update)[0], "", anyway=True)


async def _ask(turn: Turn, missed_id: str, words: str, *, anyway: bool) -> None:
    asked = None
    if turn.in_private:
        asked = await questions.ask(turn.session, turn.person, missed_id, words, turn.now, anyway=anyway)
    if asked is None:
        tell_stale(turn)
    elif asked.outcome == Outcome.SENT_BEFORE:
        turn.toast(turn.t("Câu này bạn gửi cán bộ rồi, có trả lời là tin tới đây.").striptags())
    elif asked.outcome == Outcome.ANSWERED:
        _show_answer(turn, missed_id, asked)
    else:
        await _confirm(turn, missed_id, asked)


def _show_answer(turn: Turn, missed_id: str, asked: questions.Asked) -> None:
    anyway = Button(str(turn.t(ASK_ANYWAY)), pack("ask.anyway", missed_id))
    turn.say(answer_text(turn, turn.language, asked.text, asked.answer), buttons=((anyway,),))


async def _confirm(turn: Turn, missed_id: str, asked: questions.Asked) -> None:
    if turn.draft and turn.draft.kind == "sort":
        turn.close()  # the next words are no thing to sort
    turn.say(
        turn.t(
            "📨 Đã gửi cán bộ: “{question}”. Có trả lời là tin tới đây;"
            " câu hỏi gắn với bạn nhiều nhất 30 ngày.",
            question=asked.text,
        ),
        buttons=((Button(str(turn.t(WITHDRAW)), pack("ask.withdraw", missed_id)),),),
    )
    if asked.is_news:
        await _tell_staff(turn, missed_id, asked)


async def _tell_staff(turn: Turn, missed_id: str, asked: questions.Asked) -> None:
    """Once for all who ask alike; never who asked."""
    notice = Say(
        turn.t_in(LANGUAGE, N_("📨 Có người hỏi cán bộ: “{question}”"), question=asked.text),
        buttons=((Button(turn.t_in(LANGUAGE, SEE), pack("question.open", missed_id, 0)),),),
    )
    for member in await staff.members(turn.session):
        if member.role in TOLD:
            turn.tell(member.address, notice)


async def withdraw(update: Update, context: TurnContext) -> None:
    turn = context.turn
    text = await questions.withdraw(turn.session, turn.person, pressed(update)[0])
    if text is None:
        turn.change(turn.t("Câu hỏi này không còn gắn với bạn."))
    else:
        turn.change(turn.t("↩️ Đã rút lại câu “{question}”. Nó không còn gắn với bạn.", question=text))


handlers: Sequence[Handler] = (
    CallbackQueryHandler(ask, pattern(ASK_ACTION)),
    CallbackQueryHandler(ask_anyway, pattern("ask.anyway")),
    CallbackQueryHandler(withdraw, pattern("ask.withdraw")),
)
