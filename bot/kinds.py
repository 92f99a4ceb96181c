"""Kinds of reports: their buttons, promises and radius, and the words that give one away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from bot.content.fields import BilingualLabel, Code, Entry, Text, Wording, repeated
from bot.content.files import ContentError, read_yaml
from bot.phrases import Typed, any_within, phrases
from bot.translations import with_names

_SENTENCE = 4  # words; "đổ rác" alone could be about anything


class Kind(Entry):
    """One kind of report."""

    code: Code
    name: BilingualLabel
    icon: Text
    promise: int = Field(ge=1, le=30, description="working days until it is to be resolved")
    radius_m: int = Field(default=250, ge=0, le=1000, description="metres; nearer reports may be the same")
    urgent: bool = False
    rank: int = Field(ge=1, description="when the words of several kinds appear, the lowest rank wins")
    words: tuple[Wording, ...] = ()


def _telling_names(kind: Kind) -> list[str]:
    # "Khác" and "Other" are in every second sentence; a name of several words is meant.
    return [name for name in (kind.name.vi, kind.name.en) if len(name.split()) > 1]


class ReportWords(Entry):
    """What a text must hold to be a wish to report; the file explains each list."""

    asks: tuple[Wording, ...] = Field(min_length=1)
    questions: tuple[Wording, ...] = Field(min_length=1)
    question_ends: tuple[Wording, ...] = Field(min_length=1)
    sights: tuple[Wording, ...] = Field(min_length=1)
    things: tuple[Wording, ...] = Field(min_length=1)
    acts: tuple[Wording, ...] = Field(min_length=1)
    leaves: tuple[Wording, ...] = Field(min_length=1)
    who: tuple[Wording, ...] = Field(min_length=1)
    where: tuple[Wording, ...] = Field(min_length=1)


class _File(Entry):
    kinds: tuple[Kind, ...] = Field(min_length=1)
    report_words: ReportWords


class Kinds:
    """All kinds, in the order of their buttons."""

    def __init__(self, kinds: Sequence[Kind], report_words: ReportWords) -> None:
        self.all = tuple(kinds)
        self._by_code = {kind.code: kind for kind in kinds}
        self._phrases = [(kind, phrases((*kind.words, *_telling_names(kind)))) for kind in kinds]
        self._asks = phrases(report_words.asks)
        self._questions = phrases(report_words.questions)
        self._sights = phrases(report_words.sights)
        self._things = phrases(report_words.things)
        self._question_ends = phrases(report_words.question_ends)
        self._acts = phrases(report_words.acts)
        self._leaves = phrases(report_words.leaves)
        self._who = phrases(report_words.who)
        self._where = phrases(report_words.where)

    def kind(self, code: str) -> Kind:
        """Raises KeyError."""
        return self._by_code[code]

    def guess(self, text: str) -> Kind | None:
        """The kind that a text gives away; None when it names none, or two that are equally likely."""
        return self._guess(Typed.of(text))

    def asks_to_report(self, typed: Typed) -> bool:
        """Whether a text says so in as many words: "tôi muốn báo …"."""
        return any_within(self._asks, typed)

    def names_waste(self, typed: Typed) -> bool:
        return any_within(self._things, typed) or self._guess(typed) is not None

    def wants_to_report(self, text: str) -> bool:
        """Whether a text tells of a dump; a question about where to put something does not."""
        typed = Typed.of(text)
        if self.asks_to_report(typed):
            return True
        if self._asks_something(typed):
            return False
        return any_within(self._sights, typed) or self._tells_of_dumping(typed)

    def _asks_something(self, typed: Typed) -> bool:
        last = Typed.of(" ".join(typed.words[-1:]))
        return any_within(self._questions, typed) or any_within(self._question_ends, last)

    def _tells_of_dumping(self, typed: Typed) -> bool:
        lies_there = any_within(self._where, typed)
        left_by_somebody = any_within(self._leaves, typed) and any_within(self._who, typed)
        dumped = len(typed.words) >= _SENTENCE and any_within(self._acts, typed)
        return self.names_waste(typed) and (lies_there or left_by_somebody or dumped)

    def _guess(self, typed: Typed) -> Kind | None:
        found = {
            kind.code: (-kind.rank, max(phrase.length for phrase in within))
            for kind, known in self._phrases
            if (within := [phrase for phrase in known if phrase.within(typed)])
        }
        likeliest = max(found.values(), default=None)
        best = [code for code, likely in found.items() if likely == likeliest]
        return self._by_code[best[0]] if len(best) == 1 else None


def load_kinds(content_dir: Path) -> Kinds:
    """Reads kinds.yaml. Raises ContentError."""
    document = read_yaml(content_dir / "kinds.yaml")
    file = document.validate(_File)
    faults = repeated(document, [kind.code for kind in file.kinds], "kinds")
    if faults:
        raise ContentError(faults)
    return Kinds(with_names(content_dir, "kinds", file.kinds), file.report_words)
