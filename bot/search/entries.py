"""What an index is made of and what it answers with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found. `names`: everything it may be called, in any language.

    Entries of one `family` lead to nearly the same answer; without one an entry is its own family.
    """

    id: str
    names: tuple[str, ...]
    family: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry and how well it fits, 0..100; 100 is the very name."""

    id: str
    score: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one message led to: best first, empty when nothing fits.

    `confident` means one clear answer, which is then the only one in `hits`.
    """

    hits: tuple[Hit, ...] = ()
    confident: bool = False
