"""Many small decision trees as learned from evidence, and how they are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from bot.search.trees import Trees
from scripts.linear import Array

Model = Any  # a HistGradientBoostingClassifier, which has no types


def boosted(rising: Sequence[bool]) -> Model:
    """Of which evidence more can never make it less likely."""
    return HistGradientBoostingClassifier(
        max_iter=200,
        learning_rate=0.07,
        max_leaf_nodes=8,
        min_samples_leaf=20,
        l2_regularization=1.0,
        monotonic_cst=[int(one) for one in rising],
        early_stopping=False,
        random_state=0,
    )


def as_trees(model: Model) -> Trees:
    return Trees(**_told(model))


def save_judges(
    path: Path, evidence: Sequence[str], judges: Mapping[str, Model], learned_from: str = ""
) -> None:
    """As bot/search/trees.py reads them."""
    told = {name: _told(model) for name, model in judges.items()}
    text = json.dumps(
        {"learned_from": learned_from, "evidence": evidence, **told}, separators=(",", ":")
    ).replace("]],[[", "]],\n[[")
    path.write_text(text + "\n", encoding="utf-8")


def report(name: str, said: Array, right: Array) -> None:
    """Measured on messages that were not learned from."""
    print(f"{name}: {right.mean():.1%} of all")
    for false in (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05):
        least = float(np.quantile(said[~right], 1 - false))
        print(
            f"  from {least:.3f}: {(said[right] >= least).mean():.1%} of the right, {false:.1%} of the wrong"
        )


def _told(model: Model) -> dict[str, Any]:
    base = float(np.ravel(model._baseline_prediction)[0])
    return {"base": round(base, 5), "trees": [[_node(n) for n in one[0].nodes] for one in model._predictors]}


def _node(node: Any) -> float | list[float]:
    if node["is_leaf"]:
        return round(float(node["value"]), 5)
    return [int(node["feature_idx"]), float(node["num_threshold"]), int(node["left"]), int(node["right"])]
