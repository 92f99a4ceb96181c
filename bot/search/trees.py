"""A likelihood out of many small decision trees, as learned from examples by gradient boosting."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.content.files import ContentError, Fault

Node = float | tuple[int, float, "Node", "Node"]
"""A leaf; or the number of the evidence, the most of it that leads left, and the two nodes that follow."""


class Trees:
    def __init__(self, base: float, trees: Sequence[Sequence[float | Sequence[float]]]) -> None:
        """`trees`: each as its nodes, the first one first; a leaf is its value in log-odds."""
        self._base = base
        self._trees = [_node(tree, 0) for tree in trees]

    def of(self, evidence: Sequence[float]) -> float:
        """0..1."""
        odds = self._base + sum(_leaf(tree, evidence) for tree in self._trees)
        return 1 / (1 + math.exp(-odds))


def load_trees(path: Path, evidence: Sequence[str]) -> dict[str, Trees]:
    """By what they judge. Raises ContentError, also when they were learned from other `evidence`."""
    try:
        learned: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        learned.pop("learned_from")
        if tuple(learned.pop("evidence")) != tuple(evidence):
            raise ValueError("learned from other evidence")
        return {judged: Trees(one["base"], one["trees"]) for judged, one in learned.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ContentError([Fault(path, 1, f"cannot be read; make it anew: {error!r}")]) from None


def _node(tree: Sequence[float | Sequence[float]], at: int) -> Node:
    node = tree[at]
    if isinstance(node, (int, float)):
        return float(node)
    number, most, left, right = node
    return int(number), float(most), _node(tree, int(left)), _node(tree, int(right))


def _leaf(node: Node, evidence: Sequence[float]) -> float:
    while not isinstance(node, float):
        number, most, left, right = node
        node = left if evidence[number] <= most else right
    return node
