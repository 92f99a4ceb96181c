"""`/trogiup` and ⚙️ Khác."""

from __future__ import annotations

from tests.harness import World


async def test_help_names_the_commands(world: World) -> None:
    lan = world.user()
    await lan.sends("/trogiup")
    for command in ("/baocao", "/phanloai", "/meo", "/dovui", "/theodoi", "/ngonngu", "/dulieu", "/huy"):
        assert command in lan.last.text


async def test_more_leads_to_language_and_data(world: World) -> None:
    lan = world.user()
    await lan.sends("⚙️ Khác")
    assert lan.last.labels == [
        "❓ Hỏi nhanh",
        "⚖️ Luật, mức phạt",
        "🧩 Đố vui",
        "🌐 Ngôn ngữ",
        "🔒 Dữ liệu của tôi",
        "❓ Trợ giúp",
    ]
    await lan.presses("🌐 Ngôn ngữ")
    assert "English" in lan.last.labels
    await lan.presses("🔒 Dữ liệu của tôi")
    assert "📄 Tải về" in lan.last.labels
    await lan.presses("❓ Trợ giúp")
    assert "/baocao" in lan.last.text


async def test_staff_see_their_commands_and_only_those_that_exist(world: World) -> None:
    admin = world.admin()
    await admin.sends("⚙️ Khác")
    await admin.presses("🧰 Dành cho cán bộ")
    assert "Quản trị" in admin.last.text
    assert "/chiendich" not in admin.last.text


async def test_a_forged_press_of_the_staff_button_is_refused(world: World) -> None:
    lan = world.user()
    await lan.sends("⚙️ Khác")
    toast = await lan.presses_data("1:more.staff", lan.last)
    assert toast is not None and "cán bộ" in toast
    assert len(lan.heard) == 1
