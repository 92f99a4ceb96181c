"""A draft nobody touches: one nudge after 30 minutes, one after a day, gone after a week with a notice."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, update

from bot.address import Address, is_group
from bot.refusal import N_
from bot.say import Say
from bot.store.tables import Draft, Person
from bot.talk.speaker import Speaker

STEPS = (timedelta(minutes=30), timedelta(hours=24))
EXPIRES = timedelta(days=7)
NUDGED_KINDS = ("report",)
_NUDGE = N_("Bạn đang báo dở một điểm rác. Gửi tiếp là được, hoặc gõ /huy để bỏ.")
_EXPIRED = N_("Phản ánh dở của bạn đã để 7 ngày nên được bỏ đi. Khi cần, bạn báo lại bất cứ lúc nào.")


async def nudge(speaker: Speaker) -> None:
    """Quiet hours hold nudges back; expiry is told whenever it comes up."""
    await _expire(speaker)
    local = speaker.now.astimezone(speaker.settings.timezone)
    if speaker.settings.quiet_hours.covers(local.time()):
        return
    for count, after in reversed([*enumerate(STEPS, 1)]):  # the latest first: after a pause, one and not two
        due = select(Draft.id, Draft.chat, Person.language).join(Person, Person.id == Draft.person_id)
        found = await speaker.session.execute(
            due.where(
                Draft.kind.in_(NUDGED_KINDS), Draft.nudges < count, Draft.updated_at < speaker.now - after
            )
        )
        for draft_id, chat, language in found.all():
            await speaker.session.execute(update(Draft).where(Draft.id == draft_id).values(nudges=count))
            if not is_group(Address(chat)):
                speaker.tell(Address(chat), Say(speaker.t_in(language, _NUDGE)))


async def _expire(speaker: Speaker) -> None:
    old = Draft.updated_at < speaker.now - EXPIRES
    found = await speaker.session.execute(
        select(Draft.chat, Person.language).join(Person).where(old, Draft.kind.in_(NUDGED_KINDS))
    )
    for chat, language in found.all():
        speaker.tell(Address(chat), Say(speaker.t_in(language, _EXPIRED)))
    await speaker.session.execute(delete(Draft).where(old))
