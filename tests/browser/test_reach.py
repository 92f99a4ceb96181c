"""The real conversation without a mouse, and for who cannot see it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import FileChooser, Page, expect

from tests.browser.citizen import BEFORE, CAU_NGANG, heard, report, send
from tests.browser.conftest import Bot, Open

NAMELESS = """[...document.querySelectorAll("button, a, input, textarea, img, [role]")]
    .filter((one) => one.checkVisibility() && !one.closest("[aria-hidden=true]")
        && !one.labels?.length && !one.ariaLabel && !one.getAttribute("aria-labelledby")
        && !one.alt && !one.textContent.trim()
        && !["status", "presentation"].includes(one.getAttribute("role")))
    .map((one) => one.outerHTML)"""
TWICE = """[...document.querySelectorAll("[id]")].map((one) => one.id)
    .filter((id, index, all) => all.indexOf(id) !== index)"""
SMALL = """[...document.querySelectorAll(".key, .press, .tool, .composer__send, .tab")]
    .filter((one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
    .map((one) => [one.textContent, one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 44).map(([words]) => words)"""
PALE = """(() => {
    const rgb = (colour) => {
        const canvas = new OffscreenCanvas(1, 1).getContext("2d");
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = (colour) => {
        const [r, g, b] = rgb(colour).slice(0, 3).map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (one) => {
        for (; one; one = one.parentElement) {
            const style = getComputedStyle(one);
            if (style.backgroundImage.includes("gradient")) return null;
            if (rgb(style.backgroundColor)[3] === 255) return style.backgroundColor;
        }
        return "white";
    };
    const words = (node) => node.nodeType === 3 && /[\\p{L}\\p{N}]/u.test(node.data);
    const own = (one) => [...one.childNodes].some(words);
    return [...document.querySelectorAll("body *")]
        .filter((one) => own(one) && one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
        .flatMap((one) => {
            const back = behind(one);
            if (!back) return [];
            const [a, b] = [light(getComputedStyle(one).color), light(back)].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            const told = `${ratio.toFixed(2)} ${one.className}: ${one.textContent.slice(0, 40)}`;
            return ratio < 4.5 ? [told] : [];
        });
})()"""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    """The real one."""
    process = Bot(tmp_path_factory.mktemp("bot"), "bot", "run")
    await process.start()
    yield process
    await process.stop()


async def tab_to(page: Page, name: str, *, back: bool = False) -> None:
    """Presses Tab until the control of that name has the focus, and no longer than a person would."""
    focused = "(document.activeElement.ariaLabel ?? document.activeElement.textContent).trim()"
    passed = []
    for _ in range(40):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        passed.append(await page.evaluate(focused))
        if passed[-1] == name:
            return
    raise AssertionError(f"{name} is not among {passed}")


async def test_a_report_without_a_mouse(visit: Open) -> None:
    page = await visit()
    asked: asyncio.Queue[FileChooser] = asyncio.Queue()
    page.on("filechooser", asked.put_nowait)  # from the start: a late listener can miss a quick press
    await tab_to(page, "Bắt đầu")
    await page.keyboard.press("Enter")
    await expect(page.locator(".key")).to_have_count(6)
    await tab_to(page, "📸 Báo điểm rác")
    await page.keyboard.press("Enter")
    await heard(page, "gửi ảnh điểm rác")
    await tab_to(page, "Gửi ảnh")
    await page.keyboard.press("Enter")
    chooser = await asyncio.wait_for(asked.get(), 10)
    await chooser.set_files(BEFORE)
    await heard(page, "Rác ở đâu?")
    await tab_to(page, "Viết tin nhắn", back=True)
    await page.keyboard.type(CAU_NGANG)
    await page.keyboard.press("Enter")
    await heard(page, "Đây là rác gì?")
    await tab_to(page, "Rác nguy hại", back=True)
    await page.keyboard.press("Enter")
    await heard(page, "Bà con coi lại rồi gửi nha")
    await tab_to(page, "✅ Đồng ý và gửi phản ánh")
    await page.keyboard.press("Enter")
    await heard(page, "Đã gửi! Mã phản ánh")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("phone", [True, False])
async def test_named_large_and_readable(visit: Open, bot: Bot, scheme: str, phone: bool) -> None:
    page = await visit(await bot.admin_link(), phone=phone, color_scheme=scheme)
    for step in ("/start", "pin cũ", "🌱 Mẹo sống xanh", "/baocao"):
        answered = await page.locator("#room-chat .msg:not(.msg--mine)").count()
        await send_to_chat(page, step)
        await expect(page.locator("#room-chat .msg:not(.msg--mine)")).to_have_count(answered + 1)
        assert await page.evaluate(NAMELESS) == []
        assert await page.evaluate(PALE) == []
        assert not phone or await page.evaluate(SMALL) == []
    assert await page.evaluate(TWICE) == []


async def send_to_chat(page: Page, text: str) -> None:
    await page.locator("#room-chat").get_by_label("Viết tin nhắn").fill(text)
    await page.keyboard.press("Enter")


async def test_what_is_read_aloud(visit: Open) -> None:
    page = await visit(phone=True)
    await report(page, "Rác nông nghiệp")
    log = page.get_by_role("log", name="Cuộc trò chuyện: Trò chuyện")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log).to_match_aria_snapshot(
        """
        - log:
          - article:
            - text: /Bạn:/
            - 'button "Xem ảnh lớn: Ảnh"':
              - img "Ảnh"
        """
    )
    await expect(page.locator("html")).to_have_attribute("lang", "vi")


async def test_nothing_sticks_out_on_a_small_phone(visit: Open) -> None:
    page = await visit(viewport={"width": 320, "height": 568}, has_touch=True, is_mobile=True)
    await report(page, "Đốt rác")
    await send(page, "🌱 Mẹo sống xanh")
    await heard(page, "mẹo về chuyện gì")
    wide = await page.evaluate(
        """[...document.querySelectorAll(".msg, .press, .key, .bubble, .composer > *")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
                || one.scrollWidth > one.clientWidth + 1).map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert wide == []
