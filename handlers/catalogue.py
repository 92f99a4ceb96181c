"""Titles as buttons, six a page: how the answers about law and about the bot are leafed through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from telegram import Update

from bot.say import Button, Rows
from bot.talk.buttons import pack, parts

PAGE = 6


class Titled(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def title(self) -> str: ...


def packed(update: Update) -> list[str]:
    """What the pressed button carries."""
    assert update.callback_query and update.callback_query.data
    return parts(update.callback_query.data)


def title_rows(entries: Sequence[Titled], feature: str, *more: int) -> Rows:
    """A button each, opening `<feature>.card`."""
    return tuple(
        (Button(f"{one.icon} {one.title}", pack(f"{feature}.card", one.id, *more)),) for one in entries
    )


def page_rows(entries: Sequence[Titled], feature: str, page: int) -> Rows:
    """One page of titles and the way to its neighbours; a page behind the last one is the last."""
    last = (len(entries) - 1) // PAGE
    page = min(page, last)
    shown = entries[page * PAGE : (page + 1) * PAGE]
    return (*title_rows(shown, feature, page), *_paging(feature, page, last))


def _paging(feature: str, page: int, last: int) -> Rows:
    if not last:
        return ()
    back = (Button("◀", pack(f"{feature}.list", page - 1)),) if page else ()
    here = (Button(f"{page + 1}/{last + 1}", pack(f"{feature}.list", page)),)
    forth = (Button("▶", pack(f"{feature}.list", page + 1)),) if page < last else ()
    return ((*back, *here, *forth),)


def page_number(text: str) -> int:
    """From callback data, which may be forged."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
