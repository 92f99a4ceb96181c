"""Nothing of any poster is cut off, pale, or drawn as an empty box."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from bot.posters import Poster
from bot.posters.colours import READABLE, WHITE, contrast, mixed, rgb, under_white
from bot.posters.draw import INK, SOFT, TONES, draw
from bot.posters.layout import BOX_SIDE, HEIGHT, MARGIN, TEXT_WIDTH, WIDTH, Layout, lay_out
from bot.posters.letters import Lines, font, set_lines
from bot.posters.poster import LEAF, Block
from tests.posters.shipped import icon, poster, posters

SMALLEST = 30  # of 1080 pixels: on a phone as large as the fine print of a page


def too_wide(layout: Layout) -> Iterator[Lines]:
    for lines in (layout.title, layout.source):
        if lines.width > TEXT_WIDTH:
            yield lines
    for block in layout.blocks:
        room = TEXT_WIDTH - (2 * BOX_SIDE if block.box else 0)
        if max(block.text.width, block.label.width if block.label else 0) > room:
            yield block.text


def test_every_item_and_every_tip_fits_in_letters_that_can_be_read() -> None:
    assert len(posters()) > 400
    for one in posters():
        layout = lay_out(one)
        assert layout.spare >= 0, one.id
        assert not list(too_wide(layout)), one.id
        assert all(block.text.size >= SMALLEST for block in layout.blocks), one.id


def test_no_word_is_lost() -> None:
    for one in posters():
        layout = lay_out(one)
        assert " ".join(layout.title.words) == one.title
        assert [" ".join(block.text.words) for block in layout.blocks] == [block.text for block in one.blocks]
        assert " ".join(layout.source.words) == f"Nguồn: {one.source}"


def test_the_longest_that_the_content_allows_fits_too() -> None:
    sentence = " ".join(["nghiêng"] * 30)  # 239 letters
    blocks = tuple(Block(sentence, "Trước khi bỏ", tone) for tone in ("plain", "plain", "plain", "danger"))
    longest = Poster("item", "x", "#000000", "♻️", "Rác này bỏ đâu?", "Tái chế", "x" * 20, blocks, sentence)
    assert lay_out(longest).spare >= 0


@pytest.mark.parametrize("bold", [True, False])
def test_the_font_has_every_letter(bold: bool) -> None:
    vietnamese = "".join(chr(code) for code in range(0x1EA0, 0x1EFA)) + "ăâđêôơưĂÂĐÊÔƠƯ“”‘’…–—×°₫½²³%&/·•±"
    said = {
        letter
        for one in posters()
        for text in (
            *(one.title, one.pill, one.kicker, one.source),
            *(block.text for block in one.blocks),
        )
        for letter in text
    }
    face = font(40, bold=bold)
    missing = bytes(face.getmask("\uffff"))
    letters = [one for one in sorted(said | set(vietnamese)) if not one.isspace()]
    assert [one for one in letters if bytes(face.getmask(one)) == missing] == []
    assert bytes(face.getmask("\N{SNOWMAN}")) == missing, "a letter that is missing would be found"


def test_a_word_does_not_stand_alone_on_the_last_line() -> None:
    lines = set_lines("Chưa chắc: hỏi đơn vị thu gom trước khi bỏ.", 780, 40, bold=True)
    assert lines.words == ("Chưa chắc: hỏi đơn vị thu gom trước", "khi bỏ.")


def test_titles_break_after_a_comma_rather_than_in_a_word_pair() -> None:
    assert lay_out(poster("nuoc_lau_kieng")).title.words == ("Nước lau kiếng,", "nước lau nhà còn dư")


def test_all_text_has_contrast_enough() -> None:
    for colour in {one.colour for one in posters()}:
        band = rgb(colour)
        paper, dark = mixed(WHITE, band, 0.05), mixed(band, (0, 0, 0), 0.15)
        pairs = [(WHITE, band), (dark, WHITE), (dark, paper), (INK, paper), (SOFT, paper)]
        assert min(contrast(*pair) for pair in pairs) >= READABLE, colour
    for accent, ground in TONES.values():
        assert min(contrast(accent, ground), contrast(INK, ground)) >= READABLE


def test_a_colour_is_darkened_no_more_than_needed() -> None:
    assert under_white("#0a5f3e") == "#0a5f3e"
    assert READABLE <= contrast(rgb(under_white("#fb8c00")), WHITE) < READABLE * 1.1


def densest() -> list[Poster]:
    return sorted(posters(), key=lambda one: lay_out(one).blocks[0].text.size)[:6]


@pytest.mark.parametrize("one", densest(), ids=lambda one: one.id)
def test_nothing_is_drawn_into_the_margins(one: Poster) -> None:
    drawn = draw(one, icon(one.icon), icon(LEAF))
    for jpeg, size in ((drawn.full, (WIDTH, HEIGHT)), (drawn.thumb, (720, 900))):
        with Image.open(BytesIO(jpeg)) as picture:
            assert picture.size == size and not picture.getexif()
            edge = (MARGIN - 16) * size[0] // WIDTH
            left = picture.crop((0, 0, edge, size[1]))
            right = picture.crop((size[0] - edge, 0, size[0], size[1]))
            differing = ImageStat.Stat(ImageChops.difference(left, right)).extrema
            assert max(high for _, high in differing) < 40  # what is on neither side is the same on both


def test_without_icons_the_rest_is_drawn() -> None:
    assert draw(poster("pin"), None, None).full != draw(poster("pin"), icon("☠️"), icon(LEAF)).full
