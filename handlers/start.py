"""`/start`: who this is and what it can do; with a payload, straight to what a link was about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot import people, staff
from bot.fold import nfc
from bot.refusal import N_
from bot.talk.application import Handler, TurnContext
from bot.talk.filters import PRIVATE
from bot.talk.menu import menu
from bot.talk.translated import machine_line
from bot.talk.turn import Turn
from handlers.groups import tell_where
from handlers.help import ROLES
from handlers.quiz import PAYLOAD as QUIZ
from handlers.quiz import show_quiz
from handlers.report_view import show_report
from handlers.sorting import PAYLOAD as ITEM
from handlers.sorting import show_item
from handlers.tips import PAYLOAD as TIP
from handlers.tips import show_tip, show_topic

LONGEST_NAME = 64
STAFF = N_("Cán bộ")

Opener = Callable[[Turn, str], Awaitable[None]]


async def start(update: Update, context: TurnContext) -> None:
    turn = context.turn
    payload = context.args[0] if context.args else ""
    prefix = payload[:2]
    if prefix not in OPENERS:
        welcome(turn)
        return
    if turn.person.is_new and prefix in WITHOUT_MENU:
        welcome(turn)
    try:
        await OPENERS[prefix](turn, payload[2:])
    except KeyError:  # an old link to what is no more
        if not turn.messages:
            welcome(turn)


def welcome(turn: Turn) -> None:
    text = turn.t(
        "🌿 <b>Trà Vinh Xanh</b> chào bà con!\n"
        "Thấy rác bỏ bậy thì gửi hình và vị trí, chưa biết món nào bỏ đâu thì gõ tên món đó.\n"
        "Muốn làm gì cứ bấm ở dưới."
    )
    turn.say(text + machine_line(turn) + _open_line(turn), keyboard=menu(turn))


def _open_line(turn: Turn) -> str:
    if turn.draft is None or turn.draft.kind == "sort":
        return ""
    return "\n\n" + turn.t("Bạn còn một việc làm dở: cứ trả lời tiếp, hoặc gõ /huy để bỏ.")


async def start_in_group(update: Update, context: TurnContext) -> None:
    tell_where(context.turn)


async def _open_report(turn: Turn, code: str) -> None:
    await show_report(turn, code)


async def _open_topic(turn: Turn, code: str) -> None:
    show_topic(turn, code)


async def _open_tip(turn: Turn, tip_id: str) -> None:
    show_tip(turn, tip_id)


async def _open_quiz(turn: Turn, quiz_id: str) -> None:
    show_quiz(turn, quiz_id)


async def _open_item(turn: Turn, item_id: str) -> None:
    show_item(turn, item_id)


async def _preset_commune(turn: Turn, code: str) -> None:
    commune = turn.knowledge.places.commune(code)
    await people.set_commune(turn.session, turn.person, code)
    turn.say(
        turn.t(
            "🌿 <b>Trà Vinh Xanh</b> chào bà con {commune}!\n"
            "Thấy rác bỏ bậy thì gửi hình và vị trí, chưa biết món nào bỏ đâu thì gõ tên món đó.",
            commune=commune.name[:1].lower() + commune.name[1:],
        )
        + machine_line(turn),
        keyboard=menu(turn),
    )


async def _accept_invitation(turn: Turn, token: str) -> None:
    """Raises Refusal for a spent, old or forged one."""
    user = turn.update.effective_user
    name = nfc(user.full_name)[:LONGEST_NAME] if user else ""
    role = await staff.accept(turn.session, turn.person, token, name or STAFF, turn.now)
    turn.say(
        turn.t(
            "Bạn đã nhận việc: <b>{role}</b>. Các lệnh cho cán bộ nằm trong ⚙️ Khác.", role=turn.t(ROLES[role])
        ),
        keyboard=menu(turn),
    )


OPENERS: dict[str, Opener] = {
    "r_": _open_report,
    "t_": _open_topic,
    TIP: _open_tip,
    QUIZ: _open_quiz,
    ITEM: _open_item,
    "x_": _preset_commune,
    "s_": _accept_invitation,
}

WITHOUT_MENU = ("r_", "t_", TIP, QUIZ, ITEM)
"""What these open brings buttons of its own: who is new gets the menu first."""

handlers: Sequence[Handler] = (
    CommandHandler("start", start, PRIVATE),
    CommandHandler("start", start_in_group, filters.UpdateType.MESSAGE & filters.ChatType.GROUPS),
)
