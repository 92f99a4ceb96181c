"""The place of a report, in every form people have for it."""

from __future__ import annotations

import pytest

from bot import people
from bot.address import address
from tests.handlers.reporting import AGREE, draft_of, only_report
from tests.harness import User, World


async def asked_where(world: World) -> User:
    lan = world.user()
    await lan.sends_photo()
    return lan


@pytest.mark.parametrize(
    "text",
    [
        "chợ Cầu Ngang",
        "cho cau ngang",
        "9.8044, 106.4496",
        "https://www.google.com/maps?q=9.8044,106.4496",
        "6PX8RC3X+QR",
    ],
)
async def test_words_links_and_codes_tell_the_commune(world: World, text: str) -> None:
    lan = await asked_where(world)
    await lan.sends(text)
    assert "xã Cầu Ngang" in lan.last.text or "Xã Cầu Ngang" in lan.last.text
    assert "✏️ Sai xã" in lan.last.labels


async def test_typed_words_become_the_address_without_a_point(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends("chợ Cầu Ngang")
    await lan.presses("Khác")
    await lan.presses(AGREE)
    report = await only_report(world)
    assert (report.address, report.lat, report.lon) == ("chợ Cầu Ngang", None, None)


async def test_bare_coordinates_leave_no_address(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends("9.8044, 106.4496")
    await lan.presses("Khác")
    await lan.presses(AGREE)
    report = await only_report(world)
    assert (report.address, report.lat) == ("", 9.8044)


async def test_a_venue_keeps_its_name(world: World) -> None:
    lan = await asked_where(world)
    at = {"latitude": 9.8044, "longitude": 106.4496}
    await lan.message(venue={"location": at, "title": "Chùa <Âng>", "address": "QL53"}, location=at)
    assert "Chùa &lt;Âng&gt;, QL53, xã Cầu Ngang" in lan.last.text


async def test_a_live_location_counts_with_its_first_point(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends_location(live_period=900, horizontal_accuracy=12.5)
    assert "Xã Cầu Ngang" in lan.last.text


async def test_a_location_out_of_the_blue_starts_a_report(world: World) -> None:
    lan = world.user()
    await lan.sends_location()
    assert "Xã Cầu Ngang" in lan.last.text
    assert lan.last.keys == ["Gửi không có ảnh", "❌ Huỷ"]


async def test_outside_the_province_is_said_and_asked_again(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends_location(21.03, 105.85)
    assert "ngoài tỉnh" in lan.last.text
    await lan.sends_location()
    assert "Xã Cầu Ngang" in lan.last.text


@pytest.mark.parametrize("text", ["999.5, 106.4", "95°10'N 106°20'E"])
async def test_coordinates_that_cannot_be_are_answered_kindly(world: World, text: str) -> None:
    lan = await asked_where(world)
    await lan.sends(text)
    assert "tọa độ" in lan.last.text


async def test_a_location_out_of_range_is_answered_kindly(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends_location(123.0, 456.0)
    assert "tọa độ" in lan.last.text


async def test_a_short_link_asks_for_another_form(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends("https://maps.app.goo.gl/AbCdEf")
    assert "rút gọn" in lan.last.text
    draft = await draft_of(world, lan)
    assert draft and draft.step == "place"


async def test_a_key_that_sends_its_label_is_explained(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends("📍 Gửi vị trí hiện tại")
    assert "không gửi được vị trí" in lan.last.text


async def test_several_communes_are_offered_with_why(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends("phường 1")
    assert lan.last.labels == [
        "Phường Trà Vinh",
        "Phường Duyên Hải",
        "Phường Long Châu",
        "Không có trong này",
    ]
    assert "trước đây là phường 1, thị xã Duyên Hải" in lan.last.text
    await lan.presses("Phường Duyên Hải")
    assert "phường 1, phường Duyên Hải" in lan.last.text
    await lan.presses("Khác")
    await lan.presses(AGREE)
    assert (await only_report(world)).address == "phường 1"


async def test_none_of_these_asks_for_the_name(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends("phường 1")
    await lan.presses("Không có trong này")
    assert "gõ tên xã" in lan.last.text
    await lan.sends("xã Mỹ Long")
    assert "phường 1, xã Mỹ Long, xã Mỹ Long" in lan.last.text


async def test_words_that_tell_nothing_are_kept_for_the_address(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends("đầu hẻm gần cây dầu")
    assert "ở xã nào" in lan.last.text
    assert lan.last.labels == []
    await lan.sends("xã Mỹ Long")
    assert "đầu hẻm gần cây dầu, xã Mỹ Long" in lan.last.text


async def test_a_preset_commune_is_only_a_hint(world: World) -> None:
    lan = await asked_where(world)
    async with world.session() as session:
        at = address("telegram", lan.id)
        person = (await people.load(session, [at]))[at]
        await people.set_commune(session, person, "29416")
    await lan.sends("đầu hẻm gần cây dầu")
    assert lan.last.labels == ["Xã Cầu Ngang", "Không có trong này"]
    await lan.presses("Xã Cầu Ngang")
    assert "đầu hẻm gần cây dầu, xã Cầu Ngang" in lan.last.text


async def test_a_wrong_commune_is_chosen_from_the_nearest_and_the_point_stays(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends_location()
    await lan.presses("✏️ Sai xã")
    offered = lan.last.labels
    assert len(offered) == 5
    assert "Xã Cầu Ngang" not in offered
    await lan.presses("Xã Mỹ Long")
    assert "Xã Mỹ Long" in lan.last.text
    await lan.presses("Khác")
    await lan.presses(AGREE)
    report = await only_report(world)
    assert report.lat == 9.8044
    assert world.app.services.library.knowledge.places.commune(report.commune_code).name == "Xã Mỹ Long"


async def test_a_wrong_commune_is_typed(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends("chợ Cầu Ngang")
    await lan.presses("✏️ Sai xã")
    await lan.sends("không biết nữa")
    assert "Chưa thấy" in lan.last.text
    await lan.sends("phường 1")
    assert "Phường Duyên Hải" in lan.last.labels
    await lan.sends("xã Mỹ Long")
    assert "chợ Cầu Ngang, xã Mỹ Long" in lan.last.text


async def test_a_new_location_at_the_summary_replaces_the_old(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends("chợ Cầu Ngang")
    await lan.presses("Khác")
    await lan.sends_location(9.9347, 106.3453)
    assert "Phường Trà Vinh" in lan.last.text
    assert AGREE in lan.last.labels
    await lan.presses(AGREE)
    report = await only_report(world)
    assert (report.lat, report.address) == (9.9347, "")


async def test_forged_communes_are_refused(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends("phường 1")
    draft = await draft_of(world, lan)
    assert draft
    for more in (":00000", "", ":x:y"):
        data = f"1:report.commune:{draft.id}:{draft.version}{more}"
        assert "cũ rồi" in str(await lan.presses_data(data, lan.last))
    after = await draft_of(world, lan)
    assert after and after.data.get("commune") is None


async def test_menu_keys_and_report_codes_are_no_places(world: World) -> None:
    lan = await asked_where(world)
    await lan.sends("TV-2611-9999")
    assert "không thấy" in lan.last.text
    await lan.sends("📋 Phản ánh của tôi")
    assert "chưa gửi phản ánh nào" in lan.last.text
    draft = await draft_of(world, lan)
    assert draft and draft.step == "place"


async def test_words_before_the_photo_tell_place_or_description(world: World) -> None:
    lan = world.user()
    await lan.sends("/baocao")
    await lan.sends("rác hôi quá trời")
    assert "Đã ghi mô tả" in lan.last.text
    await lan.sends("chợ Cầu Ngang")
    assert "xã Cầu Ngang" in lan.last.text
    await lan.sends_photo()
    await lan.presses("Khác")
    assert "✍️ rác hôi quá trời" in lan.last.text
