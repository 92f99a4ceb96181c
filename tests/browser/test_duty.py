"""The duty room beside the chat, for who signed in with the printed link."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.conftest import Bot, Open


async def test_two_columns_on_a_desktop(visit: Open, bot: Bot) -> None:
    page = await visit(await bot.admin_link())
    await expect(page.get_by_role("heading", name="Phòng trực")).to_be_visible()
    await expect(page.get_by_role("heading", name="Trò chuyện")).to_be_visible()
    await expect(page.get_by_role("tab")).to_have_count(0)
    duty = page.locator("#room-duty")
    await duty.get_by_label("Viết tin nhắn").fill("/start")
    await page.keyboard.press("Enter")
    await expect(duty.locator(".msg")).to_have_count(2)
    await expect(page.locator("#room-chat .msg")).to_have_count(0)


async def test_tabs_with_unread_counts_on_a_phone(visit: Open, bot: Bot) -> None:
    first = await visit(await bot.admin_link(), phone=True)
    chat, duty = first.get_by_role("tab", name="Trò chuyện"), first.get_by_role("tab", name="Phòng trực")
    await duty.tap()
    await expect(duty).to_have_attribute("aria-selected", "true")
    await first.locator("#room-duty").get_by_label("Viết tin nhắn").fill("/nhieu")
    await first.keyboard.press("Enter")
    await chat.tap()
    await expect(duty.locator(".count")).not_to_have_text("0")
    await expect(duty.locator(".count")).to_be_visible()
    assert (await first.title()).startswith("(")
    await duty.tap()
    await expect(first.locator("#room-duty .bubble", has_text="tin số 45")).to_be_in_viewport()
    await expect(duty.locator(".count")).to_have_count(0)


async def test_the_link_works_once(visit: Open, bot: Bot) -> None:
    link = await bot.admin_link()
    await visit(link)
    other = await visit()
    answer = await other.goto(link)
    assert answer
    assert answer.status == 403
