"""Words of danger and of formal complaint, and what to say before anything else.

Accents decide: "cháy" is a fire, "chạy" is not, and "chay" alone could be either. Each list in the
file therefore says how strictly it is matched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from bot.content.fields import Bilingual, Code, Entry, Text, Wording, repeated
from bot.content.files import ContentError, read_yaml
from bot.phrases import Phrase, Typed, any_within, phrases


class Emergency(Entry):
    """What to say at once. A complaint is explained and not filed; in danger the rest goes on after it."""

    code: Code
    what: Literal["danger", "complaint"]
    icon: Text
    message: Bilingual
    always: tuple[Wording, ...] = ()
    words: tuple[Wording, ...] = ()
    unless: tuple[Wording, ...] = ()


class _File(Entry):
    harmless: tuple[Wording, ...] = Field(min_length=1)
    emergencies: tuple[Emergency, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class _Alarm:
    emergency: Emergency
    always: tuple[Phrase, ...]
    accented: tuple[Phrase, ...]  # single words: without accents they mean too many things
    words: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]

    @property
    def listens_for(self) -> tuple[Phrase, ...]:
        return self.always + self.accented + self.words

    def rings(self, typed: Typed) -> bool:
        if any_within(self.always, typed, exact=True):
            return True
        heard = any_within(self.accented, typed, exact=True) or any_within(self.words, typed)
        return heard and not any_within(self.unless, typed)


class Emergencies:
    """All of them; the first in the file that matches is meant."""

    def __init__(self, emergencies: Sequence[Emergency], harmless: Sequence[str] = ()) -> None:
        self.all = tuple(emergencies)
        self._alarms = tuple(_alarm(emergency, harmless) for emergency in emergencies)
        self._heads = frozenset(phrase.head for alarm in self._alarms for phrase in alarm.listens_for)

    def match(self, text: str) -> Emergency | None:
        typed = Typed.of(text)
        if self._heads.isdisjoint(typed.folded.split()):
            return None  # nearly every message, and each one is asked
        return next((alarm.emergency for alarm in self._alarms if alarm.rings(typed)), None)


def _alarm(emergency: Emergency, harmless: Sequence[str]) -> _Alarm:
    words = phrases(emergency.words)
    return _Alarm(
        emergency=emergency,
        always=phrases(emergency.always),
        accented=tuple(phrase for phrase in words if phrase.length == 1),
        words=tuple(phrase for phrase in words if phrase.length > 1),
        unless=phrases((*emergency.unless, *harmless)),
    )


def load_emergencies(content_dir: Path) -> Emergencies:
    """Reads emergencies.yaml. Raises ContentError."""
    document = read_yaml(content_dir / "emergencies.yaml")
    file = document.validate(_File)
    faults = repeated(document, [emergency.code for emergency in file.emergencies], "emergencies")
    faults += [
        document.fault("needs 'always' or 'words'", "emergencies", index)
        for index, emergency in enumerate(file.emergencies)
        if not emergency.always and not emergency.words
    ]
    if faults:
        raise ContentError(faults)
    return Emergencies(file.emergencies, file.harmless)
