"""A poster is drawn once and kept, and drawn anew when what it shows has changed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select
from structlog.testing import capture_logs

from bot import leftovers
from bot.photos import Shelf
from bot.posters import CHANNEL, Poster, kept_poster
from bot.posters.icons import icon_path
from bot.refusal import Refusal
from bot.store.tables import Photo
from tests.harness import World
from tests.posters.shipped import CONTENT, poster


@pytest.fixture
def shelf(world: World) -> Shelf:
    return Shelf(world.app.settings.media_dir)


async def make(world: World, shelf: Shelf, one: Poster, content: Path = CONTENT) -> int:
    async with world.session() as session:
        return await kept_poster(session, shelf, content, one, world.clock.now())


async def token(world: World, photo_id: int) -> str:
    async with world.session() as session:
        return (await session.execute(select(Photo.token).where(Photo.id == photo_id))).scalar_one()


async def test_the_second_person_gets_the_kept_one(world: World, shelf: Shelf) -> None:
    first = await make(world, shelf, poster("pin"))
    path = shelf.full(await token(world, first))
    written = path.stat().st_mtime_ns
    assert await make(world, shelf, poster("pin")) == first
    assert path.stat().st_mtime_ns == written
    with Image.open(path) as picture:
        assert picture.size == (1080, 1350)
    assert await make(world, shelf, poster("mang-ly-mang-binh")) != first


async def test_it_is_nobodys_and_ready(world: World, shelf: Shelf) -> None:
    photo_id = await make(world, shelf, poster("pin"))
    async with world.session() as session:
        row = (await session.execute(select(Photo.__table__).where(Photo.id == photo_id))).one()
    assert (row.channel, row.state, row.owner_id, row.gps_lat) == (CHANNEL, "ready", None, None)
    assert row.file_id.startswith("item:pin:")


async def test_what_is_drawn_differently_is_drawn_anew(world: World, shelf: Shelf, tmp_path: Path) -> None:
    pin = poster("pin")
    made = {await make(world, shelf, pin)}
    made.add(await make(world, shelf, replace(pin, source="Quyết định của tỉnh")))
    made.add(await make(world, shelf, replace(pin, colour="#123456")))
    made.add(await make(world, shelf, pin, tmp_path))  # where there are no icons
    assert len(made) == 4


async def test_a_picture_that_is_gone_is_drawn_again(world: World, shelf: Shelf) -> None:
    photo_id = await make(world, shelf, poster("pin"))
    lost = await token(world, photo_id)
    shelf.remove(lost)
    assert await make(world, shelf, poster("pin")) == photo_id
    assert shelf.full(lost).exists() and shelf.thumb(lost).exists()


async def test_it_stays_a_month_and_is_not_handed_out_shortly_before(world: World, shelf: Shelf) -> None:
    first = await make(world, shelf, poster("pin"))
    start = world.clock.now()

    async def removed(days: int) -> int:
        async with world.session() as session:
            return await leftovers.remove_lost_photos(session, start + timedelta(days=days))

    assert await removed(29) == 0
    world.clock.advance(days=16)
    second = await make(world, shelf, poster("pin"))
    assert second != first
    assert await removed(31) == 1
    assert await make(world, shelf, poster("pin")) == second


async def test_a_broken_icon_is_told_kindly_and_in_one_line(
    world: World, shelf: Shelf, tmp_path: Path
) -> None:
    shutil.copytree(CONTENT / "icons", tmp_path / "icons")
    icon_path(tmp_path, "☠️").write_bytes(b"\x89PNG broken")
    with capture_logs() as lines, pytest.raises(Refusal, match="Chưa vẽ được hình này"):
        await make(world, shelf, poster("pin"), tmp_path)
    (line,) = lines
    assert (line["log_level"], line["poster"]) == ("error", "item pin")
    assert "UnidentifiedImageError" in line["why"]
    assert not list(world.app.settings.media_dir.glob("*"))
