"""The sorting files, read and checked whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from bot.content.files import ContentError, Document, Fault, Model, read_yaml
from bot.fold import fold
from bot.search import Words
from bot.sorting import decision
from bot.sorting.content import Content, Entry, Group, Item, Source
from bot.sorting.decision import Decision
from bot.sorting.khmer import with_khmer

_Placed = tuple[Item, Document, int]


def load_content(directory: Path) -> Content:
    """Groups, items and sources of `directory`, and words.yaml beside it, as the decision wants them.

    Raises ContentError with every fault.
    """
    groups_file = read_yaml(directory / "groups.yaml")
    groups = tuple(_listed(groups_file, "groups", Group))
    sources_file = read_yaml(directory / "sources.yaml")
    sources = tuple(_listed(sources_file, "sources", Source))
    words_file = read_yaml(directory.parent / "words.yaml")
    words = words_file.validate(Words)
    decision_file = read_yaml(directory / "decision.yaml")
    ruling = decision_file.validate(Decision)
    documents = [groups_file, sources_file, words_file, decision_file]
    placed: list[_Placed] = []
    for group in groups:
        document = read_yaml(directory / f"{group.code}.yaml")
        documents.append(document)
        for index, entry in enumerate(_listed(document, "items", Entry)):
            placed.append((Item.model_construct(group=group.code, **dict(entry)), document, index))
    faults = [
        *_repeated(groups_file, "groups", [group.code for group in groups]),
        *_repeated(sources_file, "sources", [source.id for source in sources]),
        *_stray_files(directory, {document.path for document in documents}),
        *(fault for document in documents for fault in _not_composed(document)),
        *_item_faults(placed, {source.id for source in sources}),
    ]
    content = Content(groups, tuple(item for item, _, _ in placed), {s.id: s for s in sources}, words)
    faults += decision.faults(decision_file, ruling, content)
    if faults:
        raise ContentError(sorted(faults))
    return with_khmer(decision.follow(ruling, content), directory.parent)


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
    yield item.en, "en"
    for number, synonym in enumerate(item.english):
        yield synonym, "english", number
