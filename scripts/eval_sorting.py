"""How well sorting questions are answered: `python -m scripts.eval_sorting`."""

from __future__ import annotations

import csv
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.sorting import Found, Sorting, load_sorting

ROOT = Path(__file__).parent.parent
QUESTIONS = ROOT / "tests" / "data" / "sorting_questions.tsv"


@dataclass(frozen=True)
class Question:
    """`expected`: ids of the acceptable items, the likeliest first; empty when nothing must be found."""

    split: str
    expected: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Answer:
    question: Question
    found: Found
    group_right: bool
    seconds: float

    @property
    def first(self) -> str:
        return self.found.items[0].item.id if self.found.items else ""

    @property
    def item_right(self) -> bool:
        return self.first in self.question.expected

    @property
    def among_three(self) -> bool:
        return any(match.item.id in self.question.expected for match in self.found.items)


@dataclass(frozen=True)
class Level:
    """Shares 0..1 of one split; `wrong_sure` counts confident answers in a wrong group."""

    questions: int
    unrelated: int
    group_at_1: float
    item_at_1: float
    item_at_3: float
    sure: float
    wrong_sure: int
    false_answers: float


def read_questions(path: Path = QUESTIONS) -> list[Question]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Question(row["split"], tuple(row["expected"].split()), row["question"]) for row in rows]


def ask(sorting: Sorting, questions: Sequence[Question]) -> list[Answer]:
    answers = []
    for question in questions:
        begun = time.perf_counter()
        found = sorting.find(question.text)
        seconds = time.perf_counter() - begun
        groups = {sorting.item(id).group for id in question.expected}
        right = bool(found.items) and found.items[0].item.group in groups
        answers.append(Answer(question, found, right, seconds))
    return answers


def level(answers: Sequence[Answer]) -> Level:
    waste = [answer for answer in answers if answer.question.expected]
    unrelated = [answer for answer in answers if not answer.question.expected]
    return Level(
        questions=len(waste),
        unrelated=len(unrelated),
        group_at_1=statistics.mean(answer.group_right for answer in waste),
        item_at_1=statistics.mean(answer.item_right for answer in waste),
        item_at_3=statistics.mean(answer.among_three for answer in waste),
        sure=statistics.mean(answer.found.confident for answer in waste),
        wrong_sure=sum(answer.found.confident and not answer.group_right for answer in answers),
        false_answers=statistics.mean(bool(answer.found.items) for answer in unrelated),
    )


def _miss(answer: Answer) -> str:
    offered = ", ".join(f"{match.item.id} {match.score}" for match in answer.found.items) or "nothing"
    sure = " (sure)" if answer.found.confident else ""
    wanted = " or ".join(answer.question.expected) or "nothing"
    return f"  {answer.question.text!r}: {offered}{sure}, wanted {wanted}"


def _report(split: str, answers: Sequence[Answer], *, misses: bool) -> None:
    at = level(answers)
    print(f"{split}: {at.questions} questions, {at.unrelated} unrelated")
    print(f"  group@1 {at.group_at_1:.1%}   item@1 {at.item_at_1:.1%}   item@3 {at.item_at_3:.1%}")
    print(f"  sure {at.sure:.1%}, of all messages {at.wrong_sure} surely wrong")
    print(f"  false answers on unrelated {at.false_answers:.1%}")
    if misses:
        print("\n".join(_miss(a) for a in answers if (not a.item_right if a.question.expected else a.first)))


def main(arguments: Sequence[str]) -> None:
    begun = time.perf_counter()
    sorting = load_sorting(ROOT / "content")
    built = time.perf_counter() - begun
    questions = read_questions()
    answers = ask(sorting, questions)
    hidden = "--hide-held" in arguments  # while tuning: the misses of held questions stay unseen
    for split in ("seen", "held"):
        part = [answer for answer in answers if answer.question.split == split]
        _report(split, part, misses=split == "seen" or not hidden)
    times = statistics.quantiles([answer.seconds * 1000 for answer in answers], n=100)
    print(
        f"per question p50 {times[49]:.2f} ms, p99 {times[98]:.2f} ms; index built in {built * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
