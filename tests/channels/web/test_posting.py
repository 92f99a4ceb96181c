"""What the page sends becomes updates in the inbox, once each."""

from __future__ import annotations

from typing import Any

import pytest
from markupsafe import Markup
from telegram import Update

from bot.flow import inbox
from bot.say import Button, Say
from tests.channels.web.conftest import Json, Web


async def test_a_text_is_an_update_python_telegram_bot_understands(site: Web) -> None:
    page = await site.visitor()
    shown = await page.say("/phanloai pin cũ <b>")
    [raw] = await site.updates()
    update = Update.de_json(raw, None)
    assert update.message is not None
    assert update.message.text == "/phanloai pin cũ <b>"
    assert update.message.parse_entities(["bot_command"]) == {update.message.entities[0]: "/phanloai"}
    assert update.message.chat.id == 1
    assert update.message.message_id == shown["id"]
    assert shown["html"] == "/phanloai pin cũ &lt;b&gt;"
    assert shown["mine"]


async def test_a_repeated_post_is_taken_once(site: Web) -> None:
    page = await site.visitor()
    first = await page.say("một lần thôi", "same-id-1")
    again = await page.say("một lần thôi", "same-id-1")
    assert again == first
    assert len(await site.updates()) == 1
    assert len((await page.history())["messages"]) == 1


async def test_client_ids_of_two_visitors_do_not_meet(site: Web) -> None:
    for page in (await site.visitor(), await site.visitor()):
        await page.say("xin chào", "same-id-1")
    assert len(await site.updates()) == 2


async def test_a_place(site: Web) -> None:
    page = await site.visitor()
    shown = await page.say("", location={"lat": 9.9347, "lon": 106.3453, "accuracy": 4000})
    [raw] = await site.updates()
    assert raw["message"]["location"] == {
        "latitude": 9.9347,
        "longitude": 106.3453,
        "horizontal_accuracy": 1500.0,
    }
    assert shown["location"] == {"lat": 9.9347, "lon": 106.3453}


async def test_an_answer_quotes_what_it_answers(site: Web) -> None:
    page = await site.visitor()
    outcome = await site.deliver("web:1", Say(Markup("Gửi ảnh <code>TV-2611-0001</code>"), ask_reply=True))
    shown = await page.say("đây", reply_to=outcome.message_id)
    assert shown["reply_to"] == {"id": outcome.message_id, "text": "Gửi ảnh TV-2611-0001"}
    replied = (await site.updates())[0]["message"]["reply_to_message"]
    assert replied["message_id"] == outcome.message_id
    assert replied["from"]["is_bot"]


async def test_a_pressed_button(site: Web) -> None:
    page = await site.visitor()
    outcome = await site.deliver(
        "web:1", Say(Markup("Loại nào?"), buttons=((Button("Xà bần", "1:kind:x"),),))
    )
    body = {"room": "chat", "message_id": outcome.message_id, "data": "1:kind:x", "client_id": "press-001"}
    assert await page.post("/api/press", body) == (202, {})
    assert await page.post("/api/press", body) == (202, {})
    [raw] = await site.updates()
    query = Update.de_json(raw, None).callback_query
    assert query is not None
    assert query.data == "1:kind:x"
    assert query.message is not None
    assert query.message.message_id == outcome.message_id


async def test_a_press_on_somebody_elses_message_is_refused(site: Web) -> None:
    await site.visitor()
    outcome = await site.deliver("web:1", Say(Markup("riêng")))
    other = await site.visitor()
    body = {"room": "chat", "message_id": outcome.message_id, "data": "1:x", "client_id": "press-001"}
    assert (await other.post("/api/press", body))[0] == 404
    assert await site.updates() == []


async def test_the_duty_room_is_one_group(site: Web) -> None:
    page = await site.admin()
    await page.say("/hangcho", room="duty")
    message = (await site.updates())[0]["message"]
    assert message["chat"]["id"] == -1
    assert message["chat"]["type"] == "group"
    assert message["from"]["id"] == 1


BAD: list[tuple[Json, int]] = [
    ({"room": "chat", "client_id": "12345678"}, 400),
    ({"room": "chat", "client_id": "12345678", "text": "  \n "}, 400),
    ({"room": "chat", "client_id": "x", "text": "ngắn quá"}, 400),
    ({"room": "hầm", "client_id": "12345678", "text": "a"}, 400),
    ({"room": "chat", "client_id": "12345678", "text": "a" * 4097}, 413),
    ({"room": "chat", "client_id": "12345678", "text": "a" * 70_000}, 413),
    ({"room": "chat", "client_id": "12345678", "location": {"lat": 91, "lon": 0}}, 400),
    ({"room": "chat", "client_id": "12345678", "location": {"lat": 0, "lon": float("nan")}}, 400),
]


@pytest.mark.parametrize(("body", "status"), BAD)
async def test_bad_input_is_refused_in_words(site: Web, body: Json, status: int) -> None:
    page = await site.visitor()
    answered, told = await page.post("/api/messages", body)
    assert answered == status
    assert told["text"]
    assert await site.updates() == []


ODD: list[tuple[str, str]] = [
    ("a" * 4096, "a" * 4096),
    ("Tra\u0300 Vinh", "Trà Vinh"),
    ("nul\u0000 và \u0007 chuông", "nul và  chuông"),
    ("nửa \ud83d mặt", "nửa \ufffd mặt"),
    ("\u202eđảo chiều", "\u202eđảo chiều"),
]


@pytest.mark.parametrize(("sent", "stored"), ODD)
async def test_odd_text_arrives_clean(site: Web, sent: str, stored: str) -> None:
    page = await site.visitor()
    await page.say(sent)
    assert (await site.updates())[0]["message"]["text"] == stored


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://la.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ],
)
async def test_posts_from_elsewhere_are_refused(site: Web, headers: dict[str, str]) -> None:
    page = await site.visitor()
    body = {"room": "chat", "client_id": "12345678", "text": "x"}
    status, told = await page.post("/api/messages", body, **headers)
    assert (status, told["error"]) == (403, "foreign")


async def test_a_post_that_says_nothing_of_its_origin_is_refused(site: Web) -> None:
    page = await site.visitor()
    async with page.session.post(site.base + "/api/messages", data=b"{}") as answer:
        assert answer.status == 403


async def test_a_full_inbox_says_come_back(site: Web) -> None:
    page = await site.visitor()
    site.intake.open = inbox.FULL_AT
    body = {"room": "chat", "client_id": "12345678", "text": "đông quá"}
    async with page.session.post(
        site.base + "/api/messages", json=body, headers={"Origin": site.base}
    ) as answer:
        assert answer.status == 503
        assert answer.headers["Retry-After"]
    site.intake.open = 0
    await page.say("đông quá", "12345678")
    assert len(await site.updates()) == 1


async def test_who_sends_too_fast_is_slowed_down(site: Web) -> None:
    page = await site.visitor()
    answers: list[Any] = []
    for number in range(60):
        body = {"room": "chat", "client_id": f"fast-{number:04}", "text": "x"}
        answers.append((await page.post("/api/messages", body))[0])
    assert answers[:40] == [200] * 40
    assert 429 in answers
