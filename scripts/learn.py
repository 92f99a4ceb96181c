"""Learns from questions what is meant and whether to answer: `make learn` writes content/learned/.

From the questions of tests/data/search_questions.tsv marked "seen", from what people type about everything
else (everyday.txt) and from ways of asking (frames.txt). Four things are learned, each from the mistakes
of the one before on questions that it had not seen:

1. things.weights: which item the words speak for (linear support vector machine, one against all);
2. matter.weights: whether it is about throwing anything away (the same);
3. judges.json: from both and from the alignment, whether to answer, and how surely (boosted trees);
4. lists.json: whether a message that can be taken apart lists several things (the same; learn_lists.py).

Worth doing anew when those files or the content have grown; an item that is not learned yet is found by its
names alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from sklearn.svm import LinearSVC

from bot.search.alignment import Alignment
from bot.search.asked import Asked
from bot.search.blend import Blend
from bot.search.evidence import EVIDENCE, Ways, gather
from bot.search.features import of_matter, of_things
from bot.search.learned import FOLDER, JUDGES, LISTS, MATTER, NOTHING, OTHER, THINGS, Learned
from bot.search.lists import LIST_EVIDENCE
from bot.search.weights import Weights
from bot.sorting.loading import load_content
from bot.sorting.search import DANGER, entry_of
from scripts.boosting import Model, as_trees, boosted, report, save_judges
from scripts.examples import THING, fingerprint, frames, messages, unknown_things
from scripts.learn_lists import learn_lists
from scripts.linear import Array, Linear
from scripts.questions import ROOT

FOLDS = 5
UNLEARNED = 12  # of so many messages one is judged as if its item were new,
ABSENT = 30  # and one as if there were no item for it: what is near then must not be offered
LEAST_WEIGHT = 50  # hundredths, times rareness; less says hardly anything
ASKED_WEIGHT = 3.0  # a question beside a name,
OTHER_WEIGHT = 1.5  # and a message about another matter
RISING = {"aligned_closest", "aligned_best", "learned_closest", "fit", "matter"}  # more is never less likely


@dataclass(frozen=True)
class Example:
    """A message: the ids that are right, if any; whether it is about throwing anything away."""

    text: str
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
        self.content = content = load_content(content_dir / "sorting")
        self._family_of = {item.id: str(item.group) for item in content.items}
        self._alignment = Alignment([entry_of(item) for item in content.items], content.words, DANGER)
        self._blend = Blend(self._alignment, NOTHING, self._family_of)
        self.columns = sorted((OTHER, *self._family_of))
        self.names = [(id, of_things(words)) for id, words in self._alignment.names.words()]
        self.examples = [self._example(right, text, bool(right)) for text, right in messages().items()]
        self.examples += [self._example((), text, True) for text in unknown_things()]
        self.frames = [self._frame(line) for line in frames()]

    def _example(self, right: tuple[str, ...], text: str, is_thing: bool) -> Example:
        asked = self._alignment.weigh(self._alignment.read(text))
        return Example(
            text=text,
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
        taught = [example for example in of if example.right or not example.is_thing]
        return Linear(LEAST_WEIGHT, fewest=2).fit(
            LinearSVC(C=0.5),
            [features for _, features in self.names] + [of_things(example.words) for example in taught],
            [id for id, _ in self.names] + [(*example.right, OTHER)[0] for example in taught],
            [1.0] * len(self.names) + [ASKED_WEIGHT if example.right else OTHER_WEIGHT for example in taught],
        )

    def matter(self, of: Sequence[set[str]], right: Sequence[bool]) -> Linear:
        taught = [*of, *self.frames]
        return Linear(0, fewest=3).fit(
            LinearSVC(C=2.0),
            taught,
            [*right, *[True] * len(self.frames)],
            [1.0] * len(taught),
        )

    def ways(self, example: Example, said: Sequence[float]) -> Ways:
        learned = dict(zip(self.columns, map(float, said), strict=True))
        learned.pop(OTHER)
        aligned = dict(example.aligned)
        for id in example.right:
            if example.unlearned or example.absent:
                learned.pop(id, None)
            if example.absent:
                aligned.pop(id, None)
        return self._blend.ways(aligned, learned)

    def around(self, example: Example, ways: Ways) -> tuple[frozenset[int], set[str]]:
        thing = self._blend.thing(example.asked, ways.best)
        return thing, self._blend.around(example.asked, thing)

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


def judge() -> Model:
    return boosted([name in RISING for name in EVIDENCE])


def main(content_dir: Path = ROOT / "content") -> None:
    lessons = Lessons(content_dir)
    examples = lessons.examples
    is_thing = np.array([example.is_thing for example in examples])
    print(f"{is_thing.sum()} about things, {(~is_thing).sum()} about others, {len(lessons.names)} names")

    def learn_things(at: list[int]) -> Callable[[list[int]], Array]:
        model = lessons.things([examples[one] for one in at])
        return lambda asked: model.of([of_things(examples[one].words) for one in asked])

    said = crossed(examples, learn_things)
    ways = [lessons.ways(*pair) for pair in zip(examples, said, strict=True)]
    things, around = zip(*map(lessons.around, examples, ways), strict=True)

    def learn_matter(at: list[int]) -> Callable[[list[int]], Array]:
        model = lessons.matter([around[one] for one in at], list(is_thing[at]))
        return lambda asked: model.of([around[one] for one in asked])

    matter = crossed(examples, learn_matter)
    evidence = np.array(
        [
            gather(example.asked, way, thing, matter=float(about), other=float(one)).numbers()
            for example, way, thing, about, one in zip(
                examples, ways, things, matter, said[:, lessons.columns.index(OTHER)], strict=True
            )
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

    def learn(at: Sequence[int]) -> tuple[Weights, Weights, dict[str, Model]]:
        return (
            lessons.things([examples[one] for one in at]).weights(lessons.columns),
            lessons.matter([around[one] for one in at], list(is_thing[at])).weights(["thing"]),
            {name: judge().fit(evidence[at], right[at]) for name, right in judges.items()},
        )

    folder = content_dir / FOLDER
    folder.mkdir(exist_ok=True)
    things_known, matter_known, models = learn([at for at, example in enumerate(examples) if example.fold])
    known = Learned(things_known, matter_known, as_trees(models["found"]), as_trees(models["sure"]))
    unlearned = [example.text for example in examples if not example.fold]
    save_judges(folder / LISTS, LIST_EVIDENCE, {"several": learn_lists(lessons.content, known, unlearned)})
    things_learned, matter_learned, models = learn(range(len(examples)))
    things_learned.save(folder / THINGS)
    matter_learned.save(folder / MATTER)
    save_judges(folder / JUDGES, EVIDENCE, models, fingerprint())


def _judged(evidence: Array, at: list[int], right: Array) -> Callable[[list[int]], Array]:
    model = judge().fit(evidence[at], right[at])
    return lambda asked: model.predict_proba(evidence[asked])[:, 1]


if __name__ == "__main__":
    main()
