"""What ties a person to a question dies: by itself, with the person, and is theirs to see."""

from __future__ import annotations

import json
import os
from datetime import timedelta

from bot.flow.housekeeping import jobs
from tests.handlers.asking import OTHER, UNKNOWN, asks, missed, opens, waiting
from tests.harness import World


async def _housekeeping(world: World) -> None:
    """What the clock does every hour."""
    for seconds, job in jobs(world.app.services, world.app.wakes):
        if seconds == 3600.0:
            await job()
    await world.settle()


async def test_after_a_month_nothing_ties_them_and_they_hear_so(world: World) -> None:
    lan, ba = world.user(), world.user(language="en")
    await asks(lan)
    world.clock.advance(days=29)
    await _housekeeping(world)
    assert len(await waiting(world)) == 1
    await ba.sends(f"/sort {OTHER}")
    await ba.presses_data(str(ba.last.inline[-1]["callback_data"]), ba.last)
    world.clock.advance(days=1)
    await _housekeeping(world)
    assert [one.text for one in await waiting(world)] == [OTHER]
    assert UNKNOWN in lan.last.text and "chưa ai trả lời được" in lan.last.text
    assert "\n" not in lan.last.text
    heard = len(lan.heard)
    await _housekeeping(world)
    assert len(lan.heard) == heard


async def test_nobody_is_woken_for_it(world: World) -> None:
    """By day it ends a little early; at night it waits for the morning, but never over the month."""
    lan, ba = world.user(), world.user()
    world.clock.advance(hours=13)  # 22:00
    await asks(lan)
    world.clock.advance(days=29, hours=6)
    heard = len(lan.heard)
    await _housekeeping(world)  # 04:00, half a day before its time
    assert len(lan.heard) == heard
    await asks(ba, OTHER)
    world.clock.advance(hours=6)
    await _housekeeping(world)
    assert len(lan.heard) == heard + 1
    world.clock.advance(days=30, hours=-6)  # 04:00
    await _housekeeping(world)
    assert await waiting(world) == []


async def test_what_staff_passed_over_ends_after_second_thoughts(world: World) -> None:
    admin, lan = world.admin(), world.user()
    await asks(lan)
    await opens(admin)
    await admin.presses("🗑 Bỏ qua")
    world.clock.advance(minutes=59)
    await _housekeeping(world)
    assert len(await waiting(world)) == 1
    world.clock.advance(minutes=1)
    await _housekeeping(world)
    assert await waiting(world) == []
    assert "chưa ai trả lời được" in lan.last.text


async def test_taken_back_in_time_nobody_hears_of_it(world: World) -> None:
    admin, lan = world.admin(), world.user()
    await asks(lan)
    await opens(admin)
    await admin.presses("🗑 Bỏ qua")
    await admin.presses("↩️ Hoàn tác")
    heard = len(lan.heard)
    world.clock.advance(hours=2)
    await _housekeeping(world)
    assert len(await waiting(world)) == 1 and len(lan.heard) == heard


async def test_many_who_waited_hear_all_at_once(world: World) -> None:
    people = [world.user() for _ in range(3)]
    for person in people:
        await asks(person)
    world.clock.advance(days=30)
    await _housekeeping(world)
    assert all("chưa ai trả lời được" in person.last.text for person in people)
    (row,) = await missed(world)
    assert (row.text, row.times) == (UNKNOWN, 3)


async def test_what_is_old_and_was_asked_once_goes_with_the_hour(world: World) -> None:
    lan = world.user()
    await lan.sends(UNKNOWN)
    world.clock.advance(days=92)
    await _housekeeping(world)
    assert await missed(world) == []
    await lan.presses("Hỏi cán bộ")  # the button is older than the question
    assert await waiting(world) == []


async def test_my_data_names_and_holds_my_open_questions(world: World) -> None:
    lan = world.user()
    await asks(lan)
    await asks(world.user(), OTHER)
    await lan.sends("/dulieu")
    assert "• Câu hỏi chờ cán bộ trả lời: 1" in lan.last.text
    await lan.presses("📄 Tải về")
    (sent,) = [one for one in world.telegram.sent if one.method == "sendDocument"]
    kept = json.loads(next(iter(sent.files.values())))["questions"]
    assert [one["text"] for one in kept] == [UNKNOWN]
    assert kept[0]["asked_at"] == world.clock.now().isoformat()


async def test_erasing_my_data_unties_me_and_leaves_the_question(world: World) -> None:
    lan = world.user()
    await asks(lan)
    await lan.sends("/dulieu")
    await lan.presses("🗑 Xóa dữ liệu")
    await lan.presses("🗑 Xóa hết")
    assert await waiting(world) == []
    assert [row.text for row in await missed(world)] == [UNKNOWN]


async def test_files_for_content_go_after_a_day(world: World) -> None:
    folder = world.app.settings.data_dir / "exports"
    folder.mkdir()
    (folder / "x.txt").write_text("x")
    moment = (world.clock.now() - timedelta(hours=25)).timestamp()
    os.utime(folder / "x.txt", (moment, moment))
    await _housekeeping(world)
    assert list(folder.iterdir()) == []
