"""What a citizen does, with the labels and commands that other programs press."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.town import AGREE, MENU, RESOLVE, TAKE, Town, code_in, toast
from tests.botapi import Sent, User

pytestmark = pytest.mark.asyncio(loop_scope="module")
KINDS = [
    *("Rác sinh hoạt", "Xà bần", "Rác nguy hại", "Rác nông nghiệp", "Rác trên sông, kênh"),
    *("Xác vật nuôi", "Đốt rác", "Khác", "✏️ Sai xã"),
]


async def test_a_report_takes_four_messages_and_ends_clean(town: Town) -> None:
    lan = town.newcomer()
    await lan.sends("/start")
    assert (await lan.hears()).keyboard_labels == MENU
    await lan.sends("📸 Báo điểm rác")
    assert (await lan.hears("ảnh")).keyboard_labels == ["📍 Gửi vị trí hiện tại", "❌ Huỷ"]
    await lan.sends_photo()
    asked = await lan.hears("Rác ở đâu")
    await lan.taps(asked, "📍 Gửi vị trí hiện tại", location=town.place())
    kinds = await lan.hears("trước đây là thị trấn Cầu Ngang")
    assert kinds.labels == KINDS
    await lan.presses(kinds, "Xà bần")
    summary = await lan.hears("coi lại")
    assert summary.labels == [AGREE, "✍️ Thêm mô tả", "✏️ Sửa", "❌ Huỷ"]
    await lan.presses(summary, AGREE)
    receipt = await lan.hears("Mã phản ánh")
    code = code_in(receipt)
    assert receipt.keyboard_labels == MENU
    card = await town.admin.hears(code)
    assert "Ý kiến: 1" in card.text and "Lan" not in card.text and str(lan.id) not in str(card.message)
    await town.admin.presses(card, TAKE)
    await lan.hears(f"{code}: cán bộ đã nhận")
    await town.admin.presses(card, RESOLVE)
    question = await town.admin.hears(lambda one: one.forces_reply)
    assert code in question.text
    await town.admin.sends_photo(reply_to=question)
    resolved = await lan.hears(f"{code}: đã xử lý")
    assert resolved.method == "sendPhoto"
    assert resolved.labels == ["👍 Đã sạch", "👎 Chưa sạch"]
    await lan.presses(resolved, "👍 Đã sạch")
    assert (await lan.hears("đã sạch. Cảm ơn")).labels == []


async def test_a_second_press_on_send_files_nothing_twice(town: Town) -> None:
    lan = town.newcomer()
    summary = await town.summary(lan)
    await lan.presses(summary, AGREE)
    code = code_in(await lan.hears("Mã phản ánh"))
    assert code in await toast(lan, summary, AGREE)
    await lan.sends("/theodoi")
    assert "(1)" in (await lan.hears("Phản ánh của bạn")).text


async def test_a_neighbour_adds_a_voice_and_hears_the_news(town: Town) -> None:
    lan, tam, place = town.newcomer(), town.newcomer("Tám"), town.place()
    code = await town.report(lan, place, "Đốt rác")
    card = await town.admin.hears(code)
    alike = await town.summary_of_alike(tam, place, "Đốt rác")
    await tam.presses(alike, "👍 Đúng chỗ này")
    assert code in (await tam.hears("Đã thêm ý kiến")).text
    assert await town.admin.hears(lambda one: one.message_id == card.message_id and "Ý kiến: 2" in one.text)
    await town.admin.presses(card, TAKE)
    for one in (lan, tam):
        await one.hears(f"{code}: cán bộ đã nhận")
    await tam.sends(f"/theodoi {code}")
    assert (await tam.hears(lambda one: "➕ Bổ sung" in one.labels)).labels == ["➕ Bổ sung"]


async def test_adding_and_withdrawing(town: Town) -> None:
    lan = town.newcomer()
    code = await town.report(lan)
    receipt = lan.heard[-1]
    card = await town.admin.hears(code)
    await lan.replies(receipt, "gần cây <cầu>")
    await lan.hears(f"Đã thêm vào phản ánh {code}")
    assert "gần cây <cầu>" in (await town.admin.hears("người dân bổ sung")).text
    await lan.sends(code.lower().replace("-", " "))
    view = await lan.hears(lambda one: "🗑 Rút phản ánh" in one.labels)
    assert view.labels == ["➕ Bổ sung", "🗑 Rút phản ánh"]
    await lan.presses(view, "🗑 Rút phản ánh")
    await lan.presses(await lan.hears("Rút"), "🗑 Rút luôn")
    await lan.hears(f"Đã rút {code}")
    closed = await town.admin.hears(lambda one: one.message_id == card.message_id and "Đã rút" in one.text)
    assert closed.labels == []


async def test_links_open_what_they_name(town: Town) -> None:
    lan, eve = town.newcomer(), town.newcomer("Eve")
    code = await town.report(lan)
    await lan.sends(f"/start r_{code}")
    await lan.hears(lambda one: code in one.text and "🗑 Rút phản ánh" in one.labels)
    await eve.sends(f"/start r_{code}")
    assert "không thấy" in (await eve.hears(code)).text
    await lan.sends("/start t_giam-nhua")
    assert "➡️ Mẹo khác" in (await lan.hears("Nguồn")).labels
    await lan.sends("/start x_29416")
    assert (await lan.hears("xã Cầu Ngang")).keyboard_labels == MENU
    for payload in ("x_1", "t_none", "zzz", "r_", "s_forged"):
        await lan.sends(f"/start {payload}")
        await lan.hears()


@pytest.mark.parametrize(
    "words",
    [
        "9.8044, 106.4496",
        "9,8044 106,4496",
        "https://www.google.com/maps?q=9.8044,106.4496",
        "9°48'15.8\"N 106°26'58.6\"E",
        "cho cau ngang",
        "<b>chợ</b> & xã Cầu Ngang",
    ],
)
async def test_a_place_in_words(town: Town, words: str) -> None:
    lan = town.newcomer()
    await lan.sends_photo()
    await lan.hears("Rác ở đâu")
    await lan.sends(words)
    assert (await lan.hears("xã Cầu Ngang" if "ang" in words else "Xã Cầu Ngang")).labels == KINDS


async def test_everything_in_english(town: Town) -> None:
    john = town.newcomer("John")
    await john.sends("/ngonngu")
    choice = await john.hears(lambda one: "English" in one.labels)
    assert choice.labels == ["Tiếng Việt", "English", "ភាសាខ្មែរ"]
    await john.presses(choice, "English")
    assert "📸 Report rubbish" in (await john.hears("English")).keyboard_labels
    heard = len(john.heard)
    await john.sends("/report")
    await john.hears("photo")
    await john.sends_photo()
    await john.hears("Where is the rubbish?")
    await john.sends_location(*town.place())
    await john.presses(await john.hears("What kind"), "Household waste")
    await john.presses(await john.hears("check, then send"), "✅ Agree and send")
    code = code_in(await john.hears("Report code"))
    card = await town.admin.hears(code)
    await town.admin.presses(card, TAKE)
    await john.hears(f"{code}: an officer has taken it")
    for command in ("/sort", "/tips", "/status", "/reminders", "/privacy", "/help", "/cancel", "/none"):
        await john.sends(command)
        await john.hears()
    vietnamese = {"bạn", "bà con", "của", "không"}
    told = [
        one.text for one in john.heard[heard:] if "Report code" not in one.text
    ]  # tips are not translated
    assert not [text for text in told if vietnamese & set(text.lower().split())]


async def test_my_data_goes_home_and_is_erased(town: Town) -> None:
    lan = town.newcomer()
    code = await town.report(lan)
    card = await town.admin.hears(code)
    await lan.sends("/dulieu")
    shown = await lan.hears("đang giữ gì")
    await lan.presses(shown, "📄 Tải về")
    document = (await lan.hears(lambda one: one.method == "sendDocument")).message["document"]
    exported = json.loads(town.api.world.files.by_id[document["file_id"]].content)
    assert [one["code"] for one in exported["reports"]] == [code]
    await lan.presses(shown, "🗑 Xóa dữ liệu")
    await lan.presses(await lan.hears("không lấy lại được"), "🗑 Xóa hết")
    await lan.hears("Đã xóa")
    await lan.sends(code)
    assert "không thấy" in (await lan.hears(code)).text
    lan.forget()
    await town.admin.presses(card, TAKE)
    await town.admin.hears(lambda one: one.message_id == card.message_id and "Đang xử lý" in one.text)
    await lan.hears_nothing(0.3)


async def _says_sticker(user: User) -> None:
    await user.sends_sticker()


async def _says_voice(user: User) -> None:
    await user.sends_voice()


async def _says_video(user: User) -> None:
    await user.sends_video()


async def _says_contact(user: User) -> None:
    await user.sends_contact()


async def _says_poll(user: User) -> None:
    await user.sends_poll()


async def _says_dice(user: User) -> None:
    await user.sends_anything({"dice": {"emoji": "🎲", "value": 3}})


async def _says_nonsense(user: User) -> None:
    await user.sends("asdf qwer")


async def _says_unknown_command(user: User) -> None:
    await user.sends("/khongco")


async def _says_much(user: User) -> None:
    await user.sends("rác " * 1024)


async def _says_html(user: User) -> None:
    await user.sends("<b>&<i> </script>")


async def _says_right_to_left(user: User) -> None:
    await user.sends("\u202eابجد\u0301\u0301\u0301 \u200f")


@pytest.mark.parametrize(
    "says",
    [
        *(_says_sticker, _says_voice, _says_video, _says_contact, _says_poll, _says_dice),
        *(_says_nonsense, _says_unknown_command, _says_much, _says_html, _says_right_to_left),
    ],
)
async def test_what_is_not_understood_gets_one_line_and_three_buttons(town: Town, says: object) -> None:
    assert callable(says)
    lan = town.newcomer("<b>Lan</b>")
    await says(lan)
    answer: Sent = await lan.hears()
    assert len(answer.text) <= 160 and "\n" not in answer.text
    assert len(answer.labels) == 3


FORGED = [
    *("", "x", "1:", "\u0000", "é" * 30, "9:report.send:a:b", "1:report.send", "1:report.send:abc:1"),
    *("1:report.view:999999999999999999999", "1:report.view:-1", "1:report.list:-5", "1:report.list:9e9"),
    *("1:report.same:a:1:1", "1:report.gps:a:1", "1:report.judge:1:dirty", "1:report.pull:1:yes"),
    *(
        "1:duty.take:1",
        "1:duty.done:1:1:collector",
        "1:duty.why:1:1:x",
        "1:duty.send:a:1",
        "1:duty.leave:1:1",
    ),
    *("1:staff.open:1", "1:invite.all:x", "1:faults.retry", "1:language.set:xx", "1:sort.card:nope"),
    *("1:sort.group:tai_che:99999", "1:tips.next:zz", "1:cancel:9"),
]


async def test_forged_buttons_are_answered_and_do_nothing(town: Town) -> None:
    owner, eve = town.newcomer(), town.newcomer("Eve")
    code = await town.report(owner)
    await eve.sends("/start")
    message = await eve.hears()
    for press in [eve.presses_data(message, data) for data in FORGED]:
        await press.answer()
    await owner.sends(code)
    assert "Đã tiếp nhận" in (await owner.hears(code)).text
    assert (await town.bot.health())[1]["dead"] == 0
