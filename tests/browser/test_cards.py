"""Answer cards: what is folded opens by hand and by key, and the picture can be seen whole and kept."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Page, expect

from tests.browser.citizen import heard, press, send
from tests.browser.conftest import Bot, Open

WHOLE = """(image) => {
    const shown = image.width / image.height, real = image.naturalWidth / image.naturalHeight;
    return Math.abs(shown / real - 1) < 0.01;
}"""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    """The real one."""
    process = Bot(tmp_path_factory.mktemp("bot"), "bot", "run")
    await process.start()
    yield process
    await process.stop()


async def ask(page: Page) -> None:
    await send(page, "pin cũ")
    await heard(page, "Trước khi bỏ")


async def test_why_opens_by_hand(visit: Open) -> None:
    page = await visit(phone=True)
    await ask(page)
    why = page.locator(".bubble details")
    reason = why.get_by_text("Độ chắc: cao")
    await expect(page.get_by_text("Coi chừng")).to_be_visible()
    await expect(reason).to_be_hidden()
    await page.locator("summary", has_text="Vì sao?").tap()
    await expect(reason).to_be_visible()
    await expect(page.locator(".msg--touched")).to_have_count(0)
    await page.locator("summary").tap()
    await expect(reason).to_be_hidden()


async def test_why_opens_by_key(visit: Open) -> None:
    page = await visit()
    await ask(page)
    summary = page.locator("summary")
    await summary.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Độ chắc: cao")).to_be_visible()
    assert (await summary.inner_text()).strip() == "Vì sao?"
    await page.keyboard.press("Space")
    await expect(page.get_by_text("Độ chắc: cao")).to_be_hidden()


async def test_the_picture_is_shown_whole_and_can_be_kept(visit: Open) -> None:
    page = await visit(phone=True)
    await ask(page)
    await press(page, "🖼 Hình chia sẻ")
    await heard(page, "Pin bỏ ở đâu? Hỏi Trà Vinh Xanh:")
    small = page.locator(".photo img")
    await expect(small).to_be_visible()
    await small.evaluate("(image) => image.decode()")
    assert await small.evaluate(WHOLE)
    await small.tap()
    await expect(page.locator(".lightbox__image")).to_be_visible()
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="Lưu ảnh").tap()
    kept = await downloading.value
    assert kept.suggested_filename == "tra-vinh-xanh.jpg"
    with Image.open(await kept.path()) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1080, 1350))
    await page.get_by_role("button", name="Đóng").first.tap()
    await expect(page.locator(".lightbox__image")).to_be_hidden()
