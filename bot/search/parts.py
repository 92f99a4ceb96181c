"""A message that names several things, taken apart: "vỏ chuối, pin cũ và chai nhựa"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.fold import fold
from bot.search.spelling import restore

_WORD_OR_MARK = re.compile(r"[\n,;+&]|និង|(?:(?!និង)[^\s,;+&])+")  # Khmer "and" stands without spaces
_MOST = 10


class Divider:
    """Splits at commas, line ends, lone slashes and the words of `between` (và, với…), however typed."""

    def __init__(self, between: Iterable[str]) -> None:
        self._between = frozenset(between)
        self._bare = frozenset(map(fold, self._between))

    def parts(self, text: str, *, marks: bool) -> list[str]:
        """At most ten; those without letters or digits are left out. `marks`: accents were typed."""
        parts: list[str] = []
        begin = 0
        for match in _WORD_OR_MARK.finditer(text):
            if self._divides(match[0], marks):
                parts.append(text[begin : match.start()])
                begin = match.end()
        parts.append(text[begin:])
        return [part.strip() for part in parts if fold(part)][:_MOST]

    def _divides(self, word: str, marks: bool) -> bool:
        if word in "\n,;+&/":
            return True
        restored = restore(word)
        return restored in self._between or (not marks and restored in self._bare)
