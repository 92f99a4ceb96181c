"""Greetings, thanks, jokes, and matters that are not the bot's: recognised, and answered in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.asking import repeated_ids
from bot.content.fields import Code, Entry, Text, Wording
from bot.content.files import ContentError, Document, Fault, read_yaml
from bot.fold import fold
from bot.phrases import Typed, any_within, phrases, spelled

Line = Annotated[Text, Field(max_length=160, pattern=r"^[^\n]+$")]


class Talk(Entry):
    """`says` must make up a whole message, `about` may stand anywhere in it."""

    id: Code
    says: tuple[Wording, ...] = ()
    about: tuple[Wording, ...] = ()
    wordless: bool = False
    answers: tuple[Line, ...] = Field(min_length=1)
    en: Line

    def answer(self, language: str, number: int) -> str:
        """One of the answers: they take turns by `number`."""
        return self.en if language == "en" else self.answers[number % len(self.answers)]


class _File(Entry):
    fillers: tuple[Wording, ...] = Field(min_length=1)
    talks: tuple[Talk, ...] = Field(min_length=1)


class SmallTalk:
    """Of several talks that fit, the one with the longest phrase is meant, then the first in the file."""

    def __init__(self, talks: Sequence[Talk], fillers: Iterable[str]) -> None:
        self.all = tuple(talks)
        self._by_id = {talk.id: talk for talk in talks}
        self._wordless = next((talk for talk in talks if talk.wordless), None)
        self._says = [(talk, phrases(talk.says)) for talk in talks]
        self._about = [(talk, phrases(talk.about)) for talk in talks]
        self._only = _made_of(fillers, [part for talk in talks for part in talk.says])

    def talk(self, id: str) -> Talk:
        """Raises KeyError."""
        return self._by_id[id]

    def whole(self, typed: Typed) -> Talk | None:
        """The talk that a whole message is; one without any word, such as a smile, is one too."""
        if not typed.words:
            return self._wordless
        if not self._only.fullmatch(_joined(typed.words)):
            return None
        said = [
            (max(part.length for part in within), talk)
            for talk, parts in self._says
            if (within := [part for part in parts if part.within(typed, exact=part.length == 1)])
        ]
        return max(said, key=lambda pair: pair[0])[1] if said else None

    def about(self, typed: Typed) -> Talk | None:
        """The talk whose matter a message touches."""
        return next((talk for talk, parts in self._about if any_within(parts, typed)), None)


def _made_of(fillers: Iterable[str], says: Iterable[str]) -> re.Pattern[str]:
    """Words joined by `_joined` that are nothing but these parts.

    They may be typed without accents, but for a phrase of one word: "chan" is rather "chăn" than "chán".
    """
    parts = {_pattern(spelled(part), loose=True) for part in fillers}
    parts |= {_pattern(words, loose=len(words) > 1) for words in map(spelled, says)}
    return re.compile("(?:" + "|".join(sorted(parts, key=len, reverse=True)) + ")+")


def _pattern(words: Sequence[str], *, loose: bool) -> str:
    ways = ((word, fold(word)) if loose else (word,) for word in words)
    return "".join(f"(?:{'|'.join(map(re.escape, way))}) " for way in ways)


def _joined(words: Sequence[str]) -> str:
    return "".join(f"{word} " for word in words)


def _faults(document: Document, talks: Sequence[Talk]) -> Iterator[Fault]:
    for number, talk in enumerate(talks):
        if not (talk.says or talk.about or talk.wordless):
            yield document.fault("needs 'says' or 'about'", "talks", number, "id")
        for place, part in enumerate(talk.says):
            if "…" in part:
                yield document.fault("'says' are whole phrases, without …", "talks", number, "says", place)


def load_small_talk(content_dir: Path) -> SmallTalk:
    """Reads talk.yaml. Raises ContentError."""
    document = read_yaml(content_dir / "talk.yaml")
    file = document.validate(_File)
    faults = [
        *repeated_ids(document, [talk.id for talk in file.talks], "talks"),
        *_faults(document, file.talks),
    ]
    if faults:
        raise ContentError(faults)
    return SmallTalk(file.talks, file.fillers)
