"""Finding the item that a message means, or nothing: a wrong bin told surely is the worst answer."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.fold import fold, nfc
from bot.sorting.content import Content, Group, Item, Source, load_content
from bot.sorting.lexicon import Lexicon
from bot.sorting.score import NEAR, Index, names

_SURE = 84.0  # from it one answer is given, when no other comes close
_EXACT = 98.0
_APART = 10.0  # how far the next item must be behind
_DANGER = 55.0  # a hazardous item this close forbids a sure harmless answer
_BEHIND = 22.0  # a candidate further behind the best is not offered

_BETWEEN_THINGS = re.compile(r"[\n,;+&]|\s(?:và|với)\s", re.IGNORECASE)
_MOST_THINGS = 10


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

    def __init__(self, content: Content) -> None:
        self.groups: tuple[Group, ...] = content.groups
        self.items: tuple[Item, ...] = content.items
        self.sources: dict[str, Source] = dict(content.sources)
        self._by_id = {item.id: item for item in content.items}
        self._by_code = {str(group.code): group for group in content.groups}
        self._lexicon = Lexicon(content.words, (name for item in self.items for name in names(item)))
        self._index = Index(self.items, self._lexicon)

    def item(self, id: str) -> Item:
        """Raises KeyError for an unknown id."""
        return self._by_id[id]

    def group(self, code: str) -> Group:
        """Raises KeyError for an unknown code."""
        return self._by_code[code]

    def find(self, text: str, limit: int = 3) -> Found:
        """The items that `text` means, best first, at most `limit`."""
        scores = self._index.scores(text)
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        ranked = [pair for pair in ranked if pair[1] >= max(NEAR, ranked[0][1] - _BEHIND)]
        confident = self._is_clear(ranked, scores)
        shown = ranked[: 1 if confident else limit]
        matches = tuple(Match(self._by_id[id], round(score)) for id, score in shown)
        return Found(nfc(text), matches, confident)

    def find_many(self, text: str, limit: int = 3) -> list[Found]:
        """One result per thing named in `text`, at most ten; a message that names one thing gives one.

        A part that says something but fits no item is there with empty `items`.
        """
        whole = self.find(text, limit)
        parts = [part for part in _BETWEEN_THINGS.split(text) if fold(part)][:_MOST_THINGS]
        if len(parts) < 2 or (whole.confident and whole.items[0].score >= _EXACT):
            return [whole]
        found = [self.find(part, limit) for part in parts]
        if sum(bool(each.items) for each in found) < 2:
            return [whole]
        return [each for each in found if each.items or self._lexicon.read(each.text)[0]]

    def _is_clear(self, ranked: Sequence[tuple[str, float]], scores: dict[str, float]) -> bool:
        if not ranked or ranked[0][1] < _SURE:
            return False
        best, score = ranked[0]
        if any(other >= min(score - _APART, _EXACT) for _, other in ranked[1:]):
            return False
        if self._by_id[best].group == "nguy_hai" or score >= _EXACT:
            return True
        return not any(s >= _DANGER and self._by_id[id].group == "nguy_hai" for id, s in scores.items())


def load_sorting(content_dir: Path) -> Sorting:
    """The sorting files under `content_dir`/sorting. Raises ContentError naming every fault."""
    return Sorting(load_content(content_dir / "sorting"))


def sort_json(sorting: Sorting, words: str) -> str:
    """One line: `{"items": [{"id", "name", "group", "score"}…], "confident": bool}`, best first."""
    found = sorting.find(words)
    items = [
        {"id": match.item.id, "name": match.item.name, "group": match.item.group, "score": match.score}
        for match in found.items
    ]
    return json.dumps({"items": items, "confident": found.confident}, ensure_ascii=False)
