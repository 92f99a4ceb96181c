"""Photos as rows and as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import photos
from bot.fold import nfc
from bot.photos import Shelf
from bot.pictures import BadPictureError
from tests.fakes import START
from tests.harness import World, jpeg


async def add(world: World, file_id: str) -> int:
    photo_id: int = await world.do(
        lambda connection: photos.add(
            connection, channel="telegram", file_id=file_id, compressed=True, owner_id=0, now=START
        )
    )
    return photo_id


async def test_photos_come_in_the_order_asked_for_and_missing_ones_are_left_out(world: World) -> None:
    ids = [await add(world, f"f{number}") for number in range(3)]
    asked = [ids[2], 999, ids[0]]
    found = await world.do(lambda connection: photos.of(connection, asked))
    assert [photo.id for photo in found] == [ids[2], ids[0]]
    assert await world.do(lambda connection: photos.of(connection, [])) == []
    assert await world.do(lambda connection: photos.by_file(connection, "telegram", "f1")) == ids[1]
    assert await world.do(lambda connection: photos.by_file(connection, "web", "f1")) is None


async def test_waits_between_tries_grow_and_then_it_is_given_up(world: World) -> None:
    photo_id = await add(world, "f")
    waits = []
    for _ in range(len(photos.RETRY_SECONDS) + 1):
        (photo,) = await world.do(lambda connection: photos.of(connection, [photo_id]))

        async def fail(connection: object, photo: photos.Photo = photo) -> bool:
            return await photos.mark_failed(connection, photo, "nul \x00 \ud83d", START, final=False)  # type: ignore[arg-type]

        over = await world.do(fail)
        (photo,) = await world.do(lambda connection: photos.of(connection, [photo_id]))
        waits.append(None if over else (photo.retry_at - START).total_seconds())
    assert waits == [*photos.RETRY_SECONDS, None]
    assert photo.state == "failed"
    assert await world.do(lambda connection: photos.due(connection, START.replace(year=2030), 10)) == []


async def test_tokens_cannot_be_guessed(world: World) -> None:
    ids = [await add(world, f"f{number}") for number in range(20)]
    found = await world.do(lambda connection: photos.of(connection, ids))
    tokens = {photo.token for photo in found}
    assert len(tokens) == 20 and all(len(token) >= 32 and nfc(token) == token for token in tokens)


async def test_files_are_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path / "media")
    assert await shelf.keep("tok", jpeg()) is None
    assert {path.name for path in (tmp_path / "media").iterdir()} == {"tok.jpg", "tok.thumb.jpg"}
    with pytest.raises(BadPictureError):
        await shelf.keep("bad", b"x")
    monkeypatch.setattr("bot.photos.os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError, match="No space"):
        await shelf.keep("full", jpeg())
    assert not shelf.full("full").exists() and not shelf.full("bad").exists()
    shelf.remove("tok")
    shelf.remove("tok")
    assert not shelf.full("tok").exists() and not shelf.thumb("tok").exists()
