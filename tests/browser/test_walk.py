"""The whole bot in a browser: `python -m bot run`, a citizen on a phone, an officer at a desk."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, Page, StorageState, expect

from tests.browser.citizen import (
    AFTER,
    BEFORE,
    CAU_NGANG,
    agree_and_send,
    answers,
    heard,
    key,
    photograph,
    press,
    report,
    send,
)
from tests.browser.conftest import Bot, Open

HERE = {"latitude": 9.8044, "longitude": 106.4496, "accuracy": 10}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Bot]:
    """The real one, from nothing, without a token."""
    process = Bot(tmp_path_factory.mktemp("bot"), "bot", "run")
    await process.start()
    yield process
    await process.stop()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def officer(bot: Bot, browser: Browser) -> StorageState:
    """The cookie of a browser that opened the printed link."""
    context = await browser.new_context(locale="vi-VN")
    page = await context.new_page()
    await page.goto(bot.printed["Cán bộ / staff sign-in"])
    await expect(page.get_by_role("heading", name="Phòng trực")).to_be_visible()
    state = await context.storage_state()
    await context.close()
    return state


async def everything_said(page: Page) -> list[str]:
    return await page.locator(".msg .bubble__text").all_inner_texts()


async def test_from_a_photo_to_a_thumb(visit: Open, officer: StorageState) -> None:
    desk = await visit(storage_state=officer)
    duty = desk.locator("#room-duty")
    page = await visit(phone=True, geolocation=HERE, permissions=["geolocation"])
    await page.get_by_role("button", name="Bắt đầu").tap()
    await key(page, "📸 Báo điểm rác")
    await heard(page, "gửi ảnh điểm rác")
    await photograph(page, BEFORE)
    await heard(page, "Đã nhận ảnh")
    await key(page, "📍 Gửi vị trí hiện tại")
    await heard(page, "Xã Cầu Ngang")
    await expect(page.locator(".key--place")).to_be_hidden()
    code = await agree_and_send(page, "Rác sinh hoạt")

    card = duty.locator(".msg:not(.msg--mine)", has_text=code)
    await expect(card).to_contain_text("Ý kiến: 1")
    await expect(card.locator(".photo img")).to_have_count(1)
    await expect(card.get_by_role("link", name="bản đồ")).to_have_attribute("href", re.compile(r"9\.8044"))
    await card.get_by_role("button", name="✋ Nhận xử lý").click()
    await expect(card).to_contain_text("Đang xử lý")
    await heard(page, f"{code}: cán bộ đã nhận và đang xử lý")
    await card.get_by_role("button", name="✅ Đã xử lý").click()
    await expect(duty.locator(".replying")).to_contain_text(code)
    await photograph(duty, AFTER)
    await expect(card.first.get_by_role("button", name="✋")).to_have_count(0)
    await expect(card.first.get_by_role("button", name="✅")).to_have_count(0)

    news = page.locator(".msg", has_text=f"{code}: đã xử lý")
    await expect(news.locator(".photo img")).to_have_count(1)
    await press(page, "👍 Đã sạch")
    await heard(page, f"{code}: đã sạch")
    await expect(page.locator(".press", has_text="Chưa sạch")).to_have_count(0)
    told = await everything_said(page)
    assert len(told) == len(set(told)), "something was said twice"
    await page.reload()
    await heard(page, f"{code}: đã sạch")
    assert await everything_said(page) == told


async def test_a_place_typed_when_the_phone_may_not_say(visit: Open) -> None:
    page = await visit(phone=True, permissions=[])
    await send(page, "/baocao")
    await photograph(page, BEFORE, AFTER)
    await heard(page, "Rác ở đâu?")
    await key(page, "📍 Gửi vị trí hiện tại")
    await expect(page.locator("#place-note")).to_contain_text("chưa được phép xem vị trí")
    await page.locator("#place-text").fill(CAU_NGANG)
    await page.keyboard.press("Enter")
    await heard(page, "Xã Cầu Ngang")
    code = await agree_and_send(page, "Xà bần")
    await expect(answers(page).filter(has_text="📷 2 ảnh")).to_have_count(1)
    await send(page, "/theodoi")
    await press(page, code)
    await expect(page.locator(".msg:not(.msg--mine)", has_text="Xà bần").last.locator("img")).to_have_count(2)


async def test_a_thing_to_sort(visit: Open) -> None:
    page = await visit()
    await send(page, "pin cũ")
    await heard(page, "Nguy hại")
    before = await everything_said(page)
    await page.reload()
    await heard(page, "Nguy hại")
    assert await everything_said(page) == before
    assert len(before) == 2


async def test_every_key_of_the_menu_answers(visit: Open) -> None:
    page = await visit()
    await send(page, "/start")
    for name, answer in (
        ("♻️ Rác này bỏ đâu?", "Bạn muốn bỏ món gì?"),
        ("🌱 Mẹo sống xanh", "mẹo về chuyện gì"),
        ("📋 Phản ánh của tôi", "chưa gửi phản ánh nào"),
        ("🔔 Nhắc nhở", "Tin nhắc"),
        ("⚙️ Khác", "Bạn cần gì?"),
        ("📸 Báo điểm rác", "gửi ảnh điểm rác"),
    ):
        await key(page, name)
        await heard(page, answer)
    await key(page, "❌ Huỷ")
    await expect(page.locator(".key")).to_have_count(6)


async def test_nobody_reads_what_another_sent(visit: Open, bot: Bot) -> None:
    lan, minh = await visit(), await visit()
    await send(minh, "/start")
    await heard(minh, "Trà Vinh Xanh")
    code = await report(lan, "Xác vật nuôi")
    await expect(lan.locator(".msg--mine img[src^='/media/']")).to_have_count(1)
    history = await (await lan.request.get(f"{bot.origin}/api/history?room=chat")).json()
    pictures = [
        one[size] for told in history["messages"] for one in told["photos"] for size in ("thumb", "full")
    ]
    own = [(await lan.request.get(bot.origin + picture)).status for picture in pictures]
    foreign = [(await minh.request.get(bot.origin + picture)).status for picture in pictures]
    assert (set(own), set(foreign)) == ({200}, {404})
    for guess in (
        "/api/history?room=duty",
        "/api/history?room=web:1",
        "/media/x/photo/1/full",
        "/media/x/file/1",
    ):
        assert (await minh.request.get(bot.origin + guess)).status in (403, 404), guess
    seen = await (await minh.request.get(f"{bot.origin}/api/history?room=chat&before=999999")).text()
    assert code not in seen
    await send(minh, code)
    await expect(minh.locator(".msg:not(.msg--mine)")).to_have_count(2)
    await expect(minh.locator("body")).not_to_contain_text("Xác vật nuôi")


async def test_buttons_of_another_are_refused(visit: Open) -> None:
    lan, minh = await visit(), await visit()
    await send(lan, "/start")
    await heard(lan, "Trà Vinh Xanh")
    await send(lan, "🌱 Mẹo sống xanh")
    await heard(lan, "mẹo về chuyện gì")
    pressed = """async ([room, message_id]) => {
        const body = JSON.stringify({room, message_id, data: "help", client_id: crypto.randomUUID()});
        const headers = {"Content-Type": "application/json"};
        return (await fetch("/api/press", {method: "POST", headers, body})).status;
    }"""
    id = int(await lan.locator(".msg").last.get_attribute("data-key") or "")
    assert await minh.evaluate(pressed, ["chat", id]) in (403, 404)
    assert await minh.evaluate(pressed, ["duty", id]) in (403, 404)


async def test_the_printed_link_is_spent(visit: Open, bot: Bot, officer: StorageState) -> None:
    page = await visit()
    answer = await page.goto(bot.printed["Cán bộ / staff sign-in"])
    assert answer
    assert answer.status == 403
    await page.goto(bot.origin)
    await expect(page.locator("#room-chat")).to_be_visible()
    await expect(page.locator("#room-duty")).to_have_count(0)


async def test_a_broken_image_is_answered_kindly_and_does_not_stay_in_the_way(visit: Open) -> None:
    page = await visit(phone=True)
    await send(page, "/baocao")
    await heard(page, "gửi ảnh điểm rác")
    broken = FilePayload(name="hỏng.jpg", mimeType="image/jpeg", buffer=BEFORE["buffer"][:90])
    await photograph(page, broken)
    await expect(page.locator(".msg__trouble")).to_contain_text("“hỏng.jpg” không phải là ảnh mở được")
    await expect(page.locator(".progress")).to_have_count(0)
    await photograph(page, BEFORE)
    await heard(page, "Rác ở đâu?")
    await expect(page.locator(".msg").last).to_contain_text("Rác ở đâu?")


async def test_a_good_photo_beside_a_broken_one_arrives(visit: Open) -> None:
    page = await visit()
    broken = FilePayload(name="hỏng.jpg", mimeType="image/jpeg", buffer=b"nothing")
    await photograph(page, BEFORE, broken)
    await expect(page.locator(".toast--bad")).to_contain_text("hỏng.jpg")
    await expect(page.locator(".msg--mine .photo img")).to_have_count(1)
    await heard(page, "Đã nhận ảnh")


async def test_english_from_the_next_word_on(visit: Open) -> None:
    page = await visit()
    await send(page, "/ngonngu")
    await press(page, "English")
    await expect(page.get_by_label("Write a message")).to_be_visible()
    await expect(page.locator(".key")).to_have_count(6)
    keys = await page.locator(".key").all_inner_texts()
    assert not [name for name in keys if VIETNAMESE.search(name)]
    told = answers(page)
    before = await told.count()
    await key(page, keys[0])
    await expect(told).to_have_count(before + 1)
    assert not VIETNAMESE.search(await told.last.inner_text())
    assert await page.evaluate("document.documentElement.lang") == "en"


VIETNAMESE = re.compile("[ạảãâầấậẩẫăằắặẳẵẹẻẽêềếệểễịỉĩọỏõôồốộổỗơờớợởỡụủũưừứựửữỳỵỷỹđ]", re.IGNORECASE)
"""Letters that only Vietnamese has; names such as Trà Vinh do without them."""
