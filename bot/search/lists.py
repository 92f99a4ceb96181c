"""Whether a message lists several things ("vỏ chuối, pin cũ") or tells of one ("pin cũ, mua năm ngoái")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields

from bot.search.entries import Ranked
from bot.search.parts import Joint, Part
from bot.search.reading import Message


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message, or a part of one, was found to mean. `scores`: entry id → 0..100."""

    part: Part
    message: Message
    scores: Mapping[str, float]
    ranked: Ranked

    @property
    def best(self) -> str:
        """The id of the entry that it means, if any."""
        return self.ranked.hits[0].id if self.ranked.hits else ""

    @property
    def score(self) -> float:
        return self.ranked.hits[0].score if self.ranked.hits else 0.0


@dataclass(frozen=True, slots=True)
class ListEvidence:
    """`first`: of the part that is plainest; `second`: of the plainest that means another entry."""

    parts: float
    named: float  # parts that mean an entry,
    meant: float  # different entries that they mean,
    confident: float  # and parts that do so surely
    first: float
    second: float
    least: float
    first_in_whole: float  # how well the whole message fits what that part means
    second_in_whole: float
    second_is_first: float  # the plainest of the others stands in front
    whole: float
    whole_confident: float
    whole_in_parts: float
    longest: float  # telling words of a part
    shortest: float
    marks: float  # joints, by their kinds
    words: float
    perhaps: float
    asks: float


LIST_EVIDENCE = tuple(field.name for field in fields(ListEvidence))


def gather_list(whole: Reading, parts: Sequence[Reading]) -> tuple[float, ...]:
    """The numbers of a ListEvidence. `parts`: at least one, only such as tell anything."""
    first = max(parts, key=lambda part: part.score)
    others = [part for part in parts if part.best not in ("", first.best)]
    second = max(others, key=lambda part: part.score, default=None)
    joints = Counter(part.part.joint for part in parts[1:])
    lengths = [len(part.message.telling) for part in parts]
    evidence = ListEvidence(
        parts=len(parts),
        named=sum(part.score > 0 for part in parts),
        meant=len({part.best for part in parts if part.best}),
        confident=sum(part.ranked.confident for part in parts),
        first=first.score,
        second=second.score if second else 0.0,
        least=min(part.score for part in parts),
        first_in_whole=whole.scores.get(first.best, 0.0),
        second_in_whole=whole.scores.get(second.best, 0.0) if second else 0.0,
        second_is_first=second is parts[0],
        whole=whole.score,
        whole_confident=whole.ranked.confident,
        whole_in_parts=any(part.best == whole.best for part in parts),
        longest=max(lengths),
        shortest=min(lengths),
        marks=joints[Joint.MARK],
        words=joints[Joint.WORD],
        perhaps=joints[Joint.PERHAPS],
        asks=whole.message.asks,
    )
    return astuple(evidence)
