"""✅ Đã xử lý: asks for a photo of the cleaned place, or for one of the reasons why none is needed.

The draft `resolve` belongs to the officer in that chat. It holds `waiting`, the reports asked about
as code → id, and `album`: the group id and report id of an album whose first photo was taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler

from bot import photos, reports, staff
from bot.flow import outbox
from bot.pictures import MOST_BYTES
from bot.refusal import N_, Refusal
from bot.reports import OPEN
from bot.reports.changes import was_reopened
from bot.reports.proof import add_after_photo
from bot.say import Button, Rows
from bot.store.tables import Report
from bot.talk import menu
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import pack, pattern
from bot.talk.cards import refresh_cards
from bot.talk.filters import Question
from bot.talk.news import tell_resolved
from bot.talk.turn import Turn
from handlers.duty import number, open_report, pressed, state_line
from handlers.duty_filters import HERE, PICTURE, REPLY, FromStaff, LaterOfAlbum
from handlers.report_filters import ANSWER

KIND = "resolve"
NOT_YOURS = N_("Chỉ người bấm nút trên thẻ mới chọn được ở đây.")


async def ask(update: Update, context: TurnContext) -> None:
    turn = context.turn
    report = await open_report(turn, pressed(update)[0])
    if report is None:
        return
    _await_proof(turn, report)
    turn.say(_question(turn, report), ask_reply=True, reply_to=pressed_message(update), report_id=report.id)
    if turn.person.role == "admin" or not await was_reopened(turn.session, report):
        text = turn.t("{code}: <b>Không cần ảnh</b>? Bạn chọn một lý do.", code=report.code)
        turn.say(text, buttons=_reasons(turn, report), report_id=report.id)


def _await_proof(turn: Turn, report: Report) -> None:
    """Several reports may wait for their photos at the same time."""
    if turn.draft is None or turn.draft.kind != KIND:
        turn.open(KIND, "photo", waiting={report.code: report.id}, album=None)
        return
    turn.draft.data["waiting"][report.code] = report.id
    turn.draft.go("photo")


def _question(turn: Turn, report: Report) -> Markup:
    if turn.in_private:
        return turn.t("📷 <b>{code}</b>: bạn gửi ảnh sau khi dọn.", code=report.code)
    return turn.t(
        "📷 <b>{code}</b>: {name} trả lời tin này bằng ảnh sau khi dọn.", code=report.code, name=mention(turn)
    )


def mention(turn: Turn) -> Markup:
    """Telegram asks only who is mentioned for the reply."""
    user, name = turn.update.effective_user, turn.person.staff_name or ""
    if user is None or turn.channel.name != "telegram":
        return Markup.escape(name)
    return Markup(user.mention_html(name or None))  # noqa: S704 (escapes the name)


def pressed_message(update: Update) -> int | None:
    query = update.callback_query
    return query.message.message_id if query and query.message is not None else None


def _reasons(turn: Turn, report: Report) -> Rows:
    who = (report.id, turn.person.id)
    return (
        *(
            (Button(reason.label.of(turn.language), pack("duty.done", *who, reason.code)),)
            for reason in turn.knowledge.reasons.no_photo
        ),
        (leave_button(turn, report),),
    )


def leave_button(turn: Turn, report: Report) -> Button:
    return Button(str(turn.t(menu.CANCEL)), pack("duty.leave", report.id, turn.person.id))


async def choose(update: Update, context: TurnContext) -> None:
    """A reason why no photo is needed."""
    turn = context.turn
    report_id, officer_id, code = pressed(update, 3)
    report = await own_question(turn, report_id, officer_id)
    if report is None:
        return
    reason = {one.code: one for one in turn.knowledge.reasons.no_photo}.get(code)
    if reason is None:
        raise Refusal(N_("Lý do này không còn dùng. Bạn bấm lại ✅ Đã xử lý trên thẻ."))
    await reports.resolve(turn.session, report, turn.person, turn.now, reason=code)
    _answered(turn, report)
    await _tell(turn, report)
    label = reason.label.of(turn.language)
    turn.change(turn.t("✅ {code}: đã xử lý.\n{reason}", code=report.code, reason=label), report_id=report.id)


async def own_question(turn: Turn, report_id: str, officer_id: str) -> Report | None:
    """The report of a question this officer was asked. None when it is closed: the question says so then."""
    staff.require(turn.person, "officer")
    if number(officer_id) != turn.person.id:
        raise Refusal(NOT_YOURS)
    report = await open_report(turn, report_id)
    if report is None and (closed := await reports.by_id(turn.session, number(report_id))):
        turn.change(await state_line(turn, closed), report_id=closed.id)
    return report


async def leave(update: Update, context: TurnContext) -> None:
    """❌ under a question about a report."""
    turn = context.turn
    report_id, officer_id = pressed(update, 2)
    report = await own_question(turn, report_id, officer_id)
    if report is None:
        return
    if turn.draft and turn.draft.kind == KIND:
        _answered(turn, report)
    elif turn.draft and turn.draft.data.get("report") == report.id:
        turn.close()
    turn.change(turn.t("Đã bỏ. ") + await state_line(turn, report), report_id=report.id)


async def receive(update: Update, context: TurnContext) -> None:
    """A photo, as an answer to ✅."""
    assert update.message
    turn = context.turn
    staff.require(turn.person, "officer")
    report = await _meant(turn, update.message)
    if report is None:
        _ask_which(turn)
    elif report.state not in OPEN:
        await _too_late(turn, report)
    elif (photo_id := await _keep(turn, update.message)) is None:
        turn.say(turn.t("{code}: cần một tấm ảnh, lớn nhất 20 MB.", code=report.code), report_id=report.id)
    else:
        await reports.resolve(turn.session, report, turn.person, turn.now, photo_ids=[photo_id])
        _answered(turn, report, update.message.media_group_id)
        await _tell(turn, report, photo_id)
        turn.say(
            turn.t("✅ {code}: đã xử lý. Người báo nhận được ảnh này rồi.", code=report.code),
            reply_to=update.message.message_id,
            report_id=report.id,
        )


async def _meant(turn: Turn, message: Message) -> Report | None:
    """The waiting report that a photo belongs to; None when that is not clear."""
    waiting = _waiting(turn)
    replied = message.reply_to_message
    if replied is not None:
        code = reports.parse_code(replied.text or replied.caption or "")
        about = await outbox.report_of(turn.session, turn.chat, replied.message_id)
        if code or about:
            known = waiting.get(code or "", about or 0)
            return await reports.by_id(turn.session, known) if known in waiting.values() else None
    if turn.in_private and len(waiting) == 1:
        return await reports.by_id(turn.session, *waiting.values())
    return None


def _waiting(turn: Turn) -> dict[str, int]:
    waiting: dict[str, int] = turn.draft.data["waiting"] if turn.draft else {}
    return waiting


def _ask_which(turn: Turn) -> None:
    codes = ", ".join(_waiting(turn))
    turn.say(
        turn.t(
            "Ảnh này của phản ánh nào? Bạn trả lời đúng tin hỏi ảnh có ghi mã. Đang chờ: {codes}.",
            codes=codes,
        )
    )


async def _too_late(turn: Turn, report: Report) -> None:
    _answered(turn, report)
    turn.say(turn.t("Ảnh này chưa dùng tới. ") + await state_line(turn, report), report_id=report.id)
    await refresh_cards(turn, report)


async def _keep(turn: Turn, message: Message) -> int | None:
    """The photo's id; None when it is no picture or too big to fetch."""
    document = message.document
    if message.photo:
        file_id = message.photo[-1].file_id
    elif document and (document.mime_type or "").startswith("image/"):
        file_id = document.file_id
        if (document.file_size or 0) > MOST_BYTES:
            return None
    else:
        return None
    return await _stored(turn, file_id, compressed=bool(message.photo))


async def _stored(turn: Turn, file_id: str, *, compressed: bool) -> int:
    channel, owner_id = turn.channel.name, turn.person.id
    if channel == "web":  # the page keeps its uploads when they arrive
        photo_id = await photos.by_file(turn.session, channel, file_id)
        if photo_id is not None:
            await photos.own(turn.session, photo_id, owner_id)
            return photo_id
    return await photos.add(
        turn.session, channel=channel, file_id=file_id, compressed=compressed, owner_id=owner_id, now=turn.now
    )


def _answered(turn: Turn, report: Report, album: str | None = None) -> None:
    """Nothing more is awaited for this report, save the rest of its album."""
    draft = turn.draft
    if draft is None or draft.kind != KIND:
        return
    draft.data["waiting"].pop(report.code, None)
    if album:
        draft.data["album"] = [album, report.id]
    if draft.data["waiting"]:
        return
    if album:
        draft.go("album")
    else:
        turn.close()


async def _tell(turn: Turn, report: Report, *after: int) -> None:
    await refresh_cards(turn, report)
    await tell_resolved(turn, report, after)


async def add_to_album(update: Update, context: TurnContext) -> None:
    """The other photos of an album whose first one resolved the report."""
    assert update.message
    turn = context.turn
    assert turn.draft
    report = await reports.by_id(turn.session, turn.draft.data["album"][1])
    photo_id = await _keep(turn, update.message)
    if report is not None and photo_id is not None:
        await add_after_photo(turn.session, report, turn.person, photo_id)


async def remind(update: Update, context: TurnContext) -> None:
    """Words never resolve; the question stays open."""
    turn = context.turn
    codes = ", ".join(_waiting(turn))
    turn.say(
        turn.t(
            "{codes}: cần ảnh sau khi dọn, hoặc chọn một lý do <b>Không cần ảnh</b>. Bỏ thì gõ /huy.",
            codes=codes,
        )
    )


async def hint(update: Update, context: TurnContext) -> None:
    """A photo from an officer who was not asked."""
    turn = context.turn
    turn.say(
        turn.t("Ảnh này chưa tính. Ai xử lý xong thì tự bấm ✅ Đã xử lý trên thẻ, rồi trả lời tin hỏi ảnh.")
    )


OPEN_QUESTION = Question("resolve.photo")

handlers: Sequence[Handler] = (
    CallbackQueryHandler(ask, pattern("duty.resolve")),
    CallbackQueryHandler(choose, pattern("duty.done")),
    CallbackQueryHandler(leave, pattern("duty.leave")),
    MessageHandler(HERE & PICTURE & LaterOfAlbum(), add_to_album),
    MessageHandler(HERE & PICTURE & OPEN_QUESTION, receive),
    MessageHandler((ANSWER | REPLY) & OPEN_QUESTION, remind),
    MessageHandler(REPLY & PICTURE & FromStaff(), hint),
)
