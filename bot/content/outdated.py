"""Translations whose Vietnamese has changed since: no longer shown, and to be made again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.content.files import Fault
from bot.sorting import load_sorting
from bot.sorting.khmer import group_sources, item_sources
from bot.tips import load_tips, tip_sources
from bot.translations import outdated


def outdated_translations(content_dir: Path) -> Iterator[Fault]:
    """Raises ContentError for files that cannot be used at all."""
    sorting, tips = load_sorting(content_dir), load_tips(content_dir)
    yield from outdated(content_dir, "items", "items", item_sources(sorting.items, sorting.groups))
    yield from outdated(content_dir, "labels", "groups", group_sources(sorting.groups))
    yield from outdated(content_dir, "tips", "tips", tip_sources(tips.all))
