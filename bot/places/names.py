"""Every name by which a commune can be meant: its own, those of former units, districts and provinces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.places.communes import (
    DISTRICT_TYPES,
    UNIT_TYPES,
    Commune,
    FormerUnit,
    lower_first,
    split_type,
)
from bot.places.spelling import key

PROVINCE = "Vĩnh Long"
"""The province of all communes since July 2025, and the name of one of the three former ones."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """A commune by its present name (`former` is None) or by that of a unit that went into it."""

    type: str
    name: str
    commune: Commune
    former: FormerUnit | None
    districts: frozenset[str]
    """Former districts, with type (`Huyện Cầu Kè`): one for a former unit, all of them for a commune."""

    @property
    def why(self) -> str:
        if self.former is None:
            return "tên hiện nay"
        part = "một phần " if self.former.partial else ""
        return f"trước đây là {part}{lower_first(self.former.name)}, {lower_first(self.former.district)}"


@dataclass(frozen=True, slots=True)
class Region:
    """A former district or province: `type` huyện, thị xã, thành phố or tỉnh."""

    type: str
    name: str
    full: str
    province: str
    communes: tuple[Commune, ...]

    @property
    def why(self) -> str:
        return f"thuộc {lower_first(self.full)} trước đây"


Meaning = UnitName | Region


class Names:
    """Meanings by key (see `spelling.key`); numbered wards are under `phường 1` as `phuong 1`."""

    def __init__(self, communes: Sequence[Commune]) -> None:
        self._meanings: dict[str, list[Meaning]] = {}
        meanings: list[Meaning] = [*_units(communes), *_districts(communes), *_provinces(communes)]
        for meaning in meanings:
            name = f"Phường {meaning.name}" if meaning.name.isdigit() else meaning.name
            self._meanings.setdefault(key(name), []).append(meaning)
        self.glued = {name.replace(" ", ""): name for name in self._meanings if not name[-1].isdigit()}
        self.fuzzy = [name for name in self._meanings if not name[-1].isdigit()]
        self.longest = max(len(name.split()) for name in self._meanings)

    def __contains__(self, name: str) -> bool:
        return name in self._meanings

    def meanings(self, name: str) -> tuple[Meaning, ...]:
        return tuple(self._meanings.get(name, ()))


def _units(communes: Iterable[Commune]) -> Iterable[UnitName]:
    for commune in communes:
        kind, name = split_type(commune.name, UNIT_TYPES)
        districts = frozenset(unit.district for unit in commune.former_units)
        yield UnitName(kind, name, commune, None, districts)
        for former in commune.former_units:
            kind, name = split_type(former.name, UNIT_TYPES)
            yield UnitName(kind, name, commune, former, frozenset({former.district}))


def _districts(communes: Iterable[Commune]) -> Iterable[Region]:
    members: dict[tuple[str, str], list[Commune]] = {}
    for commune in communes:
        for district in dict.fromkeys(unit.district for unit in commune.former_units):
            members.setdefault((commune.former_province, district), []).append(commune)
    for (province, full), inside in members.items():
        kind, name = split_type(full, DISTRICT_TYPES)
        inside.sort(key=lambda commune: not commune.name.endswith(f" {name}"))
        yield Region(kind, name, full, province, tuple(inside))


def _provinces(communes: Iterable[Commune]) -> Iterable[Region]:
    members: dict[str, list[Commune]] = {PROVINCE: []}
    for commune in communes:
        members.setdefault(commune.former_province, []).append(commune)
    for name, inside in members.items():
        yield Region("tỉnh", name, f"Tỉnh {name}", name, tuple(inside))
