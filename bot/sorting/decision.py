"""The province's own decision: what it says differently replaces what the files say, at one switch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.content.files import Document, Fault
from bot.sorting.content import Code, Content, Group, Item, Sentence, Source, Translated

SOURCE = "quyet_dinh_tinh"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    def given(self) -> dict[str, Any]:
        """Only what the file says, as model fields."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class GroupChange(_Strict):
    name: Translated | None = None
    what: Translated | None = None
    where: Translated | None = None
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")] | None = None


class ItemChange(_Strict):
    group: Code | None = None
    prep: Sentence | None = None
    where: Sentence | None = None
    hazard: Sentence | None = None
    exception: Sentence | None = None


class Decision(_Strict):
    """content/sorting/decision.yaml; the head of the file explains each field."""

    in_force: bool
    title: Annotated[str, Field(min_length=1, max_length=70)]
    number: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    read_on: date | None = None
    groups: Mapping[Code, GroupChange] = {}
    items: Mapping[str, ItemChange] = {}


def faults(document: Document, decision: Decision, content: Content) -> Iterator[Fault]:
    """Told also while the decision is not in force, so that the switch can be trusted."""
    known = {item.id for item in content.items}
    for id in decision.items:
        if id not in known:
            yield document.fault(f"there is no item '{id}'", "items", id)
    if decision.in_force and not (decision.number and decision.read_on):
        yield document.fault("needs 'number' and 'read_on' to be in force", "in_force")


def follow(decision: Decision, content: Content) -> Content:
    """The content as the decision wants it; unchanged while it is not in force."""
    if not decision.in_force:
        return content
    assert decision.read_on  # `faults` asks for it
    source = Source(
        id=SOURCE,
        title=f"{decision.title} ({decision.number})",
        read=f"Cán bộ đọc ngày {decision.read_on:%d/%m/%Y}.",
        limits="Văn bản của tỉnh; đứng trên các nguồn khác.",
        checked=decision.read_on,
    )
    return replace(
        content,
        groups=tuple(_group(group, decision) for group in content.groups),
        items=tuple(_item(item, decision) for item in content.items),
        sources={**content.sources, SOURCE: source},
    )


def _group(group: Group, decision: Decision) -> Group:
    change = decision.groups.get(group.code)
    return group.model_copy(update=change.given()) if change else group


def _item(item: Item, decision: Decision) -> Item:
    """What the decision rules is no longer disputed nor in doubt."""
    change = decision.items.get(item.id)
    if change is None:
        return item
    settled = {"source": (SOURCE,), "source_note": None, "disputed": None, "confidence": "high"}
    return item.model_copy(update={**change.given(), **settled})
