"""News of a report for those who follow it, each in their own language."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from bot import reports
from bot.address import Address
from bot.refusal import N_
from bot.say import Button, Rows, Say
from bot.store.tables import Report
from bot.talk.buttons import pack
from bot.talk.speaker import Speaker

CLEAN = N_("👍 Đã sạch")
NOT_CLEAN = N_("👎 Chưa sạch")


async def tell_taken(speaker: Speaker, report: Report) -> None:
    await _tell_all(
        speaker,
        report,
        lambda language: speaker.t_in(
            language, N_("🧹 <code>{code}</code>: cán bộ đã nhận và đang xử lý."), code=report.code
        ),
    )


async def tell_resolved(speaker: Speaker, report: Report, after: tuple[int, ...]) -> None:
    """With the after-photo, or with the reason why there is none; asks whether it is clean."""

    def text(language: str) -> Markup:
        done = speaker.t_in(language, N_("✅ <code>{code}</code>: đã xử lý."), code=report.code)
        if report.reason:
            reason = speaker.knowledge.reasons.without_photo(report.reason).text.of(language)
            done += Markup("\n{}").format(reason)
        return done + "\n" + speaker.t_in(language, N_("Bà con thấy chỗ đó đã sạch chưa?"))

    await _tell_all(
        speaker, report, text, photos=after, buttons=lambda language: judge_buttons(speaker, report, language)
    )


async def tell_rejected(speaker: Speaker, report: Report) -> None:
    def text(language: str) -> Markup:
        reason = speaker.knowledge.reasons.rejecting(report.reason or "")
        as_written = report.instead or reason.where.vi
        # What the officer left as it was can be said in the follower's own language.
        instead = reason.where.of(language) if as_written == reason.where.vi else as_written
        head = speaker.t_in(language, N_("🚫 <code>{code}</code>: không xử lý được ở đây."), code=report.code)
        return Markup("{}\n{}\n👉 {}").format(head, reason.text.of(language), instead)

    await _tell_all(speaker, report, text)


def judge_buttons(speaker: Speaker, report: Report, language: str) -> Rows:
    return (
        (
            Button(str(speaker.t_in(language, CLEAN)), pack("report.judge", report.id, "clean")),
            Button(str(speaker.t_in(language, NOT_CLEAN)), pack("report.judge", report.id, "dirty")),
        ),
    )


async def _tell_all(
    speaker: Speaker,
    report: Report,
    text: Callable[[str], Markup],
    *,
    photos: tuple[int, ...] = (),
    buttons: Callable[[str], Rows] = lambda language: (),
) -> None:
    for _, where, language in await reports.followers(speaker.session, report.id):
        said = Say(text(language), buttons=buttons(language), photos=photos)
        speaker.tell(Address(where), said, report_id=report.id)
