"""What a kill, a failed commit or a stop may repeat, and that nothing is lost by them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.address import address
from bot.faults import counts
from bot.flow import outbox
from bot.flow.sender import Sender
from bot.say import Lane
from tests.flow.conftest import Stage
from tests.flow.messages import BA, FLOOD, GROUP, LAN, note, words


def another_sender(stage: Stage) -> Sender:
    app = stage.app
    assert app.telegram
    return Sender(app.telegram, app.store, stage.clock, app.wakes.sender("other"), app.metrics)


async def test_what_a_killed_sender_had_on_its_way(stage: Stage) -> None:
    """Replies and notices are sent once more after a kill, campaigns never; each is counted as uncertain."""
    await stage.queue(*(note(address("telegram", 10 + lane), lane.name, lane) for lane in Lane))
    for kill in range(1, outbox.REPEATS_AFTER_KILLS + 2):
        await stage.do(lambda connection: outbox.mark_sending(connection, [1, 2, 3]))
        await another_sender(stage)._recover()
        again = "queued" if kill <= outbox.REPEATS_AFTER_KILLS else "unknown"
        assert await stage.sent_states() == [again, again, "unknown"]
        async with stage.app.store.read() as connection:
            assert (await counts(connection)).unknown == 3
    assert stage.said == []


async def test_a_wait_is_remembered_over_a_restart(stage: Stage) -> None:
    stage.telegram.fail("sendMessage", FLOOD)
    await stage.queue(note(GROUP, "first"), note(GROUP, "second"))
    await stage.settle()
    stage.app.senders[:] = [another_sender(stage)]
    await stage.app.senders[0]._recover()
    await stage.later(seconds=6)
    assert stage.said == []
    await stage.later(seconds=2)
    assert words(stage) == ["first", "second"]


async def test_a_failed_commit_settles_again_and_repeats_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = next(one for one in stage.app.senders if one._channel.name == "telegram")
    await stage.queue(note(LAN, "a"), note(LAN, "b"))
    assert await sender.round()
    await asyncio.gather(*sender.on_way)
    mark = outbox.mark_sending
    failures = [OSError("no space"), OSError("no space")]

    async def failing(*arguments: Any) -> None:
        if failures:
            raise failures.pop()
        await mark(*arguments)

    monkeypatch.setattr("bot.flow.sender.outbox.mark_sending", failing)
    for _ in range(2):
        with pytest.raises(OSError):
            await sender.round()
    assert await stage.sent_states() == ["sending", "queued"], "nothing was committed"
    await stage.deliver_all()
    assert words(stage) == ["a", "b"]
    assert await stage.sent_states() == ["sent", "sent"]
    assert (sender._gates._all._away, sender._gates._away) == (0, set()), "each place was given back once"


async def test_draining_waits_for_answers_that_are_due_and_records_the_rest_as_unknown(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = next(one for one in stage.app.senders if one._channel.name == "telegram")
    request = stage.telegram.do_request

    async def slow(*arguments: Any, **more: Any) -> tuple[int, bytes]:
        data = arguments[2] if len(arguments) > 2 else more["request_data"]
        await asyncio.sleep(0.05 if data.parameters["chat_id"] == 1 else 60)
        return await request(*arguments, **more)

    monkeypatch.setattr(stage.telegram, "do_request", slow)
    await stage.queue(note(LAN, "quick"), note(BA, "hangs", Lane.BULK), note(BA, "waits", Lane.BULK))
    await sender.round()
    await sender.drain(0.3)
    assert await stage.sent_states() == ["sent", "unknown", "queued"]
