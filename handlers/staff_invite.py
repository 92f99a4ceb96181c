"""➕ Mời: role, then all communes or some, then a link that works once.

The draft `invite` holds `role` and `communes`, the codes picked so far.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot import staff
from bot.places.communes import Commune
from bot.refusal import N_, Refusal
from bot.say import Button, Rows
from bot.talk import menu
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.drafts import Draft
from bot.talk.shortcuts import CANCEL
from bot.talk.turn import Turn
from handlers.duty import number, pressed
from handlers.help import ROLES
from handlers.staff_members import PAGE, area_text, clamp, page_buttons

KIND = "invite"
ALL = N_("Tất cả xã")
SOME = N_("Chọn xã")
DONE = N_("✅ Xong ({n})")
PROVINCES = N_("⬅️ Tỉnh cũ")
INVITED = ("officer", "editor", "admin")


async def ask(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "admin")
    rows = tuple((Button(str(turn.t(ROLES[role])), pack("invite.role", role)),) for role in INVITED)
    turn.change(turn.t("Mời ai?"), buttons=(*rows, _cancel(turn)))


def _cancel(turn: Turn) -> tuple[Button, ...]:
    return (Button(str(turn.t(menu.CANCEL)), pack(CANCEL)),)


async def choose_role(update: Update, context: TurnContext) -> None:
    turn = context.turn
    staff.require(turn.person, "admin")
    role = pressed(update)[0]
    if role not in INVITED:
        raise Refusal(N_("Không có vai trò này."))
    _require_private(turn)
    draft = turn.open(KIND, "area", role=role, communes=[])
    some = () if role == "admin" else ((Button(str(turn.t(SOME)), pack("invite.some", draft.id)),),)
    turn.change(
        turn.t("<b>{role}</b>: lo cho những xã, phường nào?", role=turn.t(ROLES[role])),
        buttons=((Button(str(turn.t(ALL)), pack("invite.all", draft.id)),), *some, _cancel(turn)),
    )


def _require_private(turn: Turn) -> None:
    if not turn.in_private:
        raise Refusal(
            N_("Bạn mời trong chat riêng với Trà Vinh Xanh nha: trong nhóm ai cũng lấy được lời mời.")
        )


def _draft(turn: Turn, draft_id: str) -> Draft:
    """The open invitation, if the button belongs to it. Raises Refusal."""
    staff.require(turn.person, "admin")
    if turn.draft is None or turn.draft.kind != KIND or turn.draft.id != draft_id:
        raise Refusal(N_("Lời mời này không còn mở. Bạn gõ /canbo rồi bấm lại ➕ Mời."))
    return turn.draft


async def show_provinces(update: Update, context: TurnContext) -> None:
    turn = context.turn
    draft = _draft(turn, pressed(update)[0])
    rows = tuple(
        (Button(name, pack("invite.page", draft.id, place, 0)),)
        for place, name in enumerate(_provinces(turn))
    )
    turn.change(_chosen(turn, draft), buttons=(*rows, *_done(turn, draft), _cancel(turn)))


def _provinces(turn: Turn) -> list[str]:
    """Before July 2025; Trà Vinh first, the rest as in the list of communes."""
    names = dict.fromkeys(commune.former_province for commune in turn.knowledge.places.communes)
    return sorted(names, key=lambda name: name != "Trà Vinh")


def _chosen(turn: Turn, draft: Draft) -> Markup:
    role = ROLES[draft.data["role"]]
    text = turn.t("<b>{role}</b>: chọn các xã, phường.", role=turn.t(role))
    picked = draft.data["communes"]
    return text + "\n" + area_text(turn, picked) if picked else text


def _done(turn: Turn, draft: Draft) -> Rows:
    count = len(draft.data["communes"])
    return ((Button(str(turn.t(DONE, n=count)), pack("invite.done", draft.id)),),) if count else ()


async def show_communes(update: Update, context: TurnContext) -> None:
    turn = context.turn
    draft_id, province, asked = pressed(update, 3)
    _communes(turn, _draft(turn, draft_id), number(province), number(asked))


async def pick(update: Update, context: TurnContext) -> None:
    """Adds a commune, or takes it back."""
    turn = context.turn
    draft_id, province, asked, code = pressed(update, 4)
    draft = _draft(turn, draft_id)
    picked: list[str] = draft.data["communes"]
    if code in picked:
        picked.remove(code)
    elif turn.knowledge.places.get(code):
        picked.append(code)
    _communes(turn, draft, number(province), number(asked))


def _communes(turn: Turn, draft: Draft, province: int, asked: int) -> None:
    names = _provinces(turn)
    province = min(province, len(names) - 1)
    there = [one for one in turn.knowledge.places.communes if one.former_province == names[province]]
    at, pages = clamp(asked, len(there))
    rows = [
        (_switch(draft, one, pack("invite.pick", draft.id, province, at, one.code)),)
        for one in there[at * PAGE : (at + 1) * PAGE]
    ]
    arrows = page_buttons(at, pages, lambda to: pack("invite.page", draft.id, province, to))
    back = (Button(str(turn.t(PROVINCES)), pack("invite.some", draft.id)),)
    turn.change(
        _chosen(turn, draft),
        buttons=(*rows, *((arrows,) if arrows else ()), back, *_done(turn, draft), _cancel(turn)),
    )


def _switch(draft: Draft, commune: Commune, data: str) -> Button:
    return Button(f"{'☑' if commune.code in draft.data['communes'] else '☐'} {commune.name}", data)


async def for_all(update: Update, context: TurnContext) -> None:
    turn = context.turn
    await _invite(turn, _draft(turn, pressed(update)[0]), None)


async def for_some(update: Update, context: TurnContext) -> None:
    turn = context.turn
    draft = _draft(turn, pressed(update)[0])
    if not draft.data["communes"]:
        raise Refusal(N_("Bạn chọn ít nhất một xã, phường."))
    await _invite(turn, draft, sorted(draft.data["communes"]))


async def _invite(turn: Turn, draft: Draft, communes: list[str] | None) -> None:
    role = draft.data["role"]
    token = await staff.invite(turn.session, turn.person, role, communes, turn.now)
    # Who can read the log must not be able to use the invitation.
    await staff.record(turn.session, turn.person, "staff.invite", role, turn.now, communes=communes)
    turn.close()
    turn.change(
        turn.t(
            "✉️ Lời mời <b>{role}</b> · {area}\nGửi riêng đường dẫn này cho người được mời."
            " Dùng được một lần, trong {days} ngày:\n{link}",
            role=turn.t(ROLES[role]),
            area=area_text(turn, communes),
            days=staff.INVITE_LASTS.days,
            link=turn.channel.link(f"s_{token}"),
        )
    )


handlers: Sequence[Handler] = (
    CallbackQueryHandler(ask, pattern("invite.ask")),
    CallbackQueryHandler(choose_role, pattern("invite.role")),
    CallbackQueryHandler(for_all, pattern("invite.all")),
    CallbackQueryHandler(show_provinces, pattern("invite.some")),
    CallbackQueryHandler(show_communes, pattern("invite.page")),
    CallbackQueryHandler(pick, pattern("invite.pick")),
    CallbackQueryHandler(for_some, pattern("invite.done")),
)
