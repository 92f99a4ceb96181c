"""Officers and admins: duty groups, roles checked on every press, questions, the last word of citizens."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.acceptance.town import REJECT, RESOLVE, TAKE, Town, toast
from tests.botapi import Group, Sent, User

pytestmark = pytest.mark.asyncio(loop_scope="module")
OFFICERS_ONLY = "Việc này chỉ dành cho cán bộ"


@pytest_asyncio.fixture(loop_scope="module")
async def officers(town: Town) -> tuple[User, User]:
    """Of all communes."""
    return await town.officer("Ba"), await town.officer("Tư")


@pytest_asyncio.fixture(loop_scope="module")
async def duty(town: Town, officers: tuple[User, User]) -> AsyncIterator[Group]:
    """A duty group, left afterwards."""
    group = town.group(*officers)
    await town.admin.sends("/nhomtruc", to=group)
    await group.hears("nhóm trực của tất cả xã, phường")
    yield group
    if group.chat.migrated_to is None:
        town.admin.forget()
        group.removes_bot(town.admin.face)
        await town.admin.hears("bị đưa ra khỏi nhóm trực")


async def card(group: Group, code: str) -> Sent:
    return await group.hears(lambda one: code in one.text and TAKE in one.labels)


async def edited(group: Group, shown: Sent, words: str) -> Sent:
    return await group.hears(lambda one: one.message_id == shown.message_id and words in one.text)


async def test_an_invitation_works_once_and_for_nobody_else(town: Town) -> None:
    payload = await town.invitation()
    first, second = town.newcomer("Ba"), town.newcomer("Eve")
    await first.sends(f"/start {payload}")
    await first.hears("Cán bộ xử lý")
    await second.sends(f"/start {payload}")
    await second.hears("đã dùng rồi")
    for command in ("/canbo", "/canhbao", "/xem TV-2611-0001"):
        await second.sends(command)
        await second.hears(OFFICERS_ONLY)


async def test_roles_are_checked_on_every_press(town: Town, duty: Group, officers: tuple[User, User]) -> None:
    ba, tu = officers
    elsewhere, eve, lan = (
        await town.officer("Năm", commune="Phường Trà Vinh"),
        town.newcomer(),
        town.newcomer(),
    )
    code = await town.report(lan)
    shown = await card(duty, code)
    for label in (TAKE, RESOLVE, REJECT):
        assert OFFICERS_ONLY in await toast(eve, shown, label)
        assert "thuộc xã, phường khác" in await toast(elsewhere, shown, label)
    assert code in await toast(ba, shown, TAKE)
    assert "Ba" in (await edited(duty, shown, "Đang xử lý")).text
    assert "Đang xử lý · Ba" in await toast(tu, shown, TAKE)
    await lan.hears("cán bộ đã nhận")
    await lan.hears_nothing(0.2)


async def test_only_the_asked_officers_photo_resolves(
    town: Town, duty: Group, officers: tuple[User, User]
) -> None:
    (ba, tu), lan = officers, town.newcomer()
    code = await town.report(lan)
    shown = await card(duty, code)
    await ba.presses(shown, RESOLVE)
    question = await duty.hears(lambda one: one.forces_reply)
    assert code in question.text
    await tu.sends_photo(to=duty, reply_to=question)
    await duty.hears("chưa tính")
    await ba.replies(question, "xong rồi", to=duty)
    await duty.hears("cần ảnh sau khi dọn")
    lan.forget()
    await ba.sends_photo(to=duty, reply_to=question)
    assert (await edited(duty, shown, "Đã xử lý")).labels == []
    assert (await lan.hears("đã xử lý")).method == "sendPhoto"


async def test_a_reporter_reopens_and_an_officer_cannot_wave_it_away(
    town: Town, duty: Group, officers: tuple[User, User]
) -> None:
    (ba, _), lan = officers, town.newcomer()
    code = await town.report(lan)
    shown = await card(duty, code)
    await ba.presses(shown, RESOLVE)
    await ba.presses(await duty.hears("Không cần ảnh"), "Đơn vị thu gom báo đã dọn xong")
    await lan.presses(await lan.hears(lambda one: "👎 Chưa sạch" in one.labels), "👎 Chưa sạch")
    again = await card(duty, code)
    assert again.message_id != shown.message_id
    assert "chỉ quản trị viên" in await toast(ba, again, REJECT)
    await ba.presses(again, RESOLVE)
    await duty.hears(lambda one: one.forces_reply)
    await duty.hears_nothing(0.3)  # no reasons without a photo this time
    await town.admin.presses(again, REJECT)
    await town.admin.presses(await duty.hears("từ chối vì sao"), "Ngoài địa bàn")
    prefilled = await duty.hears(lambda one: "✍️ Viết câu khác" in one.labels)
    assert "không còn chờ" in await toast(ba, prefilled, "Gửi")
    await town.admin.presses(prefilled, "✍️ Viết câu khác")
    question = await duty.hears(lambda one: one.forces_reply)
    await town.admin.replies(question, "Gọi <b>UBND</b> xã kế bên", to=duty)
    await town.admin.presses(await duty.hears("Gọi <b>UBND</b> xã kế bên"), "Gửi")
    assert "Gọi <b>UBND</b> xã kế bên" in (await lan.hears(f"{code}: không xử lý được")).text
    await ba.sends(f"/xem {code}")
    assert (await ba.hears("Từ chối")).labels == []


async def test_a_group_hears_only_what_is_meant_for_it(town: Town) -> None:
    ba = town.newcomer("Ba")
    group = town.group(ba)
    for text in ("chào cả nhà, pin cũ", "/start@other_bot", "/khongco"):
        await ba.sends(text, to=group)
    await ba.sends_photo(to=group)
    await group.hears_nothing(0.5)
    await ba.sends("/phanloai pin cũ", to=group)
    await group.hears("Nguy hại")
    await ba.sends("@travinhxanh_bot pin cũ", to=group)
    await ba.replies(await group.hears("Nguy hại"), "chai nhựa", to=group)
    await group.hears("Tái chế")
    await ba.sends("/nhomtruc", to=group)
    await group.hears("Chỉ quản trị viên")
    await ba.sends("/baocao", to=group)
    await group.hears("nhắn riêng")


async def test_a_supergroup_takes_the_cards_over(
    town: Town, duty: Group, officers: tuple[User, User]
) -> None:
    lan = town.newcomer()
    code = await town.report(lan)
    await card(duty, code)
    new = duty.becomes_supergroup()
    moved = await card(new, code)
    await officers[0].presses(moved, TAKE)
    await edited(new, moved, "Đang xử lý")
    later = await town.report(lan)
    await card(new, later)
    town.admin.forget()
    new.removes_bot(town.admin.face)
    await town.admin.hears(lambda one: later in one.text and TAKE in one.labels)
    await town.admin.hears("bị đưa ra khỏi nhóm trực")


async def test_blocking_the_bot_breaks_nothing(town: Town) -> None:
    lan = town.newcomer()
    code = await town.report(lan)
    shown = await town.admin.hears(lambda one: code in one.text and TAKE in one.labels)
    await lan.blocks()
    await town.admin.presses(shown, TAKE)
    await town.admin.hears(lambda one: one.message_id == shown.message_id and "Đang xử lý" in one.text)
    await lan.unblocks()
    await lan.sends("/theodoi")
    assert code in (await lan.hears("Phản ánh của bạn")).text
    assert (await town.bot.health())[1]["dead"] == 0
