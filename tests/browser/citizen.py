"""What people do on the page, in the order in which they do it."""

from __future__ import annotations

import re

from playwright.async_api import FilePayload, Locator, Page, expect

from tests.browser.picture import roadside

CAU_NGANG = "9.8044, 106.4496"
BEFORE = FilePayload(name="rác.jpg", mimeType="image/jpeg", buffer=roadside(clean=False))
AFTER = FilePayload(name="sạch.jpg", mimeType="image/jpeg", buffer=roadside(clean=True))


async def send(page: Page, text: str) -> None:
    await page.get_by_label("Viết tin nhắn").fill(text)
    await page.keyboard.press("Enter")


def answers(page: Page) -> Locator:
    """The bubbles of the bot."""
    return page.locator("#room-chat .msg:not(.msg--mine) .bubble")


async def heard(page: Page, text: str | re.Pattern[str]) -> None:
    await expect(answers(page).filter(has_text=text).last).to_be_visible()


async def photograph(room: Page | Locator, *pictures: FilePayload) -> None:
    await room.locator(".pick-photos").set_input_files(pictures)


async def press(room: Page | Locator, name: str) -> None:
    """The newest button of this name under a message."""
    await room.locator(".press", has_text=name).last.click()


async def key(page: Page, name: str) -> None:
    """A big button above the text box."""
    await page.locator(".key", has_text=name).click()


async def agree_and_send(page: Page, kind: str) -> str:
    """From the question for the kind to the receipt. Returns the code."""
    await heard(page, "Đây là rác gì?")
    await press(page, kind)
    await heard(page, "Bà con coi lại rồi gửi nha")
    await press(page, "✅ Đồng ý và gửi phản ánh")
    await heard(page, "Đã gửi! Mã phản ánh")
    code = await page.locator(".bubble code", has_text="TV-").last.inner_text()
    assert re.fullmatch(r"TV-\d{4}-\d{4,}", code)
    return code


async def report(page: Page, kind: str) -> str:
    """A whole report, its place typed. Returns the code."""
    await send(page, "/baocao")
    await heard(page, "gửi ảnh điểm rác")
    await photograph(page, BEFORE)
    await heard(page, "Rác ở đâu?")
    await send(page, CAU_NGANG)
    return await agree_and_send(page, kind)
