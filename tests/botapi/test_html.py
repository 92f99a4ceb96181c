"""The strict HTML subset: what is accepted, with which entities, and what is refused with which words."""

import pytest

from tests.botapi.html import parse_html
from tests.botapi.wire import ApiError


def test_text_and_entities_count_utf16_units() -> None:
    text, entities = parse_html("🌱 <b>Tái <i>chế</i></b> &lt;3 <a href='https://a.vn/?a=1&amp;b=2'>xem</a>")
    assert text == "🌱 Tái chế <3 xem"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 7},
        {"type": "italic", "offset": 7, "length": 3},
        {"type": "text_link", "offset": 14, "length": 3, "url": "https://a.vn/?a=1&b=2"},
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a & b &copy; &#x41;&#66;", "a & b &copy; AB"),
        ('<span class="tg-spoiler">x</span>', "x"),
        ("<blockquote expandable>x</blockquote>", "x"),
        ('<pre><code class="language-python">x</code></pre>', "x"),
        ("<B>x</b><i></i>", "x"),
        ("a > b", "a > b"),
    ],
)
def test_accepted(source: str, text: str) -> None:
    assert parse_html(source)[0] == text


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("đ<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("1 <2> 3", 'Unsupported start tag "2" at byte offset 2'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in an attribute of the tag "a" at byte offset 0'),
    ],
)
def test_refused(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"
