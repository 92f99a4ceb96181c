"""How well the search understands what people type: `python -m scripts.eval [--misses N] [--hide-unseen]`."""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.sorting import Sorting, load_sorting
from scripts.questions import ROOT, Answer, Question, answers, ask_sorting, level, read_questions

SPLITS = ("seen", "unseen")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show the N hardest misses")
    parser.add_argument("--hide-unseen", action="store_true", help="show no single unseen question")
    options = parser.parse_args(arguments)
    begun = time.perf_counter()
    sorting = load_sorting(ROOT / "content")
    built = time.perf_counter() - begun
    asked = answers(read_questions(), ask_sorting(sorting), lambda id: sorting.item(id).group)
    for split in SPLITS:
        _report_split(split, [answer for answer in asked if answer.question.split == split])
    unseen = [answer for answer in asked if answer.question.split == "unseen"]
    _report_kinds(unseen)
    _report_groups(sorting, unseen)
    shown = [answer for answer in asked if answer.question.split == "seen" or not options.hide_unseen]
    for line in _misses(sorting, shown, options.misses):
        print(line)
    _report_time(asked, built, len(sorting.items))


def _report_split(split: str, of: Sequence[Answer]) -> None:
    if not of:
        return
    at = level(of)
    print(f"{split}: {at.things} messages that name things, {at.others} about other matters")
    print(f"  group@1 {at.group_at_1:.1%}   item@1 {at.item_at_1:.1%}   item@3 {at.item_at_3:.1%}")
    print(f"  sure {at.sure:.1%}, surely wrong {at.surely_wrong}   false answers {at.false:.1%}")
    print(f"  one thing taken for a list {at.listed:.1%}")


def _report_kinds(asked: Sequence[Answer]) -> None:
    print("\nunseen, by kind     n  group@1  item@1  item@3  false")
    for kind in sorted({answer.question.kind for answer in asked}):
        of = [answer for answer in asked if answer.question.kind == kind]
        at = level(of)
        named = f"{at.group_at_1:8.1%}{at.item_at_1:8.1%}{at.item_at_3:8.1%}" if at.things else " " * 24
        others = [answer for answer in of if not answer.question.things]
        false = f"{sum(answer.is_false for answer in others)} of {len(others)}" if others else ""
        print(f"{kind:<16}{len(of):5}{named}  {false}")


def _report_groups(sorting: Sorting, asked: Sequence[Answer]) -> None:
    """Messages that name one thing: the group that is right × the group offered first."""
    counts: Counter[tuple[str, str]] = Counter()
    for answer in asked:
        if len(answer.question.things) == 1:
            right = str(sorting.item(answer.question.things[0][0]).group)
            given = str(sorting.item(answer.offers[0][0]).group) if answer.offers[0] else "nothing"
            counts[right, right if answer.group_right else given] += 1
    codes = [str(group.code) for group in sorting.groups]
    print("\nright × given " + "".join(f"{code:>11}" for code in (*codes, "nothing")))
    for right in codes:
        print(f"{right:<14}" + "".join(f"{counts[right, given] or '·':>11}" for given in (*codes, "nothing")))


def _misses(sorting: Sorting, asked: Sequence[Answer], most: int) -> Iterator[str]:
    """The worst first: surely wrong, false answers, wrong group, wrong item."""
    missed = [answer for answer in asked if _badness(answer)]
    for answer in sorted(missed, key=_badness, reverse=True)[:most]:
        question = answer.question
        offered = " + ".join(
            _scored(sorting, question) if offer else "nothing" for offer in answer.offers[:1]
        )
        sure = " SURELY" if answer.sure else ""
        yield f"  {question.kind:<10} {question.text!r}: {offered}{sure}, wanted {_wanted(question)}"


def _badness(answer: Answer) -> int:
    if answer.surely_wrong or answer.is_false:
        return 5 if answer.sure else 4
    if not answer.question.things or answer.item_right:
        return 0
    return 1 if answer.group_right else 2 if answer.among_three else 3


def _scored(sorting: Sorting, question: Question) -> str:
    found = sorting.find_many(question.text)
    return " + ".join(", ".join(f"{m.item.id} {m.score}" for m in one.items) or "nothing" for one in found)


def _wanted(question: Question) -> str:
    return " + ".join(" or ".join(right) for right in question.things) or "nothing"


def _report_time(asked: Sequence[Answer], built: float, items: int) -> None:
    times = statistics.quantiles([answer.seconds * 1000 for answer in asked], n=100)
    print(f"\n{items} items: a message takes p50 {times[49]:.2f} ms, p99 {times[98]:.2f} ms", end="; ")
    print(f"content read and indexed in {built * 1000:.0f} ms")


if __name__ == "__main__":
    main()
