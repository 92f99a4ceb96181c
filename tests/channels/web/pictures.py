"""Small pictures for tests."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def jpeg(width: int = 64, height: int = 48, *, gps: bool = False) -> bytes:
    """A JPEG; with `gps` its EXIF says 9.9347 N, 106.3453 E."""
    out = BytesIO()
    exif = Image.Exif()
    if gps:
        block = {1: "N", 2: (9.0, 56.0, 4.92), 3: "E", 4: (106.0, 20.0, 43.08)}
        exif.get_ifd(0x8825).update(block)
    Image.new("RGB", (width, height), (30, 140, 80)).save(out, "JPEG", exif=exif)
    return out.getvalue()
