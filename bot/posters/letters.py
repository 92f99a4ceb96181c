"""Text in the bot's own font: measured, and broken into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
AT_WILL = 0.3  # of the width: so much narrower must lines be that break in the middle of a phrase
MOST_ALONE = 3  # words of a line that gives none of them to the next


@lru_cache(maxsize=64)
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Drawn letter by letter: a bare machine has no library for more, and Vietnamese needs none."""
    name = "BeVietnamPro-Bold.ttf" if bold else "BeVietnamPro-Regular.ttf"
    return ImageFont.truetype(str(FONTS / name), size, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class Lines:
    """A text as it is drawn. `leading` is the distance between the lines, in pixels."""

    words: tuple[str, ...]
    size: int
    bold: bool
    leading: int

    @property
    def height(self) -> int:
        return self.leading * len(self.words)

    @property
    def width(self) -> float:
        return max(font(self.size, bold=self.bold).getlength(line) for line in self.words)


def set_lines(text: str, width: float, size: int, *, bold: bool = False, leading: float = 1.4) -> Lines:
    """As many words on each line as fit. A word wider than the line stands alone and sticks out."""
    return Lines(tuple(_broken(text.split(" "), width, size, bold)), size, bold, round(size * leading))


def set_title(text: str, width: float, steps: Sequence[tuple[int, int]], leading: float) -> Lines:
    """At the first (size, most lines) that it keeps to, broken where it reads well; else at the last."""
    for size, most in steps:
        lines = set_lines(text, width, size, bold=True, leading=leading)
        if len(lines.words) <= most and lines.width <= width:
            return replace(lines, words=_well_broken(text.split(" "), lines, width))
    return lines


def _well_broken(words: Sequence[str], like: Lines, width: float) -> tuple[str, ...]:
    """In as many lines, rather after a comma and rather of about the same length."""
    many = combinations(range(1, len(words)), len(like.words) - 1)
    ways = [tuple(" ".join(words[start:end]) for start, end in pairwise((0, *at, len(words)))) for at in many]
    return min(
        (way for way in ways if replace(like, words=way).width <= width),
        key=lambda way: replace(like, words=way).width + width * AT_WILL * _breaks_at_will(way),
    )


def _breaks_at_will(lines: Sequence[str]) -> int:
    return sum(not line.endswith((",", ":", ";")) for line in lines[:-1])


def _broken(words: Sequence[str], width: float, size: int, bold: bool) -> list[str]:
    """Without kerning a line is as wide as its words and the spaces between them."""
    measure = font(size, bold=bold).getlength
    space, lines, at = measure(" "), [[words[0]]], measure(words[0])
    for word in words[1:]:
        length = measure(word)
        if at + space + length <= width:
            lines[-1].append(word)
            at += space + length
        else:
            lines.append([word])
            at = length
    if len(lines) > 1 and len(lines[-1]) == 1 and len(lines[-2]) > MOST_ALONE:
        lines[-1].insert(0, lines[-2].pop())  # the last word does not stand alone
    return [" ".join(line) for line in lines]
