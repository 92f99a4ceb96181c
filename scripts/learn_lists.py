"""Learns whether a message lists several things; see bot/search/lists.py."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from bot.search.index import Index
from bot.search.learned import Learned
from bot.search.lists import LIST_EVIDENCE, gather_list
from bot.sorting.content import Content
from bot.sorting.search import DANGER, entry_of
from scripts.boosting import Model, boosted, report
from scripts.examples import lists
from scripts.linear import Array

FOLDS = 5
RISING = {"second"}


def learn_lists(content: Content, learned: Learned, others: Sequence[str]) -> Model:
    """From the lists among the questions and from `others`, of which nothing was `learned`."""
    index = Index([entry_of(item) for item in content.items], content.words, danger=DANGER, learned=learned)
    taught = lists()
    numbers: list[tuple[float, ...]] = []
    is_list: list[bool] = []
    folds: list[int] = []
    for text, is_several in [*((text, True) for text in taught), *((text, False) for text in others)]:
        whole, parts = index.taken_apart(text)
        if len({part.best for part in parts if part.best}) > 1:
            numbers.append(gather_list(whole, parts))
            is_list.append(is_several)
            folds.append(crc32(text[::-1].encode()) % FOLDS)  # `others` are one fold of another kind
    evidence, right, fold = np.array(numbers), np.array(is_list), np.array(folds)
    print(
        f"of {len(taught)} lists {right.sum()} can be taken apart, of {len(others)} others {(~right).sum()}"
    )
    said = np.zeros(len(right))
    for one in range(FOLDS):
        said[fold == one] = _judge(evidence[fold != one], right[fold != one]).predict_proba(
            evidence[fold == one]
        )[:, 1]
    report("several", said, right)
    return _judge(evidence, right)


def _judge(evidence: Array, right: Array) -> Model:
    return boosted([name in RISING for name in LIST_EVIDENCE]).fit(evidence, right)
