"""🚫 on cards: a coded reason, where to go instead, and who may say so."""

from __future__ import annotations

from bot.reports import State
from tests.fakes import Json
from tests.handlers.on_duty import (
    audited,
    card,
    duty_group,
    filed,
    known,
    now,
    officer,
    open_drafts,
    question,
)
from tests.harness import World

REASON = "Chuyện riêng giữa các nhà"


async def test_a_reason_and_the_prefilled_way_on(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("🚫 Từ chối", where=group)
    await tu.presses(REASON, where=group)
    assert "trưởng ấp" in group.last.text and "Gửi" in group.last.labels
    assert (await now(world, report)).state == State.ACCEPTED
    await tu.presses("Gửi", where=group)
    closed = await now(world, report)
    assert (closed.state, closed.reason) == (State.REJECTED, "dispute")
    assert closed.instead and "trưởng ấp" in closed.instead
    assert "chuyện riêng" in lan.last.text and "trưởng ấp" in lan.last.text
    assert card(group, report).labels == [] and "Từ chối" in card(group, report).text
    assert group.last.labels == []
    assert await open_drafts(world, group) == []
    assert "report.rejected" in await audited(world)


async def test_other_words_are_shown_before_they_are_sent(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("🚫 Từ chối", where=group)
    await tu.presses(REASON, where=group)
    old = group.last
    await tu.presses("✍️ Viết câu khác", where=group)
    news = len(lan.heard)
    await tu.sends("Bạn hỏi chị <Bảy> & tổ 3", where=group, reply_to=question(group, report, "✍️"))
    assert len(lan.heard) == news
    assert "chị &lt;Bảy&gt; &amp; tổ 3" in group.last.text
    assert "tin mới nhất" in str(await tu.presses("Gửi", on=old, where=group))
    assert (await now(world, report)).state == State.ACCEPTED
    await tu.presses("Gửi", where=group)
    assert (await now(world, report)).instead == "Bạn hỏi chị <Bảy> & tổ 3"
    assert "chị &lt;Bảy&gt; &amp; tổ 3" in lan.last.text


async def test_other_words_must_be_words(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("🚫 Từ chối", where=group)
    await tu.presses(REASON, where=group)
    await tu.presses("✍️ Viết câu khác", where=group)
    asked = question(group, report, "✍️")
    refused: list[Json] = [{"text": "dài " * 200}, {"location": {"latitude": 9.8, "longitude": 106.4}}]
    for content in refused:
        await tu.message(group, asked, **content)
        assert "một câu" in group.last.text
    await tu.sends("Bạn hỏi ấp.", where=group, reply_to=asked)
    await tu.presses("Gửi", where=group)
    assert (await now(world, report)).instead == "Bạn hỏi ấp."


async def test_only_the_asked_officer_chooses_and_sends(world: World) -> None:
    lan, tu, nam = world.user(), await officer(world, "Tư"), await officer(world, "Năm")
    group = await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("🚫 Từ chối", where=group)
    assert "bấm nút trên thẻ" in str(await nam.presses(REASON, where=group))
    await tu.presses(REASON, where=group)
    assert "không còn chờ gửi" in str(await nam.presses("Gửi", where=group))
    await nam.sends("Khác", where=group, reply_to=group.last)
    await tu.presses("Gửi", on=next(one for one in group.heard if "Gửi" in one.labels), where=group)
    closed = await now(world, report)
    assert closed.state == State.REJECTED and closed.instead != "Khác"
    assert closed.holder_id == (await known(world, tu)).id


async def test_sending_after_somebody_else_resolved(world: World) -> None:
    lan, tu, nam = world.user(), await officer(world, "Tư"), await officer(world, "Năm")
    group = await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("🚫 Từ chối", where=group)
    await tu.presses(REASON, where=group)
    offered = group.last
    await nam.presses("✅ Đã xử lý", where=group)
    await nam.presses("Tới nơi thấy đã có người dọn", where=group)
    assert await tu.presses("Gửi", on=offered, where=group) == f"{report.code}: Đã xử lý · Năm"
    assert (await now(world, report)).state == State.RESOLVED
    assert await open_drafts(world, group) == []
    assert "Gửi" not in [label for one in group.heard for label in one.labels]


async def test_in_private(world: World) -> None:
    lan, admin = world.user(), world.admin()
    report = await filed(world, lan)
    await admin.presses("🚫 Từ chối")
    await admin.presses(REASON)
    await admin.sends("Bạn hỏi trưởng khóm.")
    await admin.presses("Gửi")
    assert (await now(world, report)).instead == "Bạn hỏi trưởng khóm."


async def test_forged_reasons(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report, me = await filed(world, lan), await known(world, tu)
    for forged in (
        f"duty.why:{report.id}:{me.id}:nothing",
        "duty.why",
        "duty.send:abc:1",
        "duty.edit",
        "duty.leave:1",
    ):
        assert await tu.presses_data(f"1:{forged}", group.last, group)
    assert (await now(world, report)).state == State.ACCEPTED
