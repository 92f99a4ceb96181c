"""Groups and items with their Khmer text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.sorting.content import Content, Group, Item
from bot.translations import GroupText, Vietnamese, group_texts, item_texts


def with_khmer(content: Content, content_dir: Path) -> Content:
    """What the province ruled otherwise is no longer what was translated. Raises ContentError."""
    groups = group_texts(content_dir, group_sources(content.groups))
    items = item_texts(content_dir, item_sources(content.items, content.groups))
    return replace(
        content,
        groups=tuple(_group(group, groups.get(group.code)) for group in content.groups),
        items=tuple(item.model_copy(update={"km": items.get(item.id)}) for item in content.items),
    )


def group_sources(groups: tuple[Group, ...]) -> Vietnamese:
    return {
        group.code: {"name": group.name.vi, "what": group.what.vi, "where": group.where.vi}
        for group in groups
    }


def item_sources(items: tuple[Item, ...], groups: tuple[Group, ...]) -> Vietnamese:
    general = {group.code: group.where.vi for group in groups}
    return {item.id: {"prep": item.prep, "where": item.where or general[item.group]} for item in items}


def _group(group: Group, text: GroupText | None) -> Group:
    if text is None:
        return group
    parts = {
        "name": (group.name, text.name),
        "what": (group.what, text.what),
        "where": (group.where, text.where),
    }
    return group.model_copy(
        update={field: told.model_copy(update={"km": khmer}) for field, (told, khmer) in parts.items()}
    )
