"""A round of quizzes as its buttons carry it: nothing about who plays is kept anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

LENGTH = 5  # questions of a round, then a rest
ORDERS = 1000  # in which the questions may come


@dataclass(frozen=True, slots=True)
class Round:
    """`asked` and `right` count the questions answered so far; `in_topic`: all of them are of one topic."""

    order: int
    in_topic: bool = False
    asked: int = 0
    right: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.order < ORDERS and 0 <= self.right <= self.asked <= LENGTH):
            raise ValueError(f"no such round: {self}")

    @property
    def is_over(self) -> bool:
        return self.asked == LENGTH

    def packed(self) -> tuple[int, ...]:
        """For the data of a button, at most nine characters."""
        return self.order, int(self.in_topic), self.asked, self.right

    @classmethod
    def unpacked(cls, parts: Sequence[str]) -> Self:
        """Raises ValueError for what was not packed here."""
        order, in_topic, asked, right = map(int, parts)
        return cls(order, bool(in_topic), asked, right)

    def answered(self, *, is_right: bool) -> Self:
        """Raises ValueError when the round is over."""
        return replace(self, asked=self.asked + 1, right=self.right + is_right)

    def going_on(self) -> Self:
        """The same round, or a new one in the same order when this one is over."""
        return replace(self, asked=0, right=0) if self.is_over else self
