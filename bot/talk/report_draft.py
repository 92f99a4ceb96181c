"""A report that is being written: the typed view of its draft's data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar, overload

from bot.reports.changes import DESCRIPTION_MOST
from bot.talk.drafts import Draft
from bot.talk.turn import Turn

KIND = "report"
MOST_PHOTOS = 5
ADDRESS_MOST = 200

T = TypeVar("T")


class _Field(Generic[T]):
    """One entry of the draft's data, under the attribute's name."""

    def __init__(self, default: T) -> None:
        self._default = default

    def __set_name__(self, owner: type[ReportDraft], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, view: None, owner: type[ReportDraft]) -> _Field[T]: ...
    @overload
    def __get__(self, view: ReportDraft, owner: type[ReportDraft]) -> T: ...
    def __get__(self, view: ReportDraft | None, owner: type[ReportDraft]) -> _Field[T] | T:
        if view is None:
            return self
        value: T = view.data.get(self._name, self._default)
        return value

    def __set__(self, view: ReportDraft, value: T) -> None:
        view.data[self._name] = value


class ReportDraft:
    """Complete once it has photos (or `no_photo`), a commune and a kind.

    `typed` are words about a place that told no commune yet; `choices` commune codes to offer.
    `replacing`: the next photo takes the place of those there. `alike_seen`: like reports nearby
    were offered.
    """

    photos = _Field[Sequence[int]](())
    seen = _Field[Sequence[str]](())
    no_photo = _Field(False)
    replacing = _Field(False)
    description = _Field("")
    commune = _Field[str | None](None)
    lat = _Field[float | None](None)
    lon = _Field[float | None](None)
    address = _Field("")
    typed = _Field("")
    choices = _Field[Sequence[str]](())
    kind = _Field[str | None](None)
    alike_seen = _Field(False)

    def __init__(self, draft: Draft) -> None:
        self.draft = draft

    @property
    def data(self) -> dict[str, Any]:
        return self.draft.data

    @property
    def step(self) -> str:
        return self.draft.step

    @property
    def is_empty(self) -> bool:
        return not (self.photos or self.commune or self.description or self.typed)

    @property
    def missing(self) -> str | None:
        """The step that asks for what is not known yet."""
        if not self.photos and not self.no_photo:
            return "photo"
        if self.commune is None:
            return "place"
        return "kind" if self.kind is None else None

    def go(self, step: str) -> None:
        if step != self.draft.step:
            self.draft.go(step)

    def add_photo(self, photo_id: int, unique_id: str) -> None:
        if self.replacing:
            self.photos, self.seen, self.replacing = (), (), False
        self.photos = [*self.photos, photo_id]
        self.seen = [*self.seen, unique_id]
        self.no_photo = False

    def describe(self, text: str) -> None:
        joined = "\n".join(filter(None, (self.description, text)))
        self.description = joined[:DESCRIPTION_MOST]

    def forget_place(self) -> None:
        self.commune = self.lat = self.lon = None
        self.address = ""
        self.choices = ()
        self.alike_seen = False

    def set_point(self, lat: float, lon: float) -> None:
        self.forget_place()
        self.lat, self.lon = lat, lon

    def set_commune(self, code: str) -> None:
        """Words typed about the place become its address."""
        self.commune = code
        if self.typed:
            self.address, self.typed = self.typed[:ADDRESS_MOST], ""


def opened(turn: Turn) -> ReportDraft | None:
    """The report that is being written in this chat."""
    return ReportDraft(turn.draft) if turn.draft and turn.draft.kind == KIND else None


def opened_or_new(turn: Turn) -> ReportDraft:
    return opened(turn) or ReportDraft(turn.open(KIND, "photo"))
