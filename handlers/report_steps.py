"""The questions of a report: photo, place, kind, summary; each is asked for what is still missing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from markupsafe import Markup

from bot import photos
from bot.refusal import N_
from bot.say import Button, Key, Keyboard, Rows
from bot.talk import menu
from bot.talk.photo_place import offer_gps
from bot.talk.report_draft import ReportDraft, opened
from bot.talk.report_text import draft_place, kind_text
from bot.talk.turn import Turn
from handlers.report_alike import ask_alike, find_alike
from handlers.report_buttons import button

HERE = N_("📍 Gửi vị trí hiện tại")
WITHOUT_PHOTO = N_("Gửi không có ảnh")
SEND = N_("✅ Gửi phản ánh")
AGREE_AND_SEND = N_("✅ Đồng ý và gửi phản ánh")
DESCRIBE = N_("✍️ Thêm mô tả")
EDIT = N_("✏️ Sửa")
WRONG_COMMUNE = N_("✏️ Sai xã")
NONE_OF_THESE = N_("Không có trong này")
PRIVACY = N_(
    "🔒 <i>Trà Vinh Xanh lưu ảnh, vị trí, mô tả và tài khoản chat của bà con, chỉ để chuyển cán bộ dọn rác"
    " và báo lại kết quả. Cán bộ không thấy ai gửi. Bà con xem hay xóa dữ liệu của mình lúc nào cũng được:"
    " /dulieu. Đồng ý hay không là tùy bà con"
    " (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15).</i>"
)


class Say(Protocol):
    def __call__(self, text: str, *, buttons: Rows = (), keyboard: Keyboard | None = None) -> None: ...


Question = Callable[[Turn, ReportDraft, Say], Awaitable[None]]


async def go_on(
    turn: Turn, view: ReportDraft, *, head: str = "", key: str | None = None, edit: bool = False
) -> None:
    """Asks for what is missing; when nothing is, shows like reports nearby once, then the summary."""
    step = view.missing
    if step is None:
        step = "near" if not view.alike_seen and await find_alike(turn, view) else "confirm"
    view.go(step)
    await ask(turn, head=head, key=key, edit=edit)


async def ask(turn: Turn, *, head: str = "", key: str | None = None, edit: bool = False) -> None:
    """The open question, under `head`; `edit` puts it where the pressed button was, if it can stand there.

    With a `key` it is asked once only, however often this is called.
    """
    view = opened(turn)
    if view is None:
        return

    def say(text: str, *, buttons: Rows = (), keyboard: Keyboard | None = None) -> None:
        text = Markup("{}\n\n{}").format(head, text) if head else text
        if edit and keyboard is None:
            turn.change(text, buttons=buttons)
        else:
            turn.say(text, buttons=buttons, keyboard=keyboard, key=key)

    await QUESTIONS[view.step](turn, view, say)


def cancel_keyboard(turn: Turn, *keys: Key) -> Keyboard:
    """`keys` one below the other, and ❌ Huỷ."""
    return Keyboard((*((key,) for key in keys), (Key(str(turn.t(menu.CANCEL))),)))


async def _ask_photo(turn: Turn, view: ReportDraft, say: Say) -> None:
    if view.commune is None:
        text = turn.t(
            "📸 Bà con gửi ảnh điểm rác (tối đa 5 ảnh), hoặc gửi vị trí trước cũng được.\n"
            "<i>Nên tránh chụp rõ mặt người, biển số xe.</i>"
        )
        say(text, keyboard=cancel_keyboard(turn, Key(str(turn.t(HERE)), asks_location=True)))
        return
    text = turn.t("📍 {place}\n📸 Giờ bà con gửi ảnh điểm rác (tối đa 5 ảnh).", place=draft_place(turn, view))
    say(text, keyboard=cancel_keyboard(turn, Key(str(turn.t(WITHOUT_PHOTO)))))


async def _ask_place(turn: Turn, view: ReportDraft, say: Say) -> None:
    if view.choices:
        say(turn.t("Chỗ có rác thuộc xã, phường nào?"), buttons=commune_rows(turn, view, view.choices))
        return
    text = turn.t(
        "📍 Rác ở đâu? Bà con bấm <b>Gửi vị trí hiện tại</b> nếu đang đứng ở đó.\n"
        "Không thì gõ địa chỉ hay tên chợ, chùa, cầu… kèm tên xã; hoặc dán link Google Maps, mã Plus Code."
    )
    keyboard = cancel_keyboard(turn, Key(str(turn.t(HERE)), asks_location=True))
    say(text, keyboard=keyboard)
    await offer_gps(turn, view)


async def _ask_commune(turn: Turn, view: ReportDraft, say: Say) -> None:
    text = turn.t("Vậy là xã, phường nào? Bà con bấm chọn, hoặc gõ tên xã (tên cũ cũng được).")
    say(text, buttons=commune_rows(turn, view, view.choices) if view.choices else ())


def commune_rows(turn: Turn, view: ReportDraft, codes: Sequence[str]) -> Rows:
    """At most five communes, and a way out."""
    known = [found for code in codes[:5] if (found := turn.knowledge.places.get(code))]
    communes = [(button(turn, view, one.name, "report.commune", one.code),) for one in known]
    return (*communes, (button(turn, view, NONE_OF_THESE, "report.other"),))


async def _ask_kind(turn: Turn, view: ReportDraft, say: Say) -> None:
    text = turn.t("📍 {place}\n\nĐây là rác gì? Bà con bấm chọn.", place=draft_place(turn, view))
    guess = turn.knowledge.kinds.guess(view.description)
    if guess:
        text += "\n" + turn.t("👉 Nghe giống <b>{kind}</b>.", kind=guess.name.of(turn.language))
    say(text, buttons=_kind_rows(turn, view))


def _kind_rows(turn: Turn, view: ReportDraft) -> Rows:
    kinds = [
        Button(kind.name.of(turn.language), button(turn, view, "", "report.kind", kind.code).data)
        for kind in turn.knowledge.kinds.all
    ]
    pairs = [tuple(kinds[at : at + 2]) for at in range(0, len(kinds), 2)]
    return (*pairs, (button(turn, view, WRONG_COMMUNE, "report.wrong"),))


async def _ask_near(turn: Turn, view: ReportDraft, say: Say) -> None:
    await ask_alike(turn, view, PRIVACY)


async def _ask_confirm(turn: Turn, view: ReportDraft, say: Say) -> None:
    lines = [turn.t("<b>Bà con coi lại rồi gửi nha:</b>"), *await summary_lines(turn, view)]
    if turn.person.consented_at is None:
        lines += [Markup(""), turn.t(PRIVACY)]
    say(Markup("\n").join(lines), buttons=confirm_rows(turn, view))


async def summary_lines(turn: Turn, view: ReportDraft) -> list[Markup]:
    """What would be, or was, sent."""
    kind = turn.knowledge.kinds.kind(view.kind or "")
    lines = [
        *await _photo_lines(turn, view),
        Markup("📍 {}").format(draft_place(turn, view)),
        Markup.escape(kind_text(turn, kind)),
    ]
    return [*lines, Markup("✍️ {}").format(view.description)] if view.description else lines


async def _photo_lines(turn: Turn, view: ReportDraft) -> list[Markup]:
    if not view.photos:
        return [turn.t("📷 Không có ảnh")]
    lines = [turn.nt("📷 {n} ảnh", "📷 {n} ảnh", len(view.photos))]
    broken = [one for one in await photos.of(turn.session, view.photos) if one.state == "failed"]
    if broken:
        lines.append(turn.nt("⚠️ {n} ảnh không đọc được", "⚠️ {n} ảnh không đọc được", len(broken)))
    return lines


def confirm_rows(turn: Turn, view: ReportDraft) -> Rows:
    label = SEND if turn.person.consented_at else AGREE_AND_SEND
    return (
        (button(turn, view, label, "report.send"),),
        (button(turn, view, DESCRIBE, "report.describe"), button(turn, view, EDIT, "report.edit")),
        (button(turn, view, menu.CANCEL, "report.cancel"),),
    )


async def _ask_describe(turn: Turn, view: ReportDraft, say: Say) -> None:
    say(turn.t("✍️ Bà con gõ thêm mô tả: rác gì, nhiều ít, chỗ nào dễ thấy…"))


QUESTIONS: dict[str, Question] = {
    "photo": _ask_photo,
    "place": _ask_place,
    "commune": _ask_commune,
    "kind": _ask_kind,
    "near": _ask_near,
    "confirm": _ask_confirm,
    "describe": _ask_describe,
}
