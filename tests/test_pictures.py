"""Pictures: whatever was sent becomes a clean JPEG of bounded size, or is refused."""

from __future__ import annotations

import struct
import threading
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import ExifTags, Image

from bot.pictures import LONGEST_SIDE, MOST_BYTES, THUMB_SIDE, BadPictureError, clean

GPS = {1: "N", 2: (9.0, 48.0, 15.84), 3: "E", 4: (106.0, 26.0, 58.56)}


def picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **save: Any) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, form, **save)
    return out.getvalue()


def with_exif(gps: dict[int, Any] | None = None, orientation: int = 1, **more: Any) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SecretCamera"
    exif[ExifTags.Base.Orientation] = orientation
    if gps is not None:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    return picture(exif=exif, comment=b"SecretComment", **more)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    ("form", "mode"),
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"),
     ("WEBP", "RGBA"), ("GIF", "P"), ("BMP", "RGB"), ("TIFF", "RGB"), ("PNG", "I;16")],
)  # fmt: skip
def test_every_common_kind_becomes_a_jpeg(form: str, mode: str) -> None:
    cleaned = clean(picture(form, mode=mode))
    for content in (cleaned.full, cleaned.thumb):
        assert (opened(content).format, opened(content).mode) == ("JPEG", "RGB")


def test_metadata_is_gone_and_the_place_is_told() -> None:
    cleaned = clean(with_exif(GPS))
    assert cleaned.gps == pytest.approx((9.8044, 106.4496), abs=1e-4)
    for content in (cleaned.full, cleaned.thumb):
        assert not opened(content).getexif()
        assert b"Secret" not in content and b"Exif" not in content


@pytest.mark.parametrize(
    "gps",
    [
        None, {}, {1: "N"}, GPS | {2: (99.0, 0.0, 0.0)}, GPS | {2: ("a", "b", "c")}, GPS | {2: (1.0,)},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}, GPS | {4: (181.0, 0.0, 0.0)},
    ],
)  # fmt: skip
def test_a_broken_place_counts_as_none(gps: dict[int, Any] | None) -> None:
    try:
        content = with_exif(gps)
    except Exception:  # Pillow writes no such block; nor will a camera
        content = with_exif(None)
    assert clean(content).gps is None


def test_south_and_west_are_negative() -> None:
    cleaned = clean(with_exif(GPS | {1: "S", 3: "W"}))
    assert cleaned.gps == pytest.approx((-9.8044, -106.4496), abs=1e-4)


def test_a_picture_lying_on_its_side_is_set_upright() -> None:
    assert opened(clean(with_exif(orientation=6, size=(80, 40))).full).size == (40, 80)


def test_large_pictures_shrink_and_small_ones_stay() -> None:
    large = clean(picture(size=(4000, 3000)))
    assert max(opened(large.full).size) == LONGEST_SIDE
    assert max(opened(large.thumb).size) == THUMB_SIDE
    assert opened(clean(picture(size=(10, 5))).full).size == (10, 5)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0" * 100, b"GIF89a", picture()[:200], picture("PNG")[:60], b"<svg xmlns='x'/>", bomb(0, 0),
        b"%PDF-1.4", b"\xff\xd8\xff\xe1" + b"A" * 500, bomb(30_000, 30_000), bomb(2**31 - 1, 2**31 - 1),
        bomb(5000, 5000), b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
)  # fmt: skip
def test_what_is_broken_or_a_bomb_is_refused(content: bytes) -> None:
    with pytest.raises(BadPictureError):
        clean(content)


def test_21_megabytes_are_refused_before_they_are_opened() -> None:
    with pytest.raises(BadPictureError, match="20 MB"):
        clean(picture() + b"\0" * MOST_BYTES)


def test_cleaning_in_several_threads_changes_no_global_warning(recwarn: pytest.WarningsRecorder) -> None:
    results: list[object] = []

    def work(content: bytes) -> None:
        try:
            results.append(clean(content))
        except BadPictureError as error:
            results.append(error)

    threads = [
        threading.Thread(target=work, args=(bomb(12_000, 9000) if n % 2 else picture(),)) for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(result, BadPictureError) for result in results) == 3
    assert len(results) == 6 and not recwarn.list
