"""What the bot says on the page: stored once, edited in place, shown to those in the room."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from bot import photos
from bot.address import Address
from bot.channels.base import State
from bot.channels.web import messages
from bot.say import Button, File, Key, Keyboard, Say
from tests.channels.web.conftest import Web
from tests.channels.web.pictures import jpeg


async def test_a_message_with_all_its_parts(site: Web) -> None:
    page = await site.visitor()
    keyboard = Keyboard(((Key("📍 Gửi vị trí hiện tại", asks_location=True),),))
    buttons = (
        (Button("A", "1:a"), Button("Web", url="https://example.org/")),
        (Button("Xấu", url="javascript:x"),),
    )
    outcome = await site.deliver(
        "web:1", Say(Markup("<b>Chào</b> <u>bạn"), buttons=buttons, keyboard=keyboard)
    )
    assert outcome.state is State.SENT
    history = await page.history()
    [shown] = history["messages"]
    assert shown["id"] == outcome.message_id
    assert shown["html"] == "<b>Chào</b> <u>bạn</u>"
    assert shown["buttons"][0][0] == {"text": "A", "data": "1:a", "url": None}
    assert shown["buttons"][0][1]["url"] == "https://example.org/"
    assert shown["buttons"][1][0]["url"] is None
    assert history["keyboard"] == {"rows": [[{"text": "📍 Gửi vị trí hiện tại", "request_location": True}]]}
    assert not shown["mine"]


async def test_a_repeated_delivery_is_one_message(site: Web) -> None:
    page = await site.visitor()
    outcomes = [await site.deliver("web:1", Say(Markup("một")), outbox_id=7) for _ in range(2)]
    assert outcomes[0] == outcomes[1]
    assert len((await page.history())["messages"]) == 1


async def test_the_keyboard_is_the_last_one_said(site: Web) -> None:
    page = await site.visitor()
    await site.deliver("web:1", Say(Markup("1"), keyboard=Keyboard(((Key("Có"),),))))
    await site.deliver("web:1", Say(Markup("2")))
    assert (await page.history())["keyboard"] == {"rows": [[{"text": "Có", "request_location": False}]]}
    await site.deliver("web:1", Say(Markup("3"), keyboard=False))
    assert (await page.history())["keyboard"] is None


async def test_an_edit_changes_the_bubble_and_keeps_its_photo(site: Web) -> None:
    page = await site.visitor()
    photo = await _photo(site)
    sent = await site.deliver("web:1", Say(Markup("thẻ"), photos=(photo,), buttons=((Button("A", "1:a"),),)))
    edited = await site.deliver("web:1", Say(Markup("đã nhận"), edit=sent.message_id, has_photo=True))
    assert edited == sent
    [shown] = (await page.history())["messages"]
    assert (shown["html"], shown["edited"], shown["buttons"]) == ("đã nhận", True, [])
    assert (shown["photos"][0]["width"], shown["photos"][0]["height"]) == (64, 48)
    assert (await page.raw(shown["photos"][0]["thumb"]))[0] == 200


async def test_an_edit_of_what_is_gone_is_said_anew(site: Web) -> None:
    page = await site.visitor()
    outcome = await site.deliver("web:1", Say(Markup("mới"), edit=4711))
    assert outcome.state is State.SENT
    assert [message["html"] for message in (await page.history())["messages"]] == ["mới"]


async def test_a_photo_that_is_not_here_yet_has_no_address(site: Web) -> None:
    page = await site.visitor()
    async with site.store.transaction() as connection:
        photo = await photos.add(
            connection, channel="telegram", file_id="f", compressed=True, owner_id=0, now=site.clock.now()
        )
    await site.deliver("web:1", Say(Markup("thẻ"), photos=(photo,)))
    [shown] = (await page.history())["messages"]
    assert shown["photos"] == [{"thumb": None, "full": None, "width": None, "height": None, "alt": ""}]


async def test_a_file_is_for_its_reader_alone_and_gone_when_removed(site: Web, tmp_path: Path) -> None:
    page, other = await site.visitor(), await site.visitor()
    source = tmp_path / "xuat.json"
    source.write_text("{}")
    await site.deliver("web:1", Say(Markup("đây"), file=File("xuat.json", "dữ liệu của bạn.json")))
    [shown] = (await page.history())["messages"]
    assert (shown["file"]["name"], shown["file"]["size"]) == ("dữ liệu của bạn.json", 2)
    status, content, disposition = await page.raw(shown["file"]["url"])
    assert (status, content) == (200, b"{}")
    assert disposition.startswith("attachment; filename*=UTF-8''d%E1%BB%AF")
    assert (await other.raw(shown["file"]["url"]))[0] == 404
    source.unlink()
    assert (await page.raw(shown["file"]["url"]))[0] == 404


async def test_a_missing_file_fails_for_good(site: Web) -> None:
    await site.visitor()
    outcome = await site.deliver("web:1", Say(Markup("đây"), file=File("gone.json", "a.json")))
    assert outcome.state is State.FAILED


async def test_history_comes_in_pages(site: Web) -> None:
    page = await site.visitor()
    for number in range(7):
        await site.deliver("web:1", Say(Markup(str(number))))
    newest = await page.history(limit=3)
    assert [message["html"] for message in newest["messages"]] == ["4", "5", "6"]
    assert newest["more"]
    before = await page.history(limit=10, before=newest["messages"][0]["id"])
    assert [message["html"] for message in before["messages"]] == ["0", "1", "2", "3"]
    assert not before["more"]


async def test_forgetting_a_chat_leaves_nothing(site: Web) -> None:
    page = await site.visitor()
    await page.say("xin chào")
    async with page.events("chat:1") as events:
        async with site.store.transaction() as connection:
            gone = await messages.forget(site.store, connection, Address("web:1"), site.clock.now())
        site.wakes.web.ring()
        _, name, _ = await anext(events)
        await site.deliver("web:1", Say(Markup("đã xóa hết")))
        _, then, said = await anext(events)
    assert [payload["html"] for payload in gone] == ["xin chào"]
    assert name == "reset"
    assert (then, said["html"]) == ("message", "đã xóa hết")
    assert [message["html"] for message in (await page.history())["messages"]] == ["đã xóa hết"]


async def _photo(site: Web) -> int:
    gps = await site.shelf.keep("token", jpeg())
    async with site.store.transaction() as connection:
        await photos.add_ready(connection, "token", gps, site.clock.now())
        found = await photos.by_file(connection, "web", "token")
    assert found is not None
    return found
