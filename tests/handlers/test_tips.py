"""🌱 Mẹo sống xanh."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.tips import Tip
from tests.fakes import START
from tests.harness import World

TODAY = START.date()


def _tips(world: World, topic: str) -> tuple[Tip, ...]:
    return world.app.services.library.knowledge.tips.of(topic, TODAY)


async def test_topics_are_buttons_two_in_a_row(world: World) -> None:
    lan = world.user()
    await lan.sends("🌱 Mẹo sống xanh")
    rows = lan.last.markup["inline_keyboard"]
    assert {len(row) for row in rows[:-1]} == {2}
    assert len(lan.last.labels) == len(world.app.services.library.knowledge.tips.topics)


async def test_a_tip_comes_in_place_and_the_next_one_after_it(world: World) -> None:
    lan = world.user()
    await lan.sends("/meo")
    await lan.presses("💡 Tiết kiệm điện")
    tips = _tips(world, "tiet-kiem-dien")
    for tip in (*tips, tips[0]):
        assert f"<b>{tip.title}</b>" in lan.last.text
        assert f"Nguồn: {tip.source}" in lan.last.text
        await lan.presses("➡️ Mẹo khác")
    await lan.presses("↩️ Chủ đề")
    assert "💡 Tiết kiệm điện" in lan.last.labels
    assert len(lan.heard) == 1


@pytest.mark.parametrize(
    "words", ["/meo tiết kiệm điện", "/tips tiet kiem dien", "tiết kiệm điện", "mẹo tiết kiệm điện"]
)
async def test_a_topic_can_be_typed(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends(words)
    assert _tips(world, "tiet-kiem-dien")[0].title in lan.last.text


async def test_an_unknown_topic_offers_the_others(world: World) -> None:
    lan = world.user()
    await lan.sends("/meo nấu ăn ngon")
    assert "Chưa có mẹo" in lan.last.text
    assert len(lan.last.labels) >= 8


async def test_the_share_button_opens_telegrams_share_box_with_a_link_to_the_tip(world: World) -> None:
    lan = world.user()
    await lan.sends("/meo tiết kiệm điện")
    share = next(button for button in lan.last.inline if button["text"] == "🔗 Chia sẻ")
    query = parse_qs(urlsplit(share["url"]).query)
    tip = _tips(world, "tiet-kiem-dien")[0]
    assert query == {"url": [f"https://t.me/travinhxanh_bot?start=m_{tip.id}"], "text": [tip.title]}
    await lan.sends(f"/start m_{tip.id}")
    assert tip.title in lan.last.text


async def test_every_payload_is_one_telegram_allows(world: World) -> None:
    tips = world.app.services.library.knowledge.tips
    payloads = [f"t_{topic.code}" for topic in tips.topics]
    payloads += [f"m_{tip.id}" for topic in tips.topics for tip in tips.of(topic.code)]
    assert len(payloads) > 32
    assert all(len(one) <= 64 and one.replace("_", "").replace("-", "").isalnum() for one in payloads)


@pytest.mark.parametrize("data", ["1:tips.topic:nope", "1:tips.topic", "1:tips.next:nope", "0:tips.next:x"])
async def test_forged_buttons_are_answered(world: World, data: str) -> None:
    lan = world.user()
    await lan.sends("/meo")
    assert await lan.presses_data(data, lan.last) == "Nút này cũ rồi."
