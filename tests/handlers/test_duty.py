"""✋ on cards: roles, communes and late presses."""

from __future__ import annotations

from bot import staff
from bot.address import address
from bot.reports import State
from bot.talk.texts import gettext
from tests.handlers.on_duty import (
    ELSEWHERE,
    HERE,
    audited,
    card,
    duty_group,
    filed,
    known,
    now,
    officer,
)
from tests.harness import World

BUTTONS = ("✋ Nhận xử lý", "✅ Đã xử lý", "🚫 Từ chối")


async def test_taking_a_report_shows_on_the_card_and_tells_the_reporter(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    assert card(group, report).labels == list(BUTTONS)
    toast = await tu.presses("✋ Nhận xử lý", where=group)
    assert toast == f"Bạn đã nhận {report.code}."
    assert "Đang xử lý" in card(group, report).text and "👤 Tư" in card(group, report).text
    assert card(group, report).labels == list(BUTTONS[1:])
    assert report.code in lan.last.text and "đang xử lý" in lan.last.text
    assert (await now(world, report)).state == State.IN_PROGRESS
    assert "report.in_progress" in await audited(world)


async def test_the_reporter_hears_it_in_their_own_language(world: World) -> None:
    lan, kim = world.user(), world.user(language="en")
    tu, group = await officer(world, "Tư"), await duty_group(world)
    for reporter in (lan, kim):
        report = await filed(world, reporter)
        await tu.presses("✋ Nhận xử lý", where=group)
        assert reporter.last.text == (
            gettext(reporter.language, "🧹 <code>{code}</code>: cán bộ đã nhận và đang xử lý.").format(
                code=report.code
            )
        )


async def test_a_card_never_says_who_reported(world: World) -> None:
    lan, group = world.user(name="Nguyễn Thị Lan Riêng"), await duty_group(world)
    report = await filed(world, lan)
    assert "Lan" not in card(group, report).text and str(lan.id) not in card(group, report).text


async def test_strangers_are_refused_on_every_button(world: World) -> None:
    lan, group = world.user(), await duty_group(world)
    report = await filed(world, lan)
    before = len(group.heard)
    for label in BUTTONS:
        assert (
            await world.user().presses(label, where=group) == "Việc này chỉ dành cho cán bộ được phân công."
        )
    assert (await now(world, report)).state == State.ACCEPTED
    assert len(group.heard) == before


async def test_an_editor_is_no_officer(world: World) -> None:
    lan, editor, group = world.user(), await officer(world, "Biên", role="editor"), await duty_group(world)
    report = await filed(world, lan)
    for label in BUTTONS:
        assert "chỉ dành cho cán bộ" in str(await editor.presses(label, where=group))
    assert (await now(world, report)).state == State.ACCEPTED


async def test_officers_of_another_commune_are_refused(world: World) -> None:
    lan, away, group = world.user(), await officer(world, "Xa", communes=[ELSEWHERE]), await duty_group(world)
    report = await filed(world, lan, commune=HERE)
    for label in BUTTONS:
        assert await away.presses(label, where=group) == f"Phản ánh {report.code} thuộc xã, phường khác."
    assert (await now(world, report)).state == State.ACCEPTED


async def test_the_role_counts_at_the_moment_of_the_press(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    person = await known(world, tu)
    async with world.session() as session:
        await staff.dismiss(session, person.id)
    for label in BUTTONS:
        assert "chỉ dành cho cán bộ" in str(await tu.presses(label, where=group))
    assert (await now(world, report)).state == State.ACCEPTED


async def test_the_second_hand_hears_who_was_faster(world: World) -> None:
    lan, tu, nam = world.user(), await officer(world, "Tư"), await officer(world, "Năm")
    group = await duty_group(world)
    report = await filed(world, lan)
    data = card(group, report).data("✋ Nhận xử lý")
    await tu.presses_data(data, card(group, report), group)
    news = len(lan.heard)
    assert await nam.presses_data(data, card(group, report), group) == f"{report.code}: Đang xử lý · Tư"
    assert await tu.presses_data(data, card(group, report), group) == f"{report.code}: Đang xử lý · Tư"
    assert "👤 Tư" in card(group, report).text
    assert len(lan.heard) == news
    holder = (await now(world, report)).holder_id
    assert holder == (await known(world, tu)).id


async def test_a_closed_report_answers_old_buttons_with_its_state(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan)
    old = [card(group, report).data(label) for label in BUTTONS]
    await tu.presses("✅ Đã xử lý", where=group)
    await tu.presses("Tới nơi thấy đã có người dọn", where=group)
    for data in old:
        edits = card(group, report).silent_edits
        assert await tu.presses_data(data, card(group, report), group) == f"{report.code}: Đã xử lý · Tư"
        assert card(group, report).silent_edits == edits + 1
        assert card(group, report).labels == []


async def test_forged_report_ids_find_nothing(world: World) -> None:
    lan, tu, group = world.user(), await officer(world, "Tư"), await duty_group(world)
    report = await filed(world, lan, photo=False)
    for action in ("duty.take", "duty.resolve", "duty.reject"):
        for forged in (":999999", ":0", ":-1", ":x", ":", "", ":" + "9" * 30, ":٣", ":::"):
            toast = await tu.presses_data(f"1:{action}{forged}", card(group, report), group)
            assert toast == "Không còn phản ánh này."
    assert (await now(world, report)).state == State.ACCEPTED


async def test_without_a_duty_group_admins_act_in_private(world: World) -> None:
    lan, admin = world.user(), world.admin()
    report = await filed(world, lan)
    await admin.presses("✋ Nhận xử lý")
    assert "Đang xử lý" in card(admin, report).text
    assert (await now(world, report)).state == State.IN_PROGRESS


async def test_every_card_follows(world: World) -> None:
    lan, tu, first, second = (
        world.user(),
        await officer(world, "Tư"),
        await duty_group(world),
        world.group("Hai"),
    )
    async with world.session() as session:
        await staff.set_duty_group(session, address("telegram", second.id), "Hai", None, world.clock.now())
    report = await filed(world, lan)
    await tu.presses("✋ Nhận xử lý", where=second)
    assert "👤 Tư" in card(first, report).text and "👤 Tư" in card(second, report).text
