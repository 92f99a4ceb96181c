"""Sending: order, lanes, what each outcome leads to, and what a kill or a failed commit may repeat."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from telegram.error import TimedOut

from bot.address import address
from bot.channels.telegram.request import NoAnswer, NotSent
from bot.faults import counts
from bot.flow import outbox
from bot.photos import Photo
from bot.say import Lane
from bot.settings import Settings
from bot.store.tables import Card, DutyGroup, Outbox, Person, Report
from tests.fakes import START
from tests.flow.conftest import Stage, message, staged
from tests.flow.messages import BA, BAD_HTML, FLOOD, GROUP, LAN, note, refused, words


async def test_replies_go_before_notices_before_campaigns_and_keep_their_order(stage: Stage) -> None:
    lanes = [Lane.BULK, Lane.NOTICE, Lane.REPLY]
    for number in range(2):
        await stage.queue(*(note(LAN, f"{lane.name}{number}", lane) for lane in lanes))
        await stage.queue(*(note(BA, f"{lane.name}{number}", lane) for lane in lanes))
    await stage.deliver_all()
    expected = ["REPLY0", "REPLY1", "NOTICE0", "NOTICE1", "BULK0", "BULK1"]
    for chat in (1, 2):
        assert [text for where, text in stage.said if where == chat] == expected
    assert set(await stage.sent_states()) == {"sent"}


async def test_what_was_sent_keeps_its_id_and_forgets_its_text(stage: Stage) -> None:
    await stage.queue(note(LAN, "hello"))
    await stage.settle()
    (row,) = await stage.outbox_rows()
    assert (row.state, row.message_id, row.payload) == ("sent", stage.telegram.sent[-1].message_id, "")


@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.NOTICE, Lane.BULK])
async def test_an_unknown_outcome_is_repeated_once_but_never_for_campaigns(stage: Stage, lane: Lane) -> None:
    stage.telegram.fail("sendMessage", NoAnswer("silence"), times=3)
    await stage.queue(note(LAN, "hello", lane))
    await stage.settle()
    assert len(stage.telegram._failures) == 2
    await stage.later(seconds=2)
    await stage.later(seconds=60)
    assert len(stage.telegram._failures) == (2 if lane is Lane.BULK else 1)
    (row,) = await stage.outbox_rows()
    assert row.state == "unknown"
    assert row.payload, "kept, so that staff can have it sent"
    async with stage.app.store.read() as connection:
        assert (await counts(connection)).unknown == 1


async def test_a_repeat_that_arrives_is_sent_and_still_counted_as_unknown(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", TimedOut("silence"))
    await stage.queue(note(LAN, "hello"), note(LAN, "next"))
    await stage.settle()
    assert words(stage) == []
    await stage.later(seconds=2)
    assert words(stage) == ["hello", "next"], "the next message does not overtake the uncertain one"
    async with stage.app.store.read() as connection:
        assert (await counts(connection)).unknown == 1


async def test_nothing_overtakes_a_message_that_waits_for_another_try(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settling takes a while: the chat opens when its message may leave, not when its attempt ended."""
    stage.telegram.fail("sendMessage", refused(502, "Bad Gateway"))
    settle = outbox.settle

    async def slowly(*arguments: Any) -> None:
        stage.clock.advance(seconds=0.3)
        await settle(*arguments)

    await stage.queue(note(LAN, "first"), note(LAN, "second"))
    monkeypatch.setattr("bot.flow.sender.outbox.settle", slowly)
    for _ in range(30):
        await stage.later(seconds=0.1)
    assert words(stage) == ["first", "second"]


async def test_retry_after_in_private_stops_the_whole_bot(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", FLOOD)
    await stage.queue(note(LAN, "a"))
    await stage.settle()
    await stage.queue(note(BA, "b"), note(GROUP, "c"))
    await stage.later(seconds=6.5)
    assert stage.said == []
    await stage.later(seconds=1)
    assert sorted(words(stage)) == ["a", "b", "c"]


async def test_retry_after_in_a_group_stops_only_that_group(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", FLOOD)
    await stage.queue(note(GROUP, "a"), note(GROUP, "b"))
    await stage.settle()
    await stage.queue(note(BA, "private"))
    await stage.later(seconds=6.5)
    assert words(stage) == ["private"]
    await stage.later(seconds=1)
    assert words(stage) == ["private", "a", "b"]


async def test_without_a_connection_nothing_is_lost_and_nothing_counts_as_unknown(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", NotSent("no connection"), times=20)
    await stage.queue(*(note(LAN if number % 2 else BA, str(number)) for number in range(6)))
    for _ in range(60):
        await stage.later(seconds=5)
        if len(stage.said) == 6:
            break
    assert [text for chat, text in stage.said if chat == 1] == ["1", "3", "5"]
    assert [text for chat, text in stage.said if chat == 2] == ["0", "2", "4"]
    async with stage.app.store.read() as connection:
        assert (await counts(connection)).unknown == 0


async def test_a_server_error_is_tried_again_and_holds_up_only_its_chat(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", refused(500, "Internal Server Error"), times=2)
    await stage.queue(note(LAN, "a"))
    await stage.settle()
    await stage.queue(note(BA, "b"))
    for _ in range(5):
        await stage.later(seconds=4)
    assert sorted(words(stage)) == ["a", "b"]


@pytest.mark.parametrize(
    "answer",
    [
        refused(403, "Forbidden: bot was blocked by the user"),
        refused(400, "Bad Request: chat not found"),
        refused(403, "Forbidden: user is deactivated"),
    ],
    ids=["blocked", "not-found", "deactivated"],
)
async def test_who_blocked_the_bot_is_marked_and_the_message_ends(stage: Stage, answer: Any) -> None:
    await stage.put(message(1, 1, "hello"))
    await stage.settle()
    stage.telegram.fail("sendMessage", answer)
    await stage.queue(note(LAN, "news"))
    await stage.later(seconds=10)
    assert (await stage.sent_states())[-1] == "blocked"
    async with stage.app.store.read() as connection:
        at = await connection.execute(select(Person.blocked_at).where(Person.address == LAN))
        assert at.scalar_one() is not None


async def test_a_refused_message_fails_for_good_with_its_reason(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", refused(400, "Bad Request: message text is empty"))
    await stage.queue(note(LAN, "x"), note(LAN, "y"))
    await stage.deliver_all()
    first, second = await stage.outbox_rows()
    assert (first.state, second.state) == ("failed", "sent")
    assert "text is empty" in first.reason


async def test_a_group_that_became_a_supergroup_is_followed(stage: Stage) -> None:
    new = address("telegram", -1_000_500)
    async with stage.session() as session:
        session.add(DutyGroup(address=GROUP, title="Tổ", mirror=False, created_at=START))
    await stage.queue(note(GROUP, "card", Lane.NOTICE), note(GROUP, "second", Lane.NOTICE))
    async with stage.session() as session:
        report = Report(
            code="TV1", state="new", kind="khac", commune_code="1", address="", description="", voices=1,
            created_at=START, due_at=START,
        )  # fmt: skip
        session.add(report)
        await session.flush()
        for outbox_id in (1, 2):
            session.add(Card(report_id=report.id, address=GROUP, outbox_id=outbox_id, has_photo=False))
    moved = refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1_000_500)
    stage.telegram.fail("sendMessage", moved)
    await stage.deliver_all()
    assert stage.said == [(-1_000_500, "card"), (-1_000_500, "second")]
    async with stage.session() as session:
        assert (await session.scalars(select(DutyGroup.address))).all() == [new]
        assert set((await session.scalars(select(Card.address))).all()) == {new}
    assert {row.chat for row in await stage.outbox_rows()} == {new}


async def test_an_edit_waits_for_its_message_and_then_changes_it(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", refused(502, "Bad Gateway"), times=2)
    kept = await stage.do(lambda connection: outbox.add_one(connection, note(GROUP, "old"), START))
    await stage.queue(note(LAN, "elsewhere", Lane.NOTICE, edits=kept))
    await stage.queue(note(GROUP, "new", Lane.NOTICE, edits=kept))
    for _ in range(20):
        await stage.later(seconds=2)
    sent, *edits = [one for one in stage.telegram.sent if one.chat_id in (-500, 1)]
    assert sent.text == "old"
    assert {(edit.method, edit.message_id) for edit in edits} == {("editMessageText", sent.message_id)}
    assert "new" in [edit.text for edit in edits]


async def test_an_edit_of_what_was_never_sent_fails(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", refused(400, "Bad Request: no"))
    await stage.queue(note(LAN, "old"))
    await stage.queue(note(LAN, "new", edits=1), note(LAN, "other", edits=999))
    await stage.deliver_all()
    assert await stage.sent_states() == ["failed", "failed", "failed"]
    assert stage.said == []


async def test_an_edit_that_changes_nothing_counts_as_sent(stage: Stage) -> None:
    await stage.queue(note(LAN, "same"))
    await stage.settle()
    stage.telegram.fail("editMessageText", refused(400, "Bad Request: message is not modified: exactly"))
    await stage.queue(note(LAN, "same", edits=1))
    await stage.settle()
    assert await stage.sent_states() == ["sent", "sent"]


async def test_text_that_is_no_html_goes_out_as_plain_text_once(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", BAD_HTML)
    await stage.queue(note(LAN, "<b>a</b> &lt; b\nline"))
    await stage.settle()
    (sent,) = stage.telegram.sent[-1:]
    assert (sent.text, sent.params.get("parse_mode")) == ("a < b\nline", None)
    stage.telegram.fail("sendMessage", BAD_HTML, times=2)
    await stage.queue(note(LAN, "<b>b</b>"))
    await stage.settle()
    assert await stage.sent_states() == ["sent", "failed"]


async def test_what_cannot_be_rendered_fails_and_the_rest_goes_on(stage: Stage) -> None:
    await stage.queue(note(LAN, "x"), note(LAN, "fine"))
    broken = update(Outbox).where(Outbox.id == 1).values(payload="{")
    await stage.do(lambda connection: connection.execute(broken))
    await stage.deliver_all()
    assert await stage.sent_states() == ["failed", "sent"]


async def test_a_database_that_fails_before_sending_loses_no_message(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [OperationalError("x", {}, Exception("connection lost")), ConnectionRefusedError()]
    pictures = stage.app.telegram and stage.app.telegram._pictures

    async def failing(ids: tuple[int, ...]) -> list[Photo]:
        if failures:
            raise failures.pop()
        assert pictures
        return await pictures(ids)

    monkeypatch.setattr(stage.app.telegram, "_pictures", failing)
    await stage.queue(note(LAN, "hello"))
    await stage.deliver_all()
    assert words(stage) == ["hello"]


async def test_a_key_is_said_once_ever(stage: Stage) -> None:
    await stage.queue(note(LAN, "one", key="k"), note(LAN, "two", key="k"))
    await stage.settle()
    await stage.queue(note(LAN, "three", key="k"), note(LAN, "other"))
    await stage.settle()
    assert words(stage) == ["one", "other"]
    stage.clock.advance(days=400)
    await stage.do(lambda connection: outbox.prune(connection, stage.clock.now()))
    await stage.queue(note(LAN, "four", key="k"))
    await stage.settle()
    assert words(stage) == ["one", "other"]


async def test_a_message_that_surely_never_arrives_is_given_up_after_a_day(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", refused(502, "Bad Gateway"), times=3000)
    await stage.queue(note(LAN, "hello"))
    await stage.later(hours=23)
    assert await stage.sent_states() == ["queued"]
    await stage.later(hours=2)
    assert await stage.sent_states() == ["failed"]
    assert "24 hours" in (await stage.outbox_rows())[0].reason


async def test_the_sender_outlives_rounds_that_fail(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sender = next(one for one in stage.app.senders if one._channel.name == "telegram")
    heads, failures = outbox.heads, [OSError("disk"), RuntimeError("odd")]

    async def failing(*arguments: Any, **more: Any) -> Any:
        if failures:
            raise failures.pop()
        return await heads(*arguments, **more)

    monkeypatch.setattr("bot.flow.sender.outbox.heads", failing)
    monkeypatch.setattr("bot.flow.sender.SWEEP_SECONDS", 0.01)
    await stage.queue(note(LAN, "hello"))
    async with stage.alive(sender.run()), asyncio.timeout(5):
        while not stage.said:
            await asyncio.sleep(0.01)
    assert words(stage) == ["hello"]


async def test_a_long_text_is_cut_rather_than_lost(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(settings, monkeypatch) as stage:
        await stage.queue(note(LAN, "<b>" + "🌿" * 3000 + "</b>"))
        await stage.settle()
        (sent,) = stage.telegram.sent[-1:]
        assert len(sent.text.encode("utf-16-le")) // 2 <= 4096
        assert sent.text.endswith("🌿…") and sent.params.get("parse_mode") is None
