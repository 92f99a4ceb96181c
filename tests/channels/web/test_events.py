"""The stream: nothing missed over reconnects, toasts only to who pressed."""

from __future__ import annotations

import asyncio

import pytest
from markupsafe import Markup

from bot.address import Address
from bot.channels.web import messages, reading
from bot.say import Say
from tests.channels.web.conftest import Web


async def test_a_new_message_arrives_at_once(site: Web) -> None:
    page = await site.visitor()
    async with page.events("chat:0") as events:
        await site.deliver("web:1", Say(Markup("mới")))
        cursor, name, data = await asyncio.wait_for(anext(events), 2)
    assert (cursor, name, data["html"]) == ("chat:1", "message", "mới")


async def test_what_was_missed_comes_after_a_reconnect(site: Web) -> None:
    page = await site.visitor()
    sent = await site.deliver("web:1", Say(Markup("một")))
    await site.deliver("web:1", Say(Markup("hai")))
    await site.deliver("web:1", Say(Markup("một, đã sửa"), edit=sent.message_id))
    async with page.events("chat:1") as events:
        got = [await anext(events) for _ in range(2)]
    assert [(cursor, data["html"]) for cursor, _, data in got] == [
        ("chat:2", "hai"),
        ("chat:3", "một, đã sửa"),
    ]


async def test_the_browsers_own_reconnect_is_understood(site: Web) -> None:
    page = await site.visitor()
    for text in ("một", "hai"):
        await site.deliver("web:1", Say(Markup(text)))
    page.session.headers["Last-Event-ID"] = "chat:1"
    async with page.events("chat:0") as events:
        assert (await anext(events))[2]["html"] == "hai"


async def test_who_was_away_too_long_loads_again(site: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_MISSED", 3)
    page = await site.visitor()
    for number in range(5):
        await site.deliver("web:1", Say(Markup(str(number))))
    async with page.events("chat:0") as events:
        cursor, name, _ = await anext(events)
    assert (cursor, name) == ("chat:5", "reset")


async def test_a_message_of_another_copy_is_found_when_its_bell_rings(site: Web) -> None:
    page = await site.visitor()
    async with page.events("chat:0") as events:
        async with site.store.transaction() as connection:
            await messages.add(site.store, connection, Address("web:1"), {"html": "từ xa"}, site.clock.now())
        site.wakes.web.ring()
        assert (await asyncio.wait_for(anext(events), 1))[2]["html"] == "từ xa"


async def test_a_toast_reaches_only_who_pressed(site: Web) -> None:
    presser, other = await site.admin(), await site.admin()
    async with presser.events("duty:0") as hers, other.events("duty:0") as his:
        await site.channel.answer("1:duty:77", "Nút này đã cũ", alert=True)
        await site.deliver("web:-1", Say(Markup("thẻ")))
        first = await anext(hers)
        assert first[1:] == ("toast", {"room": "duty", "text": "Nút này đã cũ", "alert": True})
        assert [(await anext(events))[1] for events in (hers, his)] == ["message", "message"]
    assert len((await other.history("duty"))["messages"]) == 1


async def test_an_empty_answer_frees_the_button(site: Web) -> None:
    page = await site.visitor()
    async with page.events("chat:0") as events:
        await site.channel.answer("1:chat:77", None)
        assert (await anext(events))[1:] == ("toast", {"room": "chat", "text": None, "alert": False})


async def test_sending_shows_that_the_bot_is_typing(site: Web) -> None:
    page = await site.visitor()
    async with page.events("chat:0") as events:
        await page.say("xin chào")
        got = {(await anext(events))[1] for _ in range(2)}
    assert got == {"message", "typing"}


async def test_a_quiet_line_beats(site: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BEAT_SECONDS", 0.02)
    page = await site.visitor()
    async with page.events("chat:0") as events:
        assert (await anext(events))[1] == "beat"


async def test_stopping_ends_open_streams(site: Web) -> None:
    page = await site.visitor()
    async with page.events("chat:0") as events:
        await site.channel.stop()
        with pytest.raises(StopAsyncIteration):
            await asyncio.wait_for(anext(events), 2)


async def test_many_writers_number_a_chat_without_gaps(site: Web) -> None:
    await site.visitor()
    await asyncio.gather(*(site.deliver("web:1", Say(Markup(str(number)))) for number in range(20)))
    async with site.store.read() as connection:
        found = await messages.since(connection, Address("web:1"), 0, 100)
    assert [message.seq for message in found] == list(range(1, 21))
