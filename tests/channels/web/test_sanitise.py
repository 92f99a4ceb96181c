"""Only Telegram's tags survive; all else is shown as text."""

from __future__ import annotations

import pytest

from bot.channels.web.sanitise import plain, safe_url, sanitise

CASES = [
    ("<b>đậm</b> &amp; <i>nghiêng</i>", "<b>đậm</b> &amp; <i>nghiêng</i>"),
    ("<b>hở", "<b>hở</b>"),
    ("<b><i>chéo</b></i>", "<b><i>chéo</i></b>"),
    ("</b>thừa", "thừa"),
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
    ('<b onclick="x">a</b>', "<b>a</b>"),
    ('<a href="https://a.vn/?x=1&amp;y=2">a</a>', '<a href="https://a.vn/?x=1&amp;y=2">a</a>'),
    ('<a href="javascript:alert(1)">a</a>', "a"),
    ('<a href=" jAvAsCrIpT:x">a</a>', "a"),
    ('<a href="https://a.vn/&quot;onload=x">a</a>', '<a href="https://a.vn/&quot;onload=x">a</a>'),
    (
        "<blockquote expandable>Vì sao?\nVậy đó</blockquote>",
        "<blockquote expandable>Vì sao?\nVậy đó</blockquote>",
    ),
    ('<blockquote expandable="" open onclick="x">a', "<blockquote expandable>a</blockquote>"),
    ("<blockquote onclick='x'>a</blockquote>", "<blockquote>a</blockquote>"),
    ("<details open>a</details>", "&lt;details open&gt;a&lt;/details&gt;"),
    ('<span class="tg-spoiler">kín</span>', "<tg-spoiler>kín</tg-spoiler>"),
    ("<span>a</span>", "a"),
    ("<!-- a --><?php x?>", "&lt;!-- a --&gt;&lt;?php x?&gt;"),
    ("1 < 2 > 0", "1 &lt; 2 &gt; 0"),
    ("&lt;b&gt;", "&lt;b&gt;"),
    ("<br/>", "&lt;br/&gt;"),
]


@pytest.mark.parametrize(("given", "wanted"), CASES)
def test_sanitise(given: str, wanted: str) -> None:
    assert sanitise(given) == wanted


@pytest.mark.parametrize("given", [case[0] for case in CASES])
def test_once_is_enough(given: str) -> None:
    assert sanitise(sanitise(given)) == sanitise(given)


def test_plain_is_the_words_alone() -> None:
    assert plain("<b>Mã</b>:\n <code>TV</code> &lt;3", 100) == "Mã: TV <3"
    assert plain("một hai ba", 6) == "một h…"


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://a.vn", True),
        ("tel:114", True),
        ("javascript:x", False),
        ("//a.vn", False),
        ("http://[", False),
    ],
)
def test_safe_url(address: str, safe: bool) -> None:
    assert (safe_url(address) == address) is safe
