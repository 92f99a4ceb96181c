"""Kinds by button and by name, like reports nearby, and changes before sending."""

from __future__ import annotations

from sqlalchemy import update

from bot.store.tables import Photo
from tests.handlers.on_duty import duty_group
from tests.handlers.reporting import (
    AGREE,
    SEND,
    all_reports,
    draft_of,
    only_report,
    person_of,
    photo_roles,
    reported,
    to_summary,
    what_happened,
    with_label,
)
from tests.harness import World, jpeg

SAME, ELSEWHERE = "👍 Đúng chỗ này", "➕ Chỗ khác"


async def test_a_kind_can_be_typed(world: World) -> None:
    lan = world.user()
    await lan.sends_photo()
    await lan.sends_location()
    await lan.sends("xa ban")
    assert "Xà bần" in lan.last.text
    assert AGREE in lan.last.labels


async def test_other_words_at_the_kind_describe(world: World) -> None:
    lan = world.user()
    await lan.sends_photo()
    await lan.sends_location()
    await lan.sends("nằm sát mé kênh")
    assert "Đã thêm mô tả" in lan.last.text
    await lan.presses("Khác")
    assert "✍️ nằm sát mé kênh" in lan.last.text


async def test_a_like_report_nearby_is_shown_with_photo_date_and_distance(world: World) -> None:
    ba, lan = world.user(name="Ba"), world.user()
    code = await reported(ba)
    world.clock.advance(hours=3)
    await to_summary(lan)
    [offered] = with_label(lan, SAME)
    assert offered.photo
    assert "báo 3 giờ trước" in offered.text
    assert "50 m" in offered.text
    assert code not in offered.text
    assert lan.last.labels == [ELSEWHERE]
    assert "/dulieu" in lan.last.text  # before anything is kept


async def test_same_place_adds_voice_photos_and_words(world: World) -> None:
    group, ba, lan = await duty_group(world), world.user(name="Ba"), world.user()
    code = await reported(ba)
    await lan.sends_photo(caption="thêm mùi hôi")
    await lan.sends_location()
    await lan.presses("Rác sinh hoạt")
    await lan.presses(SAME)
    report = await only_report(world)
    assert report.voices == 2
    assert await photo_roles(world, report) == ["before", "added"]
    assert code in lan.last.text
    assert lan.last.keys[0] == "📸 Báo điểm rác"
    assert await draft_of(world, lan) is None
    assert (await person_of(world, lan)).consented_at is not None
    card = next(one for one in group.heard if one.labels)
    assert "Ý kiến: 2" in card.text
    assert "thêm mùi hôi" in group.last.text
    await lan.sends("/theodoi")
    assert code in lan.last.text


async def test_my_own_report_nearby_gets_the_photo_but_no_second_voice(world: World) -> None:
    lan = world.user()
    await reported(lan)
    await to_summary(lan)
    await lan.presses(SAME)
    report = await only_report(world)
    assert report.voices == 1
    assert await photo_roles(world, report) == ["before", "added"]


async def test_elsewhere_goes_on_and_is_not_asked_again(world: World) -> None:
    ba, lan = world.user(name="Ba"), world.user()
    await reported(ba)
    await to_summary(lan)
    await lan.presses(ELSEWHERE)
    await lan.presses("✍️ Thêm mô tả")
    await lan.sends("chỗ khác")
    assert AGREE in lan.last.labels
    await lan.presses(AGREE)
    assert len(await all_reports(world)) == 2


async def test_far_other_kind_or_closed_reports_are_not_offered(world: World) -> None:
    ba, lan = world.user(name="Ba"), world.user()
    await reported(ba)
    await to_summary(lan, "Xà bần")
    assert AGREE in lan.last.labels
    await lan.sends("/huy")
    await lan.sends_photo()
    await lan.sends_location(9.8044, 106.4526)  # 330 m
    await lan.presses("Rác sinh hoạt")
    assert AGREE in lan.last.labels


async def test_at_most_three_are_shown(world: World) -> None:
    lan = world.user()
    for number in range(4):
        await reported(world.user(), elsewhere=number > 0)
    await to_summary(lan)
    assert len(with_label(lan, SAME)) == 3


async def test_pictures_that_cannot_be_shown_are_left_out(world: World) -> None:
    ba, lan = world.user(name="Ba"), world.user()
    await ba.sends_document(jpeg())
    await ba.sends_location()
    await ba.presses("Rác sinh hoạt")
    await ba.presses(AGREE)
    async with world.session() as session:
        await session.execute(update(Photo).values(state="failed"))
    await to_summary(lan)
    [offered] = with_label(lan, SAME)
    assert offered.method == "sendMessage"


async def test_a_forged_same_place_opens_nothing(world: World) -> None:
    ba, lan = world.user(name="Ba"), world.user()
    await reported(ba, "Xà bần")
    theirs = (await only_report(world)).id
    await to_summary(lan)
    draft = await draft_of(world, lan)
    assert draft
    data = f"1:report.same:{draft.id}:{draft.version}:{theirs}"
    assert "cũ rồi" in str(await lan.presses_data(data, lan.last))
    assert await what_happened(world, await only_report(world)) == ["new"]


async def test_words_at_the_like_reports_describe(world: World) -> None:
    await reported(world.user())
    lan = world.user()
    await to_summary(lan)
    await lan.sends("nằm sát mé kênh")
    assert with_label(lan, ELSEWHERE)
    await lan.presses(ELSEWHERE)
    assert "✍️ nằm sát mé kênh" in lan.last.text


async def test_a_photo_at_the_like_reports_is_kept(world: World) -> None:
    await reported(world.user())
    lan = world.user()
    await to_summary(lan)
    await lan.sends_photo()
    assert "Đã có 2 ảnh" in lan.last.text
    await lan.presses(SAME)
    assert len(await photo_roles(world, await only_report(world))) == 3


async def test_a_description_is_added_and_cut_at_a_thousand(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    await lan.presses("✍️ Thêm mô tả")
    assert "gõ thêm mô tả" in lan.last.text
    await lan.sends("hôi " * 1000)
    await lan.presses(AGREE)
    assert len((await only_report(world)).description) == 1000


async def test_words_at_the_summary_describe(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    await lan.sends("ngay cổng chùa")
    assert "✍️ ngay cổng chùa" in lan.last.text
    assert AGREE in lan.last.labels


async def test_new_photos_replace_the_old_ones(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    await lan.presses("✏️ Sửa")
    assert lan.last.labels == ["📷 Ảnh", "📍 Vị trí", "🏷 Loại rác", "↩️ Quay lại"]
    await lan.presses("📷 Ảnh")
    await lan.sends_photo(media_group_id="n")
    await lan.sends_photo(media_group_id="n")
    await lan.presses(AGREE)
    assert len(await photo_roles(world, await only_report(world))) == 2


async def test_place_and_kind_can_be_changed(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    await lan.presses("✏️ Sửa")
    await lan.presses("📍 Vị trí")
    assert "Rác ở đâu" in lan.last.text
    await lan.sends("chợ Cầu Kè")
    await lan.presses("✏️ Sửa")
    await lan.presses("🏷 Loại rác")
    await lan.presses("Đốt rác")
    assert "xã Cầu Kè" in lan.last.text
    assert "Đốt rác" in lan.last.text
    await lan.presses("✏️ Sửa")
    await lan.presses("↩️ Quay lại")
    assert AGREE in lan.last.labels


async def test_leaving_at_the_summary_leaves_nothing(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    await lan.presses("❌ Huỷ", on=lan.last)
    assert await draft_of(world, lan) is None
    assert await all_reports(world) == []
    assert lan.last.keys[0] == "📸 Báo điểm rác"


async def test_stale_buttons_show_the_open_question_again(world: World) -> None:
    lan = world.user()
    await lan.sends_photo()
    await lan.sends_location()
    question = lan.last
    data = question.data("Xà bần")
    await lan.presses("Khác")
    assert "cũ rồi" in str(await lan.presses_data(data, question))
    assert AGREE in lan.last.labels
    draft = await draft_of(world, lan)
    assert draft and draft.data["kind"] == "khac"


async def test_buttons_of_a_left_report_say_so(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    summary = lan.last
    await lan.sends("/huy")
    toast = await lan.presses_data(summary.data(AGREE), summary)
    assert toast == "Phản ánh này đã gửi hoặc đã bỏ rồi."
    assert await all_reports(world) == []


async def test_forged_buttons_change_nothing(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    before = await draft_of(world, lan)
    assert before
    actions = (
        "kind",
        "wrong",
        "commune",
        "other",
        "same",
        "new",
        "send",
        "describe",
        "edit",
        "redo",
        "cancel",
    )
    for action in actions:
        for packed in ("", ":x", f":{before.id}", f":{before.id}:99:x", "::::"):
            assert await lan.presses_data(f"1:report.{action}{packed}", lan.last)
    after = await draft_of(world, lan)
    assert after and (after.data, after.step) == (before.data, before.step)


async def test_forged_parts_of_a_valid_button_change_nothing(world: World) -> None:
    lan = world.user()
    await lan.sends_photo()
    await lan.sends_location()
    draft = await draft_of(world, lan)
    assert draft
    for action, more in (("kind", ""), ("kind", ":plutonium"), ("redo", ":x"), ("same", ":1")):
        data = f"1:report.{action}:{draft.id}:{draft.version}{more}"
        assert "cũ rồi" in str(await lan.presses_data(data, lan.last))
    await lan.presses_data(f"1:report.send:{draft.id}:{draft.version}", lan.last)
    assert await all_reports(world) == []
    assert SEND not in lan.last.labels
