"""Colours as (red, green, blue), 0 to 255, and whether people can read what stands on them."""

from __future__ import annotations

Rgb = tuple[int, int, int]
READABLE = 4.5  # contrast for text of any size, WCAG 2.2 AA
WHITE: Rgb = (255, 255, 255)


def rgb(colour: str) -> Rgb:
    """From `#rrggbb`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` (0 to 1) of the other one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """1 (none) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def under_white(colour: str) -> str:
    """The colour, darkened as far as white text needs it."""
    darkened, share = rgb(colour), 0.0
    while contrast(darkened, WHITE) < READABLE:
        share += 0.02
        darkened = mixed(rgb(colour), (0, 0, 0), share)
    return "#{:02x}{:02x}{:02x}".format(*darkened)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
