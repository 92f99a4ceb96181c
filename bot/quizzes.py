"""Quizzes: small questions that go with tips, and the order in which they are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from bot.content.fields import Code, Entry, Label, Text
from bot.content.files import ContentError, Document, Fault, read_yaml
from bot.tips import Tips, load_tips


class Quiz(Entry):
    """One question with one right answer; `right` is its number, counted from 1."""

    id: Code
    tip: Code
    question: Annotated[Text, Field(max_length=160)]
    answers: tuple[Label, ...]
    right: int = Field(ge=1)
    why: Annotated[Text, Field(max_length=240)]
    source: Text

    @field_validator("answers")
    @classmethod
    def _can_be_chosen_from(cls, answers: tuple[str, ...]) -> tuple[str, ...]:
        if not 2 <= len(answers) <= 4:
            raise ValueError(f"there are {len(answers)} answers; 2 to 4 are wanted")
        if len({answer.casefold() for answer in answers}) < len(answers):
            raise ValueError("two answers are the same")
        return answers

    @field_validator("right")
    @classmethod
    def _is_an_answer(cls, right: int, info: ValidationInfo) -> int:
        answers = info.data.get("answers")  # not there when they have faults of their own
        if answers is not None and right > len(answers):
            raise ValueError(f"there are {len(answers)} answers")
        return right

    @property
    def right_answer(self) -> str:
        return self.answers[self.right - 1]


class _File(Entry):
    quizzes: tuple[Quiz, ...] = Field(min_length=1)


class Quizzes:
    """All quizzes by topic. Every look-up by a code that does not exist raises KeyError."""

    def __init__(self, by_topic: Mapping[str, Sequence[Quiz]]) -> None:
        self._by_topic = {topic: tuple(quizzes) for topic, quizzes in by_topic.items()}
        self.all = tuple(chain.from_iterable(self._by_topic.values()))
        self._quizzes = {quiz.id: quiz for quiz in self.all}
        self._topics = {quiz.id: topic for topic, quizzes in by_topic.items() for quiz in quizzes}
        self._by_tip = {quiz.tip: quiz for quiz in reversed(self.all)}

    def quiz(self, quiz_id: str) -> Quiz:
        return self._quizzes[quiz_id]

    def of_topic(self, topic: str) -> tuple[Quiz, ...]:
        """In the order of the file."""
        return self._by_topic[topic]

    def topic_of(self, quiz_id: str) -> str:
        return self._topics[quiz_id]

    def of_tip(self, tip_id: str) -> Quiz | None:
        """The first quiz about a tip; many tips have none."""
        return self._by_tip.get(tip_id)

    def first(self, order: int) -> Quiz:
        """Where a round over all topics begins; each number is another order of the same quizzes."""
        return min(self.all, key=lambda quiz: _place(quiz, order))

    def next(self, after: str, topic: str | None = None, *, order: int = 0) -> Quiz:
        """The quiz that follows in this order, so that none comes twice until all have come."""
        pool = self.all if topic is None else self.of_topic(topic)
        ordered = sorted(pool, key=lambda quiz: _place(quiz, order))
        return ordered[(ordered.index(self.quiz(after)) + 1) % len(ordered)]


def _place(quiz: Quiz, order: int) -> bytes:
    # Of the id alone: a quiz added meanwhile takes its place and moves no other.
    return sha256(f"{order}:{quiz.id}".encode()).digest()


def load_quizzes(content_dir: Path, tips: Tips | None = None) -> Quizzes:
    """Reads quizzes/<topic>.yaml. `tips` are read when they are not at hand.

    Raises ContentError with all that is wrong.
    """
    tips = tips or load_tips(content_dir)
    folder = content_dir / "quizzes"
    faults: list[Fault] = []
    read: list[tuple[Document, tuple[Quiz, ...]]] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = read_yaml(path)
            read.append((document, document.validate(_File).quizzes))
        except ContentError as error:
            faults += error.faults
    faults += _faults_of_topics(read, tips)
    faults += _repeats(read)
    if not read and not faults:
        faults.append(Fault(folder, 1, "there are no quizzes"))
    if faults:
        raise ContentError(sorted(faults))
    return Quizzes({document.path.stem: quizzes for document, quizzes in read})


def _faults_of_topics(read: Sequence[tuple[Document, tuple[Quiz, ...]]], tips: Tips) -> Iterator[Fault]:
    topics = {topic.code for topic in tips.topics}
    topic_of_tip = {tip.id: tip.topic for tip in tips.all}
    for document, quizzes in read:
        if (name := document.path.stem) not in topics:
            yield document.fault(f"the file is named after no topic: '{name}'")
            continue
        for index, quiz in enumerate(quizzes):
            if (topic := topic_of_tip.get(quiz.tip)) is None:
                yield document.fault(f"there is no tip '{quiz.tip}'", "quizzes", index, "tip")
            elif topic != name:
                yield document.fault(f"tip '{quiz.tip}' is of topic '{topic}'", "quizzes", index, "tip")


def _repeats(read: Sequence[tuple[Document, tuple[Quiz, ...]]]) -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for document, quizzes in read:
        for index, quiz in enumerate(quizzes):
            if quiz.id in first:
                message = f"id '{quiz.id}' is already used in {first[quiz.id]}"
                yield document.fault(message, "quizzes", index, "id")
            first.setdefault(quiz.id, document.path)
