"""✍️ Trả lời: staff type an answer, see it as the askers will, and send it.

The draft `answer` belongs to that member of staff and holds `missed`, the question, and `text`, the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot import questions
from bot.fold import nfc
from bot.questions import ANSWER_MOST, Group
from bot.refusal import N_, Refusal
from bot.say import Button
from bot.talk import menu
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.cards import LANGUAGE
from bot.talk.drafts import Draft
from bot.talk.filters import PRIVATE, Question
from bot.talk.shortcuts import CANCEL, label
from bot.talk.staff_answers import answer_text, tell_answer
from bot.talk.turn import Turn, current_turn
from handlers.duty import pressed
from handlers.questions import GONE, list_button, pressed_group, require_role, show_group
from handlers.questions_content import content_rows
from handlers.report_filters import ANSWER

KIND = "answer"
SEND = N_("✅ Gửi")
REWRITE = N_("✏️ Viết lại")
TOO_LATE = N_("Câu này đã có người trả lời rồi.")
NOT_WAITING = N_("Câu trả lời này không còn chờ gửi. Bạn mở lại câu hỏi trong /cauhoi.")


async def ask(update: Update, context: TurnContext) -> None:
    turn = context.turn
    group = await pressed_group(turn, update)
    if group.state == "answered":
        await _tell_late(turn, group)
        return
    turn.open(KIND, "text", missed=group.id)
    _ask(turn, group)


async def _tell_late(turn: Turn, group: Group) -> None:
    turn.toast(turn.t(TOO_LATE).striptags(), alert=True)
    await show_group(turn, group)


def _ask(turn: Turn, group: Group) -> None:
    text = turn.t(
        "✍️ Bạn viết câu trả lời cho “{question}”: chữ thôi, nhiều nhất {most} chữ cái. Đổi ý thì gõ /huy.",
        question=group.text,
        most=ANSWER_MOST,
    )
    turn.say(text, ask_reply=True)


async def take(update: Update, context: TurnContext) -> None:
    """Whatever comes while the answer is awaited: words that fit are shown as they will be sent."""
    assert update.message and context.turn.draft
    turn, draft = context.turn, context.turn.draft
    words = nfc(update.message.text or "")
    if not words or len(words) > ANSWER_MOST:
        _ask_again(turn, words)
        return
    group = await questions.one(turn.session, draft.data["missed"])
    if group is None:
        turn.close()
        raise Refusal(GONE)
    draft.data["text"] = words
    draft.go("check")
    _preview(turn, draft, group)


def _ask_again(turn: Turn, words: str) -> None:
    if words:
        text = turn.t(
            "Câu trả lời dài quá: {length} chữ cái, nhiều nhất {most}. Bạn viết ngắn lại giùm.",
            length=len(words),
            most=ANSWER_MOST,
        )
    else:
        text = turn.t("Câu trả lời gửi bằng chữ thôi. Bạn viết thành câu giùm.")
    turn.say(text, ask_reply=True)


def _preview(turn: Turn, draft: Draft, group: Group) -> None:
    shown = answer_text(turn, LANGUAGE, group.text, draft.data["text"])
    if group.waiting:
        tail = turn.t("Người nhận: {n}.", n=group.waiting)
    else:
        tail = turn.t("Chưa ai chờ câu này: gửi xong bạn đưa nó vô nội dung được.")
    at = (draft.id, draft.version)
    turn.say(
        Markup("{}\n\n{}\n\n{}").format(turn.t("👀 <b>Người hỏi sẽ đọc:</b>"), shown, tail),
        buttons=(
            (
                Button(str(turn.t(SEND)), pack("question.send", *at)),
                Button(str(turn.t(REWRITE)), pack("question.rewrite", *at)),
            ),
            (label(turn, menu.CANCEL, CANCEL),),
        ),
    )


async def rewrite(update: Update, context: TurnContext) -> None:
    turn = context.turn
    draft, group = await _pressed_draft(turn, update)
    draft.go("text")
    _ask(turn, group)


async def send(update: Update, context: TurnContext) -> None:
    """The answer to all who wait, and the end of what tied them to the question."""
    turn = context.turn
    draft, group = await _pressed_draft(turn, update)
    text = draft.data["text"]
    turn.close()
    askers = await questions.answer(turn.session, turn.person, group.id, text, turn.now)
    if askers is None:
        await _tell_late(turn, await questions.one(turn.session, group.id) or group)
        return
    tell_answer(turn, askers, text)
    done = turn.t("✅ Đã gửi câu trả lời. Người nhận: {n}.", n=len(askers))
    offer = turn.t("Đưa vô nội dung để lần sau Trà Vinh Xanh tự trả lời? Chọn loại:")
    turn.change(
        Markup("{}\n\n{}").format(done, offer), buttons=(*content_rows(turn, group), (list_button(turn),))
    )


async def _pressed_draft(turn: Turn, update: Update) -> tuple[Draft, Group]:
    """The answer of the button, if it is still this person's latest, and its question. Raises Refusal."""
    require_role(turn)
    draft_id, version = pressed(update, 2)
    draft = turn.draft
    if draft is None or draft.question != f"{KIND}.check" or draft.id != draft_id:
        raise Refusal(NOT_WAITING)
    if str(draft.version) != version:
        raise Refusal(N_("Có câu mới hơn ở dưới. Bạn bấm nút ở tin mới nhất."))
    group = await questions.one(turn.session, draft.data["missed"])
    if group is None:
        raise Refusal(GONE)
    return draft, group


class Answering(filters.MessageFilter):
    """An answer is awaited from this person, who is still on the staff."""

    def filter(self, message: Message) -> bool:
        turn = current_turn.get()
        return turn.draft is not None and turn.draft.kind == KIND and turn.person.role is not None


NO_WORDS = PRIVATE & ~filters.TEXT & ~filters.COMMAND & ~filters.StatusUpdate.ALL & Question(f"{KIND}.text")

handlers: Sequence[Handler] = (
    CallbackQueryHandler(ask, pattern("question.answer")),
    CallbackQueryHandler(send, pattern("question.send")),
    CallbackQueryHandler(rewrite, pattern("question.rewrite")),
    MessageHandler((ANSWER | NO_WORDS) & Answering(), take),
)
