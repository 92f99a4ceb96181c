"""Who is on the page, and what they may see."""

from __future__ import annotations

from http.cookies import SimpleCookie

from markupsafe import Markup
from sqlalchemy import select, update

from bot import staff
from bot.address import Address
from bot.channels.web import visitors
from bot.say import Say
from bot.store.tables import Staff, WebVisitor
from tests.channels.web.conftest import Web
from tests.channels.web.pictures import jpeg


async def test_the_cookie_is_random_hidden_from_scripts_and_stored_only_as_a_hash(site: Web) -> None:
    page = await site.visitor()
    async with page.session.get(site.base + "/") as answer:
        cookie = SimpleCookie(answer.headers["Set-Cookie"])["tvx"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["secure"]
    assert len(cookie.value) == visitors.TOKEN_CHARACTERS
    async with site.store.read() as connection:
        stored = (await connection.execute(select(WebVisitor.token_hash))).scalars().all()
    assert stored == [visitors.hashed(cookie.value)]


async def test_a_visitor_is_stored_once_and_never_by_opening_the_page_alone(site: Web) -> None:
    page = await site.visitor()
    await page.me()
    async with page.session.get(site.base + "/"), site.store.read() as connection:
        assert len((await connection.execute(select(WebVisitor.id))).all()) == 1


async def test_without_a_cookie_nothing_is_shown(site: Web) -> None:
    page = await site.visitor()
    page.session.cookie_jar.clear()
    for path in ("/api/me", "/api/history?room=chat", "/api/events"):
        status, answer = await page.get(path)
        assert (status, answer["error"]) == (401, "no_cookie")


async def test_language_is_vietnamese_unless_the_browser_wants_only_others(site: Web) -> None:
    wanted = {"vi": "vi", "en-US,en;q=0.9,vi;q=0.8": "vi", "en-GB,en": "en", "fr": "vi"}
    wanted |= {"km-KH": "km", "en,km;q=0.8": "km", "km,vi;q=0.5": "vi"}
    for asked, language in wanted.items():
        assert (await (await site.visitor(asked)).me())["language"] == language


async def test_two_visitors_never_see_each_other(site: Web) -> None:
    lan, minh = await site.visitor(), await site.visitor()
    await lan.say("của Lan")
    _, sent = await lan.photos(("rac.jpg", jpeg()))
    await site.deliver("web:1", Say(Markup("chỉ cho Lan")))
    assert [message["html"] for message in (await minh.history())["messages"]] == []
    photo = sent["message"]["photos"][0]
    assert (await lan.raw(photo["thumb"]))[0] == 200
    assert (await lan.raw(photo["full"]))[1][:2] == b"\xff\xd8"
    assert (await minh.raw(photo["thumb"]))[0] == 404
    assert (await minh.raw(photo["full"].replace(photo["full"].split("/")[2], "é" * 43)))[0] == 404
    async with minh.events("chat:0") as events:
        await site.deliver("web:1", Say(Markup("vẫn chỉ cho Lan")))
        await site.deliver("web:2", Say(Markup("cho Minh")))
        _, name, data = await anext(events)
    assert (name, data["html"]) == ("message", "cho Minh")


async def test_a_citizen_has_no_duty_room(site: Web) -> None:
    page = await site.visitor()
    assert [room["id"] for room in (await page.me())["rooms"]] == ["chat"]
    assert (await page.get("/api/history?room=duty"))[0] == 403
    status, _ = await page.post(
        "/api/messages", {"room": "duty", "client_id": "12345678", "text": "cho tôi vào"}
    )
    assert status == 403
    assert await site.updates() == []


async def test_the_sign_in_link_works_once(site: Web) -> None:
    page = await site.visitor()
    link = (await site.channel.sign_in_link()).removeprefix(site.settings.origin)
    assert (await page.get("/admin?key=khong-dung"))[0] == 403
    assert not (await page.me())["admin"]
    assert (await page.get(link))[0] == 200
    signed_in = await page.me()
    assert signed_in["admin"]
    assert [room["id"] for room in signed_in["rooms"]] == ["chat", "duty"]
    other = await site.visitor()
    assert (await other.get(link))[0] == 403
    assert not (await other.me())["admin"]


async def test_a_newer_link_ends_the_older_one(site: Web) -> None:
    old = (await site.channel.sign_in_link()).removeprefix(site.settings.origin)
    await site.channel.sign_in_link()
    assert (await (await site.visitor()).get(old))[0] == 403


async def test_the_first_admin_opens_the_duty_room_for_cards(site: Web) -> None:
    await site.admin()
    async with site.store.read() as connection:
        assert await staff.card_addresses(connection, "29242") == [Address("web:-1")]


async def test_a_dismissed_officer_loses_the_duty_room_at_once(site: Web) -> None:
    page = await site.admin()
    async with page.events("chat:0,duty:0") as events:
        async with site.store.transaction() as connection:
            await connection.execute(update(Staff).values(role="editor"))
        await site.deliver("web:-1", Say(Markup("việc của tổ trực")))
        _, name, data = await anext(events)
    assert name == "me"
    assert [room["id"] for room in data["rooms"]] == ["chat"]
    assert (await page.get("/api/history?room=duty"))[0] == 403
