"""What was learned from the questions of people: three files that scripts/learn.py makes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.search.evidence import EVIDENCE
from bot.search.lists import LIST_EVIDENCE
from bot.search.trees import Trees, load_trees
from bot.search.weights import Weights, load_weights

FOLDER = "learned"
THINGS, MATTER, JUDGES = "things.weights", "matter.weights", "judges.json"
LISTS = "lists.json"
OTHER = "-"  # stands beside the ids of entries for every other matter


@dataclass(frozen=True, slots=True)
class Learned:
    """`things`: entry ids, and OTHER, by the words of a message.

    `matter`: whether it is about throwing anything away. `found`: how likely one of the entries is meant;
    `sure`: how likely the family of the best one is right; `lists`: how likely a message that can be taken
    apart lists several things.
    """

    things: Weights
    matter: Weights
    found: Trees
    sure: Trees
    lists: Trees | None = None


NOTHING = Learned(Weights((), (), {}), Weights(("thing",), (0,), {}), Trees(0.0, ()), Trees(0.0, ()))


def load_learned(content_dir: Path) -> Learned:
    """Raises ContentError."""
    folder = content_dir / FOLDER
    judges = load_trees(folder / JUDGES, EVIDENCE)
    lists = load_trees(folder / LISTS, LIST_EVIDENCE)
    return Learned(
        load_weights(folder / THINGS),
        load_weights(folder / MATTER),
        judges["found"],
        judges["sure"],
        lists["several"],
    )
