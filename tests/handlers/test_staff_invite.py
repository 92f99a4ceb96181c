"""➕ Mời: role, communes, and a link that works once."""

from __future__ import annotations

import re

from sqlalchemy import select

from bot.store.tables import Audit
from tests.handlers.on_duty import audited, known, officer
from tests.harness import User, World


def link(user: User) -> str:
    found = re.search(r"https://t\.me/travinhxanh_bot\?start=(s_[\w-]+)", user.last.text)
    assert found, user.last.text
    return found[1]


async def test_an_officer_for_all_communes(world: World) -> None:
    admin, tu = world.admin(), world.user(name="Tư")
    await admin.sends("/canbo")
    await admin.presses("➕ Mời")
    assert admin.last.labels[:3] == ["Cán bộ xử lý", "Biên tập", "Quản trị"]
    await admin.presses("Cán bộ xử lý")
    await admin.presses("Tất cả xã")
    token = link(admin)
    await tu.sends(f"/start {token}")
    person = await known(world, tu)
    assert (person.role, person.communes) == ("officer", None)
    assert await audited(world) == ["staff.invite", "staff.accept"]
    nam = world.user(name="Năm")
    await nam.sends(f"/start {token}")
    assert (await known(world, nam)).role is None


async def test_the_log_cannot_be_used_to_join(world: World) -> None:
    admin = world.admin()
    await admin.sends("/canbo")
    await admin.presses("➕ Mời")
    await admin.presses("Quản trị")
    assert "Chọn xã" not in admin.last.labels
    await admin.presses("Tất cả xã")
    async with world.session() as session:
        [line] = (await session.execute(select(Audit))).scalars()
        assert link(admin)[2:] not in f"{line.subject} {line.data}"


async def test_an_officer_for_some_communes(world: World) -> None:
    admin, tu = world.admin(), world.user(name="Tư")
    await admin.sends("/canbo")
    await admin.presses("➕ Mời")
    await admin.presses("Cán bộ xử lý")
    await admin.presses("Chọn xã")
    assert admin.last.labels[0] == "Trà Vinh"
    await admin.presses("Trà Vinh")
    first = [label for label in admin.last.labels if label.startswith("☐")]
    assert len(first) == 8
    await admin.presses(first[0])
    assert "✅ Xong (1)" in admin.last.labels and first[0].replace("☐", "☑") in admin.last.labels
    await admin.presses(next(label for label in admin.last.labels if label.endswith("›")))
    second = next(label for label in admin.last.labels if label.startswith("☐"))
    await admin.presses(second)
    await admin.presses(second.replace("☐", "☑"))
    await admin.presses("⬅️ Tỉnh cũ")
    await admin.presses("Vĩnh Long")
    third = next(label for label in admin.last.labels if label.startswith("☐"))
    await admin.presses(third)
    await admin.presses("✅ Xong (2)")
    await tu.sends(f"/start {link(admin)}")
    places = world.app.services.library.knowledge.places
    names = {places.commune(code).name for code in (await known(world, tu)).communes or []}
    assert names == {first[0][2:], third[2:]}


async def test_an_admin_does_not_step_down_by_an_invitation(world: World) -> None:
    admin = world.admin()
    await admin.sends("/canbo")
    await admin.presses("➕ Mời")
    await admin.presses("Cán bộ xử lý")
    await admin.presses("Tất cả xã")
    token, tu = link(admin), world.user()
    await admin.sends(f"/start {token}")
    assert (await known(world, admin)).role == "admin"
    await tu.sends(f"/start {token}")
    assert (await known(world, tu)).role == "officer"


async def test_an_invitation_left_open_is_no_longer_pressed(world: World) -> None:
    admin = world.admin()
    await admin.sends("/canbo")
    await admin.presses("➕ Mời")
    await admin.presses("Cán bộ xử lý")
    await admin.sends("/huy")
    assert "không còn mở" in str(await admin.presses("Tất cả xã"))
    assert await audited(world) == []


async def test_forged_presses(world: World) -> None:
    admin, tu = world.admin(), await officer(world, "Tư")
    await tu.sends("/trogiup")
    for action in (
        "ask",
        "role:admin",
        "all:abc",
        "some:abc",
        "page:abc:0:0",
        "pick:abc:0:0:29416",
        "done:abc",
    ):
        assert "chỉ dành cho cán bộ" in str(await tu.presses_data(f"1:invite.{action}", tu.last))
    await admin.sends("/canbo")
    await admin.presses("➕ Mời")
    for action in ("role:king", "role", "all:abc", "pick", "done:"):
        assert await admin.presses_data(f"1:invite.{action}", admin.last)
    await admin.presses("Cán bộ xử lý")
    draft = admin.last.data("Tất cả xã").rpartition(":")[2]
    for action in (f"pick:{draft}:99:99:00000", f"pick:{draft}:x:x:x", f"page:{draft}:-1:99"):
        await admin.presses_data(f"1:invite.{action}", admin.last)
        assert [label for label in admin.last.labels if label.startswith("☐")]
    assert "ít nhất một xã" in str(await admin.presses_data(f"1:invite.done:{draft}", admin.last))
    assert await audited(world) == []


async def test_in_a_group_nothing_is_invited(world: World) -> None:
    admin, group = world.admin(), world.group()
    await admin.sends("/canbo", where=group)
    assert "chat riêng" in str(await admin.presses_data("1:invite.role:officer", group.last, group))
