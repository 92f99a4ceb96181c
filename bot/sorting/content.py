"""What the sorting files hold: groups, items and sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.search import Words
from bot.translations import ItemText

Code = Literal["tai_che", "thuc_pham", "khac", "nguy_hai", "cong_kenh", "dac_thu"]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=40)]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Sentence = Annotated[str, Field(min_length=1, max_length=240)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Translated(_Strict):
    """One sentence or name in the languages it exists in; Khmer comes from files of its own."""

    vi: Sentence
    en: Sentence
    km: Sentence | None = None

    def in_language(self, language: str) -> str:
        """Vietnamese for every language it does not exist in."""
        return {"en": self.en, "km": self.km}.get(language) or self.vi


class Group(_Strict):
    """One of the six groups. `colour` is for screens (`#rrggbb`), not the colour of a local bag."""

    code: Code
    icon: Annotated[str, Field(min_length=1, max_length=4)]
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
    name: Translated
    what: Translated
    where: Translated


class Source(_Strict):
    """What an answer rests on.

    `read` is what was read of it and `checked` when, `limits` what to know before trusting it.
    """

    id: Id
    title: Annotated[str, Field(min_length=1, max_length=120)]
    read: Sentence
    limits: Sentence
    checked: date


class Entry(_Strict):
    id: Id
    name: Name
    en: Name
    synonyms: tuple[Name, ...] = ()
    english: tuple[Name, ...] = ()
    prep: Sentence
    where: Sentence | None = None
    hazard: Sentence | None = None
    exception: Sentence | None = None
    disputed: Sentence | None = None
    source: Annotated[tuple[Id, ...], Field(min_length=1)]
    source_note: Sentence | None = None
    confidence: Literal["high", "medium", "low"]


class Item(Entry):
    """A thing people throw away. `where` empty: the group's own direction holds."""

    group: Code
    km: ItemText | None = None

    @property
    def ask_collector(self) -> bool:
        """Whether the answer must end in "hỏi đơn vị thu gom"."""
        return self.confidence == "low"

    def name_in(self, language: str) -> str:
        """In Khmer with the Vietnamese name, which is what collectors understand."""
        if language == "km" and self.km:
            return f"{self.km.name} ({self.name})"
        return self.en if language == "en" else self.name


@dataclass(frozen=True)
class Content:
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    sources: dict[str, Source]
    words: Words
