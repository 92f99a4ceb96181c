"""Text as stored and as compared."""

from __future__ import annotations

import unicodedata

import pytest

from bot.fold import fold, nfc, storable


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Nguyễn Đáng", "duong nguyen dang"),
        ("ĐIỆN THOẠI", "dien thoai"),
        ("  pin   AA,  (cũ)! ", "pin aa cu"),
        ("hoà = hòa", "hoa hoa"),
        ("xe-đạp/xe đạp", "xe dap xe dap"),
        ("ﬁ Ⅷ", "fi ⅷ"),
        ("Straße", "strasse"),
        ("rác\u200btái\u2060chế", "ractaiche"),
        ("ថ្មពិលចាស់។", "ថ្មពិលចាស់"),
        ("", ""),
        ("🌿 !!!", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Trà Vinh", "Cầu Ngang", "ẹ ệ ự ỡ ẵ", "Đ", "Z͑ͫ̓ͪ̂ͫ"])
def test_folding_does_not_depend_on_how_the_text_was_typed(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert fold(decomposed) == fold(text) == fold(fold(text))


def test_nfc_composes_strips_and_drops_what_cannot_be_seen() -> None:
    assert nfc(unicodedata.normalize("NFD", " Cầu Kè ")) == "Cầu Kè"
    assert nfc("\u202eabc\u202c \u200fx\ufeff") == "abc x"
    assert nfc("a\x00b\x07c\ud83dd\tx\ny") == "abcd\tx\ny"
    assert nfc("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧", "joined emoji stay whole"
    nfc("\ud800 \udfff \x00").encode()


@pytest.mark.parametrize("text", ["plain", "nul \x00", "half \ud83d", "Việt"])
def test_anything_becomes_storable(text: str) -> None:
    kept = storable(text, 100)
    kept.encode()
    assert "\x00" not in kept
    assert storable("x" * 500, 100) == "x" * 100
