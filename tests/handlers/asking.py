"""For tests of questions to staff: what the bot does not know, and who waits for an answer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from bot.store.tables import Missed, Question
from tests.harness import Heard, User, World

UNKNOWN = "qwrtzp xbvnm"
OTHER = "zkkl wpvq"
ASK = "Hỏi cán bộ"


async def missed(world: World) -> Sequence[Missed]:
    async with world.session() as session:
        return (await session.execute(select(Missed).order_by(Missed.first_at, Missed.text))).scalars().all()


async def waiting(world: World) -> Sequence[Question]:
    async with world.session() as session:
        return (await session.execute(select(Question).order_by(Question.person_id))).scalars().all()


async def asks(user: User, words: str = UNKNOWN) -> None:
    await user.sends(f"/phanloai {words}")
    await user.presses(ASK)


async def opens(staff: User, words: str = UNKNOWN) -> Heard:
    """The question in /cauhoi."""
    await staff.sends("/cauhoi")
    await staff.presses(words)
    return staff.last


async def answers(staff: User, answer: str, words: str = UNKNOWN) -> None:
    await opens(staff, words)
    await staff.presses("✍️ Trả lời")
    await staff.sends(answer)
    await staff.presses("✅ Gửi")
