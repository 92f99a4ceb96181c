"""Fields shared by the content that people edit: texts, labels, codes, languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from bot.content.files import Document, Fault
from bot.fold import fold


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
    """One text in both languages; Khmer comes from files of its own."""

    vi: Text
    en: Text
    km: Text | None = None

    def of(self, language: str) -> str:
        """The text in `language`; Vietnamese for every language it is not written in."""
        return {"en": self.en, "km": self.km}.get(language) or self.vi


class BilingualLabel(Bilingual):
    """A text that fits a button."""

    vi: Label
    en: Label
    km: Label | None = None


def repeated(document: Document, codes: Sequence[str], *location: str | int) -> list[Fault]:
    """One fault for each code that an earlier entry of the list at `location` already has."""
    return [
        document.fault(f"code '{code}' is used twice", *location, index, "code")
        for index, code in enumerate(codes)
        if code in codes[:index]
    ]
