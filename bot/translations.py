"""Khmer beside the Vietnamese content: names, cards and tips, and whether somebody has reviewed them.

What is dangerous and what is fined is never translated here: machines make mistakes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Protocol, Self, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.content.fields import BilingualLabel, Entry, Label, Text
from bot.content.files import ContentError, Document, Fault, read_yaml

FOLDER = "khmer"
ASK_COLLECTOR = "hỏi đơn vị thu gom"
"""Where Vietnamese says so, the translation keeps these very words."""


def _in_khmer(text: str) -> str:
    if not any("\u1780" <= char <= "\u17ff" for char in text):
        raise ValueError("has no Khmer letters")
    return text


def _unbroken(text: str) -> str:
    if "\u200b" in text:
        raise ValueError("has a zero width space: names are compared with what people type")
    return text


Vietnamese = Mapping[str, Mapping[str, str]]
"""What is told now, by id and field."""

_Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=40)]
_Khmer = AfterValidator(_in_khmer)
_Name = Annotated[Label, _Khmer, AfterValidator(_unbroken)]
_Line = Annotated[Text, Field(max_length=240), _Khmer]


class Translation(Entry):
    """`vi`: the Vietnamese sentences that were translated, by field.

    `reviewed`: a native speaker has read it; true for all entries of a file with `reviewed_by`.
    """

    id: _Id
    vi: dict[str, Text] = {}
    reviewed: bool = False

    @model_validator(mode="after")
    def _names_what_it_translates(self) -> Self:
        told = {field for field in self.SENTENCES if getattr(self, field) is not None}
        if set(self.vi) != told:
            raise ValueError(f"'vi' must hold what was translated: {', '.join(sorted(told))}")
        return self

    SENTENCES: ClassVar[tuple[str, ...]] = ()


class ItemText(Translation):
    """What replaces the Vietnamese of an item; `words` are other names people type."""

    SENTENCES = ("prep", "where")
    name: _Name
    words: tuple[_Name, ...] = ()
    prep: _Line
    where: _Line

    @property
    def names(self) -> tuple[str, ...]:
        return self.name, *self.words


class TipText(Translation):
    SENTENCES = ("title", "body")
    title: Annotated[Text, Field(max_length=80), _Khmer]
    body: Annotated[Text, Field(max_length=700), _Khmer]


class NameText(Translation):
    name: _Name


class GroupText(NameText):
    """The sentences are left out where they tell of dangers."""

    SENTENCES = ("name", "what", "where")
    what: _Line | None = None
    where: _Line | None = None


class _File(Entry):
    status: Text
    reviewed_by: Text | None


class _Items(_File):
    items: tuple[ItemText, ...]


class _Tips(_File):
    tips: tuple[TipText, ...]


class _Labels(_File):
    groups: tuple[GroupText, ...] = ()
    topics: tuple[NameText, ...] = ()
    kinds: tuple[NameText, ...] = ()


_MODELS: dict[str, type[_File]] = {"items": _Items, "tips": _Tips, "labels": _Labels}


class _Named(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> BilingualLabel: ...
    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self: ...


_AnyNamed = TypeVar("_AnyNamed", bound=_Named)
_AnyTranslation = TypeVar("_AnyTranslation", bound=Translation)


def item_texts(content_dir: Path, items: Vietnamese) -> dict[str, ItemText]:
    """By item id; sentences whose Vietnamese has changed since are Vietnamese. Raises ContentError."""
    document, texts = _read(content_dir, "items", _Items, "items", items)
    faults = [
        document.fault(f"must keep the words '{ASK_COLLECTOR}'", "items", number, "where")
        for number, text in enumerate(texts)
        if ASK_COLLECTOR in text.vi["where"].lower() and ASK_COLLECTOR not in text.where
    ]
    if faults:
        raise ContentError(faults)
    return {text.id: _up_to_date(text, items[text.id]) for text in texts}


def group_texts(content_dir: Path, groups: Vietnamese) -> dict[str, GroupText]:
    """By group code; sentences whose Vietnamese has changed since are Vietnamese. Raises ContentError."""
    texts = _read(content_dir, "labels", _Labels, "groups", groups)[1]
    return {text.id: _up_to_date(text, groups[text.id]) for text in texts}


def tip_texts(content_dir: Path, tips: Vietnamese) -> dict[str, TipText]:
    """By tip id, without those whose Vietnamese has changed since. Raises ContentError."""
    texts = _read(content_dir, "tips", _Tips, "tips", tips)[1]
    return {text.id: text for text in texts if text.vi == tips[text.id]}


def outdated(content_dir: Path, name: str, key: str, sources: Vietnamese) -> Iterator[Fault]:
    """The entries of khmer/`name`.yaml whose Vietnamese has changed since. Raises ContentError."""
    document, texts = _read(content_dir, name, _MODELS[name], key, sources)
    for number, text in enumerate(texts):
        for field, translated in text.vi.items():
            if sources[text.id][field] != translated:
                message = f"the Vietnamese of '{field}' has changed: translate it again, and 'vi' with it"
                yield document.fault(message, key, number, "vi", field)


def with_names(
    content_dir: Path, key: Literal["topics", "kinds"], entries: Sequence[_AnyNamed]
) -> tuple[_AnyNamed, ...]:
    """The entries, with Khmer names where there are some. Raises ContentError."""
    texts = _read(content_dir, "labels", _Labels, key, {entry.code for entry in entries})[1]
    names = {text.id: text.name for text in texts}
    return tuple(
        entry.model_copy(update={"name": entry.name.model_copy(update={"km": names.get(entry.code)})})
        for entry in entries
    )


def _read(
    content_dir: Path, name: str, model: type[_File], key: str, known: Collection[str]
) -> tuple[Document, list[Any]]:
    """The entries under `key`; without the file there are none."""
    path = content_dir / FOLDER / f"{name}.yaml"
    if not path.exists():
        return Document(path, None), []
    document = read_yaml(path)
    file = document.validate(model)
    texts = [_marked(text, file) for text in getattr(file, key)]
    if faults := list(_faults(document, key, [text.id for text in texts], known)):
        raise ContentError(faults)
    return document, texts


def _up_to_date(text: _AnyTranslation, now: Mapping[str, str]) -> _AnyTranslation:
    changed = {field: now[field] for field, translated in text.vi.items() if now[field] != translated}
    return text.model_copy(update=changed)


def _marked(text: Translation, file: _File) -> Translation:
    return text.model_copy(update={"reviewed": text.reviewed or file.reviewed_by is not None})


def _faults(document: Document, key: str, ids: Sequence[str], known: Collection[str]) -> Iterator[Fault]:
    for number, id in enumerate(ids):
        if id not in known:
            yield document.fault(f"there is no '{id}' to translate", key, number, "id")
        elif id in ids[:number]:
            yield document.fault(f"'{id}' is there twice", key, number, "id")
