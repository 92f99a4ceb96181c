"""The real conversation in Khmer on small phones: whole letters, whole lines, nothing outside."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.citizen import BEFORE, CAU_NGANG, answers, key, photograph, press
from tests.browser.conftest import Bot, Open

OUTSIDE = """[...document.querySelectorAll("body, body *")]
    .filter((one) => one.checkVisibility() && !one.closest(".sr, svg"))
    .filter((one) => getComputedStyle(one).display !== "inline")
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => `${one.className}: ${one.textContent.slice(0, 40)}`)"""
CUT = """[...document.querySelectorAll(".press, .key, .top__status, .tab")]
    .filter((one) => one.checkVisibility() && one.scrollHeight > one.clientHeight + 1)
    .map((one) => one.textContent)"""
UNMARKED = """[...document.querySelectorAll(".bubble__text, .press, .key")]
    .filter((one) => /[\\u1780-\\u17ff]/.test(one.textContent) !== (one.lang === "km"))
    .map((one) => one.textContent)"""
LEADING = """(selector) => { const style = getComputedStyle([...document.querySelectorAll(selector)].at(-1));
    return parseFloat(style.lineHeight) / parseFloat(style.fontSize) }"""
LOADED = """document.fonts.ready.then((fonts) => [...fonts].filter((one) => one.family.includes("Khmer"))
    .map((one) => one.status))"""

WALK = ("ថ្មចាស់", "hộp quẹt gas", "/phanloai", "/meo", "/start m_le-chua-mam-gio", "/dulieu", "/trogiup")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    """The real one."""
    process = Bot(tmp_path_factory.mktemp("bot"), "bot", "run")
    await process.start()
    yield process
    await process.stop()


async def say(page: Page, text: str) -> None:
    heard = await answers(page).count()
    await page.locator(".composer__text").fill(text)
    await page.keyboard.press("Enter")
    await expect(answers(page)).not_to_have_count(heard)


async def fits(page: Page) -> None:
    assert await page.evaluate(OUTSIDE) == []
    assert await page.evaluate(CUT) == []
    assert await page.evaluate(UNMARKED) == []


@pytest.mark.parametrize("width", [320, 360])
async def test_everything_fits_a_small_phone(visit: Open, width: int) -> None:
    size = {"width": width, "height": 700}
    page = await visit(phone=True, locale="km-KH", viewport=size)
    await expect(page.locator("html[lang=km]")).to_have_count(1)
    await expect(page.locator(".welcome__start")).to_have_text("ចាប់ផ្ដើម")
    await fits(page)
    await page.locator(".welcome__start").click()
    await expect(page.locator(".key").first).to_have_text("📸 រាយការណ៍សំរាម")
    await fits(page)
    for words in (
        "ថ្មចាស់",
        "hộp quẹt gas",
        "/phanloai",
        "/meo",
        "/start m_le-chua-mam-gio",
        "/dulieu",
        "/trogiup",
    ):
        await say(page, words)
        await fits(page)
    assert set(await page.evaluate(LOADED)) == {"loaded"}


async def test_stacked_signs_have_room(visit: Open) -> None:
    page = await visit(phone=True, locale="km-KH")
    await say(page, "/start")
    assert await page.evaluate(LEADING, ".bubble__text") >= 1.65
    assert await page.evaluate(LEADING, ".key") >= 1.5
    spacing = "getComputedStyle(document.querySelector('.top__title')).letterSpacing"
    assert await page.evaluate(spacing) == "normal"


async def test_a_report_in_khmer(visit: Open) -> None:
    page = await visit(phone=True, locale="km-KH", viewport={"width": 360, "height": 700})
    await say(page, "/start")
    await key(page, "📸 រាយការណ៍សំរាម")
    await expect(answers(page)).to_have_count(2)
    await photograph(page, BEFORE)
    await expect(page.locator(".key--place").filter(has_text="ផ្ញើទីតាំងបច្ចុប្បន្ន")).to_be_visible()
    await say(page, CAU_NGANG)
    await press(page, "សំរាមផ្ទះ")
    await fits(page)
    await press(page, "✅ យល់ព្រម និងផ្ញើ")
    await expect(page.locator(".bubble code", has_text="TV-")).to_be_visible()
    await fits(page)


async def test_khmer_bubbles_stay_khmer_after_another_language(visit: Open) -> None:
    page = await visit(phone=True, locale="km-KH")
    await say(page, "ថ្មចាស់")
    await say(page, "/ngonngu")
    await press(page, "Tiếng Việt")
    await expect(page.locator("html[lang=vi]")).to_have_count(1)
    assert await page.evaluate(UNMARKED) == []
    assert await page.evaluate(LEADING, ".bubble__text:lang(km)") >= 1.65


async def test_no_font_is_fetched_without_khmer_words(visit: Open) -> None:
    page = await visit(phone=True)
    await say(page, "/start")
    assert set(await page.evaluate(LOADED)) == {"unloaded"}
