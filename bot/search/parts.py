"""A message taken apart where it may name another thing: "vỏ chuối, pin cũ và chai nhựa"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from bot.fold import fold
from bot.search.spelling import restore

_WORD_OR_MARK = re.compile(  # Khmer "and" stands without spaces
    r"[\n,;+&]|[.?!]+(?=\s|$)|និង|(?:(?!និង|[.?!]+(?:\s|$))[^\s,;+&])+"
)
_MOST = 10


class Joint(Enum):
    """What stands in front of a part."""

    NONE = "nothing"
    MARK = "a comma, a line end, a lone slash"
    WORD = "và, với"
    PERHAPS = "còn, hay, the end of a sentence: often the same thing is spoken of further"


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    joint: Joint


class Divider:
    """Splits at commas, line ends, lone slashes, ends of sentences and certain words, however typed."""

    def __init__(self, between: Iterable[str], perhaps: Iterable[str]) -> None:
        """`perhaps`: the words that often go on about the same thing."""
        words = dict.fromkeys(perhaps, Joint.PERHAPS) | dict.fromkeys(between, Joint.WORD)
        self._joints = words
        self._bare = {fold(word): joint for word, joint in words.items()}

    def parts(self, text: str, *, marks: bool) -> list[Part]:
        """At most ten; those without letters or digits are left out. `marks`: accents were typed."""
        parts: list[Part] = []
        begin, joint = 0, Joint.NONE
        for match in _WORD_OR_MARK.finditer(text):
            following = self._joint(match[0], marks)
            if following != Joint.NONE:
                parts.append(Part(text[begin : match.start()].strip(), joint))
                begin, joint = match.end(), following
        parts.append(Part(text[begin:].strip(), joint))
        return [part for part in parts if fold(part.text)][:_MOST]

    def _joint(self, word: str, marks: bool) -> Joint:
        if word in "\n,;+&/":
            return Joint.MARK
        if word[0] in ".?!":
            return Joint.PERHAPS
        restored = restore(word)
        found = self._joints.get(restored, Joint.NONE)
        return found if found != Joint.NONE or marks else self._bare.get(restored, Joint.NONE)
