"""What the search learns from: questions about things, messages about everything else, ways of asking."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from scripts.questions import ROOT, UNRELATED, Question, read_questions

THING = "{x}"  # its place in a way of asking
_DATA = ROOT / "tests" / "data"


def messages() -> dict[str, tuple[str, ...]]:
    """Text → the ids of the items that are right; none for another matter."""
    found: dict[str, tuple[str, ...]] = {}
    for question in read_questions():
        if _is_seen(question) and (len(question.things) == 1 or question.kind == UNRELATED):
            found.setdefault(question.text, question.things[0] if question.things else ())
    for line in _lines("everyday.txt"):
        found.setdefault(line, ())
    return found


def unknown_things() -> list[str]:
    """Questions where to throw what no item is written for."""
    asked = filter(_is_seen, read_questions())
    return [question.text for question in asked if not question.things and question.kind != UNRELATED]


def lists() -> list[str]:
    """Questions about several things."""
    return [question.text for question in read_questions() if _is_seen(question) and len(question.things) > 1]


def frames() -> list[str]:
    return list(_lines("frames.txt"))


def fingerprint() -> str:
    """Changes when the examples do: what was learned from others is out of date."""
    return f"{crc32(repr((messages(), unknown_things(), lists(), frames())).encode()):08x}"


def fingerprint_of_wishes() -> str:
    """The same for what is learned of law, help, tips and reports."""
    text = (_DATA / "intent_questions.tsv").read_text(encoding="utf-8")
    seen = [line for line in text.splitlines() if line.startswith("seen")]
    return f"{crc32(repr((messages(), seen)).encode()):08x}"


def _is_seen(question: Question) -> bool:
    return question.split == "seen"


def _lines(name: str) -> Iterator[str]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield line
