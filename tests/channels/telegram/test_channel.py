"""The channel against a server over HTTP: delivering, fetching, answering, learning its name."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from markupsafe import Markup
from sqlalchemy import insert

from bot import photos
from bot.address import address
from bot.channels.base import FetchError, Outcome, Outgoing, State
from bot.channels.telegram.channel import USERNAME, TelegramChannel
from bot.channels.telegram.webhook import SECRET_HEADER
from bot.facts import load_fact
from bot.flow.inbox import Inbox
from bot.photos import Shelf
from bot.say import Button, Lane, Say
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.tables import Photo
from tests.botapi import BotApi, Fault, small_jpeg
from tests.channels.telegram.conftest import until
from tests.fakes import START


async def deliver(channel: TelegramChannel, chat: int, say: Say | str) -> Outcome:
    message = say if isinstance(say, Say) else Say(Markup(say))
    return await channel.deliver(Outgoing(1, address("telegram", chat), Lane.REPLY, message))


async def test_a_message_arrives_and_can_be_changed(api: BotApi, channel: TelegramChannel) -> None:
    lan = api.user(1)
    sent = await deliver(channel, 1, Say(Markup("<b>Chào</b> 🌿"), buttons=((Button("Có", data="1:y"),),)))
    assert sent.state is State.SENT and sent.message_id
    assert [(one.text, one.labels) for one in lan.heard] == [("Chào 🌿", ["Có"])]
    changed = await deliver(channel, 1, Say(Markup("Xong"), edit=sent.message_id))
    same = await deliver(channel, 1, Say(Markup("Xong"), edit=sent.message_id))
    assert (changed.state, same.state, same.message_id) == (State.SENT, State.SENT, sent.message_id)
    stored = lan.message(sent.message_id)
    assert stored and stored["text"] == "Xong"


async def test_broken_html_arrives_as_plain_text(api: BotApi, channel: TelegramChannel) -> None:
    lan = api.user(1)
    assert (await deliver(channel, 1, "<b>chưa đóng &lt;")).state is State.SENT
    assert [one.text for one in lan.heard] == ["chưa đóng <"]


async def test_standing_of_chats(api: BotApi, channel: TelegramChannel) -> None:
    await api.user(1).blocks()
    api.user(2).deactivates()
    api.user(3).has_not_started()
    group = api.group(-5, api.user(4))
    group.becomes_supergroup(-1_000_005)
    outcomes = [await deliver(channel, chat, "x") for chat in (1, 2, 3, 99, -5)]
    assert [one.state for one in outcomes] == [State.BLOCKED] * 4 + [State.MIGRATED]
    assert outcomes[-1].moved_to == "telegram:-1000005"


FAULTS = {
    "flood": (Fault("flood", "sendMessage", seconds=5), State.LATER),
    "502": (Fault("answer", "sendMessage", code=502, description="Bad Gateway"), State.LATER),
    "reset": (Fault("reset", "sendMessage"), State.UNKNOWN),
    "reset-after": (Fault("reset", "sendMessage", accepted=True), State.UNKNOWN),
    "garbage": (Fault("garbage", "sendMessage", accepted=True), State.UNKNOWN),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_outcome_of(name: str, api: BotApi, channel: TelegramChannel) -> None:
    api.user(1)
    fault, state = FAULTS[name]
    api.faults.add(fault)
    outcome = await deliver(channel, 1, "x")
    assert outcome.state is state
    if state is State.LATER and name == "flood":
        assert outcome.wait and 1 <= outcome.wait <= 5 and outcome.everywhere


async def test_an_outage_is_no_reason_to_doubt(api: BotApi, channel: TelegramChannel) -> None:
    lan = api.user(1)
    async with api.outage():
        outcome = await deliver(channel, 1, "x")
    assert (outcome.state, outcome.everywhere) == (State.LATER, True)
    assert (await deliver(channel, 1, "x")).state is State.SENT
    assert len(lan.heard) == 1


async def test_a_kept_photo_is_uploaded(
    api: BotApi, channel: TelegramChannel, store: Store, settings: Settings
) -> None:
    lan = api.user(1)
    await Shelf(settings.media_dir).keep("tok", small_jpeg())
    async with store.transaction() as connection:
        row = {"token": "tok", "channel": "web", "file_id": "tok", "compressed": False, "state": "ready"}
        await connection.execute(insert(Photo).values(**row, created_at=START))
    assert (await deliver(channel, 1, Say(Markup("ảnh"), photos=(1, 999)))).state is State.SENT
    (sent,) = lan.heard
    assert (sent.method, sent.text) == ("sendPhoto", "ảnh")


async def test_photos_that_do_not_fit_are_tried_again_without_the_message(
    api: BotApi, channel: TelegramChannel, store: Store
) -> None:
    lan = api.user(1)
    async with store.transaction() as connection:
        for number in (1, 2, 3):
            photo = await lan.sends_photo()
            file_id = photo["photo"][-1]["file_id"]
            await photos.add(
                connection, channel="telegram", file_id=file_id, compressed=True, owner_id=0, now=START
            )
            assert number
    api.faults.error(500, "Internal Server Error", method="sendMediaGroup")
    outcome = await deliver(channel, 1, Say(Markup("ảnh"), photos=(1, 2, 3)))
    assert (outcome.state, outcome.rest) == (State.SENT, (2, 3))
    album = Say(Markup(), photos=outcome.rest, reply_to=outcome.message_id)
    assert (await deliver(channel, 1, album)).state is State.LATER
    assert (await deliver(channel, 1, album)).state is State.SENT
    assert [one.method for one in lan.heard] == ["sendPhoto", "sendMediaGroup", "sendMediaGroup"]


async def test_a_file_is_fetched_again_after_a_broken_download(api: BotApi, channel: TelegramChannel) -> None:
    message = await api.user(1).sends_photo(small_jpeg())
    file_id = message["photo"][-1]["file_id"]
    api.faults.broken_download()
    with pytest.raises(FetchError) as raised:
        await channel.fetch(file_id)
    assert not raised.value.final
    assert await channel.fetch(file_id) == small_jpeg()


async def test_what_telegram_will_never_give_is_final(api: BotApi, channel: TelegramChannel) -> None:
    api.faults.error(400, "Bad Request: file is too big", method="getFile")
    with pytest.raises(FetchError) as raised:
        await channel.fetch("huge")
    assert raised.value.final


async def test_answering_a_button_never_fails(api: BotApi, channel: TelegramChannel) -> None:
    await channel.answer("unknown", "x" * 500)
    api.faults.reset(method="answerCallbackQuery")
    await channel.answer("unknown", None)


async def test_the_name_is_learned_when_the_platform_comes_back_and_then_remembered(
    api: BotApi, channel: TelegramChannel, store: Store, settings: Settings, inbox: Inbox
) -> None:
    async with api.outage():
        await asyncio.wait_for(channel.start(), 1)
        await until(lambda: channel.problem is not None)
        assert channel.username() == "" and channel.broken
        assert "cannot be reached" in str(channel.problem)
    await asyncio.wait_for(channel.introduced(), 8)
    assert channel.username() == "travinhxanh_bot" and channel.problem is None
    async with store.read() as connection:
        assert await load_fact(connection, USERNAME) == "travinhxanh_bot"
    async with api.outage():
        second = TelegramChannel(settings, store, inbox, Shelf(settings.media_dir))
        await second.start()
        assert second.username() == "travinhxanh_bot"
        await second.stop()


async def test_with_a_webhook_it_registers_it_and_does_not_poll(
    api: BotApi, store: Store, inbox: Inbox, settings: Settings
) -> None:
    origin: dict[str, Any] = {"telegram_webhook_url": "https://bot.example.vn"}
    channel = TelegramChannel(settings.model_copy(update=origin), store, inbox, Shelf(settings.media_dir))
    await channel.start()
    leading = asyncio.create_task(channel.lead())
    try:
        await until(lambda: bool(api.record.calls["setWebhook"]))
        await channel.introduced()
        info = api.webhook.info()
        assert info["url"] == "https://bot.example.vn/telegram/webhook"
        assert info["max_connections"] == 40
        assert api.record.calls["getUpdates"] == 0
        assert SECRET_HEADER and len(settings.webhook_secret()) >= 32
    finally:
        leading.cancel()
        await asyncio.wait([leading])
        await channel.stop()
