"""What the tests photograph: bags of rubbish by the road, and the same place when it is clean."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

BAGS = ((300, 330, 62), (390, 350, 74), (240, 380, 54), (350, 400, 66), (460, 390, 50))


def roadside(*, clean: bool) -> bytes:
    """A JPEG of 640 × 480."""
    picture = Image.new("RGB", (640, 480), (178, 214, 235))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 210, 640, 480), fill=(126, 156, 84))
    draw.polygon([(330, 210), (400, 210), (640, 480), (180, 480)], fill=(176, 160, 140))
    for number, (x, y, size) in enumerate(() if clean else BAGS):
        shade = (40 + 35 * number, 52 + 20 * number, 60)
        draw.ellipse((x - size, y - size, x + size, y + size // 2), fill=shade)
    out = BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()
