"""The sorting files: groups, items, sources and the words people use, read and checked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.content.files import ContentError, Document, Fault, Model, read_yaml
from bot.fold import fold

Code = Literal["tai_che", "thuc_pham", "khac", "nguy_hai", "cong_kenh", "dac_thu"]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=40)]
Name = Annotated[str, Field(min_length=1, max_length=60)]
Syllable = Annotated[str, Field(pattern=r"^\S+$", max_length=10)]
Sentence = Annotated[str, Field(min_length=1, max_length=240)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Translated(_Strict):
    """One sentence or name in the languages it exists in."""

    vi: Sentence
    en: Sentence

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.vi


class Group(_Strict):
    """One of the six groups. `colour` is for screens (`#rrggbb`), not the colour of a local bag."""

    code: Code
    icon: Annotated[str, Field(min_length=1, max_length=4)]
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
    name: Translated
    what: Translated
    where: Translated


class Source(_Strict):
    """What an answer rests on; `read` is what was read of it, `limits` what to know before trusting it."""

    id: Id
    title: Annotated[str, Field(min_length=1, max_length=120)]
    read: Sentence
    limits: Sentence


class _Entry(_Strict):
    id: Id
    name: Name
    en: Name
    synonyms: tuple[Name, ...] = ()
    prep: Sentence
    where: Sentence | None = None
    hazard: Sentence | None = None
    exception: Sentence | None = None
    disputed: Sentence | None = None
    source: Annotated[tuple[Id, ...], Field(min_length=1)]
    source_note: Sentence | None = None
    confidence: Literal["high", "medium", "low"]


class Item(_Entry):
    """A thing people throw away. `where` empty: the group's own direction holds."""

    group: Code

    @property
    def ask_collector(self) -> bool:
        """Whether the answer must end in "hỏi đơn vị thu gom"."""
        return self.confidence == "low"

    def name_in(self, language: str) -> str:
        return self.en if language == "en" else self.name


class Words(_Strict):
    """How people type; see the head of words.yaml."""

    filler: tuple[Name, ...]
    aside: tuple[Syllable, ...]
    spellings: dict[Name, tuple[Name, ...]]
    same: tuple[tuple[Syllable, ...], ...]
    state: tuple[Syllable, ...]
    holder: tuple[Syllable, ...]


@dataclass(frozen=True)
class Content:
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    sources: dict[str, Source]
    words: Words


_Placed = tuple[Item, Document, int]


def load_content(directory: Path) -> Content:
    """Raises ContentError with every fault found in `directory`."""
    groups_file = read_yaml(directory / "groups.yaml")
    groups = tuple(_listed(groups_file, "groups", Group))
    sources_file = read_yaml(directory / "sources.yaml")
    sources = tuple(_listed(sources_file, "sources", Source))
    words_file = read_yaml(directory / "words.yaml")
    words = words_file.validate(Words)
    documents = [groups_file, sources_file, words_file]
    placed: list[_Placed] = []
    for group in groups:
        document = read_yaml(directory / f"{group.code}.yaml")
        documents.append(document)
        for index, entry in enumerate(_listed(document, "items", _Entry)):
            placed.append((Item(group=group.code, **entry.model_dump()), document, index))
    faults = [
        *_repeated(groups_file, "groups", [group.code for group in groups]),
        *_repeated(sources_file, "sources", [source.id for source in sources]),
        *_stray_files(directory, {document.path for document in documents}),
        *(fault for document in documents for fault in _not_composed(document)),
        *_item_faults(placed, {source.id for source in sources}),
    ]
    if faults:
        raise ContentError(sorted(faults))
    return Content(groups, tuple(item for item, _, _ in placed), {s.id: s for s in sources}, words)


def _listed(document: Document, key: str, model: type[Model]) -> list[Model]:
    """The entries under `key`; all of them are checked before the first fault is told."""
    entries = document.value.get(key) if isinstance(document.value, dict) else None
    if not isinstance(entries, list):
        raise ContentError([document.fault(f"must have a list '{key}'")])
    found: list[Model] = []
    faults: list[Fault] = []
    for index in range(len(entries)):
        try:
            found.append(document.validate(model, key, index))
        except ContentError as error:
            faults.extend(error.faults)
    if faults:
        raise ContentError(faults)
    return found


def _repeated(document: Document, key: str, names: list[str]) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield document.fault(f"'{name}' is there twice", key, index)


def _stray_files(directory: Path, read: set[Path]) -> Iterator[Fault]:
    """A file of an unknown group would otherwise be silently ignored."""
    for path in sorted(directory.glob("*.yaml")):
        if path not in read:
            yield Fault(path, 1, f"no group has the code '{path.stem}'")


def _not_composed(document: Document) -> Iterator[Fault]:
    """Text must be NFC: decomposed letters look the same and compare as different."""
    lines = document.path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, start=1):
        if not unicodedata.is_normalized("NFC", line):
            yield Fault(document.path, number, "letters are decomposed; save the file as Unicode NFC")


def _item_faults(placed: list[_Placed], sources: set[str]) -> Iterator[Fault]:
    ids: set[str] = set()
    owners: dict[str, Item] = {}
    for item, document, index in placed:
        if item.id in ids:
            yield document.fault(f"id '{item.id}' is there twice", "items", index, "id")
        ids.add(item.id)
        for key in item.source:
            if key not in sources:
                yield document.fault(f"source '{key}' is not in sources.yaml", "items", index, "source")
        for name, *location in _names(item):
            owner = owners.setdefault(fold(name), item)
            if owner.group != item.group:
                message = f"'{name}' also names '{owner.id}' in group {owner.group}"
                yield document.fault(message, "items", index, *location)


def _names(item: Item) -> Iterator[tuple[str, *tuple[str | int, ...]]]:
    yield item.name, "name"
    for number, synonym in enumerate(item.synonyms):
        yield synonym, "synonyms", number
