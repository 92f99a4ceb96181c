"""Photos from the page: kept clean, told as an album, bad ones named."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import pictures
from bot.pictures import MOST_BYTES
from bot.store.tables import Photo
from tests.channels.web.conftest import Web
from tests.channels.web.pictures import jpeg


async def test_an_album_is_one_bubble_and_one_update_a_photo(site: Web) -> None:
    page = await site.visitor()
    status, answer = await page.photos(("a.jpg", jpeg()), ("b.jpg", jpeg(40, 80)), caption="ở chợ")
    assert status == 200
    assert answer["rejected"] == []
    assert [(photo["width"], photo["height"]) for photo in answer["message"]["photos"]] == [
        (64, 48),
        (40, 80),
    ]
    assert answer["message"]["html"] == "ở chợ"
    first, second = (update["message"] for update in await site.updates())
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], second.get("caption")) == ("ở chợ", None)
    assert first["photo"][0]["file_id"] != second["photo"][0]["file_id"]


async def test_the_bytes_behind_a_file_id_are_clean(site: Web) -> None:
    page = await site.visitor()
    await page.photos(("a.jpg", jpeg(gps=True)))
    file_id = (await site.updates())[0]["message"]["photo"][0]["file_id"]
    kept = await site.channel.fetch(file_id)
    assert b"Exif" not in kept
    async with site.store.read() as connection:
        row = (await connection.execute(select(Photo.gps_lat, Photo.gps_lon, Photo.state))).one()
    assert (round(row.gps_lat, 4), round(row.gps_lon, 4), row.state) == (9.9347, 106.3453, "ready")


async def test_a_repeated_upload_is_taken_once(site: Web) -> None:
    page = await site.visitor()
    first = await page.photos(("a.jpg", jpeg()), client_id="album-001")
    again = await page.photos(("a.jpg", jpeg()), client_id="album-001")
    assert first == again
    assert len(await site.updates()) == 1
    async with site.store.read() as connection:
        assert len((await connection.execute(select(Photo.id))).all()) == 1


async def test_good_photos_are_kept_beside_bad_ones(site: Web) -> None:
    page = await site.visitor()
    status, answer = await page.photos(
        ("tốt.jpg", jpeg()), ("không.jpg", b"<html>"), ("to.jpg", b"\xff\xd8" + b"x" * MOST_BYTES)
    )
    assert status == 200
    assert len(answer["message"]["photos"]) == 1
    assert {one["name"]: one["error"] for one in answer["rejected"]} == {
        "không.jpg": "not_a_photo",
        "to.jpg": "too_big",
    }
    assert "20 MB" in next(one["text"] for one in answer["rejected"] if one["error"] == "too_big")


async def test_nothing_usable_is_said_and_leaves_nothing(site: Web) -> None:
    page = await site.visitor("en")
    big = await page.photos(("to.jpg", b"x" * (MOST_BYTES + 1)))
    broken = await page.photos(("hỏng.jpg", jpeg()[:200]))
    assert (big[0], big[1]["error"]) == (413, "too_big")
    assert (broken[0], broken[1]["error"]) == (415, "not_a_photo")
    assert await site.updates() == []
    assert (await page.history())["messages"] == []


async def test_a_picture_bomb_is_refused(site: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    page = await site.visitor()
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    status, answer = await page.photos(("bom.jpg", jpeg(200, 200)))
    assert (status, answer["error"]) == (415, "not_a_photo")


async def test_the_eleventh_photo_is_named(site: Web) -> None:
    page = await site.visitor()
    _, answer = await page.photos(*((f"{number}.jpg", jpeg()) for number in range(11)))
    assert len(answer["message"]["photos"]) == 10
    assert [(one["name"], one["error"]) for one in answer["rejected"]] == [("10.jpg", "too_many")]


async def test_what_is_no_form_is_refused(site: Web) -> None:
    page = await site.visitor()
    assert (await page.post("/api/photos", b"{}"))[0] == 400
    assert (await page.photos(room="chat"))[0] == 400
