"""A Say as the calls that leave: texts, buttons, keyboards, photos, albums, edits, files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from bot.channels.telegram.render import Renderer, plain
from bot.channels.telegram.request import Api
from bot.photos import Photo, Shelf
from bot.say import Button, File, Key, Keyboard, Say
from tests.fakes import FakeTelegram, Sent
from tests.harness import jpeg


class Desk:
    """Renders on a fake platform; `calls` is what left."""

    def __init__(self, directory: Path) -> None:
        self.telegram = FakeTelegram()
        self.shelf = Shelf(directory / "media")
        self.renderer = Renderer(Api(self.telegram, "http://x/bot1:T"), self.shelf, directory)

    async def say(self, say: Say, *photos: Photo, html: bool = True) -> list[Sent]:
        posted = await self.renderer.send(5, say, list(photos), html=html)
        while posted.rest:  # as the sender does, each in a message of its own
            rest = Say(Markup(), photos=posted.rest, reply_to=posted.message_id)
            posted = await self.renderer.send(5, rest, [one for one in photos if one.id in posted.rest])
        return self.telegram.sent

    def photo(self, number: int, *, compressed: bool = False, state: str = "ready") -> Photo:
        token = f"token{number}"
        if state == "ready" and not compressed:
            self.shelf.full(token).parent.mkdir(exist_ok=True)
            self.shelf.full(token).write_bytes(jpeg(8, 8))
        return Photo(number, token, "telegram", f"file{number}", compressed, state, 0, None, None)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def only(desk: Desk, say: Say, *photos: Photo, **more: Any) -> Sent:
    (sent,) = await desk.say(say, *photos, **more)
    return sent


async def test_text_with_buttons(desk: Desk) -> None:
    buttons = (
        (Button("Có", data="1:yes"), Button("Web", url="https://x.vn/")),
        (Button("Không", data="1:no"),),
    )
    sent = await only(desk, Say(Markup("<b>Chào</b>"), buttons=buttons, reply_to=9))
    assert (sent.method, sent.text, sent.params["parse_mode"]) == ("sendMessage", "<b>Chào</b>", "HTML")
    assert sent.markup["inline_keyboard"] == [
        [{"text": "Có", "callback_data": "1:yes"}, {"text": "Web", "url": "https://x.vn/"}],
        [{"text": "Không", "callback_data": "1:no"}],
    ]
    assert sent.params["reply_parameters"] == {"message_id": 9, "allow_sending_without_reply": True}
    assert sent.params["link_preview_options"] == {"is_disabled": True}


async def test_keyboards(desk: Desk) -> None:
    keyboard = Keyboard(((Key("📍 Gửi vị trí", asks_location=True), Key("❌ Huỷ")),), persistent=True)
    await desk.say(Say(Markup("a"), keyboard=keyboard))
    await desk.say(Say(Markup("b"), keyboard=False))
    await desk.say(Say(Markup("c"), ask_reply=True))
    shown, removed, asked = desk.telegram.sent
    assert shown.markup == {
        "keyboard": [[{"text": "📍 Gửi vị trí", "request_location": True}, {"text": "❌ Huỷ"}]],
        "resize_keyboard": True,
        "is_persistent": True,
    }
    assert removed.markup == {"remove_keyboard": True}
    assert asked.markup == {"force_reply": True, "selective": True}


async def test_one_photo_carries_the_text(desk: Desk) -> None:
    sent = await only(desk, Say(Markup("a"), buttons=((Button("x", data="1:x"),),)), desk.photo(1))
    assert (sent.method, sent.text, len(sent.files)) == ("sendPhoto", "a", 1)
    assert sent.markup


async def test_a_photo_telegram_cleaned_itself_is_passed_on_even_before_it_is_fetched(desk: Desk) -> None:
    sent = await only(desk, Say(Markup("a")), desk.photo(1, compressed=True, state="pending"))
    assert (sent.method, sent.params["photo"], sent.files) == ("sendPhoto", "file1", {})


async def test_more_photos_follow_as_an_album_below(desk: Desk) -> None:
    first, album = await desk.say(Say(Markup("a")), *(desk.photo(n, compressed=True) for n in (1, 2, 3)))
    assert (first.method, first.params["photo"]) == ("sendPhoto", "file1")
    assert [one["media"] for one in album.params["media"]] == ["file2", "file3"]
    assert album.params["reply_parameters"]["message_id"] == first.message_id


async def test_photos_that_are_not_here_are_left_out_and_none_is_shown_twice(desk: Desk) -> None:
    waiting, second, third = desk.photo(1, state="pending"), desk.photo(2, compressed=True), desk.photo(3)
    desk.shelf.full("token3").unlink()
    sent = await only(desk, Say(Markup("a")), waiting, second, third)
    assert (sent.method, sent.params["photo"]) == ("sendPhoto", "file2")


async def test_a_text_too_long_for_a_caption_comes_first_and_loses_no_photo(desk: Desk) -> None:
    text, photo = await desk.say(Say(Markup("chữ " * 400)), desk.photo(1, compressed=True))
    assert (text.method, photo.method, photo.params["photo"]) == ("sendMessage", "sendPhoto", "file1")


async def test_more_than_ten_photos_are_several_albums(desk: Desk) -> None:
    calls = await desk.say(Say(Markup("a")), *(desk.photo(n, compressed=True) for n in range(13)))
    assert [(one.method, len(one.params.get("media", []))) for one in calls] == [
        ("sendPhoto", 0),
        ("sendMediaGroup", 10),
        ("sendMediaGroup", 2),
    ]


async def test_edits_of_texts_and_captions(desk: Desk) -> None:
    await desk.say(Say(Markup("a"), edit=77))
    await desk.say(Say(Markup("b"), edit=78, has_photo=True, buttons=((Button("x", data="1:x"),),)))
    text, caption = desk.telegram.sent
    assert (text.method, text.message_id, text.markup) == ("editMessageText", 77, {})
    assert (caption.method, caption.message_id, caption.text) == ("editMessageCaption", 78, "b")
    assert caption.markup["inline_keyboard"]


async def test_a_file(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"{}")
    sent = await only(desk, Say(Markup("Dữ liệu"), file=File("x.json", "du-lieu.json")))
    assert (sent.method, list(sent.files.values()), sent.text) == ("sendDocument", [b"{}"], "Dữ liệu")


async def test_without_markup_lines_and_signs_stay(desk: Desk) -> None:
    say = Say(Markup('<b>Ông &lt;Bảy&gt;</b>\n👉 <a href="https://x.vn">bản đồ</a> &amp; nhà'))
    sent = await only(desk, say, html=False)
    assert sent.text == "Ông <Bảy>\n👉 bản đồ & nhà"
    assert "parse_mode" not in sent.params


@pytest.mark.parametrize("text", ["a" * 4096, "🌿" * 2048, "<b>" + "&lt;" * 4096 + "</b>"])
async def test_the_longest_text_goes_out_as_it_is(desk: Desk, text: str) -> None:
    sent = await only(desk, Say(Markup(text)))
    assert (sent.text, sent.params["parse_mode"]) == (text, "HTML")


@pytest.mark.parametrize("text", ["a" * 4097, "🌿" * 2049, "<b>" + "&lt;" * 5000 + "</b>"])
async def test_what_is_longer_is_cut_without_broken_markup(desk: Desk, text: str) -> None:
    sent = await only(desk, Say(Markup(text)))
    assert len(sent.text.encode("utf-16-le")) // 2 <= 4096
    assert plain(text).startswith(sent.text[:-1]) and sent.text.endswith("…")
    assert "parse_mode" not in sent.params


async def test_what_is_folded_is_told_in_whole_where_markup_is_refused(desk: Desk) -> None:
    say = Say(Markup("<b>Pin</b>\n<blockquote expandable><b>Vì sao?</b>\nCó chất độc.</blockquote>"))
    assert (await only(desk, say)).text == say.text
    bare = await only(Desk(desk.shelf.full("x").parent), say, html=False)
    assert bare.text == "Pin\nVì sao?\nCó chất độc."
