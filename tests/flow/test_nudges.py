"""A draft left lying: one nudge, another after a day, gone after a week."""

from __future__ import annotations

import pytest

from bot.say import Lane
from bot.talk import nudges
from bot.talk.speaker import Speaker, speak
from bot.talk.turn import Turn
from tests.flow.conftest import Stage, message


async def tick(stage: Stage, **passes: float) -> None:
    stage.clock.advance(**passes)
    async with stage.app.store.transaction() as connection:
        speaker = Speaker(stage.app.services, connection)
        await nudges.nudge(speaker)
        await speak(speaker, connection)


@pytest.fixture
async def drafting(stage: Stage) -> Stage:
    """At 09:00 in Trà Vinh somebody begins a report and puts the phone away."""

    async def act(turn: Turn) -> None:
        turn.open("report", "photo")

    stage.act = act
    await stage.put(message(1, 1, "báo rác"))
    await stage.settle()
    return stage


async def heard(stage: Stage) -> list[str]:
    await stage.deliver_all()
    return [text for chat, text in stage.said if chat == 1]


async def test_one_nudge_after_half_an_hour_one_after_a_day_none_between(drafting: Stage) -> None:
    counts = []
    for minutes in (29, 2, 60, 60, 21 * 60, 60, 60, 6 * 60):
        await tick(drafting, minutes=minutes)
        counts.append(len(await heard(drafting)))
    assert counts == [0, 1, 1, 1, 1, 2, 2, 2]
    assert {row.lane for row in await drafting.outbox_rows()} == {Lane.NOTICE}


async def test_after_an_outage_of_two_days_there_is_one_nudge_not_two(drafting: Stage) -> None:
    await tick(drafting, hours=49)
    assert len(await heard(drafting)) == 1
    await tick(drafting, hours=1)
    assert len(await heard(drafting)) == 1


async def test_quiet_hours_hold_nudges_until_morning(drafting: Stage) -> None:
    async def act(turn: Turn) -> None:
        assert turn.draft
        turn.draft.go("place")

    drafting.act = act
    drafting.clock.advance(hours=12, minutes=45)  # 21:45
    await drafting.put(message(2, 1, "hình"))
    await drafting.settle()
    await tick(drafting, minutes=31)  # 22:16
    assert await heard(drafting) == []
    await tick(drafting, hours=8, minutes=50)  # 07:06
    assert len(await heard(drafting)) == 1


async def test_a_draft_expires_after_a_week_with_a_notice(drafting: Stage) -> None:
    await tick(drafting, days=7, minutes=1)
    assert ["7 ngày" in text for text in await heard(drafting)] == [True]

    async def act(turn: Turn) -> None:
        assert turn.draft is None
        turn.say("nothing open")

    drafting.act = act
    await drafting.put(message(2, 1, "còn không"))
    assert (await heard(drafting))[-1] == "nothing open"


async def test_an_answer_starts_the_waiting_anew(drafting: Stage) -> None:
    async def act(turn: Turn) -> None:
        assert turn.draft
        turn.draft.go("place")

    await tick(drafting, minutes=31)
    drafting.act = act
    await drafting.put(message(2, 1, "hình"))
    await drafting.settle()
    await tick(drafting, minutes=29)
    assert len(await heard(drafting)) == 1
    await tick(drafting, minutes=2)
    assert len(await heard(drafting)) == 2


async def test_other_drafts_are_left_in_peace_and_forgotten_silently(stage: Stage) -> None:
    async def act(turn: Turn) -> None:
        turn.open("sort", "words")

    stage.act = act
    await stage.put(message(1, 1, "phân loại"))
    await stage.settle()
    await tick(stage, hours=25)
    await tick(stage, days=7)
    assert await stage.outbox_rows() == []
