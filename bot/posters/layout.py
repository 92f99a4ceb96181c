"""Where everything of a poster stands: measured before a pixel is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from bot.posters.letters import Lines, set_lines, set_title
from bot.posters.poster import Block, Poster

WIDTH, HEIGHT = 1080, 1350  # 4:5, which chats and feeds show uncut
MARGIN = 72
TEXT_WIDTH = WIDTH - 2 * MARGIN
LABEL = 0.75  # of the body's size
BOX_SIDE = 36  # from a box's edge to its text
FOOT_TOP, FOOT_BOTTOM, NAME_ROW = 30, 40, 58
SOURCE = 24
TITLE_LEADING = 1.2


@dataclass(frozen=True, slots=True)
class Style:
    """How generous a poster is, in pixels. `titles` and `bodies` are sizes of letters, the best first."""

    titles: tuple[tuple[int, int], ...]  # with the most lines at that size
    bodies: range
    circle: int  # the icon's
    top: int
    under_circle: int
    bottom: int
    gap: int  # between blocks
    most_gap: int
    growth: int  # of the band, when there is little to say
    box: int  # from a box's top to its text
    leading: float


def _titles(*steps: tuple[int, int, int]) -> tuple[tuple[int, int], ...]:
    return tuple((size, lines) for most, least, lines in steps for size in range(most, least - 1, -4))


ROOMY = Style(
    titles=_titles((108, 88, 1), (88, 68, 2), (72, 40, 3)),
    bodies=range(54, 39, -2),
    circle=148,
    top=60,
    under_circle=34,
    bottom=56,
    gap=34,
    most_gap=68,
    growth=90,
    box=28,
    leading=1.4,
)
DENSE = Style(
    titles=_titles((76, 64, 1), (64, 52, 2), (48, 40, 3)),
    bodies=range(42, 21, -2),
    circle=112,
    top=44,
    under_circle=24,
    bottom=36,
    gap=26,
    most_gap=60,
    growth=60,
    box=20,
    leading=1.34,
)


@dataclass(frozen=True, slots=True)
class Laid:
    """A block and the lines it takes. `box`: from its top to its text."""

    block: Block
    label: Lines | None
    text: Lines
    box: int

    @property
    def height(self) -> int:
        return (self.label.height if self.label else 0) + self.text.height + 2 * self.box


@dataclass(frozen=True, slots=True)
class Layout:
    """Pixels from the top. `spare` is what is left over; below zero the text does not fit."""

    style: Style
    title: Lines
    band: int
    blocks: tuple[Laid, ...]
    gap: int
    source: Lines
    foot: int
    spare: int


def lay_out(poster: Poster) -> Layout:
    """In the largest letters that fit."""
    source = set_lines(f"Nguồn: {poster.source}", TEXT_WIDTH, SOURCE, leading=1.35)
    for style in (ROOMY, DENSE):
        title = set_title(poster.title, TEXT_WIDTH, style.titles, TITLE_LEADING)
        for size in style.bodies:
            layout = _laid_out(poster, style, title, source, size)
            if layout.spare >= 0:
                return layout
    return layout


def _laid_out(poster: Poster, style: Style, title: Lines, source: Lines, size: int) -> Layout:
    band = style.top + style.circle + style.under_circle + title.height + style.bottom
    foot = HEIGHT - FOOT_BOTTOM - source.height - NAME_ROW - FOOT_TOP
    blocks = tuple(_laid(block, style, size) for block in poster.blocks)
    gaps = len(blocks) + 1
    spare = foot - band - sum(one.height for one in blocks) - style.gap * gaps
    wider = min(style.most_gap - style.gap, max(spare, 0) // gaps)
    grown = min(style.growth, max(spare - wider * gaps, 0) // 2)
    return Layout(
        style, title, band + grown, blocks, style.gap + wider, source, foot, spare - wider * gaps - grown
    )


def _laid(block: Block, style: Style, size: int) -> Laid:
    boxed = block.tone != "plain"
    width = TEXT_WIDTH - (2 * BOX_SIDE if boxed else 0)
    label = round(size * LABEL)
    return Laid(
        block,
        set_lines(block.label, width, label, bold=True, leading=style.leading) if block.label else None,
        set_lines(block.text, width, size, bold=block.tone == "doubt", leading=style.leading),
        style.box if boxed else 0,
    )
