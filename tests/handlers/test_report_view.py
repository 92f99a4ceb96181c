"""The list, one report, adding to it, withdrawing it and judging it."""

from __future__ import annotations

import pytest

from bot import people, reports
from bot.address import address
from bot.store.tables import Report
from tests.handlers.on_duty import duty_group, officer
from tests.handlers.reporting import (
    all_reports,
    card_chats,
    draft_of,
    only_report,
    photo_roles,
    reported,
    to_summary,
    what_happened,
    with_label,
)
from tests.harness import User, World, jpeg

ADD, WITHDRAW = "➕ Bổ sung", "🗑 Rút phản ánh"


async def resolved(world: World, report: Report) -> None:
    sau = await officer(world, "Sáu")
    at = address("telegram", sau.id)
    async with world.session() as session:
        person = (await people.load(session, [at]))[at]
        open_one = await reports.by_id(session, report.id)
        assert open_one
        await reports.resolve(session, open_one, person, world.clock.now(), reason="collector")


async def test_an_empty_list_offers_to_report(world: World) -> None:
    lan = world.user()
    await lan.sends("/theodoi")
    assert lan.last.labels == ["📸 Báo điểm rác"]
    await lan.presses("📸 Báo điểm rác")
    assert "gửi ảnh" in lan.last.text


async def test_the_list_is_paged_in_place(world: World) -> None:
    lan = world.user()
    for number in range(7):
        await reported(lan, elsewhere=number > 0)
    await lan.sends("📋 Phản ánh của tôi")
    assert [one for one in lan.last.labels if "TV-" in one] == [f"📄 TV-2611-000{n}" for n in (7, 6, 5, 4, 3)]
    assert "Đã tiếp nhận" in lan.last.text
    assert "hẹn 30/11/" in lan.last.text
    heard = len(lan.heard)
    await lan.presses("▶")
    assert lan.last.labels == ["📄 TV-2611-0002", "📄 TV-2611-0001", "◀"]
    await lan.presses("◀")
    assert len(lan.heard) == heard
    await lan.presses_data("1:report.list:99", lan.last)
    assert lan.last.labels == ["📄 TV-2611-0002", "📄 TV-2611-0001", "◀"]
    await lan.presses_data("1:report.list:-x", lan.last)
    assert "📄 TV-2611-0007" in lan.last.labels


async def test_a_report_opens_from_the_list_by_command_and_by_code(world: World) -> None:
    lan = world.user()
    code = await reported(lan)
    await lan.sends("/theodoi")
    await lan.presses(f"📄 {code}")
    opened = lan.last
    assert opened.photo
    assert opened.labels == [ADD, WITHDRAW]
    assert "Xã Cầu Ngang" in opened.text
    assert "Trà Vinh Xanh nhận phản ánh" in opened.text
    assert "30/11/" in opened.text
    for text in (
        f"/status {code}",
        f"/start r_{code}",
        f"sao {code.lower()} lâu vậy?",
        code.replace("-", " "),
    ):
        await lan.sends(text)
        assert lan.last.text == opened.text


async def test_a_code_alone_opens_nothing_for_others(world: World) -> None:
    code = await reported(world.user(name="Ba"))
    lan = world.user()
    await lan.sends(code)
    theirs = lan.last.text
    await lan.sends("TV-2611-7777")
    assert theirs.replace(code, "TV-2611-7777") == lan.last.text
    assert "không thấy" in theirs
    report = await only_report(world)
    for action in ("view", "add", "withdraw", "pull", "judge"):
        for packed in (
            f":{report.id}",
            f":{report.id}:yes",
            f":{report.id}:clean",
            ":x",
            "",
            f":{2**63}",
            ":9" * 9,
        ):
            assert await lan.presses_data(f"1:report.{action}{packed}", lan.last)
    assert await what_happened(world, report) == ["new"]


async def test_an_officer_sees_it_without_citizens_buttons(world: World) -> None:
    code = await reported(world.user())
    sau = await officer(world, "Sáu")
    await sau.sends(code)
    assert code in sau.last.text
    assert sau.last.labels == []


async def test_words_are_added_and_told_to_staff_without_a_name(world: World) -> None:
    group = await duty_group(world)
    lan = world.user(name="Nguyễn Thị Lan")
    code = await reported(lan)
    await lan.sends(code)
    await lan.presses(ADD)
    assert code in lan.last.text
    await lan.sends("rác <lan> ra đường")
    assert "Đã thêm" in lan.last.text
    assert await what_happened(world, await only_report(world)) == ["accepted", "note"]
    assert group.last.text == f"📝 <code>{code}</code>: người dân bổ sung: rác &lt;lan&gt; ra đường"
    news = next(sent for sent in reversed(world.telegram.sent) if sent.chat_id == group.id)
    assert news.params["reply_parameters"]["message_id"] == group.heard[0].message_id
    assert "Nguyễn" not in repr(news.params)
    assert await draft_of(world, lan) is None


async def test_a_whole_album_is_added_and_answered_once(world: World) -> None:
    lan = world.user()
    code = await reported(lan)
    await lan.sends(code)
    await lan.presses(ADD)
    heard = len(lan.heard)
    for _ in range(3):
        await lan.sends_photo(media_group_id="more")
    assert len(lan.heard) == heard + 1
    assert await photo_roles(world, await only_report(world)) == ["before", "added", "added", "added"]
    assert await draft_of(world, lan) is None


async def test_adding_leaves_a_report_that_is_being_written(world: World) -> None:
    lan = world.user()
    code = await reported(lan)
    await lan.sends_photo()
    await lan.sends(code)
    await lan.presses(ADD)
    prompt = lan.last
    assert prompt.markup["force_reply"]
    await lan.sends("thêm nè", reply_to=prompt)
    assert "Đã thêm" in lan.last.text
    draft = await draft_of(world, lan)
    assert draft and (draft.kind, draft.step) == ("report", "place")


async def test_a_reply_to_the_receipt_adds_words_photos_and_places(world: World) -> None:
    lan = world.user()
    await reported(lan)
    receipt = lan.last
    await lan.sends("gần cột điện", reply_to=receipt)
    await lan.sends_photo(reply_to=receipt, caption="đây nè")
    spot = {"latitude": 9.8, "longitude": 106.4}
    await lan.message(reply_to=receipt, location=spot)
    report = await only_report(world)
    assert await what_happened(world, report) == ["new", "note", "note", "photo", "note"]
    assert await photo_roles(world, report) == ["before", "added"]
    admin = [one.text for one in world.admin().heard]
    assert any("gần cột điện" in text for text in admin)
    assert any("9.800000, 106.400000" in text for text in admin)
    assert await draft_of(world, lan) is None


async def test_a_reply_to_another_message_is_an_ordinary_text(world: World) -> None:
    lan = world.user()
    await reported(lan)
    await lan.sends_photo()
    await lan.sends("chợ Cầu Ngang", reply_to=lan.last)
    assert "✏️ Sai xã" in lan.last.labels


async def test_a_reply_to_the_list_explains(world: World) -> None:
    lan = world.user()
    await reported(lan)
    await lan.sends("/theodoi")
    await lan.sends("thêm nè", reply_to=lan.last)
    assert ADD in lan.last.text


async def test_nothing_is_added_to_a_closed_report(world: World) -> None:
    lan = world.user()
    code = await reported(lan)
    await lan.sends(code)
    view = lan.last
    await lan.presses(WITHDRAW)
    await lan.presses("🗑 Rút luôn")
    assert "khép lại" in str(await lan.presses_data(view.data(ADD), view))
    await lan.sends("thêm nè", reply_to=view)
    assert "khép lại" in lan.last.text


async def test_what_to_add_is_not_asked_for_ever(world: World) -> None:
    lan = world.user()
    code = await reported(lan)
    await lan.sends(code)
    view = lan.last
    await lan.presses(ADD)
    big = {"file_id": "b", "file_unique_id": "b", "mime_type": "image/jpeg", "file_size": 21 * 1024 * 1024}
    await lan.message(document=big)
    draft = await draft_of(world, lan)
    assert draft and draft.kind == "add"
    await lan.presses(WITHDRAW, on=view)
    await lan.presses("🗑 Rút luôn")
    await lan.sends("thêm nè")
    assert "khép lại" in lan.last.text
    assert await draft_of(world, lan) is None


async def test_a_place_can_be_added(world: World) -> None:
    lan = world.user()
    code = await reported(lan)
    await lan.sends(code)
    await lan.presses(ADD)
    await lan.sends_location(9.8, 106.4)
    assert "Đã thêm" in lan.last.text
    assert len(await all_reports(world)) == 1


async def test_too_big_and_too_many_added_photos_are_refused(world: World) -> None:
    lan = world.user()
    await reported(lan)
    receipt = lan.last
    big = {"file_id": "b", "file_unique_id": "b", "mime_type": "image/jpeg", "file_size": 21 * 1024 * 1024}
    await lan.message(reply_to=receipt, document=big)
    assert "20 MB" in lan.last.text
    for _ in range(21):
        await lan.sends_photo(reply_to=receipt)
    assert "nhiều ảnh" in lan.last.text
    assert len(await photo_roles(world, await only_report(world))) == 21


async def test_withdrawing_is_asked_twice(world: World) -> None:
    group, lan = await duty_group(world), world.user()
    code = await reported(lan)
    await lan.sends(code)
    await lan.presses(WITHDRAW)
    await lan.presses("↩️ Không rút")
    assert (await only_report(world)).state == "accepted"
    await lan.presses(WITHDRAW)
    question = lan.last
    sure = question.data("🗑 Rút luôn")
    await lan.presses("🗑 Rút luôn")
    assert (await only_report(world)).state == "withdrawn"
    assert group.heard[0].labels == []
    assert "khép lại" in str(await lan.presses_data(sure, question))
    await lan.sends(code)
    assert "Đã rút" in lan.last.text
    assert lan.last.labels == []


async def test_a_follower_cannot_withdraw(world: World) -> None:
    ba, lan = world.user(name="Ba"), world.user()
    code = await reported(ba)
    await to_summary(lan)
    await lan.presses("👍 Đúng chỗ này")
    await lan.sends(code)
    assert with_label(lan, ADD)[-1].labels == [ADD]
    report = await only_report(world)
    toast = await lan.presses_data(f"1:report.pull:{report.id}:yes", lan.last)
    assert "người gửi" in str(toast)
    assert (await only_report(world)).state == "new"


@pytest.fixture
async def cleaned(world: World) -> tuple[User, Report]:
    """A resolved report, opened by who sent it."""
    await duty_group(world)
    lan = world.user()
    code = await reported(lan)
    await resolved(world, await only_report(world))
    await lan.sends(code)
    return lan, await only_report(world)


async def test_clean_rests(world: World, cleaned: tuple[User, Report]) -> None:
    lan, report = cleaned
    assert lan.last.labels == ["👍 Đã sạch", "👎 Chưa sạch"]
    await lan.presses("👍 Đã sạch")
    assert "Cảm ơn" in lan.last.text
    assert lan.last.labels == []
    assert (await only_report(world)).state == "resolved"
    assert (await what_happened(world, report))[-1] == "clean"


async def test_not_clean_opens_it_again_with_a_new_card(world: World, cleaned: tuple[User, Report]) -> None:
    lan, report = cleaned
    cards = len(await card_chats(world, report))
    view = lan.last
    dirty = view.data("👎 Chưa sạch")
    await lan.presses("👎 Chưa sạch")
    assert (await only_report(world)).state == "reopened"
    assert "mở lại" in lan.last.text
    assert len(await card_chats(world, report)) == cards
    assert "bước khác" in str(await lan.presses_data(dirty, view))


async def test_a_follower_cannot_open_it_again(world: World, cleaned: tuple[User, Report]) -> None:
    _, report = cleaned
    ba = world.user(name="Ba")
    await ba.sends("/start")
    at = address("telegram", ba.id)
    async with world.session() as session:
        person = (await people.load(session, [at]))[at]
        again = await reports.by_id(session, report.id)
        assert again
        again.state = "accepted"
        await session.flush()
        await reports.add_voice(session, again, person, (), world.clock.now())
        again.state = "resolved"
    toast = await ba.presses_data(f"1:report.judge:{report.id}:dirty", ba.last)
    assert "Chỉ người gửi" in str(toast)
    assert (await only_report(world)).state == "resolved"


async def test_a_forged_verdict_changes_nothing(world: World, cleaned: tuple[User, Report]) -> None:
    lan, report = cleaned
    for verdict in ("", ":", ":burn", ":clean:dirty"):
        assert await lan.presses_data(f"1:report.judge:{report.id}{verdict}", lan.last)
    assert (await what_happened(world, report))[-1] == "resolved"


async def test_image_files_of_others_are_shown_only_when_ready(world: World) -> None:
    lan = world.user()
    await lan.sends_document(jpeg())
    await lan.sends_location()
    await lan.presses("Khác")
    await lan.presses("✅ Đồng ý và gửi phản ánh")
    await lan.sends((await all_reports(world))[0].code)
    assert lan.last.photo
