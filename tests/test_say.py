"""A Say survives being stored, and refuses what no platform takes."""

from __future__ import annotations

import json

import pytest
from markupsafe import Markup

from bot.say import Button, File, Key, Keyboard, Say

FULL = Say(
    Markup("<b>Chào</b> &lt; 🌿"),
    buttons=((Button("Có", data="1:y"), Button("Web", url="https://x.vn")), (Button("Không", data="1:n"),)),
    keyboard=Keyboard(((Key("a"), Key("b", asks_location=True)), (Key("c"),)), persistent=True),
    photos=(1, 2),
    file=File("export/x.json", "x.json"),
    ask_reply=True,
    reply_to=5,
    edit=6,
    has_photo=True,
)


@pytest.mark.parametrize(
    "say",
    [
        FULL,
        Say(Markup("x")),
        Say(Markup("")),
        Say(Markup("x"), keyboard=False),
        Say(Markup("\ud83d \x00 \u202e")),
    ],
)
def test_what_was_stored_comes_back(say: Say) -> None:
    payload = say.to_json()
    assert payload.isascii(), "both databases take it, whatever people wrote"
    assert Say.from_json(payload) == say


def test_only_what_is_set_is_stored() -> None:
    assert json.loads(Say(Markup("x")).to_json()) == {"text": "x"}
    assert json.loads(Say(Markup("x"), keyboard=False).to_json()) == {"text": "x", "keyboard": False}


def test_plain_text_is_escaped_and_markup_is_not() -> None:
    assert Say("<b> & </b>").text == "&lt;b&gt; &amp; &lt;/b&gt;"  # type: ignore[arg-type]
    assert Say(Markup("<b>x</b>")).text == "<b>x</b>"


@pytest.mark.parametrize("data", ["x" * 65, "đ" * 33])
def test_callback_data_over_64_bytes_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Say(Markup("x"), buttons=((Button("x", data=data),),))
    Say(Markup("x"), buttons=((Button("x", data="x" * 64), Button("y", data="đ" * 32)),))
