"""🖼 Hình chia sẻ."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot.store.tables import Photo
from tests.fakes import Sent
from tests.harness import World

PICTURE = "🖼 Hình chia sẻ"


async def photos_kept(world: World) -> int:
    async with world.session() as session:
        return (await session.execute(select(func.count()).select_from(Photo))).scalar_one()


def pictures(world: World) -> list[Sent]:
    return [sent for sent in world.telegram.sent if sent.method == "sendPhoto"]


async def test_an_answer_comes_as_a_picture_that_can_be_passed_on(world: World) -> None:
    lan = world.user()
    await lan.sends("pin cũ")
    card = lan.last
    await lan.presses(PICTURE)
    (sent,) = pictures(world)
    assert sent.text == "♻️ Pin bỏ ở đâu? Hỏi Trà Vinh Xanh: https://t.me/travinhxanh_bot?start=i_pin"
    assert not sent.markup
    (jpeg,) = sent.files.values()
    with Image.open(BytesIO(jpeg)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1080, 1350))
    assert card.text in [message.text for message in lan.heard]


async def test_the_link_under_it_opens_the_card(world: World) -> None:
    lan = world.user()
    await lan.sends("/start i_pin")
    assert "<b>Nguy hại</b>" in lan.last.text
    assert PICTURE in lan.last.labels


async def test_it_is_drawn_once_for_everybody(world: World) -> None:
    for person in (world.user(), world.user(), world.user(language="en")):
        await person.sends("pin cũ")
        await person.presses_data("1:poster.item:pin", person.last)
    assert len(pictures(world)) == 3
    assert len({next(iter(sent.files.values())) for sent in pictures(world)}) == 1
    assert await photos_kept(world) == 1


async def test_a_tip_too(world: World) -> None:
    lan = world.user()
    await lan.sends("/start m_mang-ly-mang-binh")
    await lan.presses(PICTURE)
    (sent,) = pictures(world)
    tip = world.app.services.library.knowledge.tips.tip("mang-ly-mang-binh")
    assert sent.text.startswith(f"🌱 {tip.title}. Thêm mẹo ở Trà Vinh Xanh: https://t.me/")
    assert sent.text.endswith(f"?start=m_{tip.id}")


@pytest.mark.parametrize("way", ["chosen", "listed", "leaf"])
async def test_under_every_card(world: World, way: str) -> None:
    lan = world.user()
    await lan.sends("chai nhựa, pin cũ")
    data = {"chosen": "1:sort.item:pin", "listed": "1:sort.card:pin", "leaf": "1:sort.leaf:pin:0"}[way]
    await lan.presses_data(data, lan.last)
    await lan.presses(PICTURE)
    assert len(pictures(world)) == 1


@pytest.mark.parametrize("data", ["1:poster.item:nope", "1:poster.tip", "1:poster.tip:pin", "1:poster.x:pin"])
async def test_what_is_no_more_is_said_to_be_old(world: World, data: str) -> None:
    lan = world.user()
    await lan.sends("pin cũ")
    assert await lan.presses_data(data, lan.last) == "Nút này cũ rồi."
    assert pictures(world) == []


async def test_a_full_disk_is_told_kindly_and_the_next_try_works(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = world.user()
    await lan.sends("pin cũ")
    with monkeypatch.context() as full, capture_logs() as lines:
        full.setattr("bot.photos.os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
        answer = await lan.presses(PICTURE)
    assert answer == "Chưa vẽ được hình này. Bạn thử lại sau ít phút nha."
    (line,) = [line for line in lines if line["log_level"] == "error"]
    assert "disk is full" in line["advice"]
    assert await photos_kept(world) == 0
    await lan.presses(PICTURE)
    assert len(pictures(world)) == 1


async def test_it_is_nobodys_data(world: World) -> None:
    lan = world.user()
    await lan.sends("pin cũ")
    await lan.presses(PICTURE)
    async with world.session() as session:
        assert (await session.execute(select(Photo.owner_id))).scalars().all() == [None]
