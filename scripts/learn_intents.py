"""Learns what people want: `make learn` also writes content/learned/intents.weights and wishes.weights.

From the messages of tests/data/intent_questions.tsv marked "seen", from the ways of asking that the content
files of law, help and tips name, from questions about things, and from what people type about everything else
(everyday.txt, but for what touches the bot's matters: nobody has told which).

Two things are learned: `wishes`, whether law, help, a tip or a report is wanted at all, and `intents`, which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import yaml
from sklearn.svm import LinearSVC

from bot.faq import load_faqs
from bot.fold import fold
from bot.intents import INTENTS, WISHES
from bot.laws import load_laws
from bot.search.features import of_matter
from bot.search.learned import FOLDER
from bot.sorting import load_sorting
from bot.tips import load_tips
from scripts.eval_intents import read_questions
from scripts.examples import fingerprint_of_wishes, messages
from scripts.linear import Linear
from scripts.questions import ROOT

FOLDS = 5
LEAST_WEIGHT = 20  # hundredths, times rareness
ONE_THING_IN = 6  # of the questions about things, which are many
WRITTEN = 0.5  # a way of asking from the content beside one that people typed
WISHED = ("report", "law", "help", "tip")
QUIET = "talk"  # everything else
OURS = re.compile(
    r"\b(phat|luat|cam|quy dinh|nghi dinh|rac|thu gom|phan loai|bot|app|phan anh|ma|tin nhan|xa thai|o nhiem"
    r"|moi truong|tiet kiem|dien mat troi|nilon|nhua|dot|tai che|doi|can bo|xa|duong day nong)\b"
)


@dataclass(frozen=True)
class Example:
    label: str
    features: set[str]
    weight: float
    fold: int

    @property
    def is_wish(self) -> bool:
        return self.label != QUIET


def examples(content_dir: Path) -> Iterator[Example]:
    sorting = load_sorting(content_dir)
    for weight, label, text in _labelled(content_dir):
        features = of_matter(sorting.tokens(text), ())
        yield Example(label, features, weight, crc32(text.encode()) % FOLDS)


def _labelled(content_dir: Path) -> Iterator[tuple[float, str, str]]:
    for question in read_questions():
        kind, id = question.kinds[0], "".join(question.ids[:1])
        if question.split == "seen" and kind in WISHED and (id or kind == "report"):
            yield 1.0, f"{kind}:{id}" if id else kind, question.text
        elif question.split == "seen" and kind in {"talk", "item"}:
            yield 1.0, QUIET, question.text
    for law in load_laws(content_dir).all:
        yield from ((WRITTEN, f"law:{law.id}", text) for text in (law.title, *law.asks))
    for entry in load_faqs(content_dir).all:
        yield from ((WRITTEN, f"help:{entry.id}", text) for text in (entry.title, *entry.asks))
    yield from ((WRITTEN, *pair) for pair in _tips(content_dir))
    typed = messages()
    things = [text for text, right in typed.items() if right]
    others = [text for text, right in typed.items() if not right and not OURS.search(fold(text.lower()))]
    yield from ((1.0, QUIET, text) for text in (*things[::ONE_THING_IN], *others))


def _tips(content_dir: Path) -> Iterator[tuple[str, str]]:
    tips = load_tips(content_dir)
    asks = yaml.safe_load((content_dir / "tips" / "asks.yaml").read_text(encoding="utf-8"))["asks"]
    for tip in tips.all:
        yield from ((f"tip:{tip.topic}", text) for text in (tip.title, *asks.get(tip.id, ())))
    for topic in tips.topics:
        yield from ((f"tip:{topic.code}", text) for text in (topic.name.vi, *topic.words))


def learn_wishes(of: Sequence[Example]) -> Linear:
    return Linear(0, fewest=3).fit(
        LinearSVC(C=1.0),
        [example.features for example in of],
        [example.is_wish for example in of],
        [example.weight for example in of],
    )


def learn_intents(of: Sequence[Example]) -> Linear:
    taught = [example for example in of if example.is_wish]
    return Linear(LEAST_WEIGHT, fewest=2).fit(
        LinearSVC(C=1.0, class_weight="balanced"),
        [example.features for example in taught],
        [example.label for example in taught],
        [example.weight for example in taught],
    )


def labels(of: Sequence[Example]) -> list[str]:
    return sorted({example.label for example in of if example.is_wish})


def report(of: Sequence[Example]) -> None:
    """Of what people typed, measured on messages that were not learned from."""
    rows: list[tuple[str, str, float]] = []
    for fold_ in range(FOLDS):
        taught = [example for example in of if example.fold != fold_]
        apart = [example for example in of if example.fold == fold_ and example.weight > WRITTEN]
        features = [example.features for example in apart]
        wished = learn_wishes(taught).of(features)
        which = learn_intents(taught).of(features).argmax(axis=1)
        names = labels(taught)
        rows += [(e.label, names[at], float(s)) for e, at, s in zip(apart, which, wished, strict=True)]
    quiet = np.array([score for label, _, score in rows if label == QUIET])
    wishes = [row for row in rows if row[0] != QUIET]
    right = np.mean([_kind(said) == _kind(label) for label, said, _ in wishes])
    print(f"  of {len(wishes)} wishes the right kind {right:.1%}, ", end="")
    print(f"the right answer {np.mean([said == label for label, said, _ in wishes]):.1%}")
    for false in (0.005, 0.01, 0.02, 0.04, 0.06):
        least = float(np.quantile(quiet, 1 - false))
        found = np.mean([score >= least for _, _, score in wishes])
        print(f"  from {least:5.2f}: {found:.1%} of the wishes, {false:.1%} of everything else")


def _kind(label: str) -> str:
    return label.partition(":")[0]


def main(content_dir: Path = ROOT / "content") -> None:
    found = list(examples(content_dir))
    wishes = sum(example.is_wish for example in found)
    print(f"{wishes} wishes, {len(found) - wishes} about everything else")
    report(found)
    learn_intents(found).weights(labels(found)).save(content_dir / FOLDER / INTENTS)
    learn_wishes(found).weights(["wish"]).save(content_dir / FOLDER / WISHES, fingerprint_of_wishes())


if __name__ == "__main__":
    main()
