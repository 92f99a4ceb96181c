"""Turns whatever picture somebody sent into a clean JPEG: no metadata, upright, of bounded size."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2048
THUMB_SIDE = 480
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")  # a phone's MPO opens as JPEG


class BadPictureError(Exception):
    """Not a picture that can be shown. `str()` says why, in English, for the log."""


@dataclass(frozen=True, slots=True)
class Picture:
    """JPEG bytes, and where the file said it was taken (WGS84) if it did."""

    full: bytes
    thumb: bytes
    gps: tuple[float, float] | None


def clean(raw: bytes) -> Picture:
    """Blocks for up to about a second: run it in a thread. Raises BadPictureError."""
    from PIL import Image, ImageOps

    if len(raw) > MOST_BYTES:
        raise BadPictureError("over 20 MB")
    Image.MAX_IMAGE_PIXELS = None  # its warning is global; the own limit below holds in every thread
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise BadPictureError("too many pixels")
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            gps = _gps(opened)
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except BadPictureError:
        raise
    except Exception as error:  # Pillow's decoders raise almost anything on broken files
        raise BadPictureError(f"{type(error).__name__}: {error}") from error
    return Picture(_jpeg(upright, LONGEST_SIDE, 85), _jpeg(upright, THUMB_SIDE, 78), gps)


def _jpeg(picture: object, side: int, quality: int) -> bytes:
    from PIL import Image

    assert isinstance(picture, Image.Image)
    shrunk = picture.copy()
    shrunk.info.clear()  # Pillow would write comments and profiles back
    shrunk.thumbnail((side, side))
    out = BytesIO()
    shrunk.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _gps(picture: object) -> tuple[float, float] | None:
    """Both coordinates or none; a broken block counts as none."""
    from PIL import ExifTags, Image

    assert isinstance(picture, Image.Image)
    try:
        block = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat = _degrees(block[ExifTags.GPS.GPSLatitude], block[ExifTags.GPS.GPSLatitudeRef], "S")
        lon = _degrees(block[ExifTags.GPS.GPSLongitude], block[ExifTags.GPS.GPSLongitudeRef], "W")
    except Exception:  # written by thousands of cameras, some of them wrong
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon) else None


def _degrees(parts: tuple[float, float, float], ref: str, negative: str) -> float:
    degrees, minutes, seconds = map(float, parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if ref == negative else value
