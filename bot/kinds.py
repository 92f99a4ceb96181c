"""Kinds of reports: their buttons, promises and radius, and the words that give one away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from bot.content.files import ContentError, Document, Fault, read_yaml
from bot.fold import fold

# Shared by the content that people edit (kinds, reasons, emergencies, tips, holidays).


def _composed(text: str) -> str:
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError("has decomposed letters; save the file as Unicode NFC")
    return text


def _worded(text: str) -> str:
    if not fold(text):
        raise ValueError("has no words")
    return text


Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_composed)]
Wording = Annotated[Text, AfterValidator(_worded)]  # words to look for in what people type
Label = Annotated[Text, StringConstraints(max_length=40)]  # longer ones are cut off on a phone's button
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=32)]


class Entry(BaseModel):
    """A part of a content file: read-only, and a misspelt field is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Entry):
    """One text in both languages."""

    vi: Text
    en: Text

    def of(self, language: str) -> str:
        """The text in `language`; Vietnamese for every language it is not written in."""
        return self.en if language == "en" else self.vi


class BilingualLabel(Bilingual):
    """A text that fits a button."""

    vi: Label
    en: Label


def repeated(document: Document, codes: Sequence[str], *location: str | int) -> list[Fault]:
    """One fault for each code that an earlier entry of the list at `location` already has."""
    return [
        document.fault(f"code '{code}' is used twice", *location, index, "code")
        for index, code in enumerate(codes)
        if code in codes[:index]
    ]


# Phrases in what people type.

_GAP = 3  # words that may stand for a "…"
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def spelled(text: str) -> tuple[str, ...]:
    """The words of a text with their accents; the tone stands last, so that 'hoá' equals 'hóa'."""
    composed = unicodedata.normalize("NFC", text.casefold())
    return tuple(_tone_last(word) for word in re.findall(r"\w+", composed))


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    bare = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", bare) + "".join(letter for letter in letters if letter in _TONES)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed, prepared once for the comparison with many phrases."""

    words: tuple[str, ...]
    folded: str

    @classmethod
    def of(cls, text: str) -> Typed:
        words = spelled(text)
        return cls(words, f" {fold(' '.join(words))} ")


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that follow each other at once."""

    spelled: tuple[str, ...]
    folded: tuple[str, ...]
    padded: str

    @classmethod
    def of(cls, text: str) -> _Run:
        words = spelled(text)
        return cls(words, tuple(fold(word) for word in words), f" {fold(text)} ")

    def ends(self, words: Sequence[str], starts: Iterable[int], exact: bool) -> list[int]:
        size = len(self.spelled)
        return [start + size for start in starts if self._is(words[start : start + size], exact)]

    def _is(self, words: Sequence[str], exact: bool) -> bool:
        return len(words) == len(self.spelled) and all(
            word == spelled or (not exact and word == folded)
            for word, spelled, folded in zip(words, self.spelled, self.folded, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, or with up to three others where the file has "…".

    A word typed without accents may stand for any accents, never for wrong ones.
    """

    runs: tuple[_Run, ...]

    @classmethod
    def of(cls, text: str) -> Phrase:
        return cls(tuple(_Run.of(part) for part in text.split("…") if fold(part)))

    @property
    def length(self) -> int:
        """Number of words."""
        return sum(len(run.spelled) for run in self.runs)

    def within(self, typed: Typed, *, exact: bool = False) -> bool:
        """Whether the phrase was typed; `exact` asks for each accent."""
        if any(run.padded not in typed.folded for run in self.runs):
            return False  # settles nearly all phrases at the speed of C
        starts: Iterable[int] = range(len(typed.words))
        for run in self.runs:
            ends = run.ends(typed.words, starts, exact)
            starts = sorted({end + skipped for end in ends for skipped in range(_GAP + 1)})
        return bool(ends)


def phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(Phrase.of(text) for text in texts)


def any_within(candidates: Iterable[Phrase], typed: Typed, *, exact: bool = False) -> bool:
    return any(phrase.within(typed, exact=exact) for phrase in candidates)


# Kinds.

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

    def wants_to_report(self, text: str) -> bool:
        """Whether a text tells of a dump; a question about where to put something does not."""
        typed = Typed.of(text)
        if any_within(self._asks, typed):
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
        names_waste = any_within(self._things, typed) or self._guess(typed) is not None
        return names_waste and (lies_there or left_by_somebody or dumped)

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
    return Kinds(file.kinds, file.report_words)
