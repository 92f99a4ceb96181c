"""/canhbao: what failed, told without quoting anybody, and another try."""

from __future__ import annotations

import json

from markupsafe import Markup
from sqlalchemy import select

from bot.address import address
from bot.flow.outbox import Message
from bot.say import Lane, Say
from bot.store.tables import Inbox, Outbox
from tests.handlers.on_duty import audited, officer
from tests.harness import User, World


async def parked(world: World, error: str, user: User) -> int:
    """An update that failed for good; once it gets another turn it is handled."""
    message = {
        "message_id": 1,
        "date": 1,
        "text": "/huy",
        "chat": {"id": user.id, "type": "private"},
        "from": {"id": user.id, "is_bot": False, "first_name": "Lan"},
        "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
    }
    async with world.session() as session:
        row = Inbox(
            channel="telegram",
            update_id=5000,
            chat=address("telegram", user.id),
            payload=json.dumps({"update_id": 5000, "message": message}),
            state="dead",
            attempts=4,
            error=error,
            received_at=world.clock.now(),
        )
        session.add(row)
        await session.flush()
        return row.id


async def said(world: World, user: User, state: str, lane: Lane, *, payload: str | None = None) -> int:
    """A message that was not delivered."""
    message = Message(address("telegram", user.id), Say(Markup("tin riêng")), lane)
    row = Outbox(
        channel="telegram",
        chat=message.chat,
        lane=int(lane),
        payload=message.say.to_json() if payload is None else payload,
        state=state,
        reason='BadRequest: can\'t find "Lan 0912345678"',
        attempts=3,
        uncertain=1 if state == "unknown" else 0,
        created_at=world.clock.now(),
        settled_at=world.clock.now(),
    )
    async with world.session() as session:
        session.add(row)
        await session.flush()
        return row.id


async def test_all_is_well(world: World) -> None:
    admin = world.admin()
    await admin.sends("/canhbao")
    assert "Không có gì cần xem" in admin.last.text and admin.last.labels == []


async def test_only_admins(world: World) -> None:
    for who in (world.user(), await officer(world, "Tư"), await officer(world, "Biên", role="editor")):
        await who.sends("/canhbao")
        assert "chỉ dành cho cán bộ" in who.last.text
        assert "chỉ dành cho cán bộ" in str(await who.presses_data("1:faults.retry", who.last))


async def test_a_parked_update_is_shown_and_retried(world: World) -> None:
    admin, lan = world.admin(), world.user()
    trace = (
        "Traceback (most recent call last):\n"
        '  File "/srv/handlers/report.py", line 12, in send\n    x\nKeyError: "Lan"\n'
    )
    number = await parked(world, trace, lan)
    await admin.sends("/canhbao")
    assert f"#{number}" in admin.last.text and "KeyError (handlers/report.py:12)" in admin.last.text
    assert "Lan" not in admin.last.text and str(lan.id) not in admin.last.text
    await admin.presses("🔁 Thử lại")
    assert "Làm lại 1 tin nhận được" in admin.heard[-1].text
    assert lan.heard  # its /huy was answered
    await admin.sends("/canhbao")
    assert "Không có gì cần xem" in admin.last.text
    assert await audited(world) == ["faults.retry"]


async def test_failed_sends_are_shown_and_repeated_where_that_is_safe(world: World) -> None:
    admin, lan = world.admin(), world.user()
    await said(world, lan, "unknown", Lane.NOTICE)
    await said(world, lan, "failed", Lane.REPLY)
    await said(world, lan, "unknown", Lane.BULK)
    await said(world, lan, "failed", Lane.NOTICE, payload="")
    await said(world, lan, "blocked", Lane.NOTICE)
    await admin.sends("/canhbao")
    assert "<b>4 tin gửi đi bị trục trặc</b>" in admin.last.text
    assert "0912345678" not in admin.last.text and "can&#39;t find" in admin.last.text
    await admin.presses("🔁 Thử lại")
    text = admin.heard[-1].text
    assert "gửi lại 2 tin" in text and "hai lần" in text and "2 tin không gửi lại được" in text
    assert len(lan.heard) == 2
    async with world.session() as session:
        states = (await session.execute(select(Outbox.state).where(Outbox.lane == int(Lane.BULK)))).scalars()
        assert list(states) == ["unknown"]


async def test_the_list_stays_short(world: World) -> None:
    admin, lan = world.admin(), world.user()
    for _ in range(25):
        await said(world, lan, "failed", Lane.NOTICE)
    await admin.sends("/canhbao")
    assert "<b>25 tin" in admin.last.text
    assert admin.last.text.count("•") == 10 and len(admin.last.text) < 4096
