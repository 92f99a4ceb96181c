"""The outbox as a table: what it keeps, for how long, and what it finds."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from bot.address import address
from bot.flow import outbox
from bot.flow.outbox import Message, Settled
from bot.say import Lane, Say
from tests.flow.conftest import Stage

LAN, GROUP = address("telegram", 1), address("telegram", -500)


def note(text: str, chat: str = LAN, lane: Lane = Lane.REPLY, report_id: int | None = None) -> Message:
    return Message(address("telegram", int(chat.partition(":")[2])), Say(Markup(text)), lane, report_id)


async def test_settled_messages_are_forgotten_those_about_reports_later(stage: Stage) -> None:
    await stage.queue(note("plain"), note("about", GROUP, report_id=7))
    await stage.settle()
    assert await stage.sent_states() == ["sent", "sent"]
    await stage.queue(note("waits", "telegram:3"))
    kept = []
    for days in (3, 180):
        stage.clock.advance(days=days)
        await stage.do(lambda connection: outbox.prune(connection, stage.clock.now()))
        kept.append([row.chat for row in await stage.outbox_rows()])
    assert kept == [["telegram:-500", "telegram:3"], ["telegram:3"]]


async def test_a_reply_to_a_message_finds_its_report(stage: Stage) -> None:
    await stage.queue(note("about", GROUP, report_id=7))
    await stage.settle()
    (row,) = await stage.outbox_rows()
    found = await stage.do(lambda connection: outbox.report_of(connection, GROUP, row.message_id))
    assert found == 7
    other = await stage.do(lambda connection: outbox.report_of(connection, LAN, row.message_id))
    assert other is None


async def test_heads_leave_out_closed_chats_and_lower_lanes_and_waits_are_remembered(stage: Stage) -> None:
    await stage.queue(
        note("reply", "telegram:1"), note("bulk", "telegram:2", Lane.BULK), note("waits", "telegram:3")
    )
    now = stage.clock.now()

    async def heads(lane: Lane, *closed: str) -> list[str]:
        async with stage.app.store.read() as connection:
            found = await outbox.heads(connection, "telegram", closed=closed, lane=lane, most=10)
        return [row.chat.partition(":")[2] for row in found]

    assert await heads(Lane.BULK) == ["1", "3", "2"]
    assert await heads(Lane.NOTICE) == ["1", "3"]
    assert await heads(Lane.BULK, "telegram:1") == ["3", "2"]
    until = Settled(3, "queued", retry_at=stage.clock.now().replace(hour=3))
    await stage.do(lambda connection: outbox.settle(connection, [until], now))
    async with stage.app.store.read() as connection:
        assert await outbox.waits(connection, "telegram", now) == {"telegram:3": until.retry_at}
        assert await outbox.heads(connection, "web", closed=[], lane=Lane.BULK, most=10) == []


@pytest.mark.parametrize("reason", ["nul \x00", "half \ud83d", "x" * 5000])
async def test_any_reason_can_be_recorded(stage: Stage, reason: str) -> None:
    await stage.queue(note("x"))
    mark = Settled(1, "failed", reason=reason)
    await stage.do(lambda connection: outbox.settle(connection, [mark], stage.clock.now()))
    (row,) = await stage.outbox_rows()
    assert row.state == "failed" and row.reason and len(row.reason) <= 500


async def test_a_message_survives_being_stored(stage: Stage) -> None:
    text = "ông <i>Bảy</i> 🌿 \u202eabc e\u0323\u0302 \ud83d"
    await stage.queue(note(text))
    async with stage.app.store.read() as connection:
        (row,) = await outbox.heads(connection, "telegram", closed=[], lane=Lane.BULK, most=1)
    assert str(row.outgoing().say.text) == text
