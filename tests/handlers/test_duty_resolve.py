"""✅ on cards: only a photo or a coded reason of the officer who was asked resolves."""

from __future__ import annotations

from bot.reports import State
from tests.handlers.on_duty import (
    after_photos,
    audited,
    card,
    duty_group,
    filed,
    known,
    not_clean,
    now,
    officer,
    open_drafts,
    question,
)
from tests.harness import World

REASON = "Tới nơi thấy đã có người dọn"
PDF = {"file_id": "p", "file_unique_id": "p", "mime_type": "application/pdf", "file_name": "a.pdf"}
STICKER = {
    "file_id": "s",
    "file_unique_id": "s",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}


async def test_a_photo_that_answers_the_question_resolves(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    asked = question(group, report)
    assert asked.markup["selective"] and f'<a href="tg://user?id={tu.id}">Tư</a>' in asked.text
    file_id = await tu.sends_photo(where=group, reply_to=asked)
    assert (await now(world, report)).state == State.RESOLVED
    assert await after_photos(world, report) == [file_id]
    assert card(group, report).labels == [] and "Đã xử lý" in card(group, report).text
    assert lan.last.photo == file_id and lan.last.labels == ["👍 Đã sạch", "👎 Chưa sạch"]
    assert "đã xử lý" in group.last.text
    assert await open_drafts(world, group) == []
    assert "report.resolved" in await audited(world)


async def test_the_question_answers_the_card(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    sent = next(one for one in world.telegram.sent if (one.markup or {}).get("force_reply"))
    assert sent.params["reply_parameters"]["message_id"] == card(group, report).message_id


async def test_an_image_file_resolves_too(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    asked = question(group, report)
    file = {"file_id": "doc1", "file_unique_id": "d1", "file_name": "a.jpg", "mime_type": "image/jpeg"}
    world.telegram.files["doc1"] = b"no picture"
    await tu.message(group, asked, document=file)
    assert (await now(world, report)).state == State.RESOLVED
    assert await after_photos(world, report) == ["doc1"]


async def test_a_file_over_20_mb_is_refused_and_the_question_stays_open(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    asked = question(group, report)
    file = {"file_id": "big", "file_unique_id": "b", "mime_type": "image/jpeg", "file_size": 21 * 1024 * 1024}
    await tu.message(group, asked, document=file)
    assert "20 MB" in group.last.text
    assert (await now(world, report)).state == State.ACCEPTED
    await tu.sends_photo(where=group, reply_to=asked)
    assert (await now(world, report)).state == State.RESOLVED


async def test_nothing_but_a_picture_resolves(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    asked, before = question(group, report), len(lan.heard)
    for content in ({"text": "xong rồi"}, {"sticker": STICKER}, {"document": PDF}):
        said = len(group.heard)
        await tu.message(group, asked, **content)
        assert len(group.heard) == said + 1
        assert report.code in group.last.text and "cần ảnh" in group.last.text
    assert (await now(world, report)).state == State.ACCEPTED
    assert len(lan.heard) == before
    await tu.sends_photo(where=group, reply_to=asked)
    assert (await now(world, report)).state == State.RESOLVED


async def test_a_reason_resolves_without_a_photo(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    assert "Không cần ảnh" in group.last.text
    await tu.presses(REASON, where=group)
    closed = await now(world, report)
    assert (closed.state, closed.reason) == (State.RESOLVED, "already")
    assert card(group, report).labels == [] and group.last.labels == []
    assert "đã có người dọn sạch" in lan.last.text
    assert await open_drafts(world, group) == []


async def test_only_the_asked_officer_may_answer(world: World) -> None:
    lan, tu, nam = world.user(), await officer(world, "Tư"), await officer(world, "Năm")
    group = await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    asked = question(group, report)
    await nam.sends_photo(where=group, reply_to=asked)
    assert "chưa tính" in group.last.text
    said = len(group.heard)
    await lan.sends_photo(where=group, reply_to=asked)
    assert all(report.code not in one.text for one in group.heard[said:])
    assert "bấm nút trên thẻ" in str(await nam.presses(REASON, where=group))
    assert (await now(world, report)).state == State.ACCEPTED
    assert await after_photos(world, report) == []
    await tu.sends_photo(where=group, reply_to=asked)
    assert (await now(world, report)).state == State.RESOLVED


async def test_a_photo_in_the_group_that_answers_nothing_is_none_of_our_business(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    said = len(group.heard)
    await tu.sends_photo(where=group)
    assert (await now(world, report)).state == State.ACCEPTED
    assert len(group.heard) == said


async def test_a_photo_that_answers_another_card_asks_which(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    first, second = await filed(world, lan), await filed(world, lan)
    await tu.presses("✅ Đã xử lý", on=card(group, first), where=group)
    await tu.sends_photo(where=group, reply_to=card(group, second))
    assert "phản ánh nào" in group.last.text and first.code in group.last.text
    assert {(await now(world, one)).state for one in (first, second)} == {State.ACCEPTED}


async def test_several_questions_wait_side_by_side(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    first, second = await filed(world, lan), await filed(world, lan)
    await tu.presses("✅ Đã xử lý", on=card(group, first), where=group)
    await tu.presses("✅ Đã xử lý", on=card(group, second), where=group)
    one = await tu.sends_photo(where=group, reply_to=question(group, first))
    assert await after_photos(world, first) == [one]
    assert (await now(world, second)).state == State.ACCEPTED
    two = await tu.sends_photo(where=group, reply_to=question(group, second))
    assert await after_photos(world, second) == [two]


async def test_two_officers_may_be_asked_about_one_report(world: World) -> None:
    lan, tu, nam = world.user(), await officer(world, "Tư"), await officer(world, "Năm")
    group = await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    asked = question(group, report)
    await nam.presses("✅ Đã xử lý", where=group)
    await nam.sends_photo(where=group, reply_to=question(group, report))
    news = len(lan.heard)
    await tu.sends_photo(where=group, reply_to=asked)
    assert "chưa dùng tới" in group.last.text and "Năm" in group.last.text
    assert len(await after_photos(world, report)) == 1 and len(lan.heard) == news
    assert await open_drafts(world, group) == []


async def test_an_album_is_kept_whole_and_told_once(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    asked, news = question(group, report), len(lan.heard)
    files = [await tu.sends_photo(where=group, reply_to=asked, media_group_id="7") for _ in range(3)]
    assert await after_photos(world, report) == files
    assert len(lan.heard) == news + 1
    said = len(group.heard)
    await tu.sends_photo(where=group, reply_to=asked, media_group_id="8")
    assert await after_photos(world, report) == files
    assert "chưa tính" in group.heard[said].text


async def test_a_lost_role_keeps_the_photo_from_counting(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    person = await known(world, tu)
    admin = world.admin()
    await admin.sends("/canbo")
    await admin.presses("Tư · Cán bộ xử lý")
    await admin.presses("🗑 Gỡ khỏi danh sách")
    await admin.presses("Gỡ")
    await tu.sends_photo(where=group, reply_to=question(group, report))
    assert (await now(world, report)).state == State.ACCEPTED
    assert person.id != (await now(world, report)).holder_id


async def test_leaving_the_question(world: World) -> None:
    lan, tu, nam = world.user(), await officer(world, "Tư"), await officer(world, "Năm")
    group = await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    assert "bấm nút trên thẻ" in str(await nam.presses("❌ Huỷ", where=group))
    await tu.presses("❌ Huỷ", where=group)
    assert group.last.labels == [] and "Đã bỏ" in group.last.text
    assert await open_drafts(world, group) == []
    await tu.sends_photo(where=group, reply_to=question(group, report))
    assert (await now(world, report)).state == State.ACCEPTED


async def test_forged_reasons(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report, me = await filed(world, lan), await known(world, tu)
    await tu.presses("✅ Đã xử lý", where=group)
    for forged in (
        f"{report.id}:{me.id}:nothing",
        f"{report.id}:{me.id}",
        f"{report.id}:x:already",
        "::",
        "",
    ):
        toast = await tu.presses_data(f"1:duty.done:{forged}", group.last, group)
        assert toast
    assert (await now(world, report)).state == State.ACCEPTED


async def test_in_private_a_photo_is_enough(world: World) -> None:
    lan, admin = world.user(), world.admin()
    report = await filed(world, lan)
    await admin.presses("✅ Đã xử lý")
    await admin.sends("xong rồi")
    assert "cần ảnh" in admin.last.text
    file_id = await admin.sends_photo()
    assert await after_photos(world, report) == [file_id]
    assert (await now(world, report)).state == State.RESOLVED


async def test_in_private_with_two_questions_the_photo_must_name_one(world: World) -> None:
    lan, admin = world.user(), world.admin()
    first, second = await filed(world, lan), await filed(world, lan)
    await admin.presses("✅ Đã xử lý", on=card(admin, first))
    await admin.presses("✅ Đã xử lý", on=card(admin, second))
    await admin.sends_photo()
    assert first.code in admin.last.text and second.code in admin.last.text
    await admin.sends_photo(reply_to=question(admin, first))
    assert (await now(world, first)).state == State.RESOLVED
    await admin.sends_photo()
    assert (await now(world, second)).state == State.RESOLVED


async def test_in_private_the_menu_still_works(world: World) -> None:
    lan, admin = world.user(), world.admin()
    await filed(world, lan)
    await admin.presses("✅ Đã xử lý")
    await admin.sends("⚙️ Khác")
    assert "cần ảnh" not in admin.last.text


async def test_after_not_clean_an_officer_needs_a_photo(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    await tu.presses("✅ Đã xử lý", where=group)
    await tu.presses(REASON, where=group)
    await not_clean(world, report, lan)
    said = len(group.heard)
    await tu.presses("✅ Đã xử lý", on=card(group, report), where=group)
    assert len(group.heard) == said + 1  # the question, no reasons
    data = f"1:duty.done:{report.id}:{(await known(world, tu)).id}:already"
    assert "cần ảnh mới" in str(await tu.presses_data(data, group.last, group))
    assert "quản trị viên" in str(await tu.presses("🚫 Từ chối", on=card(group, report), where=group))
    await tu.sends_photo(where=group, reply_to=question(group, report))
    assert (await now(world, report)).state == State.RESOLVED
