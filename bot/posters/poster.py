"""What a poster says: taken from the content word for word, nothing added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.fold import nfc
from bot.posters.colours import under_white
from bot.sorting import Item, Sorting
from bot.tips import Tip, Tips

LEAF = "🌿"
TOPIC_COLOURS = (
    "#0f7a50",
    "#1a6fb0",
    "#00796b",
    "#9c5a00",
    "#0b6e99",
    "#6a4fa3",
    "#7a5b2e",
    "#2e7d32",
    "#3f5f8a",
    "#a2462f",
    "#8a3f6f",
    "#4f6b12",
)
"""In the order of the topics, from the beginning again when there are more."""

Tone = Literal["plain", "danger", "doubt"]


@dataclass(frozen=True, slots=True)
class Block:
    text: str
    label: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Poster:
    """Everything that is drawn. `colour` (#rrggbb) bears white text; `icon` is an emoji."""

    kind: Literal["item", "tip"]
    id: str
    colour: str
    icon: str
    kicker: str
    pill: str
    title: str
    blocks: tuple[Block, ...]
    source: str


def poster_of_item(item: Item, sorting: Sorting) -> Poster:
    group = sorting.group(item.group)
    titles = [sorting.sources[source].title for source in item.source]
    return Poster(
        kind="item",
        id=item.id,
        colour=under_white(group.colour),
        icon=group.icon,
        kicker="Rác này bỏ đâu?",
        pill=group.name.vi,
        title=_drawable(item.name[:1].upper() + item.name[1:]),
        blocks=tuple(_advice(item, group.where.vi)),
        source=_drawable("; ".join(titles)),
    )


def _advice(item: Item, general: str) -> Iterator[Block]:
    yield Block(_drawable(item.prep), "Trước khi bỏ")
    yield Block(_drawable(item.where or general), "Bỏ ở đâu")
    if item.exception:
        yield Block(_drawable(item.exception), "Ngoại lệ")
    if item.hazard:
        yield Block(_drawable(item.hazard), "Coi chừng", "danger")
    if item.ask_collector:
        yield Block("Chưa chắc: hỏi đơn vị thu gom trước khi bỏ.", tone="doubt")


def poster_of_tip(tip: Tip, tips: Tips) -> Poster:
    topic = tips.topic(tip.topic)
    colour = TOPIC_COLOURS[tips.topics.index(topic) % len(TOPIC_COLOURS)]
    return Poster(
        kind="tip",
        id=tip.id,
        colour=under_white(colour),
        icon=tip.icon,
        kicker="Mẹo sống xanh",
        pill=_drawable(topic.name.vi),
        title=_drawable(tip.title),
        blocks=tuple(Block(_drawable(paragraph)) for paragraph in tip.body.split("\n\n")),
        source=_drawable(tip.source),
    )


def _drawable(text: str) -> str:
    """In one line, in whole letters, and in words where the font lacks a sign."""
    return nfc(" ".join(text.split()).replace("‰", "\N{NO-BREAK SPACE}phần\N{NO-BREAK SPACE}ngàn"))
