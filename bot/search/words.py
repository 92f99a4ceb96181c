"""How people type: the file content/words.yaml, shared by every search."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.content.files import read_yaml

Syllable = Annotated[str, Field(pattern=r"^\S+$", max_length=12)]
Ways = Annotated[str, Field(min_length=1, max_length=500)]
Wording = Annotated[str, Field(min_length=1, max_length=60)]


class Words(BaseModel):
    """The lists are explained at the head of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    frames: tuple[Ways, ...]
    throwing: tuple[Ways, ...] = ()
    asking: tuple[Ways, ...] = ()
    ending: tuple[Ways, ...] = ()
    filler: tuple[Ways, ...]
    aside: tuple[Ways, ...]
    elsewhere: tuple[Ways, ...] = ()
    teencode: dict[Wording, tuple[Wording, ...]]
    spellings: dict[Wording, tuple[Wording, ...]]
    same: tuple[tuple[Syllable, ...], ...]
    state: tuple[Syllable, ...]
    quality: tuple[Syllable, ...]
    brand: tuple[Syllable, ...]
    vessel: tuple[Syllable, ...]
    counter: tuple[Syllable, ...]
    part: tuple[Syllable, ...]
    verb: tuple[Syllable, ...]
    between: tuple[Syllable, ...]
    between_perhaps: tuple[Syllable, ...] = ()
    link: tuple[Syllable, ...]


def load_words(content_dir: Path) -> Words:
    """Reads words.yaml. Raises ContentError."""
    return read_yaml(content_dir / "words.yaml").validate(Words)
