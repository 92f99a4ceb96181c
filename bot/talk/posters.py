"""The button under a card that asks for it as a picture to pass on."""

from __future__ import annotations

from typing import Literal

from bot.refusal import N_
from bot.say import Button
from bot.talk.buttons import pack
from bot.talk.turn import Turn

PICTURE = N_("🖼 Hình chia sẻ")


def poster_button(turn: Turn, kind: Literal["item", "tip"], id: str) -> Button:
    return Button(str(turn.t(PICTURE)), pack(f"poster.{kind}", id))
