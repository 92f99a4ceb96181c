"""Bad input and a bad platform: pictures that are none, downloads and sends that fail."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.acceptance.town import AGREE, Town, code_in
from tests.botapi import Sent, small_jpeg

pytestmark = pytest.mark.asyncio(loop_scope="module")


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("content", [b"\xff\xd8 no picture", bomb()], ids=["broken", "bomb"])
async def test_a_picture_that_is_none_is_said_and_shows_on_the_card(town: Town, content: bytes) -> None:
    lan = town.newcomer()
    await lan.sends_document(content, "anh.png", "image/png")
    await lan.hears("Đã nhận ảnh")
    await lan.sends_location(*town.place())
    await lan.presses(await lan.hears("Đây là rác gì"), "Khác")
    await lan.presses(await lan.hears("coi lại"), AGREE)
    code = code_in(await lan.hears("Mã phản ánh"))
    await town.admin.hears(lambda one: code in one.text and "1 ảnh không tải được" in one.text)


async def test_21_megabytes_are_refused_and_the_sixth_photo_too(town: Town) -> None:
    lan = town.newcomer()
    await lan.sends_document(b"x", "anh.jpg", size=21 * 2**20)
    await lan.hears("20 MB")
    await lan.sends_album([None] * 7, caption="đống rác & <b>")
    await lan.hears("tối đa 5 ảnh")
    await lan.sends_location(*town.place())
    await lan.presses(await lan.hears("Đây là rác gì"), "Khác")
    summary = await lan.hears("coi lại")
    assert "5 ảnh" in summary.text and "đống rác & <b>" in summary.text


@pytest.mark.parametrize("place", [(95.0, 300.0), (10.7, 106.7)], ids=["nowhere", "elsewhere"])
async def test_a_place_that_cannot_be_is_refused(town: Town, place: tuple[float, float]) -> None:
    lan = town.newcomer()
    await lan.sends_location(*place)
    assert (await lan.hears()).labels == []
    await lan.sends_location(*town.place())
    await lan.hears("Xã Cầu Ngang")


async def test_a_file_that_comes_late_reaches_the_card(town: Town) -> None:
    town.api.faults.error(500, "Internal Server Error", method="file")
    lan = town.newcomer()
    await lan.sends_document(small_jpeg())
    await lan.hears("Rác ở đâu")
    await lan.sends_location(*town.place())
    await lan.presses(await lan.hears("Đây là rác gì"), "Khác")
    await lan.presses(await lan.hears("coi lại"), AGREE)
    code = code_in(await lan.hears("Mã phản ánh"))
    await town.admin.hears(lambda one: code in one.text and "1 ảnh" in one.text)
    await town.admin.hears(lambda one: code in one.text and one.method == "sendPhoto", timeout=8)


async def test_a_file_that_never_comes_shows_on_the_card(town: Town) -> None:
    town.api.faults.error(500, "Internal Server Error", method="file", times=None)
    lan = town.newcomer()
    await lan.sends_document(small_jpeg())
    await lan.hears("Rác ở đâu")
    await lan.sends_location(*town.place())
    await lan.presses(await lan.hears("Đây là rác gì"), "Khác")
    await lan.presses(await lan.hears("coi lại"), AGREE)
    code = code_in(await lan.hears("Mã phản ánh"))
    shown = await town.admin.hears(lambda one: code in one.text and "tải chưa được" in one.text)
    assert shown.method != "sendPhoto" and shown.labels
    town.api.faults.clear()


async def answers(town: Town, seconds: float) -> list[Sent]:
    """What a newcomer hears within this time of asking for help."""
    lan = town.newcomer()
    await lan.sends("/trogiup")
    await lan.hears("giúp được gì", timeout=seconds)
    await lan.hears_nothing(0.5)
    return lan.heard


async def test_what_surely_did_not_arrive_is_sent_again(town: Town) -> None:
    town.api.faults.error(502, "Bad Gateway", method="sendMessage", times=2)
    assert len(await answers(town, 8)) == 1


async def test_what_may_have_arrived_is_repeated_once(town: Town) -> None:
    town.api.faults.reset(method="sendMessage", accepted=True)
    lan = town.newcomer()
    await lan.sends("/trogiup")
    await lan.hears("giúp được gì")
    await lan.hears("giúp được gì", timeout=8)
    await lan.hears_nothing(0.5)
    assert (await town.bot.health())[1]["unknown"] >= 1


async def test_retry_after_is_honoured_for_the_chat_alone(town: Town) -> None:
    slow, quick = town.newcomer(), town.newcomer()
    town.api.faults.flood(2.0, chat=slow.id)
    await slow.sends("/trogiup")
    await quick.sends("/trogiup")
    await quick.hears(timeout=1)
    await slow.hears(timeout=8)
    first, second = (one for one in town.api.record.seen if one.chat_id == slow.id)
    assert (first.code, second.code) == (429, 200)
    assert second.at - first.at >= 2.0


async def test_after_an_outage_everything_is_answered(town: Town) -> None:
    lan = town.newcomer()
    await lan.sends("/huy")
    await lan.hears()
    async with town.api.outage():
        await lan.sends("/trogiup")
    await lan.hears("giúp được gì", timeout=10)
    status, health = await town.bot.health()
    assert (status, health["dead"]) == (200, 0)
