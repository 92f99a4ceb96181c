"""Photos are fetched in the background until they are here or surely lost."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection
from telegram.error import NetworkError

from bot import photos
from bot.store.tables import Photo
from tests.flow.conftest import Stage
from tests.harness import jpeg


async def add(stage: Stage, file_id: str, channel: str = "telegram") -> int:
    now = stage.clock.now()
    photo_id: int = await stage.do(
        lambda connection: photos.add(
            connection, channel=channel, file_id=file_id, compressed=False, owner_id=0, now=now
        )
    )
    return photo_id


async def rows(stage: Stage) -> Sequence[Row[Any]]:
    async with stage.app.store.read() as connection:
        return (await connection.execute(select(Photo.__table__).order_by(Photo.id))).all()


async def test_a_photo_is_fetched_cleaned_and_kept(stage: Stage) -> None:
    await add(stage, stage.file(jpeg()))
    await stage.settle()
    (row,) = await rows(stage)
    assert (row.state, row.error, row.retry_at) == ("ready", None, None)
    with (
        Image.open(stage.app.shelf.full(row.token)) as full,
        Image.open(stage.app.shelf.thumb(row.token)) as t,
    ):
        assert full.size == (640, 480) and max(t.size) == 480


async def test_a_failed_download_is_tried_again_until_it_works(stage: Stage) -> None:
    changes: list[int] = []

    async def changed(_: AsyncConnection, photo_id: int) -> None:
        changes.append(photo_id)

    stage.app.fetcher.on_change = changed
    stage.telegram.fail("getFile", NetworkError("down"), times=2)
    photo_id = await add(stage, stage.file(jpeg()))
    for _ in range(3):
        await stage.later(seconds=20)
    (row,) = await rows(stage)
    assert (row.state, row.attempts) == ("ready", 2)
    assert changes == [photo_id] * 3, "the card is told of every change"


async def test_a_download_that_never_works_is_given_up_and_said(stage: Stage) -> None:
    stage.telegram.fail("getFile", NetworkError("down"), times=50)
    await add(stage, "x")
    for _ in range(8):
        await stage.later(hours=2)
    (row,) = await rows(stage)
    assert (row.state, row.attempts, row.retry_at) == ("failed", len(photos.RETRY_SECONDS) + 1, None)
    assert "down" in row.error


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", jpeg()[:300], b"\xff\xd8\xff\xe0" + b"\0" * 1000],
    ids=["empty", "text", "cut", "zeros"],
)
async def test_what_is_no_picture_is_given_up_at_once(stage: Stage, content: bytes) -> None:
    await add(stage, stage.file(content))
    await stage.settle()
    (row,) = await rows(stage)
    assert (row.state, row.attempts) == ("failed", 1)


async def test_a_file_of_21_megabytes_is_refused_for_good(stage: Stage) -> None:
    too_big = {"ok": False, "error_code": 400, "description": "Bad Request: file is too big"}
    stage.telegram.fail("getFile", (400, too_big))
    await add(stage, "huge")
    large = BytesIO(jpeg())
    await add(stage, stage.file(large.getvalue() + b"\0" * (21 * 1024 * 1024)))
    await stage.settle()
    first, second = await rows(stage)
    assert (first.state, second.state) == ("failed", "failed")
    assert "20 MB" in second.error


async def test_a_photo_of_a_channel_that_is_gone_fails_after_its_tries(stage: Stage) -> None:
    await add(stage, "x", channel="zalo")
    await stage.settle()
    (row,) = await rows(stage)
    assert row.state == "pending" and "zalo" in row.error


async def test_a_card_that_cannot_be_told_does_not_keep_the_photo_from_being_ready(stage: Stage) -> None:
    async def changed(connection: AsyncConnection, photo_id: int) -> None:
        await connection.execute(select(Photo.id))
        raise KeyError("a kind that is no longer in the content")

    stage.app.fetcher.on_change = changed
    await add(stage, stage.file(jpeg()))
    await stage.settle()
    assert [row.state for row in await rows(stage)] == ["ready"]


async def test_a_full_disk_leaves_the_photo_for_later(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    write, failures = photos._write, [OSError(28, "No space left on device")]

    def failing(*arguments: Any) -> None:
        if failures:
            raise failures.pop()
        write(*arguments)

    monkeypatch.setattr("bot.photos._write", failing)
    await add(stage, stage.file(jpeg()))
    await stage.settle()
    assert [row.state for row in await rows(stage)] == ["pending"]
    await stage.later(seconds=5)
    assert [row.state for row in await rows(stage)] == ["ready"]
