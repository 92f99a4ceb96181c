"""One message, in no platform's language: what handlers say and channels render."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from enum import IntEnum
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

CALLBACK_DATA_BYTES = 64


class Lane(IntEnum):
    """Who goes first: an answer, then news, then campaigns."""

    REPLY = 0
    NOTICE = 1
    BULK = 2


@dataclass(frozen=True, slots=True)
class Button:
    """Under a message: sends `data` back, or opens `url`."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """Above the text box: sends its own text, or asks the phone for its location."""

    text: str
    asks_location: bool = False


@dataclass(frozen=True, slots=True)
class Keyboard:
    rows: tuple[tuple[Key, ...], ...]
    persistent: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file made by the bot, kept as `path` below DATA_DIR until it is sent."""

    path: str
    name: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """HTML text (Telegram's subset) with what hangs on it.

    In `<blockquote expandable>` stands what is not needed at once: its first line is the heading,
    which shows where the rest is folded. A channel that cannot fold shows all of it.
    `photos` are photo ids: one is shown with the text and the buttons, two or more as an album
    behind the text. `keyboard` False removes the keyboard. `ask_reply` asks for an answer to this
    very message. `edit` is the platform's message id to change in place; with `has_photo` its
    caption is changed. A channel that cannot edit sends anew.
    """

    text: Markup
    buttons: Rows = ()
    keyboard: Keyboard | bool | None = None
    photos: tuple[int, ...] = ()
    file: File | None = None
    ask_reply: bool = False
    reply_to: int | None = None
    edit: int | None = None
    has_photo: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.text, Markup):
            object.__setattr__(self, "text", escape(self.text))
        for row in self.buttons:
            for button in row:
                if button.data is not None and len(button.data.encode()) > CALLBACK_DATA_BYTES:
                    raise ValueError(f"callback data over {CALLBACK_DATA_BYTES} bytes: {button.data!r}")

    def to_json(self) -> str:
        shown: dict[str, Any] = {"text": str(self.text)}
        for name in _OPTIONAL:
            if (value := getattr(self, name)) not in (None, (), False):
                shown[name] = _plain(value)
        if self.keyboard is False:
            shown["keyboard"] = False
        return json.dumps(shown, separators=(",", ":"))

    @classmethod
    @lru_cache(maxsize=256)  # a campaign says the same to thousands
    def from_json(cls, payload: str) -> Say:
        raw = json.loads(payload)
        return cls(
            text=Markup(raw.pop("text")),  # noqa: S704 (written by to_json from Markup)
            buttons=tuple(tuple(Button(**button) for button in row) for row in raw.pop("buttons", ())),
            keyboard=_keyboard(raw.pop("keyboard", None)),
            photos=tuple(raw.pop("photos", ())),
            file=File(**raw.pop("file")) if "file" in raw else None,
            **raw,
        )


def _keyboard(raw: Any) -> Keyboard | bool | None:
    if not isinstance(raw, dict):
        return bool(raw) if raw is not None else None
    rows = tuple(tuple(Key(**key) for key in row) for row in raw["rows"])
    return Keyboard(rows, raw["persistent"])


def _plain(value: Any) -> Any:
    if isinstance(value, Keyboard):
        return _plain_keyboard(value)
    if isinstance(value, File):
        return asdict(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Button):
        return {name: part for name in _BUTTON if (part := getattr(value, name)) is not None}
    return value


@lru_cache(maxsize=256)  # the same few keyboards go out again and again
def _plain_keyboard(keyboard: Keyboard) -> dict[str, Any]:
    return asdict(keyboard)


_OPTIONAL = tuple(field.name for field in fields(Say) if field.name != "text")
_BUTTON = tuple(field.name for field in fields(Button))
