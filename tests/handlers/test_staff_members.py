"""/canbo: the list, roles, removing; never the last admin, never those of ADMINS."""

from __future__ import annotations

from tests.handlers.on_duty import audited, card, filed, known, officer
from tests.harness import World


async def test_only_admins_see_the_list(world: World) -> None:
    for who in (world.user(), await officer(world, "Tư"), await officer(world, "Biên", role="editor")):
        await who.sends("/canbo")
        assert "chỉ dành cho cán bộ" in who.last.text
        assert who.last.labels == []


async def test_the_list_is_paged(world: World) -> None:
    admin = world.admin()
    for number in range(12):
        await officer(world, f"Cán {number:02}")
    await admin.sends("/canbo")
    assert "(13)" in admin.last.text
    assert len([label for label in admin.last.labels if "·" in label]) == 8
    await admin.presses("2/2 ›")
    assert "Cán 11 · Cán bộ xử lý" in admin.last.labels and "‹ 1/2" in admin.last.labels
    await admin.presses_data("1:staff.page:99", admin.last)
    assert "Cán 11 · Cán bộ xử lý" in admin.last.labels


async def test_in_a_group_it_points_to_the_private_chat(world: World) -> None:
    admin, group = world.admin(), world.group()
    await admin.sends("/canbo", where=group)
    assert "chat riêng" in group.last.text and group.last.labels == []


async def test_changing_a_role(world: World) -> None:
    admin, tu = world.admin(), await officer(world, "Tư", communes=["29416"])
    await admin.sends("/canbo")
    await admin.presses("Tư · Cán bộ xử lý")
    assert "Xã Cầu Ngang" in admin.last.text
    await admin.presses("Biên tập")
    assert "Biên tập" in admin.last.text and "Biên tập" in tu.last.text
    assert (await known(world, tu)).role == "editor"
    assert (await known(world, tu)).communes == ["29416"]
    await admin.presses("Quản trị")
    assert (await known(world, tu)).communes is None
    assert await audited(world) == ["staff.role", "staff.role"]


async def test_removing_asks_first(world: World) -> None:
    admin, tu = world.admin(), await officer(world, "Tư")
    await admin.sends("/canbo")
    await admin.presses("Tư · Cán bộ xử lý")
    await admin.presses("🗑 Gỡ khỏi danh sách")
    assert (await known(world, tu)).role == "officer"
    await admin.presses("Không gỡ")
    await admin.presses("🗑 Gỡ khỏi danh sách")
    await admin.presses("Gỡ")
    assert (await known(world, tu)).role is None
    assert "không còn trong danh sách" in tu.last.text
    assert await audited(world) == ["staff.remove"]


async def test_cards_of_the_removed_no_longer_follow(world: World) -> None:
    admin, hai, lan = world.admin(), await officer(world, "Hai", role="admin"), world.user()
    report = await filed(world, lan)
    await admin.sends("/canbo")
    await admin.presses("Hai · Quản trị")
    await admin.presses("🗑 Gỡ khỏi danh sách")
    await admin.presses("Gỡ")
    await admin.presses("✋ Nhận xử lý")
    assert "👤" in card(admin, report).text and "👤" not in card(hai, report).text


async def test_those_of_the_settings_stay(world: World) -> None:
    admin, hai = world.admin(), await officer(world, "Hai", role="admin")
    seeded = (await known(world, admin)).id
    await hai.sends("/canbo")
    for data in (f"staff.gone:{seeded}", f"staff.role:{seeded}:officer"):
        assert "ADMINS" in str(await hai.presses_data(f"1:{data}", hai.last))
    assert (await known(world, admin)).role == "admin"


async def test_an_admin_may_step_down_while_others_stay(world: World) -> None:
    hai = await officer(world, "Hai", role="admin")
    me = (await known(world, hai)).id
    await hai.sends("/canbo")
    await hai.presses_data(f"1:staff.role:{me}:officer", hai.last)
    assert (await known(world, hai)).role == "officer"
    assert "chỉ dành cho cán bộ" in str(await hai.presses_data("1:staff.page:0", hai.last))


async def test_forged_presses(world: World) -> None:
    admin, tu = world.admin(), await officer(world, "Tư")
    me = (await known(world, tu)).id
    await tu.sends("/trogiup")
    for action in ("page:0", f"open:{me}", f"role:{me}:admin", f"remove:{me}", f"gone:{me}"):
        assert "chỉ dành cho cán bộ" in str(await tu.presses_data(f"1:staff.{action}", tu.last))
    assert (await known(world, tu)).role == "officer"
    await admin.sends("/canbo")
    for action in (
        "open:999",
        "open:x",
        "open",
        f"role:{me}:king",
        f"role:{me}",
        "role:999:admin",
        "gone:999",
    ):
        assert await admin.presses_data(f"1:staff.{action}", admin.last)
    assert (await known(world, tu)).role == "officer"
