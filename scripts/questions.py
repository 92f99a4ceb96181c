"""The questions that the search is measured with, and how well it answers them."""

from __future__ import annotations

import csv
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.sorting import Found, Sorting

ROOT = Path(__file__).parent.parent
QUESTIONS = ROOT / "tests" / "data" / "search_questions.tsv"
UNRELATED = "unrelated"

Offer = tuple[str, ...]
"""Ids for one thing, best first; empty: nothing fits."""


@dataclass(frozen=True)
class Question:
    """One message as people type it. `things`: for each thing in it the ids that are right.

    No things: nothing must be found, because the message is about something else (`kind` unrelated)
    or because no item is written for the thing.
    """

    split: str
    kind: str
    things: tuple[tuple[str, ...], ...]
    text: str


@dataclass(frozen=True)
class Answer:
    question: Question
    offers: tuple[Offer, ...]
    listed: bool
    sure: bool
    seconds: float
    group_right: bool
    item_right: bool
    among_three: bool

    @property
    def is_false(self) -> bool:
        return not self.question.things and any(self.offers)

    @property
    def surely_wrong(self) -> bool:
        return self.sure and not self.group_right


@dataclass(frozen=True)
class Level:
    """Shares 0..1 of the messages that name things; `false` of those that name none.

    `listed`: answered as a list, of those that name one thing.
    """

    things: int
    others: int
    listed: float
    group_at_1: float
    item_at_1: float
    item_at_3: float
    sure: float
    surely_wrong: int
    false: float


def read_questions(path: Path = QUESTIONS) -> list[Question]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Question(row["split"], row["kind"], _things(row["expected"]), row["question"]) for row in rows
        ]


def _things(expected: str) -> tuple[tuple[str, ...], ...]:
    if not expected or expected.startswith("!"):
        return ()
    return tuple(tuple(part.split()) for part in expected.split("+"))


Ask = Callable[[Question], tuple[tuple[Offer, ...], bool]]
"""What is offered, and whether surely."""


def ask_sorting(sorting: Sorting) -> Ask:
    def ask(question: Question) -> tuple[tuple[Offer, ...], bool]:
        found = sorting.find_many(question.text)
        return tuple(map(_offer, found)), all(one.confident for one in found)

    return ask


def _offer(found: Found) -> Offer:
    return tuple(match.item.id for match in found.items)


def answers(questions: Iterable[Question], ask: Ask, group_of: Callable[[str], str]) -> list[Answer]:
    return [_answer(question, ask, group_of) for question in questions]


def _answer(question: Question, ask: Ask, group_of: Callable[[str], str]) -> Answer:
    begun = time.perf_counter()
    offers, sure = ask(question)
    seconds = time.perf_counter() - begun
    things = question.things
    listed = len(offers) > 1
    if listed and len(things) == 1:
        offers = (tuple(offer[0] for offer in offers if offer),)  # they stand one below the other
    firsts = {offer[0] for offer in offers if offer}
    groups = {group_of(id) for id in firsts}
    offered = {id for offer in offers for id in offer[:3]}
    return Answer(
        question=question,
        offers=offers,
        listed=listed,
        sure=sure and bool(firsts),
        seconds=seconds,
        group_right=bool(things) and all(groups & set(map(group_of, right)) for right in things),
        item_right=bool(things) and all(firsts.intersection(right) for right in things),
        among_three=bool(things) and all(offered.intersection(right) for right in things),
    )


def level(of: Sequence[Answer]) -> Level:
    things = [answer for answer in of if answer.question.things]
    others = [answer for answer in of if answer.question.kind == UNRELATED]
    return Level(
        things=len(things),
        others=len(others),
        listed=_share(answer.listed for answer in things if len(answer.question.things) == 1),
        group_at_1=_share(answer.group_right for answer in things),
        item_at_1=_share(answer.item_right for answer in things),
        item_at_3=_share(answer.among_three for answer in things),
        sure=_share(answer.sure for answer in things),
        surely_wrong=sum(answer.surely_wrong for answer in of),
        false=_share(answer.is_false for answer in others),
    )


def _share(of: Iterable[bool]) -> float:
    values = list(of)
    return statistics.mean(values) if values else 0.0
