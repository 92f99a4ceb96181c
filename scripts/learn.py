"""Learns from questions what is meant and whether to answer: `make learn` writes content/learned/.

From the questions of tests/data/search_questions.tsv marked "seen", from what people type about everything
else (everyday.txt) and from ways of asking (frames.txt). Three things are learned, each from the mistakes
of the one before on questions that it had not seen:

1. things.weights: which item the words speak for (linear support vector machine, one against all);
2. matter.weights: whether it is about throwing anything away (logistic regression);
3. judges.json: from both and from the alignment, whether to answer, and how surely (boosted trees).

Worth doing anew when those files or the content have grown; an item that is not learned yet is found by its
names alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.search.alignment import Alignment
from bot.search.asked import Asked
from bot.search.blend import Blend
from bot.search.evidence import EVIDENCE, Ways, gather
from bot.search.features import of_matter, of_things
from bot.search.learned import FOLDER, JUDGES, MATTER, NOTHING, THINGS
from bot.sorting.loading import load_content
from bot.sorting.search import DANGER, entry_of
from scripts.examples import THING, fingerprint, frames, messages, unknown_things
from scripts.linear import Array, Linear
from scripts.questions import ROOT

FOLDS = 5
UNLEARNED = 12  # of so many messages one is judged as if its item were new,
ABSENT = 30  # and one as if there were no item for it: what is near then must not be offered
LEAST_WEIGHT = 50  # hundredths, times rareness; less says hardly anything
ASKED_WEIGHT = 3.0  # a question beside a name


@dataclass(frozen=True)
class Example:
    """A message: the ids that are right, if any; whether it is about throwing anything away."""

    right: tuple[str, ...]
    is_thing: bool
    asked: Asked
    aligned: dict[str, float]
    words: list[str]
    fold: int
    unlearned: bool
    absent: bool


class Lessons:
    def __init__(self, content_dir: Path) -> None:
        content = load_content(content_dir / "sorting")
        self._family_of = {item.id: str(item.group) for item in content.items}
        self._alignment = Alignment([entry_of(item) for item in content.items], content.words, DANGER)
        self._blend = Blend(self._alignment, NOTHING, self._family_of)
        self.ids = sorted(self._family_of)
        self.names = [(id, of_things(words)) for id, words in self._alignment.names.words()]
        self.examples = [self._example(right, text, bool(right)) for text, right in messages().items()]
        self.examples += [self._example((), text, True) for text in unknown_things()]
        self.frames = [self._frame(line) for line in frames()]

    def _example(self, right: tuple[str, ...], text: str, is_thing: bool) -> Example:
        asked = self._alignment.weigh(self._alignment.read(text))
        return Example(
            right=right,
            is_thing=is_thing,
            asked=asked,
            aligned=self._alignment.of(asked),
            words=self._blend.words(asked),
            fold=crc32(text.encode()) % FOLDS,
            unlearned=crc32(text.encode()) // FOLDS % UNLEARNED == 0,
            absent=crc32(text.encode()) // FOLDS % ABSENT == 1,
        )

    def _frame(self, line: str) -> set[str]:
        """What stands around a thing."""
        before, after = (
            [token for token in self._alignment.read(part).tokens if token.bare]
            for part in line.split(THING, 1)
        )
        gap = self._alignment.read("x").tokens
        return of_matter((*before, *gap, *after), {len(before)})

    def things(self, of: Sequence[Example]) -> Linear:
        taught = [example for example in of if example.right]
        return Linear(LEAST_WEIGHT, fewest=2).fit(
            LinearSVC(C=0.5),
            [features for _, features in self.names] + [of_things(example.words) for example in taught],
            [id for id, _ in self.names] + [example.right[0] for example in taught],
            [1.0] * len(self.names) + [ASKED_WEIGHT] * len(taught),
        )

    def matter(self, of: Sequence[set[str]], right: Sequence[bool]) -> Linear:
        taught = [*of, *self.frames]
        return Linear(0, fewest=3).fit(
            LogisticRegression(C=10, max_iter=1000, solver="liblinear"),
            taught,
            [*right, *[True] * len(self.frames)],
            [1.0] * len(taught),
        )

    def ways(self, example: Example, said: Sequence[float]) -> Ways:
        learned = dict(zip(self.ids, map(float, said), strict=True))
        aligned = dict(example.aligned)
        for id in example.right:
            if example.unlearned or example.absent:
                learned.pop(id, None)
            if example.absent:
                aligned.pop(id, None)
        return self._blend.ways(aligned, learned)

    def around(self, example: Example, ways: Ways) -> tuple[frozenset[int], set[str]]:
        thing = self._blend.thing(example.asked, ways.best)
        return thing, of_matter(example.asked.message.tokens, thing)

    def is_family(self, example: Example, ways: Ways) -> bool:
        families = {self._family_of[id] for id in example.right}
        return self._family_of[ways.best] in families and not example.absent


def crossed(examples: Sequence[Example], learn: Callable[[list[int]], Callable[[list[int]], Array]]) -> Array:
    """What is said of each example by what was learned from the other folds."""
    said: Array = None
    for fold in range(FOLDS):
        apart = [at for at, example in enumerate(examples) if example.fold == fold]
        others = [at for at, example in enumerate(examples) if example.fold != fold]
        found = learn(others)(apart)
        said = np.zeros((len(examples), *found.shape[1:])) if said is None else said
        said[apart] = found
    return said


def judge() -> HistGradientBoostingClassifier:
    rising = {"aligned_closest", "aligned_best", "learned_closest", "fit", "matter"}
    return HistGradientBoostingClassifier(
        max_iter=200,
        learning_rate=0.07,
        max_leaf_nodes=8,
        min_samples_leaf=20,
        l2_regularization=1.0,
        monotonic_cst=[int(name in rising) for name in EVIDENCE],
        early_stopping=False,
        random_state=0,
    )


def trees(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """As bot/search/trees.py reads them."""
    base = float(np.ravel(model._baseline_prediction)[0])
    return {"base": round(base, 5), "trees": [[_node(n) for n in one[0].nodes] for one in model._predictors]}


def _node(node: Any) -> float | list[float]:
    if node["is_leaf"]:
        return round(float(node["value"]), 5)
    return [int(node["feature_idx"]), float(node["num_threshold"]), int(node["left"]), int(node["right"])]


def main(content_dir: Path = ROOT / "content") -> None:
    lessons = Lessons(content_dir)
    examples = lessons.examples
    is_thing = np.array([example.is_thing for example in examples])
    print(f"{is_thing.sum()} about things, {(~is_thing).sum()} about others, {len(lessons.names)} names")

    def learn_things(at: list[int]) -> Callable[[list[int]], Array]:
        model = lessons.things([examples[one] for one in at])
        return lambda asked: model.of([of_things(examples[one].words) for one in asked])

    ways = [lessons.ways(*pair) for pair in zip(examples, crossed(examples, learn_things), strict=True)]
    things, around = zip(*map(lessons.around, examples, ways), strict=True)

    def learn_matter(at: list[int]) -> Callable[[list[int]], Array]:
        model = lessons.matter([around[one] for one in at], list(is_thing[at]))
        return lambda asked: model.of([around[one] for one in asked])

    matter = crossed(examples, learn_matter)
    evidence = np.array(
        [
            gather(example.asked, *rest).numbers()
            for example, *rest in zip(examples, ways, things, map(float, matter), strict=True)
        ]
    )
    is_right = np.array(
        [lessons.is_family(example, way) for example, way in zip(examples, ways, strict=True)]
    )
    has_item = np.array([bool(example.right) and not example.absent for example in examples])
    judges = {"found": has_item, "sure": is_right}
    for name, right in judges.items():
        said = crossed(examples, lambda at, right=right: _judged(evidence, at, right))  # type: ignore[misc]
        report(name, said, right)
    folder = content_dir / FOLDER
    folder.mkdir(exist_ok=True)
    lessons.things(examples).weights(lessons.ids).save(folder / THINGS)
    lessons.matter(around, list(is_thing)).weights(["thing"]).save(folder / MATTER)
    learned = {name: trees(judge().fit(evidence, right)) for name, right in judges.items()}
    text = json.dumps(
        {"learned_from": fingerprint(), "evidence": EVIDENCE, **learned}, separators=(",", ":")
    ).replace("]],[[", "]],\n[[")
    (folder / JUDGES).write_text(text + "\n", encoding="utf-8")


def _judged(evidence: Array, at: list[int], right: Array) -> Callable[[list[int]], Array]:
    model = judge().fit(evidence[at], right[at])
    return lambda asked: model.predict_proba(evidence[asked])[:, 1]


def report(name: str, said: Array, right: Array) -> None:
    """Measured on messages that were not learned from."""
    print(f"{name}: {right.mean():.1%} of all")
    for false in (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05):
        least = float(np.quantile(said[~right], 1 - false))
        print(
            f"  from {least:.3f}: {(said[right] >= least).mean():.1%} of the right, {false:.1%} of the wrong"
        )


if __name__ == "__main__":
    main()
