"""Finding the item that a message means; see bot/search."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from bot.fold import nfc
from bot.search import Entry, Index, Ranked
from bot.search.learned import Learned, load_learned
from bot.search.tokens import Token
from bot.sorting.content import Content, Group, Item, Source
from bot.sorting.loading import load_content

DANGER = "nguy_hai"


@dataclass(frozen=True)
class Match:
    """An item and how well it fits, 0..100; 100 is the very name."""

    item: Item
    score: int


@dataclass(frozen=True)
class Found:
    """What one question led to: `items` best first, empty when nothing fits.

    `confident` means one clear answer, which is then the only one in `items`. `text` is the question
    (of several in a message: this part of it).
    """

    text: str
    items: tuple[Match, ...] = ()
    confident: bool = False


class Sorting:
    """The groups and items of the sorting files, and the search over them."""

    def __init__(self, content: Content, learned: Learned | None = None) -> None:
        """Without what was `learned` the search knows the names alone."""
        self.groups: tuple[Group, ...] = content.groups
        self.items: tuple[Item, ...] = content.items
        self.sources: dict[str, Source] = dict(content.sources)
        self._by_id = {item.id: item for item in content.items}
        self._by_code = {str(group.code): group for group in content.groups}
        self._index = Index(map(entry_of, self.items), content.words, danger=DANGER, learned=learned)

    def item(self, id: str) -> Item:
        """Raises KeyError for an unknown id."""
        return self._by_id[id]

    def group(self, code: str) -> Group:
        """Raises KeyError for an unknown code."""
        return self._by_code[code]

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The words of a message, slips undone."""
        return self._index.tokens(text)

    def find(self, text: str, limit: int = 3) -> Found:
        """The items that `text` means, best first, at most `limit`."""
        return self._found(text, self._index.find(text, limit))

    def find_many(self, text: str, limit: int = 3) -> list[Found]:
        """One result per thing named in `text`, at most ten; a message that names one thing gives one.

        A part that says something but fits no item is there with empty `items`.
        """
        return [self._found(part, ranked) for part, ranked in self._index.find_many(text, limit)]

    def telling(self, text: str) -> tuple[str, ...]:
        """The words of `text` that are more than greetings and question words."""
        return self._index.telling(text)

    def _found(self, text: str, ranked: Ranked) -> Found:
        matches = tuple(Match(self._by_id[hit.id], hit.score) for hit in ranked.hits)
        return Found(nfc(text), matches, ranked.confident)


def entry_of(item: Item) -> Entry:
    khmer = item.km.names if item.km else ()
    return Entry(item.id, (item.name, *item.synonyms, item.en, *item.english, *khmer), family=item.group)


def load_sorting(content_dir: Path) -> Sorting:
    """The sorting files under `content_dir`/sorting. Raises ContentError naming every fault."""
    return Sorting(load_content(content_dir / "sorting"), load_learned(content_dir))


def sort_json(sorting: Sorting, words: str) -> str:
    """One line: `{"items": [{"id", "name", "group", "score"}…], "confident": bool}`, best first."""
    found = sorting.find(words)
    items = [
        {"id": match.item.id, "name": match.item.name, "group": match.item.group, "score": match.score}
        for match in found.items
    ]
    return json.dumps({"items": items, "confident": found.confident}, ensure_ascii=False)
