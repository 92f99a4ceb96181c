"""What people want from the bot, as learned from messages: which law, which help, a tip on what, a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.search.features import of_matter
from bot.search.learned import FOLDER
from bot.search.tokens import Token
from bot.search.weights import Weights, load_weights

INTENTS, WISHES = "intents.weights", "wishes.weights"
_ALIKE = 0.4  # of the score: what is less far behind the best may be meant as well


@dataclass(frozen=True, slots=True)
class Wish:
    """`ids`: what may be meant, best first, all of one kind; a report has none.

    `certainty`: that anything of the kind is meant at all, above 0 when rather than not.
    """

    kind: str
    ids: tuple[str, ...]
    certainty: float


class Intents:
    def __init__(self, intents: Weights, wishes: Weights) -> None:
        """`intents`: columns such as "law:dot_rac", "tip:giam-nhua", "report". `wishes`: one column."""
        self._intents = intents
        self._wishes = wishes
        self._columns = [column.partition(":")[::2] for column in intents.columns]

    def of(self, tokens: Sequence[Token]) -> Wish | None:
        """None for a message without words."""
        if not any(token.bare for token in tokens):
            return None
        features = of_matter(tokens, ())
        scored = zip(self._intents.of(features), self._columns, strict=True)
        ranked = sorted(scored, key=lambda pair: -pair[0])
        best, (kind, _) = ranked[0]
        ids = tuple(id for score, (one, id) in ranked if one == kind and id and score >= best - _ALIKE)
        return Wish(kind, ids, self._wishes.of(features)[0])


def load_intents(content_dir: Path) -> Intents:
    """Raises ContentError."""
    folder = content_dir / FOLDER
    return Intents(load_weights(folder / INTENTS), load_weights(folder / WISHES))
