"""A poster as pixels. Imported when the first one is wanted, because Pillow takes memory."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from bot.pictures import Picture
from bot.posters.colours import WHITE, Rgb, mixed, rgb
from bot.posters.layout import (
    BOX_SIDE,
    FOOT_TOP,
    HEIGHT,
    MARGIN,
    NAME_ROW,
    TEXT_WIDTH,
    WIDTH,
    Laid,
    Layout,
    lay_out,
)
from bot.posters.letters import Lines, font
from bot.posters.poster import Poster

INK, SOFT, GREEN = (22, 36, 29), (77, 94, 85), (10, 95, 62)
TONES: dict[str, tuple[Rgb, Rgb]] = {  # accent and ground of a box
    "danger": ((163, 29, 23), (253, 233, 231)),
    "doubt": ((107, 66, 0), (255, 242, 207)),
}
NAME, NOTE = "Trà Vinh Xanh", "Thông tin tham khảo"
FINE = 4  # how much finer curves are drawn before they are shrunk
THUMB = (720, 900)
Box = tuple[int, int, int, int]


def draw(poster: Poster, icon: bytes | None, leaf: bytes | None) -> Picture:
    """`icon` and `leaf` are PNG files; without one its place stays empty. Raises what Pillow raises."""
    layout = lay_out(poster)
    colour = rgb(poster.colour)
    picture = Image.new("RGB", (WIDTH, HEIGHT), mixed(WHITE, colour, 0.05))
    _Painter(picture, colour).all_of(poster, layout, icon, leaf)
    return Picture(_jpeg(picture, 82), _jpeg(picture.resize(THUMB, Image.Resampling.LANCZOS), 75), None)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    # Full colour resolution, for the edges of white letters on red.
    picture.save(out, "JPEG", quality=quality, subsampling=0, optimize=True, progressive=True)
    return out.getvalue()


class _Painter:
    def __init__(self, picture: Image.Image, colour: Rgb) -> None:
        self._picture = picture
        self._draw = ImageDraw.Draw(picture)
        self._colour = colour
        self._dark = mixed(colour, (0, 0, 0), 0.15)

    def all_of(self, poster: Poster, layout: Layout, icon: bytes | None, leaf: bytes | None) -> None:
        style, title = layout.style, layout.title
        self._draw.rectangle((0, 0, WIDTH, layout.band), fill=self._colour)
        title_top = layout.band - style.bottom - title.height
        air = title_top - style.under_circle - style.circle - style.top  # where the band has grown
        self._head(poster, icon, style.top + air // 3, style.circle)
        self._lines(title, MARGIN, title_top, WHITE)
        y = layout.band + layout.gap
        for block in layout.blocks:
            self._block(block, y)
            y += block.height + layout.gap
        self._foot(layout, leaf)

    def _head(self, poster: Poster, icon: bytes | None, top: int, circle: int) -> None:
        x, radius = MARGIN, circle // 2
        if icon:
            self._rounded((x, top, x + circle, top + circle), radius, WHITE)
            self._icon(icon, x + radius, top + radius, round(circle * 0.68))
            x += circle + 30
        middle = top + radius
        self._draw.text((x, middle - 34), poster.kicker, WHITE, font(36), anchor="lm")
        self._pill(poster.pill, x, middle - 2)

    def _pill(self, text: str, x: int, y: int) -> None:
        size = 42
        while (width := font(size, bold=True).getlength(text)) > WIDTH - MARGIN - x - 56:
            size -= 2
        self._rounded((x, y, x + round(width) + 56, y + 70), 35, WHITE)
        self._draw.text((x + 28, y + 35), text, self._dark, font(size, bold=True), anchor="lm")

    def _block(self, laid: Laid, y: int) -> None:
        x, accent, ink = MARGIN, self._dark, INK
        if laid.box:
            accent, soft = TONES[laid.block.tone]
            self._rounded((x, y, x + TEXT_WIDTH, y + laid.height), 24, soft)
            self._rounded((x, y, x + 12, y + laid.height), 6, accent)
            x, y = x + BOX_SIDE, y + laid.box
            ink = INK if laid.label else accent
        if laid.label:
            self._lines(laid.label, x, y, accent)
            y += laid.label.height
        self._lines(laid.text, x, y, ink)

    def _foot(self, layout: Layout, leaf: bytes | None) -> None:
        y, x = layout.foot, MARGIN
        self._draw.line((x, y, WIDTH - x, y), mixed(WHITE, self._colour, 0.25), 2)
        y += FOOT_TOP
        if leaf:
            self._icon(leaf, x + 20, y + 22, 44)
            x += 56
        self._draw.text((x, y + 22), NAME, GREEN, font(36, bold=True), anchor="lm")
        self._draw.text((WIDTH - MARGIN, y + 22), NOTE, SOFT, font(28), anchor="rm")
        self._lines(layout.source, MARGIN, y + NAME_ROW, SOFT)

    def _lines(self, lines: Lines, x: int, y: int, colour: Rgb) -> None:
        """`y` is the top of the first line; letters stand in the middle of their line."""
        face = font(lines.size, bold=lines.bold)
        base = y + round(lines.leading / 2 + lines.size * 0.36)
        for number, line in enumerate(lines.words):
            self._draw.text((x, base + number * lines.leading), line, colour, face, anchor="ls")

    def _rounded(self, box: Box, radius: int, colour: Rgb) -> None:
        width, height = box[2] - box[0], box[3] - box[1]
        mask = Image.new("L", (width * FINE, height * FINE))
        edge = (0, 0, width * FINE - 1, height * FINE - 1)
        ImageDraw.Draw(mask).rounded_rectangle(edge, radius * FINE, fill=255)
        self._picture.paste(colour, box, mask.reduce(FINE))

    def _icon(self, png: bytes, x: int, y: int, side: int) -> None:
        """Around a point."""
        with Image.open(BytesIO(png), formats=("PNG",)) as opened:
            icon: Any = opened.convert("RGBA").resize((side, side), Image.Resampling.LANCZOS)
        self._picture.paste(icon, (x - side // 2, y - side // 2), icon)
