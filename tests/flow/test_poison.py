"""Poison: what cannot be parsed, breaks its transaction, never ends or cannot even be recorded."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select, text
from structlog.testing import capture_logs

from bot.flow import inbox
from bot.store.tables import Inbox, Report
from bot.talk.turn import Turn
from tests.flow.conftest import Stage, add_row, counters, message, text_of, until


@pytest.mark.parametrize(
    "payload",
    [
        '{"update_id": 1, "message"',
        "[1, 2]",
        "null",
        '"text"',
        '{"update_id": 1, "message": {"message_id": "not a number"}}',
        '{"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": 5, "from": {"id": 1}}}',
        '{"update_id": 1, "message": {"chat": {"id": -5}, "text": 5, "from": {"id": 7}}}',
        '{"update_id": 1, "callback_query": {"id": 5}}',
        "[" * 200_000,
    ],
    ids=["cut", "list", "null", "string", "bad-id", "bad-chat", "bad-text", "bad-query", "deep"],
)
async def test_what_cannot_be_parsed_is_parked_and_holds_up_nobody(stage: Stage, payload: str) -> None:
    await stage.put_raw(1, payload, "telegram:-5")
    await stage.put(message(2, 2, "fine"))
    await stage.settle()
    assert stage.said == [(2, "fine")]
    for _ in range(4):
        await stage.later(seconds=30)
    dead, _ = await stage.inbox_rows()
    assert dead.state == "dead" and dead.error
    assert dead.payload == payload


@pytest.mark.parametrize("spoil", ["draft", "message", "flush"])
async def test_what_fails_after_the_handler_undoes_the_turn_as_well(
    stage: Stage, spoil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def act(turn: Turn) -> None:
        if text_of(turn) == "good":
            turn.say("good")
            return
        await add_row(turn)
        if spoil == "draft":
            turn.open("report", "photo", when=object())
        elif spoil == "message":
            turn.say("x", key=object())  # type: ignore[arg-type]
        else:
            turn.session.add(Report(code="only a code"))

    stage.act = act
    worker = stage.app.workers[0]
    await stage.put(message(1, 1, "bad"), message(2, 2, "good"))
    async with stage.alive(worker.run()):
        await until(lambda: failed_once(stage, 1))
        await until(lambda: is_done(stage, 2))
    await stage.settle()
    assert await counters(stage) == 0
    assert stage.said == [(2, "good")]


async def failed_once(stage: Stage, update_id: int) -> bool:
    rows = {row.update_id: row for row in await stage.inbox_rows()}
    return bool(rows[update_id].attempts == 1)


async def is_done(stage: Stage, update_id: int) -> bool:
    rows = {row.update_id: row for row in await stage.inbox_rows()}
    return bool(rows[update_id].state == "done")


async def test_errors_that_quote_odd_text_are_recorded(stage: Stage) -> None:
    async def act(turn: Turn) -> None:
        raise ValueError(f"odd: {text_of(turn)}")

    stage.act = act
    await stage.put(message(1, 1, "nul \x00 half \ud83d"))
    await stage.settle()
    (row,) = await stage.inbox_rows()
    assert row.attempts == 1
    assert "\\ud83d" in row.error and "\x00" not in row.error


async def test_odd_text_is_echoed_stored_and_kept_in_drafts(stage: Stage) -> None:
    async def act(turn: Turn) -> None:
        turn.open("report", "photo", text=text_of(turn))
        turn.say(text_of(turn))

    stage.act = act
    await stage.put(message(1, 1, "nul \x00 half \ud83d"), message(2, 2, "fine"))
    await stage.settle()
    assert await stage.states() == ["done", "done"]
    assert [chat for chat, _ in stage.said] == [1, 2]
    stage.act = stage.echo
    await stage.put(message(3, 1, "again"))
    await stage.settle()
    assert stage.said[-1] == (1, "again")


async def test_a_stuck_turn_is_ended_and_the_rest_of_its_batch_goes_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.flow.worker.TURN_SECONDS", 0.1)

    async def act(turn: Turn) -> None:
        await add_row(turn, text_of(turn))
        if text_of(turn) == "stuck":
            await turn.session.execute(select(1))
            await asyncio.sleep(60)
        turn.say(text_of(turn))

    stage.act = act
    await stage.put(message(1, 1, "a"), message(2, 2, "stuck"), message(3, 3, "b"))
    async with stage.alive(stage.app.workers[0].run()):
        await until(lambda: is_done(stage, 3))
    await stage.settle()
    assert sorted(stage.said) == [(1, "a"), (3, "b")]
    rows = await stage.inbox_rows()
    assert [row.state for row in rows] == ["done", "open", "done"]
    assert rows[1].attempts == 1 and "took over" in rows[1].error
    assert await counters(stage) == 2


async def test_a_batch_that_fails_as_a_whole_loses_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_done, failures = inbox.mark_done, [OSError("deadlock detected"), OSError("connection lost")]

    async def failing(*arguments: Any) -> None:
        if failures:
            raise failures.pop()
        await mark_done(*arguments)

    monkeypatch.setattr("bot.flow.worker.inbox.mark_done", failing)

    async def act(turn: Turn) -> None:
        await add_row(turn, text_of(turn))
        turn.say(text_of(turn))

    stage.act = act
    await stage.put(*(message(number, number % 3 + 1, str(number)) for number in range(1, 10)))
    async with stage.alive(stage.app.workers[0].run()):
        await until(lambda: is_done(stage, 9))
        stage.clock.advance(seconds=30)
        await until(lambda: all_done(stage))
    await stage.settle()
    assert sorted(said for _, said in stage.said) == [str(number) for number in range(1, 10)]
    assert [said for chat, said in stage.said if chat == 1] == ["3", "6", "9"]
    assert await counters(stage) == 9


async def all_done(stage: Stage) -> bool:
    return set(await stage.states()) == {"done"}


async def test_an_update_that_always_breaks_its_transaction_is_parked_and_the_others_go_on(
    stage: Stage,
) -> None:
    async def act(turn: Turn) -> None:
        if text_of(turn) == "bad":  # past the savepoint, so that the transaction itself is spoilt
            await turn._connection.execute(text("SELECT broken"))
        turn.say(text_of(turn))

    stage.act = act
    await stage.put(message(1, 1, "bad"), message(2, 2, "a"), message(3, 3, "b"))
    async with stage.alive(stage.app.workers[0].run()):
        await until(lambda: is_done(stage, 3))
        for _ in range(4):
            stage.clock.advance(seconds=30)
            stage.app.wakes.inbox.ring()
            await until(lambda: tried_now(stage))
    await stage.settle()
    assert await stage.states() == ["dead", "done", "done"]
    assert sorted(stage.said) == [(2, "a"), (3, "b")]


async def tried_now(stage: Stage) -> bool:
    async with stage.app.store.read() as connection:
        waiting = select(func.count()).select_from(Inbox)
        due = waiting.where(Inbox.state == "open", Inbox.retry_at <= stage.clock.now())
        return (await connection.execute(due)).scalar_one() == 0


async def test_a_full_disk_is_told_in_one_line_and_loses_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_done, failures = inbox.mark_done, [OSError(28, "No space left on device")] * 3

    async def failing(*arguments: Any) -> None:
        if failures:
            raise failures.pop()
        await mark_done(*arguments)

    monkeypatch.setattr("bot.flow.worker.inbox.mark_done", failing)
    await stage.put(message(1, 1, "a"), message(2, 2, "b"))
    with capture_logs() as lines:
        async with stage.alive(stage.app.workers[0].run()):
            await until(lambda: nothing_fails(failures))
            await until(lambda: all_done_later(stage))
    told = [line["advice"] for line in lines if "advice" in line]
    assert len(told) == 1 and "DATA_DIR" in told[0]
    await stage.settle()
    assert sorted(stage.said) == [(1, "a"), (2, "b")]


async def all_done_later(stage: Stage) -> bool:
    """Moves the clock each time: a failure may be written down after the disk has room again."""
    stage.clock.advance(seconds=30)
    stage.app.wakes.inbox.ring()
    return await all_done(stage)


async def nothing_fails(failures: list[OSError]) -> bool:
    return not failures
