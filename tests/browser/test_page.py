"""The chat page: what a citizen can do with fingers, keys and a bad connection."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.conftest import Open
from tests.channels.web.pictures import jpeg

Files = list[dict[str, object]]


async def send(page: Page, text: str) -> None:
    await page.get_by_label("Viết tin nhắn").fill(text)
    await page.keyboard.press("Enter")


def pictures(*names: str) -> Files:
    return [{"name": name, "mimeType": "image/jpeg", "buffer": jpeg(640, 480)} for name in names]


async def test_the_first_press_starts_the_conversation(visit: Open) -> None:
    page = await visit(phone=True)
    await page.get_by_role("button", name="Bắt đầu").tap()
    await expect(page.locator(".msg:not(.msg--mine) .bubble")).to_contain_text("Trà Vinh Xanh")
    await expect(page.locator(".key")).to_have_count(6)
    await page.locator(".key", has_text="Mẹo sống xanh").tap()
    await expect(page.locator(".bubble", has_text="Nghe: 🌱 Mẹo sống xanh")).to_be_visible()
    await expect(page.locator(".welcome")).to_be_hidden()


async def test_history_and_keyboard_survive_a_reload(visit: Open) -> None:
    page = await visit()
    await send(page, "/start")
    await expect(page.locator(".key")).to_have_count(6)
    await send(page, "pin cũ")
    await expect(page.locator(".bubble", has_text="Nghe: pin cũ")).to_be_visible()
    await page.reload()
    await expect(page.locator(".msg")).to_have_count(4)
    await expect(page.locator(".key")).to_have_count(6)


async def test_buttons_edit_in_place_toast_and_alert(visit: Open) -> None:
    page = await visit()
    await send(page, "/start")
    await page.get_by_role("button", name="Nhắc", exact=True).click()
    await expect(page.locator(".toast")).to_have_text("Nút này đã cũ.")
    await page.get_by_role("button", name="Báo", exact=True).click()
    await expect(page.locator("#notice")).to_contain_text("Nút này đã cũ.")
    await page.get_by_role("button", name="Đã hiểu").click()
    edit = page.get_by_role("button", name="Sửa", exact=True)
    await edit.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".msg:not(.msg--mine) .bubble")).to_contain_text("Đã sửa tại chỗ.")
    await expect(page.locator(".msg")).to_have_count(2)
    await expect(page.get_by_role("button", name="Nhắc lại")).to_be_focused()


async def test_two_visitors_do_not_see_each_other(visit: Open) -> None:
    lan, minh = await visit(), await visit()
    await send(lan, "chuyện của Lan")
    await expect(lan.locator(".bubble", has_text="Nghe: chuyện của Lan")).to_be_visible()
    await send(minh, "chuyện của Minh")
    await expect(minh.locator(".bubble", has_text="Nghe: chuyện của Minh")).to_be_visible()
    await expect(minh.locator(".msg")).to_have_count(2)
    await minh.reload()
    await expect(minh.locator(".msg")).to_have_count(2)
    await expect(minh.locator("body")).not_to_contain_text("Lan")


async def test_photos_are_shown_and_open_in_full(visit: Open) -> None:
    page = await visit(phone=True)
    await page.locator(".pick-photos").set_input_files(pictures("a.jpg", "b.jpg"))  # type: ignore[arg-type]
    await expect(page.locator(".msg--mine .photo img")).to_have_count(2)
    await expect(page.locator(".bubble", has_text="Đã nhận ảnh")).to_have_count(2)
    await expect(page.locator('.msg--mine img[src^="/media/"]')).to_have_count(2)
    await page.locator(".msg--mine .photo").first.click()
    await expect(page.locator(".lightbox__image")).to_be_visible()
    await page.keyboard.press("ArrowRight")
    await expect(page.locator(".lightbox__count")).to_have_text("Ảnh 2 trên 2")
    await page.keyboard.press("Escape")
    await expect(page.locator("#lightbox")).to_be_hidden()


async def test_what_is_no_photo_is_said(visit: Open) -> None:
    page = await visit()
    files: Files = [{"name": "giả.jpg", "mimeType": "image/jpeg", "buffer": b"<html>"}]
    await page.locator(".pick-photos").set_input_files(files)  # type: ignore[arg-type]
    await expect(page.locator(".msg__trouble")).to_contain_text("“giả.jpg” không phải là ảnh mở được")
    await page.get_by_role("button", name="Bỏ tin này").click()
    await expect(page.locator(".msg")).to_have_count(0)


async def test_the_place_by_gps(visit: Open) -> None:
    where = {"latitude": 9.9347, "longitude": 106.3453, "accuracy": 12}
    page = await visit(phone=True, geolocation=where, permissions=["geolocation"])
    await send(page, "📸 Báo điểm rác")
    await page.get_by_role("button", name="Gửi vị trí hiện tại").tap()
    await expect(page.locator(".bubble", has_text="Vị trí 9.9347, 106.3453")).to_be_visible()
    await expect(page.locator(".msg--mine .place")).to_have_attribute(
        "href", "https://www.google.com/maps?q=9.9347,106.3453"
    )


async def test_the_place_typed_when_gps_is_refused(visit: Open) -> None:
    page = await visit(phone=True, permissions=[])
    await page.get_by_label("Gửi ảnh hoặc vị trí").tap()
    await page.get_by_role("menuitem", name="Gửi vị trí").tap()
    await page.get_by_role("button", name="Dùng vị trí hiện tại").tap()
    await expect(page.locator("#place-note")).to_contain_text("chưa được phép xem vị trí")
    await page.locator("#place-text").fill("9.8044, 106.4496")
    await page.keyboard.press("Enter")
    await expect(page.locator(".bubble", has_text="Vị trí 9.8044, 106.4496")).to_be_visible()


async def test_a_question_is_quoted_in_its_answer(visit: Open) -> None:
    page = await visit()
    await send(page, "/hoi")
    await expect(page.locator(".replying")).to_contain_text("Chỗ đó tên gì?")
    await send(page, "chợ Cầu Ngang")
    await expect(page.locator(".bubble", has_text="Trả lời “Chỗ đó tên gì?”: chợ Cầu Ngang")).to_be_visible()
    await expect(page.locator(".msg--mine .quote")).to_have_text("Chỗ đó tên gì?")
    await expect(page.locator(".replying")).to_be_hidden()


async def test_escape_leaves_the_answer(visit: Open) -> None:
    page = await visit()
    await send(page, "/hoi")
    await expect(page.locator(".replying")).to_be_visible()
    await page.get_by_label("Viết tin nhắn").press("Escape")
    await send(page, "chuyện khác")
    await expect(page.locator(".bubble", has_text="Nghe: chuyện khác")).to_be_visible()


async def test_what_is_sent_offline_waits_and_arrives_once(visit: Open) -> None:
    page = await visit(phone=True)
    await send(page, "có mạng")
    await expect(page.locator(".bubble", has_text="Nghe: có mạng")).to_be_visible()
    await page.context.set_offline(True)
    await send(page, "mất mạng")
    await expect(page.locator("#banner")).to_contain_text("không có mạng")
    await expect(page.locator(".msg__trouble")).to_contain_text("Chờ mạng để gửi")
    await page.context.set_offline(False)
    await expect(page.locator(".bubble", has_text="Nghe: mất mạng")).to_be_visible()
    await expect(page.locator("#banner")).to_be_hidden()
    await expect(page.locator(".msg--mine", has_text="mất mạng")).to_have_count(1)


async def test_what_waits_survives_a_reload(visit: Open) -> None:
    page = await visit()
    await page.route("**/api/messages", lambda route: route.abort())
    await send(page, "chưa đi được")
    await expect(page.locator(".msg__trouble")).to_be_visible()
    await page.unroute("**/api/messages")
    await page.reload()
    await expect(page.locator(".bubble", has_text="Nghe: chưa đi được")).to_be_visible()
    await expect(page.locator(".msg--mine")).to_have_count(1)


async def test_a_lost_answer_does_not_double(visit: Open) -> None:
    page = await visit()

    async def lose_the_answer(route: object) -> None:
        await route.fetch()  # type: ignore[attr-defined]
        await route.abort()  # type: ignore[attr-defined]

    await page.route("**/api/messages", lose_the_answer, times=1)
    await send(page, "một lần thôi")
    await expect(page.locator(".bubble", has_text="Nghe: một lần thôi")).to_have_count(1)
    await expect(page.locator(".msg--mine .state--wait")).to_have_count(0)
    await expect(page.locator(".msg--mine")).to_have_count(1)


async def test_older_messages_load_above(visit: Open) -> None:
    page = await visit()
    await send(page, "/nhieu")
    await expect(page.locator(".bubble", has_text="tin số 45")).to_be_visible()
    await page.reload()
    await expect(page.locator(".msg")).to_have_count(30)
    await expect(page.locator(".bubble", has_text="tin số 45")).to_be_in_viewport()
    await page.locator(".room__scroll").evaluate("box => box.scrollTo(0, 0)")
    await expect(page.locator(".msg")).to_have_count(46)
    await expect(page.locator(".bubble").first).to_contain_text("/nhieu")
    await expect(page.locator(".older")).to_be_hidden()


async def test_markup_from_elsewhere_is_only_text(visit: Open) -> None:
    page = await visit()
    await send(page, "/xau")
    bubble = page.locator(".msg:not(.msg--mine) .bubble__text")
    await expect(bubble).to_contain_text('<img src=x onerror="document.title=1">')
    await expect(bubble.locator("strong")).to_have_text("đậm")
    await expect(bubble.locator("a, img")).to_have_count(0)
    await send(page, "<b>không đậm</b> & 'thế'")
    await expect(page.locator(".bubble", has_text="Nghe: <b>không đậm</b> & 'thế'")).to_be_visible()


async def test_the_page_follows_the_chosen_language(visit: Open) -> None:
    page = await visit()
    await send(page, "/en")
    await expect(page.get_by_label("Write a message")).to_be_visible()
    assert await page.evaluate("document.documentElement.lang") == "en"
    await page.reload()
    await expect(page.locator(".top__status")).to_have_text("Green living, together")


async def test_a_deep_link_says_start_once(visit: Open) -> None:
    page = await visit("/?start=t_giam-nhua")
    await expect(page.locator(".msg--mine .bubble")).to_contain_text("/start t_giam-nhua")
    assert page.url.endswith("/")
    await page.reload()
    await expect(page.locator(".msg--mine")).to_have_count(1)


async def test_everything_is_reached_by_keyboard_and_named(visit: Open) -> None:
    page = await visit()
    await send(page, "/start")
    await expect(page.locator(".key")).to_have_count(6)
    nameless = await page.evaluate(
        """[...document.querySelectorAll("button, a, input, textarea")]
            .filter((one) => one.checkVisibility() && !one.labels?.length
                && !(one.getAttribute("aria-label") || one.textContent.trim())).map((one) => one.outerHTML)"""
    )
    assert nameless == []
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await page.get_by_label("Gửi ảnh hoặc vị trí").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem").first).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Chọn ảnh trong máy")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_label("Gửi ảnh hoặc vị trí")).to_be_focused()
