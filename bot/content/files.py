"""Reading content files so that every fault can be told as `file:line: what is wrong`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with one content file; `line` counts from 1."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class ContentError(Exception):
    """Content that cannot be used. `faults` is never empty."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Document:
    """Parsed YAML with the line of each of its parts."""

    path: Path
    value: Any
    lines: Mapping[Location, int]

    def fault(self, message: str, *location: str | int) -> Fault:
        """The fault at `location`, or at the nearest enclosing part that has a line."""
        for length in range(len(location), -1, -1):
            if location[:length] in self.lines:
                return Fault(self.path, self.lines[location[:length]], message)
        return Fault(self.path, 1, message)

    def validate(self, model: type[Model], *location: str | int) -> Model:
        """The part at `location` as `model`. Raises ContentError naming each line."""
        value = self.value
        for step in location:
            value = value[step]
        try:
            return model.model_validate(value)
        except ValidationError as error:
            raise ContentError(
                [self.fault(_describe(e["loc"], e["msg"]), *location, *e["loc"]) for e in error.errors()]
            ) from None


def read_yaml(path: Path) -> Document:
    """Raises ContentError when the file is missing, not UTF-8 or not YAML."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Fault(path, 1, f"cannot be read: {error}")]) from None
    return parse_yaml(path, text, first_line=1)


def read_front_matter(path: Path) -> tuple[Document, str]:
    """A Markdown file as its YAML front matter (between `---` lines) and its body."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Fault(path, 1, f"cannot be read: {error}")]) from None
    head, fence, rest = text.partition("---\n")
    front, closing, body = rest.partition("\n---\n")
    if head or not fence or not closing:
        raise ContentError([Fault(path, 1, "must begin with front matter between two lines '---'")])
    return parse_yaml(path, front, first_line=2), body.strip()


def parse_yaml(path: Path, text: str, *, first_line: int) -> Document:
    loader = yaml.CSafeLoader(text)
    try:
        root = loader.get_single_node()
        value = None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise ContentError([Fault(path, first_line + line, f"not YAML: {error.problem}")]) from None
    except ValueError as error:  # a 30 February: PyYAML stumbles over it without saying where
        line = _line_of_impossible_date(text)
        raise ContentError([Fault(path, first_line + line, f"not a date: {error}")]) from None
    finally:
        loader.dispose()
    lines: dict[Location, int] = {}
    if root is not None:
        _collect_lines(root, (), first_line, lines)
    return Document(path, value, lines)


def _line_of_impossible_date(text: str) -> int:
    """Counted from 0."""
    for number, line in enumerate(text.splitlines()):
        for written in re.findall(r"\b\d{4}-\d\d-\d\d\b", line.partition("#")[0]):
            try:
                date.fromisoformat(written)
            except ValueError:
                return number
    return 0


def _collect_lines(node: yaml.Node, at: Location, first_line: int, lines: dict[Location, int]) -> None:
    lines[at] = node.start_mark.line + first_line
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            lines[(*at, key.value)] = key.start_mark.line + first_line
            _collect_lines(child, (*at, key.value), first_line, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _collect_lines(child, (*at, index), first_line, lines)


def _describe(location: tuple[int | str, ...], message: str) -> str:
    name = ".".join(str(step) for step in location)
    return f"{name}: {message}" if name else message
