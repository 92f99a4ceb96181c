"""The communes and wards of the province and the units they were formed from, as read from content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.content.files import ContentError, Document, Fault, read_yaml
from bot.fold import nfc

UNIT_TYPES = ("Thị trấn", "Phường", "Xã")
DISTRICT_TYPES = ("Thành phố", "Thị xã", "Huyện")


@dataclass(frozen=True, slots=True)
class FormerUnit:
    """A commune, ward or town before July 2025, with types: `Xã Mỹ Cẩm`, `Huyện Càng Long`."""

    name: str
    district: str
    partial: bool = False
    """The unit was split; this commune got a part of it."""
    earlier: bool = False
    """Merged into a neighbour before 2025: found when typed, not shown."""

    @property
    def shown(self) -> str:
        """`xã Mỹ Cẩm`, `một phần thị trấn Trà Ôn`."""
        return ("một phần " if self.partial else "") + lower_first(self.name)


@dataclass(frozen=True, slots=True)
class Commune:
    """`name` with its type (`Xã Cầu Ngang`); `lat`, `lon` a point inside, WGS84."""

    code: str
    name: str
    type: Literal["xã", "phường"]
    lat: float
    lon: float
    former_units: tuple[FormerUnit, ...]
    former_province: str

    @property
    def formerly(self) -> str:
        """`thị trấn Cầu Ngang, xã Mỹ Hòa, xã Thuận Hòa`; empty when only the unit of that name went in."""
        shown = [unit.shown for unit in self.former_units if not unit.earlier]
        return "" if shown == [lower_first(self.name)] else ", ".join(shown)


def lower_first(name: str) -> str:
    """A unit's name inside a sentence: `Thị trấn Trà Cú` → `thị trấn Trà Cú`."""
    return name[:1].lower() + name[1:]


def split_type(name: str, types: Iterable[str]) -> tuple[str, str]:
    """`Thị trấn Trà Cú` → (`thị trấn`, `Trà Cú`); the type is empty when none of `types` leads."""
    for kind in types:
        if name.startswith(f"{kind} "):
            return kind.lower(), name[len(kind) + 1 :]
    return "", name


Unit = Annotated[str, Field(pattern=rf"^({'|'.join(UNIT_TYPES)}) \S")]
District = Annotated[str, Field(pattern=rf"^({'|'.join(DISTRICT_TYPES)}) \S")]
Latitude = Annotated[float, Field(ge=8, le=12)]
Longitude = Annotated[float, Field(ge=104, le=108)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _FormerUnit(_Strict):
    unit: Unit
    district: District
    partial: bool = False
    earlier: bool = False


class _Commune(_Strict):
    code: Annotated[str, Field(pattern=r"^\d{5}$")]
    name: Annotated[str, Field(pattern=r"^(Xã|Phường) \S")]
    point: tuple[Latitude, Longitude]
    formerly: Annotated[list[_FormerUnit], Field(min_length=1)]


class _Province(_Strict):
    former_province: Annotated[str, Field(min_length=1)]
    communes: Annotated[list[_Commune], Field(min_length=1)]


def read_communes(folder: Path) -> tuple[Commune, ...]:
    """Every commune of every file in `folder`, ordered by code. Raises ContentError."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise ContentError([Fault(folder, 1, "no communes: a .yaml file per former province is needed")])
    faults: list[Fault] = []
    communes: list[Commune] = []
    first_at: dict[str, Fault] = {}
    for path in paths:
        try:
            document = read_yaml(path)
            province = document.validate(_Province)
        except ContentError as error:
            faults += error.faults
            continue
        faults += _repeats(document, province, first_at)
        communes += (_commune(entry, province.former_province) for entry in province.communes)
    if faults:
        raise ContentError(faults)
    return tuple(sorted(communes, key=lambda commune: commune.code))


def _repeats(document: Document, province: _Province, first_at: dict[str, Fault]) -> list[Fault]:
    faults = []
    for index, entry in enumerate(province.communes):
        for field, value in (("code", entry.code), ("name", nfc(entry.name))):
            here = document.fault(f"{field} {value!r} is used twice", "communes", index, field)
            if value in first_at:
                first = first_at[value]
                faults.append(
                    Fault(here.path, here.line, f"{here.message} (first {first.path}:{first.line})")
                )
            first_at.setdefault(value, here)
    return faults


def _commune(entry: _Commune, former_province: str) -> Commune:
    name = nfc(entry.name)
    units = (
        FormerUnit(nfc(unit.unit), nfc(unit.district), unit.partial, unit.earlier) for unit in entry.formerly
    )
    return Commune(
        code=entry.code,
        name=name,
        type="xã" if name.startswith("Xã ") else "phường",
        lat=entry.point[0],
        lon=entry.point[1],
        former_units=tuple(units),
        former_province=nfc(former_province),
    )
