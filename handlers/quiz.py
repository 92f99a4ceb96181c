"""🧩 Đố vui: a question, answered in place, then the next; a rest after five.

It begins by command, by its name typed, from ⚙️ Khác (over all topics), from a shared link, or under a tip
that has a quiz of its own (then within the topic of that tip). In private chats only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.fold import fold
from bot.quizzes import Quiz
from bot.refusal import N_
from bot.say import Button, Rows
from bot.search.spelling import restore
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, parts, pattern
from bot.talk.filters import PRIVATE, TEXT
from bot.talk.quiz_round import LENGTH, ORDERS, Round
from bot.talk.turn import Turn
from handlers.stale import tell_stale
from handlers.tips import show_tip

PAYLOAD = "q_"  # of a link that opens one quiz
NAMES = frozenset({"do vui", "cau do", "cau do vui", "choi do vui", "do vui di", "quiz", "choi quiz"})


class NamesQuiz(filters.MessageFilter):
    """Nothing but the name of it was typed."""

    def filter(self, message: Message) -> bool:
        return fold(restore(message.text or "")) in NAMES


async def start(update: Update, context: TurnContext) -> None:
    _begin(context.turn)


def _begin(turn: Turn, packed: Sequence[str] = ()) -> None:
    order = _new_order(turn)
    _ask(turn, turn.knowledge.quizzes.first(order), Round(order), turn.say)


def show_quiz(turn: Turn, quiz_id: str) -> None:
    """A round over all topics that begins with this one, as a new message. Raises KeyError."""
    _ask(turn, turn.knowledge.quizzes.quiz(quiz_id), Round(_new_order(turn)), turn.say)


def _new_order(turn: Turn) -> int:
    # Every update has a number of its own, so neighbours and evenings differ with nothing stored.
    return turn.update.update_id % ORDERS


def _press_under_tip(turn: Turn, packed: list[str]) -> None:
    """The question takes the place of the tip, which would give it away."""
    (tip_id,) = packed
    if (quiz := turn.knowledge.quizzes.of_tip(tip_id)) is None:
        raise KeyError(tip_id)
    _ask(turn, quiz, Round(_new_order(turn), in_topic=True), turn.change)


def _press_answer(turn: Turn, packed: list[str]) -> None:
    """The same button pressed again gives the same page again."""
    quiz_id, choice, *more = packed
    quiz, chosen = turn.knowledge.quizzes.quiz(quiz_id), int(choice)
    if not 1 <= chosen <= len(quiz.answers):
        raise ValueError(choice)
    played = Round.unpacked(more).answered(is_right=chosen == quiz.right)
    turn.change(_explained(turn, quiz, chosen, played), buttons=_ways_on(turn, quiz, played))


def _press_next(turn: Turn, packed: list[str]) -> None:
    quiz_id, *more = packed
    played, quizzes = Round.unpacked(more), turn.knowledge.quizzes
    topic = quizzes.topic_of(quiz_id) if played.in_topic else None
    _ask(turn, quizzes.next(quiz_id, topic, order=played.order), played.going_on(), turn.change)


def _press_read(turn: Turn, packed: list[str]) -> None:
    """Below, so that the round stays where it is."""
    (tip_id,) = packed
    show_tip(turn, tip_id)


def _ask(turn: Turn, quiz: Quiz, played: Round, show: Callable[..., None]) -> None:
    text = turn.t(
        "🧩 Đố vui, câu {number}/{length}\n\n<b>{question}</b>",
        number=played.asked + 1,
        length=LENGTH,
        question=quiz.question,
    )
    answers = (
        (Button(answer, pack("quiz.answer", quiz.id, number, *played.packed())),)
        for number, answer in enumerate(quiz.answers, 1)
    )
    show(text, buttons=tuple(answers))


def _explained(turn: Turn, quiz: Quiz, chosen: int, played: Round) -> Markup:
    head = turn.t("🧩 <b>{question}</b>", question=quiz.question)
    why = turn.t("{why}\n<i>Nguồn: {source}</i>", why=quiz.why, source=quiz.source)
    return Markup("\n\n").join([head, _verdict(turn, quiz, chosen), why, _tally(turn, played)])


def _verdict(turn: Turn, quiz: Quiz, chosen: int) -> Markup:
    if chosen == quiz.right:
        return turn.t("✅ Đúng rồi: <b>{answer}</b>", answer=quiz.right_answer)
    return turn.t(
        "❌ Chưa đúng: {chosen}\n✅ Câu đúng là: <b>{answer}</b>",
        chosen=quiz.answers[chosen - 1],
        answer=quiz.right_answer,
    )


def _tally(turn: Turn, played: Round) -> Markup:
    if not played.is_over:
        text = N_("Đúng {right}/{asked}")
    elif played.right == played.asked:
        text = N_("Đúng {right}/{asked}, trọn một vòng. Bạn rành quá!")
    else:
        text = N_("Đúng {right}/{asked}, hết một vòng rồi. Biết thêm câu nào hay câu nấy.")
    return turn.t(text, right=played.right, asked=played.asked)


def _ways_on(turn: Turn, quiz: Quiz, played: Round) -> Rows:
    further = pack("quiz.next", quiz.id, *played.packed())
    read = Button(str(turn.t("🌱 Đọc mẹo này")), pack("quiz.read", quiz.tip))
    topics = Button(str(turn.t("↩️ Chủ đề")), pack("tips.menu"))
    if not played.is_over:
        return ((Button(str(turn.t("➡️ Câu khác")), further),), (read,), (topics,))
    again = Button(str(turn.t("🔁 Chơi tiếp")), further)
    link = turn.channel.share_link(PAYLOAD + quiz.id, quiz.question)
    return ((again,), (Button(str(turn.t("🔗 Chia sẻ")), url=link),), (read,), (topics,))


def _button(action: str, act: Callable[[Turn, list[str]], None]) -> Handler:
    """Whatever is wrong with the data of a button, old or forged, is answered alike."""

    async def press(update: Update, context: TurnContext) -> None:
        assert update.callback_query and update.callback_query.data
        turn = context.turn
        try:
            if not turn.in_private:
                raise ValueError("a quiz is for private chats")
            act(turn, parts(update.callback_query.data))
        except (KeyError, ValueError):
            tell_stale(turn)

    return CallbackQueryHandler(press, pattern(action))


handlers: Sequence[Handler] = (
    CommandHandler(["dovui", "quiz"], start, PRIVATE),
    _button("quiz.start", _begin),
    _button("quiz.tip", _press_under_tip),
    _button("quiz.answer", _press_answer),
    _button("quiz.next", _press_next),
    _button("quiz.read", _press_read),
)

free_text: Sequence[Handler] = (MessageHandler(TEXT & NamesQuiz(), start),)
"""What was typed unasked; see words.py."""
