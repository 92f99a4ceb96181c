"""The search against two that need no knowledge of Vietnamese: `python -m bench.search`.

All answer the unseen questions of tests/data/search_questions.tsv, and a part of the seen ones, in this
process, one after the other:
RapidFuzz `WRatio` over every name, and SQLite FTS5 with the trigram or the unicode61 tokenizer, ranked by
bm25. Names and questions are folded for the rivals (lower case, no accents), which is to their advantage
where people type without. Each rival keeps silent below the score that is best for it on the seen
questions: the one with which most messages are answered with the right item or rightly not at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.fold import fold
from bot.sorting import Item, Sorting, load_sorting
from scripts.questions import (
    ROOT,
    UNRELATED,
    Answer,
    Offer,
    Question,
    answers,
    ask_sorting,
    level,
    read_questions,
)

_SEEN = 60  # one in so many of the seen questions
_MOST = 60  # names asked for, until three different items are among them

Rank = Callable[[str], list[tuple[str, float]]]
"""Ids of items with a score, best first."""


@dataclass(frozen=True)
class Engine:
    name: str
    rank: Rank


def main() -> None:
    sorting = load_sorting(ROOT / "content")
    asked = [question for question in read_questions() if len(question.things) < 2]
    unseen = [question for question in asked if question.split == "unseen"]
    questions = [*unseen, *[question for question in asked if question.split == "seen"][::_SEEN]]
    names = [(fold(name), item.id) for item in sorting.items for name in _names(item)]
    print(f"{len(sorting.items)} items, {len(names)} names, {len(questions)} messages of one thing or none\n")
    print(f"{'':<22}{'split':<8}{'group@1':>9}{'item@1':>9}{'item@3':>9}{'false':>9}{'ms p50':>9}{'p99':>9}")
    ours = answers(questions, ask_sorting(sorting), lambda id: sorting.item(id).group)
    _report("this engine", ours)
    engines = (
        Engine("RapidFuzz WRatio", _rapidfuzz(names)),
        Engine("FTS5 trigram", _fts5(names, "trigram")),
        Engine("FTS5 unicode61", _fts5(names, "unicode61 remove_diacritics 2")),
    )
    for engine in engines:
        _report(engine.name, _compete(sorting, questions, engine.rank))


def _names(item: Item) -> Iterator[str]:
    yield from (item.name, *item.synonyms, item.en, *item.english)
    yield from item.km.names if item.km else ()


def _rapidfuzz(names: Sequence[tuple[str, str]]) -> Rank:
    choices = [name for name, _ in names]

    def rank(text: str) -> list[tuple[str, float]]:
        found = process.extract(fold(text), choices, scorer=fuzz.WRatio, limit=_MOST)
        return [(names[number][1], score) for _, score, number in found]

    return rank


def _fts5(names: Iterable[tuple[str, str]], tokenizer: str) -> Rank:
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE names USING fts5(name, id UNINDEXED, tokenize = '{tokenizer}')")
    database.executemany("INSERT INTO names VALUES (?, ?)", names)
    long_enough = 3 if tokenizer == "trigram" else 1

    def rank(text: str) -> list[tuple[str, float]]:
        words = [f'"{word}"' for word in fold(text).split() if len(word) >= long_enough]
        if not words:
            return []
        query = "SELECT id, -bm25(names) FROM names WHERE names MATCH ? ORDER BY bm25(names) LIMIT ?"
        return list(database.execute(query, (" OR ".join(words), _MOST)))

    return rank


def _compete(sorting: Sorting, questions: Sequence[Question], rank: Rank) -> list[Answer]:
    least = _best_threshold([question for question in questions if question.split == "seen"], rank)

    def ask(question: Question) -> tuple[tuple[Offer, ...], bool]:
        found = [id for id, score in rank(question.text) if score >= least]
        return (tuple(dict.fromkeys(found))[:3],), False

    return answers(questions, ask, lambda id: sorting.item(id).group)


def _best_threshold(questions: Sequence[Question], rank: Rank) -> float:
    """The score from which an answer is worth giving."""
    gains: list[tuple[float, int]] = []  # what is gained by answering from that score on
    for question in questions:
        ranked = rank(question.text)
        if ranked:
            best, score = ranked[0]
            right = bool(question.things) and best in question.things[0]
            gains.append((score, 1 if right else -1 if question.kind == UNRELATED else 0))
    best_total, best_score, total = 0, 0.0, 0
    for score, gain in sorted(gains, reverse=True):
        total += gain
        if total > best_total:
            best_total, best_score = total, score
    return best_score


def _report(name: str, asked: Sequence[Answer]) -> None:
    for split in ("seen", "unseen"):
        of = [answer for answer in asked if answer.question.split == split]
        if not of:
            continue
        at = level(of)
        times = sorted(answer.seconds * 1000 for answer in of)
        shares = "".join(f"{share:>9.1%}" for share in (at.group_at_1, at.item_at_1, at.item_at_3, at.false))
        p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
        print(f"{name:<22}{split:<8}{shares}{p50:>9.2f}{p99:>9.2f}", flush=True)


if __name__ == "__main__":
    main()
