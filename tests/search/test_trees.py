"""A likelihood out of decision trees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.content.files import ContentError
from bot.search.trees import Trees, load_trees

TREE: list[float | list[float]] = [[0, 0.5, 1, 2], -1.0, [1, 3.0, 3, 4], 0.5, 2.0]
LEARNED: dict[str, Any] = {
    "learned_from": "",
    "evidence": ["fit", "words"],
    "found": {"base": 0.0, "trees": [TREE, TREE]},
}


@pytest.mark.parametrize(("evidence", "odds"), [((0.5, 9), -2.0), ((0.6, 3), 1.0), ((0.6, 4), 4.0)])
def test_each_tree_adds_the_leaf_it_leads_to(evidence: tuple[float, float], odds: float) -> None:
    likelihood = Trees(0.0, [TREE, TREE]).of(evidence)
    assert likelihood == pytest.approx(1 / (1 + 2.718281828**-odds))


def test_a_file_is_read_by_what_it_judges(tmp_path: Path) -> None:
    path = tmp_path / "judges.json"
    path.write_text(json.dumps(LEARNED), encoding="utf-8")
    assert load_trees(path, ("fit", "words"))["found"].of((0.6, 4)) > 0.95


@pytest.mark.parametrize("wrong", ["", "[]", '{"found": 1}', json.dumps({**LEARNED, "evidence": ["fit"]})])
def test_a_file_that_is_broken_or_of_other_evidence_is_told(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "judges.json"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(ContentError, match="make it anew"):
        load_trees(path, ("fit", "words"))
