"""Answer cards that would be too long to read on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from bot.content.files import Fault, read_yaml
from bot.sorting.content import Code

MOST = 420
"""Characters of all texts of one item; a screen of a small phone shows about 600 with the labels."""

_TEXTS = ("name", "prep", "where", "hazard", "exception", "disputed", "source_note")


def long_cards(content_dir: Path) -> Iterator[Fault]:
    """Raises ContentError for a file that cannot be read."""
    for code in get_args(Code):
        document = read_yaml(content_dir / "sorting" / f"{code}.yaml")
        for number, item in enumerate(document.value["items"]):
            length = sum(len(item.get(field) or "") for field in _TEXTS)
            if length > MOST:
                message = f"the card of '{item['id']}' has {length} characters; at most {MOST} are wanted"
                yield document.fault(message, "items", number)
