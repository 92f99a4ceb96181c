"""Reading content files so that every fault can be told as `file:line: what is wrong`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
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
    """Parsed YAML. Where its parts stand takes more memory than they do, so only faults look it up."""

    path: Path
    value: Any
    text: str = ""
    first_line: int = 1

    def fault(self, message: str, *location: str | int) -> Fault:
        """The fault at `location`, or at the nearest enclosing part."""
        node = self._root
        if node is None:
            return Fault(self.path, 1, message)
        for step in location:
            if (part := _part(node, step)) is None:
                break
            node = part
        return Fault(self.path, self.first_line + node.start_mark.line, message)

    @cached_property
    def _root(self) -> yaml.Node | None:
        return yaml.compose(self.text, yaml.CSafeLoader)

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
    try:
        value = yaml.load(text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise ContentError([Fault(path, first_line + line, f"not YAML: {error.problem}")]) from None
    except ValueError as error:  # a 30 February: PyYAML stumbles over it without saying where
        line = _line_of_impossible_date(text)
        raise ContentError([Fault(path, first_line + line, f"not a date: {error}")]) from None
    return Document(path, value, text, first_line)


def _line_of_impossible_date(text: str) -> int:
    """Counted from 0."""
    for number, line in enumerate(text.splitlines()):
        for written in re.findall(r"\b\d{4}-\d\d-\d\d\b", line.partition("#")[0]):
            try:
                date.fromisoformat(written)
            except ValueError:
                return number
    return 0


def _part(node: yaml.Node, step: str | int) -> yaml.Node | None:
    """One step down; of two equal keys the last counts."""
    if isinstance(node, yaml.MappingNode):
        return next((part for key, part in reversed(node.value) if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and step in range(len(node.value)):
        found: yaml.Node = node.value[int(step)]
        return found
    return None


def _describe(location: tuple[int | str, ...], message: str) -> str:
    name = ".".join(str(step) for step in location)
    return f"{name}: {message}" if name else message
