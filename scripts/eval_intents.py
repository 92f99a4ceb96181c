"""How well it is understood what messages are about: `python -m scripts.eval_intents [file.tsv]`."""

from __future__ import annotations

import csv
import statistics
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge import Knowledge, load_knowledge
from bot.understanding import Meaning, understand

ROOT = Path(__file__).parent.parent
QUESTIONS = ROOT / "tests" / "data" / "intent_questions.tsv"
SHOWN = {"topic": "tip"}
KINDS = ("report", "item", "tip", "law", "help", "talk", "commune", "nothing")


@dataclass(frozen=True)
class Question:
    """`kinds` and, where told, `ids` that are right, the likeliest first; `slip` is how it is typed.

    `split`: "seen" while the rules were made, or "held" back until they were done.
    """

    split: str
    slip: str
    kinds: tuple[str, ...]
    ids: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Answer:
    question: Question
    meaning: Meaning
    answer: str  # the id of what is first; of a tip its topic
    seconds: float

    @property
    def kind(self) -> str:
        return SHOWN.get(self.meaning.kind, self.meaning.kind)

    @property
    def is_right(self) -> bool:
        return self.kind in self.question.kinds

    @property
    def is_right_answer(self) -> bool:
        """Of the right kind, and the very answer, if one is told, is first."""
        return self.is_right and (not self.question.ids or self.answer in self.question.ids)


def read_questions(path: Path = QUESTIONS) -> list[Question]:
    """Rows of split, kind, expected, question; `expected` are `law:some_id`, or just `law`, or several."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [_question(row) for row in rows]


def _question(row: Mapping[str, str]) -> Question:
    parts = [one.partition(":") for one in row["expected"].split()]
    return Question(
        split=row["split"],
        slip=row["kind"],
        kinds=tuple(kind for kind, _, _ in parts),
        ids=tuple(id for _, _, id in parts if id),
        text=row["question"],
    )


def ask(knowledge: Knowledge, questions: Sequence[Question]) -> list[Answer]:
    answers = []
    for question in questions:
        begun = time.perf_counter()
        meaning = understand(knowledge, question.text)
        seconds = time.perf_counter() - begun
        answers.append(Answer(question, meaning, _first(knowledge, meaning), seconds))
    return answers


def _first(knowledge: Knowledge, meaning: Meaning) -> str:
    first = "".join(meaning.ids[:1])
    return knowledge.tips.tip(first).topic if meaning.kind == "tip" else first


def share(answers: Sequence[Answer]) -> float:
    """Of the right kind, 0..1."""
    return statistics.mean(answer.is_right for answer in answers)


def share_of_answers(answers: Sequence[Answer]) -> float:
    """Of the right kind and, where told, with the right answer first, 0..1."""
    return statistics.mean(answer.is_right_answer for answer in answers)


def _print_confusion(answers: Sequence[Answer]) -> None:
    counts = Counter((answer.question.kinds[0], answer.kind) for answer in answers)
    print("expected".ljust(10) + "".join(kind.rjust(9) for kind in KINDS))
    for expected in KINDS:
        row = [counts[expected, kind] for kind in KINDS]
        if any(row):
            print(expected.ljust(10) + "".join(str(number or "·").rjust(9) for number in row))


def _print_slips(answers: Sequence[Answer]) -> None:
    for slip in sorted({answer.question.slip for answer in answers}):
        some = [answer for answer in answers if answer.question.slip == slip]
        print(f"  {slip}: {share(some):.0%} of {len(some)}")


def _miss(answer: Answer) -> str:
    got = " ".join((answer.meaning.kind, *answer.meaning.ids))
    wanted = " ".join((*answer.question.kinds, *answer.question.ids))
    return f"  {answer.question.text!r}: {got}, wanted {wanted}"


def main(arguments: Sequence[str]) -> None:
    answers = ask(load_knowledge(ROOT / "content"), read_questions(*map(Path, arguments)))
    _print_confusion(answers)
    for split in sorted({answer.question.split for answer in answers}):
        some = [answer for answer in answers if answer.question.split == split]
        print(
            f"{split}: right kind {share(some):.1%}, right answer {share_of_answers(some):.1%} of {len(some)}"
        )
    _print_slips(answers)
    print("\n".join(_miss(answer) for answer in answers if not answer.is_right_answer))
    times = statistics.quantiles([answer.seconds * 1000 for answer in answers], n=100)
    print(f"per message p50 {times[49]:.2f} ms, p99 {times[98]:.2f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
