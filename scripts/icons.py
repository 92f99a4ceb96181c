"""Renders every emoji that posters may show to content/icons, and removes those no longer used.

python -m scripts.icons [path of NotoColorEmoji.ttf]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.posters.icons import FOLDER, icon_path
from bot.posters.poster import LEAF

CONTENT = Path(__file__).resolve().parent.parent / "content"
FONT = Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
STRIKE = 109  # the one size in which the font holds its bitmaps, 136 × 128 pixels each
SIDE = 160
SHOWN = ("sorting/groups.yaml", "tips/topics.yaml", "tips/*/*.md", "laws.yaml")
COLOURS = 96
_ICON = re.compile(r"""^[\s-]*icon:\s*["']?([^"'\s#,}]+)""", re.MULTILINE)


def used(content_dir: Path) -> Iterator[str]:
    """The icons of groups, topics, tips and laws, and the bot's own."""
    yield LEAF
    for glob in SHOWN:
        for path in sorted(content_dir.glob(glob)):
            yield from _ICON.findall(path.read_text(encoding="utf-8"))


def render(emoji: str, font: ImageFont.FreeTypeFont) -> Image.Image:
    """A square of SIDE pixels, the emoji in the middle. Raises ValueError when the font has none."""
    drawn = Image.new("RGBA", (4 * STRIKE, 2 * STRIKE))
    ImageDraw.Draw(drawn).text((STRIKE, 0), emoji, font=font, embedded_color=True)
    box = drawn.getbbox()
    if box is None:
        raise ValueError(f"the font has no {emoji!r}")
    cut = drawn.crop(box)
    scale = SIDE / max(cut.size)
    cut = cut.resize((round(cut.width * scale), round(cut.height * scale)), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (SIDE, SIDE))
    square.paste(cut, ((SIDE - cut.width) // 2, (SIDE - cut.height) // 2))
    return square.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def main(font_path: Path) -> None:
    font = ImageFont.truetype(str(font_path), STRIKE)
    wanted = {icon_path(CONTENT, emoji): emoji for emoji in used(CONTENT)}
    (CONTENT / FOLDER).mkdir(exist_ok=True)
    for path, emoji in wanted.items():
        if not path.exists():
            render(emoji, font).save(path, optimize=True)
            print(f"new: {emoji} {path.name}")
    for path in (CONTENT / FOLDER).glob("*.png"):
        if path not in wanted:
            path.unlink()
            print(f"removed: {path.name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FONT)
