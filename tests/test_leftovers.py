"""Files that the clock removes."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from bot import leftovers, photos
from bot.photos import Shelf
from tests.harness import World


def _file(path: Path, age: timedelta, now: datetime) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    moment = (now - age).timestamp()
    os.utime(path, (moment, moment))
    return path


async def test_exports_go_after_a_day(world: World) -> None:
    now, folder = world.clock.now(), world.app.settings.data_dir / "exports"
    old = _file(folder / "old.json", timedelta(hours=25), now)
    fresh = _file(folder / "fresh.json", timedelta(hours=23), now)
    assert await leftovers.remove_old_exports(world.app.settings.data_dir, now) == 1
    assert not old.exists() and fresh.exists()


async def test_without_a_folder_there_is_nothing_to_do(world: World, tmp_path: Path) -> None:
    now = world.clock.now()
    assert await leftovers.remove_old_exports(tmp_path / "none", now) == 0
    async with world.session() as session:
        assert await leftovers.remove_lost_pictures(session, tmp_path / "none", now) == 0


async def test_pictures_without_a_row_go_and_the_others_stay(world: World) -> None:
    now, media = world.clock.now(), world.app.settings.media_dir
    shelf, hours = Shelf(media), timedelta(hours=2)
    async with world.session() as session:
        await photos.add_ready(session, "known", None, now)
        kept = [_file(shelf.full("known"), hours, now), _file(shelf.thumb("known"), hours, now)]
        kept.append(_file(shelf.full("arriving"), timedelta(minutes=5), now))
        lost = [_file(shelf.full("lost"), hours, now), _file(shelf.thumb("lost"), hours, now)]
        assert await leftovers.remove_lost_pictures(session, media, now) == 1
    assert all(path.exists() for path in kept)
    assert not any(path.exists() for path in lost)


async def test_photos_of_a_report_that_was_left_are_removed(world: World) -> None:
    lan, cuc = world.user(), world.user()
    await lan.sends_photo()
    await lan.sends("/huy")
    await cuc.sends_photo()
    world.clock.advance(hours=25)
    removed = await world.do(lambda connection: leftovers.remove_lost_photos(connection, world.clock.now()))
    assert removed == 1  # the other one's draft is still open
    await cuc.sends_location()
    await cuc.presses("Xà bần")
    assert "1 ảnh" in cuc.last.text
