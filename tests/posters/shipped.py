"""The posters of all that ships."""

from __future__ import annotations

from functools import cache

from bot.posters import Poster, poster_of_item, poster_of_tip
from bot.posters.icons import icon_path
from bot.settings import ROOT
from bot.sorting import load_sorting
from bot.tips import load_tips

CONTENT = ROOT / "content"


@cache
def posters() -> tuple[Poster, ...]:
    sorting, tips = load_sorting(CONTENT), load_tips(CONTENT)
    return (
        *(poster_of_item(item, sorting) for item in sorting.items),
        *(poster_of_tip(tip, tips) for tip in tips.all),
    )


def poster(id: str) -> Poster:
    return next(one for one in posters() if one.id == id)


def icon(emoji: str) -> bytes:
    return icon_path(CONTENT, emoji).read_bytes()
