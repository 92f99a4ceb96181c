"""Turns: order, retries, what a failed turn leaves (nothing), and that no chat holds up another."""

from __future__ import annotations

import asyncio
import json

from sqlalchemy import func, select, update

from bot.faults import retry
from bot.flow import inbox
from bot.flow.worker import Worker
from bot.refusal import Refusal
from bot.store.tables import Draft, Inbox, Person
from bot.talk.turn import Turn
from tests.flow.conftest import Stage, add_row, counters, message, text_of


async def test_a_chat_keeps_its_order_and_nobody_waits_for_another(stage: Stage) -> None:
    async def act(turn: Turn) -> None:
        if text_of(turn) == "bad":
            raise ValueError("no")
        turn.say(text_of(turn))

    stage.act = act
    await stage.put(message(1, 1, "bad"), message(2, 2, "a"), message(3, 1, "later"), message(4, 2, "b"))
    await stage.settle()
    assert stage.said == [(2, "a"), (2, "b")]
    assert stage.played == ["bad", "a", "b"], "the update behind the failed one waits for it"
    stage.act = stage.echo
    await stage.later(seconds=2)
    assert stage.said[2:] == [(1, "bad"), (1, "later")]


async def test_a_failing_update_is_tried_after_1_3_and_9_seconds_then_parked(stage: Stage) -> None:
    async def act(turn: Turn) -> None:
        if text_of(turn) == "bad":
            raise ValueError("the reason")
        turn.say(text_of(turn))

    stage.act = act
    await stage.put(message(1, 1, "bad"), message(2, 1, "next"))
    await stage.settle()
    tries = []
    for wait in (0.9, 0.2, 2.8, 0.3, 8.6, 0.5):
        await stage.later(seconds=wait)
        tries.append(stage.played.count("bad"))
    assert tries == [1, 2, 2, 3, 3, 4]
    dead, following = await stage.inbox_rows()
    assert (dead.state, dead.attempts) == ("dead", 4)
    assert "ValueError: the reason" in dead.error
    assert json.loads(dead.payload)["message"]["text"] == "bad", "what is parked can be tried again"
    assert following.state == "done"
    assert stage.said == [(1, "next")]


async def test_a_parked_update_gets_its_turn_again_when_staff_ask_for_it(stage: Stage) -> None:
    async def act(turn: Turn) -> None:
        raise ValueError

    stage.act = act
    await stage.put(message(1, 1, "hello"))
    for _ in range(4):
        await stage.settle()
        stage.clock.advance(seconds=30)
    assert await stage.states() == ["dead"]
    stage.act = stage.echo
    assert await stage.do(lambda connection: retry(connection, stage.clock.now()))
    await stage.settle()
    assert stage.said == [(1, "hello")]
    assert (await stage.inbox_rows())[0].payload == "", "what is done is forgotten"


async def test_an_update_nobody_wants_is_done(stage: Stage) -> None:
    async def act(turn: Turn) -> None:
        """Says nothing."""

    stage.act = act
    post = {"message_id": 1, "date": 1, "chat": {"id": -100, "type": "channel", "title": "x"}, "text": "x"}
    await stage.put({"update_id": 1, "channel_post": post}, {"update_id": 2, "brand_new_kind": {"a": 1}})
    await stage.settle()
    assert await stage.states() == ["done", "done"]


async def test_a_failed_turn_leaves_neither_rows_nor_messages_nor_draft(stage: Stage) -> None:
    async def act(turn: Turn) -> None:
        await add_row(turn)
        turn.open("report", "photo")
        turn.say("said too early")
        raise ValueError

    stage.act = act
    await stage.put(message(1, 1, "hello"))
    await stage.settle()
    assert await counters(stage) == 0
    assert await stage.outbox_rows() == []
    async with stage.app.store.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(Draft))).scalar_one() == 0


async def test_a_refusal_is_undone_and_said(stage: Stage) -> None:
    async def act(turn: Turn) -> None:
        await add_row(turn)
        turn.open("report", "photo")
        turn.say("said too early")
        raise Refusal("Không được: {what}", what="<b>")

    stage.act = act
    await stage.put(message(1, 1, "hello"))
    await stage.settle()
    assert stage.said == [(1, "Không được: &lt;b&gt;")]
    assert await counters(stage) == 0
    assert await stage.states() == ["done"]
    async with stage.app.store.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(Draft))).scalar_one() == 0


async def test_a_refused_press_is_told_as_an_alert(stage: Stage) -> None:
    async def act(turn: Turn) -> None:
        raise Refusal("Không được")

    stage.act = act
    query = {"id": "7", "from": message(1, 1, "")["message"]["from"], "chat_instance": "1", "data": "1:x"}
    await stage.put({"update_id": 1, "callback_query": query})
    await stage.settle()
    (answer,) = [sent.params for sent in stage.telegram.sent if sent.method == "answerCallbackQuery"]
    assert answer["text"] == "Không được" and answer["show_alert"]


async def test_a_database_error_in_one_turn_spares_the_others_of_its_batch(stage: Stage) -> None:
    async def act(turn: Turn) -> None:
        await add_row(turn, text_of(turn))
        turn.say(text_of(turn))

    stage.act = act
    await stage.put(message(1, 1, "same"), message(2, 2, "same"), message(3, 3, "other"))
    await stage.settle()
    assert stage.said == [(1, "same"), (3, "other")]
    assert await stage.states() == ["done", "open", "done"]
    assert await counters(stage) == 2


async def test_repeats_of_an_update_are_handled_once(stage: Stage) -> None:
    await stage.put(message(1, 1, "once"))
    await stage.put(message(1, 1, "once"), message(2, 1, "two"))
    await stage.settle()
    await stage.put(message(1, 1, "once"))
    await stage.settle()
    assert stage.said == [(1, "once"), (1, "two")]


async def test_the_language_of_a_newcomer_is_that_of_their_phone(stage: Stage) -> None:
    first = message(1, 1, "hi")
    first["message"]["from"]["language_code"] = "en-GB"
    other = message(2, 2, "salut")
    other["message"]["from"]["language_code"] = "fr"
    await stage.put(first, other)
    await stage.settle()
    async with stage.app.store.read() as connection:
        known = await connection.execute(select(Person.address, Person.language).order_by(Person.id))
        assert [tuple(row) for row in known][-2:] == [("telegram:1", "en"), ("telegram:2", "vi")]


async def test_two_workers_share_without_handling_twice_and_keep_each_chats_order(stage: Stage) -> None:
    if stage.app.store.is_sqlite:
        assert len(stage.app.workers) == 1, "one writer, one worker"
        return

    async def act(turn: Turn) -> None:
        await add_row(turn, text_of(turn))  # unique: handling one twice would fail
        await asyncio.sleep(0.002)
        turn.say(text_of(turn))

    stage.act = act
    await stage.put(*(message(number, number % 7 + 1, f"{number:03}") for number in range(1, 141)))
    busy: dict[Worker, int] = {}

    async def work(worker: Worker) -> None:
        worker._most = 3
        while taken := await worker.batch():
            busy[worker] = busy.get(worker, 0) + taken
            worker._most = 3

    await asyncio.gather(work(stage.app.workers[0]), work(stage.app.workers[1]))
    await stage.deliver_all()
    assert len(stage.said) == 140 == await counters(stage)
    for chat in range(1, 8):
        said = [words for where, words in stage.said if where == chat]
        assert said == sorted(said)
    assert len(busy) == 2, "both had something to do"


async def test_a_killed_workers_update_is_free_at_once(stage: Stage) -> None:
    """What a transaction took is open again the moment its connection is gone."""
    await stage.put(message(1, 1, "hello"))
    store = stage.app.store
    if store.is_sqlite:
        async with store.read() as connection:
            assert (await connection.execute(select(func.count()).select_from(Inbox))).scalar_one() == 1
    else:
        async with store._writer.connect() as connection:
            taken = await inbox.take(connection, False, stage.clock.now(), 10)
            assert [row.chat for row in taken] == ["telegram:1"]
            async with store.transaction() as second:
                assert await inbox.take(second, False, stage.clock.now(), 10) == []
            await connection.invalidate()
    await stage.settle()
    assert stage.said == [(1, "hello")]


async def test_done_updates_are_forgotten_after_two_days_and_open_ones_never(stage: Stage) -> None:
    await stage.put(message(1, 1, "old"))
    await stage.settle()
    await stage.put(message(2, 1, "open"))
    stage.clock.advance(hours=49)
    await stage.do(lambda connection: inbox.prune(connection, stage.clock.now()))
    assert [row.update_id for row in await stage.inbox_rows()] == [2]
    await stage.do(lambda connection: connection.execute(update(Inbox).values(state="dead")))
    await stage.do(lambda connection: inbox.prune(connection, stage.clock.now()))
    assert await stage.states() == ["dead"]


async def test_a_second_worker_takes_the_chats_the_first_left(stage: Stage) -> None:
    store = stage.app.store
    if store.is_sqlite:
        return
    await stage.put(*(message(number, number, "x") for number in range(1, 8)))
    now = stage.clock.now()
    async with store.transaction() as first, store.transaction() as second, store.transaction() as third:
        taken = [await inbox.take(one, False, now, 3) for one in (first, second, third)]
    assert [[row.chat.partition(":")[2] for row in rows] for rows in taken] == [
        ["1", "2", "3"],
        ["4", "5", "6"],
        ["7"],
    ]
