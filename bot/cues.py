"""Words that show what a message is about; the rules that use them are in bot/understanding.py."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from bot.content.fields import Entry, Wording
from bot.content.files import read_yaml
from bot.fold import fold
from bot.phrases import Typed, any_within, phrases


class CueWords(Entry):
    """The file explains each list."""

    law_questions: tuple[Wording, ...] = Field(min_length=1)
    law_words: tuple[Wording, ...] = Field(min_length=1)
    tip_wishes: tuple[Wording, ...] = Field(min_length=1)
    place_words: tuple[Wording, ...] = Field(min_length=1)
    waste_words: tuple[Wording, ...] = Field(min_length=1)


class Cues:
    """What a message shows at first sight."""

    def __init__(self, words: CueWords) -> None:
        self._law_questions = phrases(words.law_questions)
        self._law_words = phrases(words.law_words)
        self._waste_words = phrases(words.waste_words)
        self._tip_wishes = phrases(words.tip_wishes)
        self.place_words = frozenset(map(fold, words.place_words))
        """Without accents: what may stand beside the name of a place."""

    def asks_for_law(self, typed: Typed) -> bool:
        return any_within(self._law_questions, typed)

    def speaks_of_law(self, typed: Typed) -> bool:
        """Single words count with their accents only: "cam" is rather "cảm" or "cam" than "cấm"."""
        return self.asks_for_law(typed) or any_within(self._law_words, typed, exact=True)

    def speaks_of_waste(self, typed: Typed) -> bool:
        return any_within(self._waste_words, typed)

    def wishes_tip(self, typed: Typed) -> bool:
        return any_within(self._tip_wishes, typed)


def load_cues(content_dir: Path) -> Cues:
    """Reads understanding.yaml. Raises ContentError."""
    return Cues(read_yaml(content_dir / "understanding.yaml").validate(CueWords))
