"""Photos: albums, files, the sixth, what is no picture, and the place a file may hold."""

from __future__ import annotations

from io import BytesIO

from PIL import ExifTags, Image
from sqlalchemy import select, update

from bot import photos
from bot.flow.inbox import incoming
from bot.store.tables import Photo, WebMessage
from bot.talk.photo_place import photo_arrived
from bot.talk.speaker import Speaker, speak
from tests.handlers.reporting import (
    AGREE,
    all_photos,
    draft_of,
    only_report,
    photo_roles,
    to_summary,
    with_label,
)
from tests.harness import User, World, jpeg

USE_IT = "📌 Lấy vị trí trong ảnh"


def jpeg_taken_at(lat: float, lon: float) -> bytes:
    picture, exif, out = Image.new("RGB", (64, 48)), Image.Exif(), BytesIO()
    exif[ExifTags.IFD.GPSInfo] = {
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLatitude: (lat, 0.0, 0.0),
        ExifTags.GPS.GPSLongitudeRef: "E",
        ExifTags.GPS.GPSLongitude: (lon, 0.0, 0.0),
    }
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


async def album(user: User, count: int, name: str = "a1") -> None:
    for _ in range(count):
        await user.sends_photo(media_group_id=name)


async def test_an_album_is_answered_once_and_counted_truly(world: World) -> None:
    lan = world.user()
    await album(lan, 3)
    assert len(lan.heard) == 1
    await lan.sends_location()
    await lan.presses("Khác")
    assert "📷 3 ảnh" in lan.last.text
    await lan.presses(AGREE)
    assert await photo_roles(world, await only_report(world)) == ["before"] * 3


async def test_an_album_in_one_batch_is_answered_once(world: World) -> None:
    lan = world.user()
    await world.app.inbox.put("telegram", [incoming("telegram", _album_part(lan.id, n)) for n in range(1, 8)])
    await world.settle()
    assert ["Rác ở đâu" in one.text for one in lan.heard] == [True, False]
    assert "tối đa 5 ảnh" in lan.last.text  # the sixth and the seventh, refused once
    draft = await draft_of(world, lan)
    assert draft and len(draft.data["photos"]) == 5


def _album_part(user_id: int, number: int) -> dict[str, object]:
    size = {"file_id": f"p{number}", "file_unique_id": f"u{number}", "width": 9, "height": 9}
    return {
        "update_id": 7_000 + number,
        "message": {
            "message_id": 7_000 + number,
            "date": 0,
            "chat": {"id": user_id, "type": "private"},
            "from": {"id": user_id, "is_bot": False, "first_name": "Lan"},
            "media_group_id": "big",
            "photo": [size],
        },
    }


async def test_photos_one_by_one_are_counted_aloud(world: World) -> None:
    lan = world.user()
    await lan.sends_photo()
    await lan.sends_photo()
    assert "Đã có 2 ảnh" in lan.last.text
    assert "Rác ở đâu" in lan.last.text


async def test_the_sixth_photo_is_refused_kindly(world: World) -> None:
    lan = world.user()
    for _ in range(6):
        await lan.sends_photo()
    assert "tối đa 5 ảnh" in lan.last.text
    assert len(await all_photos(world)) == 5


async def test_the_same_file_twice_counts_once(world: World) -> None:
    lan = world.user()
    size = {"file_id": "same1", "file_unique_id": "same", "width": 9, "height": 9}
    world.telegram.files["same1"] = jpeg()
    await lan.message(photo=[size])
    await lan.message(photo=[size])
    assert len(await all_photos(world)) == 1


async def test_a_caption_becomes_the_description(world: World) -> None:
    lan = world.user()
    await lan.sends_photo(caption="Nằm ngay cổng chùa")
    await lan.sends_location()
    await lan.presses("Khác")
    assert "✍️ Nằm ngay cổng chùa" in lan.last.text


async def test_an_image_file_is_kept_uncompressed(world: World) -> None:
    lan = world.user()
    await lan.sends_document(jpeg(), name="IMG_7.JPG", mime="application/octet-stream")
    [photo] = await all_photos(world)
    assert not photo.compressed
    assert photo.state == "ready"
    assert "Rác ở đâu" in lan.last.text


async def test_a_file_over_20_mb_is_refused_and_the_draft_kept(world: World) -> None:
    lan = world.user()
    await lan.sends_photo()
    await lan.sends_document(b"", document={"file_size": 21 * 1024 * 1024})
    assert "20 MB" in lan.last.text
    assert len(await all_photos(world)) == 1
    assert (await draft_of(world, lan)) is not None


async def test_videos_and_other_files_are_refused_and_the_draft_kept(world: World) -> None:
    lan = world.user()
    await lan.sends_photo()
    await lan.sends_document(b"%PDF", name="don.pdf", mime="application/pdf")
    assert "JPG" in lan.last.text
    await lan.message(video={"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1})
    assert "JPG" in lan.last.text
    draft = await draft_of(world, lan)
    assert draft and draft.step == "place"


async def test_a_broken_image_shows_in_the_summary(world: World) -> None:
    lan = world.user()
    await lan.sends_document(b"no picture at all")
    await lan.sends_location()
    await lan.presses("Khác")
    assert "1 ảnh không đọc được" in lan.last.text


async def test_a_photo_at_the_summary_is_added(world: World) -> None:
    lan = world.user()
    await to_summary(lan)
    await lan.sends_photo()
    assert "Đã có 2 ảnh" in lan.last.text
    assert AGREE in lan.last.labels
    await album(lan, 2)
    await lan.presses(AGREE)
    assert len(await photo_roles(world, await only_report(world))) == 4


async def test_a_photo_after_the_place_leads_to_the_kind(world: World) -> None:
    lan = world.user()
    await lan.sends_location()
    await lan.sends_photo()
    assert "✏️ Sai xã" in lan.last.labels


async def arrived(world: World) -> None:
    """What the application does when a photo was fetched."""
    for photo in await all_photos(world):
        async with world.app.store.transaction() as connection:
            speaker = Speaker(world.app.services, connection)
            await photo_arrived(speaker, photo.id)
            await speak(speaker, connection)
    await world.settle()


async def test_a_files_own_place_is_offered_and_used_only_when_pressed(world: World) -> None:
    lan = world.user()
    await lan.sends_document(jpeg_taken_at(9.8044, 106.4496))
    await arrived(world)
    assert "Xã Cầu Ngang" in lan.last.text
    draft = await draft_of(world, lan)
    assert draft and draft.data.get("commune") is None
    await lan.presses(USE_IT)
    assert "✏️ Sai xã" in lan.last.labels
    await lan.presses("Khác")
    await lan.presses(AGREE)
    report = await only_report(world)
    assert report.lat is not None
    assert abs(report.lat - 9.8044) < 1e-6
    assert (await all_photos(world))[0].gps_lat is None


async def test_a_files_place_is_offered_once_and_not_outside(world: World) -> None:
    lan = world.user()
    await lan.sends_document(jpeg_taken_at(21.03, 105.85))
    await arrived(world)
    assert with_label(lan, USE_IT) == []
    await lan.sends_document(jpeg_taken_at(9.8044, 106.4496))
    await arrived(world)
    await lan.sends_photo()
    await arrived(world)
    assert len(with_label(lan, USE_IT)) == 1


async def test_a_forged_gps_button_changes_nothing(world: World) -> None:
    lan, ba = world.user(), world.user()
    await ba.sends_document(jpeg_taken_at(9.8044, 106.4496))
    await lan.sends_photo()
    theirs = (await all_photos(world))[0].id
    draft = await draft_of(world, lan)
    assert draft
    for data in (
        f"1:report.gps:{draft.id}:{theirs}",
        f"1:report.gps:{draft.id}:x",
        "1:report.gps",
        "1:report.gps:a:b",
    ):
        assert "cũ rồi" in str(await lan.presses_data(data, lan.last))
    after = await draft_of(world, lan)
    assert after and after.data.get("commune") is None


async def test_a_place_that_comes_after_sending_is_forgotten(world: World) -> None:
    lan = world.user()
    await lan.sends_document(jpeg_taken_at(9.8044, 106.4496))
    await lan.sends_location()
    await lan.presses("Khác")
    await lan.presses(AGREE)
    [photo] = await all_photos(world)
    async with world.session() as session:
        await session.execute(update(Photo).where(Photo.id == photo.id).values(gps_lat=9.8, gps_lon=106.4))
    await arrived(world)
    assert (await all_photos(world))[0].gps_lat is None


async def test_a_web_upload_is_used_as_it_is_and_its_place_offered_at_once(world: World) -> None:
    async with world.session() as session:
        await photos.add_ready(session, "uploaded", (9.8044, 106.4496), world.clock.now())
    size = {"file_id": "uploaded", "file_unique_id": "uploaded", "width": 9, "height": 9}
    message = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "Web"},
        "photo": [size],
    }
    await world.app.inbox.put("web", [incoming("web", {"update_id": 1, "message": message})])
    await world.settle()
    [photo] = await all_photos(world)
    assert photo.owner_id is not None
    async with world.session() as session:
        found = await session.execute(select(WebMessage.payload).order_by(WebMessage.seq))
        told = [payload["html"] for payload in found.scalars()]
    assert ["Rác ở đâu" in one for one in told] == [True, False]
    assert "Xã Cầu Ngang" in told[1]
