"""Emoji as small pictures in content/icons, because no bare machine has a font that draws them."""

from __future__ import annotations

from pathlib import Path

FOLDER = "icons"  # below the content
_AS_EMOJI = "\N{VARIATION SELECTOR-16}"


def icon_path(content_dir: Path, emoji: str) -> Path:
    """Where the picture of an emoji lies, if there is one: named after its code points."""
    name = "-".join(f"{ord(letter):x}" for letter in emoji if letter != _AS_EMOJI)
    return content_dir / FOLDER / f"{name}.png"
