"""`/canbo`: who is on the staff; changing a role, removing somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot import staff
from bot.refusal import N_, Refusal
from bot.say import Button, Rows, Say
from bot.staff import Member
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.cards import LANGUAGE
from bot.talk.filters import PRIVATE
from bot.talk.turn import Turn
from handlers.duty import number, pressed
from handlers.groups import GROUP
from handlers.help import ROLES

PAGE = 8
COMMUNES_SHOWN = 5
INVITE = N_("➕ Mời")
REMOVE = N_("🗑 Gỡ khỏi danh sách")
BACK = N_("⬅️ Danh sách")


async def show(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "admin")
    text, buttons = await _list(turn, 0)
    turn.say(text, buttons=buttons)


async def in_group(update: Update, context: TurnContext) -> None:
    """An invitation shown in a group could be taken by anybody there."""
    turn = context.turn
    staff.require(turn.person, "admin")
    turn.say(
        turn.t("Danh sách cán bộ và lời mời chỉ xem riêng. Bạn gõ /canbo trong chat riêng với Trà Vinh Xanh.")
    )


async def page(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "admin")
    text, buttons = await _list(turn, number(pressed(update)[0]))
    turn.change(text, buttons=buttons)


async def _list(turn: Turn, asked: int) -> tuple[Markup, Rows]:
    members = await staff.members(turn.session)
    at, pages = clamp(asked, len(members))
    rows = [
        (Button(f"{member.name} · {turn.t(ROLES[member.role])}", pack("staff.open", member.person_id)),)
        for member in members[at * PAGE : (at + 1) * PAGE]
    ]
    arrows = page_buttons(at, pages, lambda to: pack("staff.page", to))
    invite = Button(str(turn.t(INVITE)), pack("invite.ask"))
    text = turn.t("👥 <b>Cán bộ</b> ({n}). Bấm tên để đổi vai trò hoặc gỡ.", n=len(members))
    return text, (*rows, *((arrows,) if arrows else ()), (invite,))


def clamp(asked: int, count: int) -> tuple[int, int]:
    """The page to show, counted from 0, and how many there are: an old button may ask for too much."""
    pages = max(1, -(-count // PAGE))
    return min(asked, pages - 1), pages


def page_buttons(at: int, pages: int, data: Callable[[int], str]) -> tuple[Button, ...]:
    """‹ and › where there is more; empty for one page."""
    before = (Button(f"‹ {at}/{pages}", data(at - 1)),) if at > 0 else ()
    after = (Button(f"{at + 2}/{pages} ›", data(at + 1)),) if at + 1 < pages else ()
    return before + after


async def open_member(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "admin")
    member = await _member(turn, update)
    turn.change(_shown(turn, member), buttons=_member_buttons(turn, member))


async def _member(turn: Turn, update: Update) -> Member:
    person_id = number(pressed(update)[0])
    for member in await staff.members(turn.session):
        if member.person_id == person_id:
            return member
    raise Refusal(N_("Người này không còn trong danh sách cán bộ."))


def _shown(turn: Turn, member: Member) -> Markup:
    return turn.t(
        "👤 <b>{name}</b>\n{role} · {area}",
        name=member.name,
        role=turn.t(ROLES[member.role]),
        area=area_text(turn, member.communes),
    )


def area_text(turn: Turn, communes: Sequence[str] | None) -> Markup:
    if communes is None:
        return turn.t("Tất cả xã")
    known = [found.name for code in communes if (found := turn.knowledge.places.get(code))]
    shown = ", ".join(known[:COMMUNES_SHOWN])
    more = len(known) - COMMUNES_SHOWN
    return turn.t("{communes} và {n} nơi khác", communes=shown, n=more) if more > 0 else Markup.escape(shown)


def _member_buttons(turn: Turn, member: Member) -> Rows:
    roles = tuple(
        Button(str(turn.t(ROLES[role])), pack("staff.role", member.person_id, role))
        for role in staff.ROLES
        if role != member.role
    )
    return (
        roles,
        (Button(str(turn.t(REMOVE)), pack("staff.remove", member.person_id)),),
        (Button(str(turn.t(BACK)), pack("staff.page", 0)),),
    )


async def change_role(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "admin")
    person_id, role = pressed(update, 2)
    if role not in staff.ROLES:
        raise Refusal(N_("Không có vai trò này."))
    before = await staff.change_role(
        turn.session, turn.person, number(person_id), role, turn.settings.admin_addresses, turn.now
    )
    turn.tell(
        before.address,
        Say(turn.t_in(LANGUAGE, N_("Vai trò của bạn bây giờ: <b>{role}</b>."), role=ROLES[role])),
    )
    member = await _member(turn, update)
    if member.person_id == turn.person.id:
        turn.change(_shown(turn, member))  # no longer an admin: nothing left to press
    else:
        turn.change(_shown(turn, member), buttons=_member_buttons(turn, member))


async def ask_remove(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "admin")
    member = await _member(turn, update)
    turn.change(
        turn.t("Gỡ <b>{name}</b> khỏi danh sách cán bộ?", name=member.name),
        buttons=(
            (Button(str(turn.t("Gỡ")), pack("staff.gone", member.person_id)),),
            (Button(str(turn.t("Không gỡ")), pack("staff.open", member.person_id)),),
        ),
    )


async def remove(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "admin")
    gone = await staff.remove(
        turn.session, turn.person, number(pressed(update)[0]), turn.settings.admin_addresses, turn.now
    )
    turn.tell(
        gone.address, Say(turn.t_in(LANGUAGE, N_("Bạn không còn trong danh sách cán bộ của Trà Vinh Xanh.")))
    )
    turn.change(
        turn.t("Đã gỡ <b>{name}</b>.", name=gone.name),
        buttons=((Button(str(turn.t(BACK)), pack("staff.page", 0)),),)
        if gone.person_id != turn.person.id
        else (),
    )


handlers: Sequence[Handler] = (
    CommandHandler("canbo", show, PRIVATE),
    CommandHandler("canbo", in_group, GROUP),
    CallbackQueryHandler(page, pattern("staff.page")),
    CallbackQueryHandler(open_member, pattern("staff.open")),
    CallbackQueryHandler(change_role, pattern("staff.role")),
    CallbackQueryHandler(ask_remove, pattern("staff.remove")),
    CallbackQueryHandler(remove, pattern("staff.gone")),
)
