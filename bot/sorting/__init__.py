"""Where rubbish goes: the sorting files and the search over them."""

from bot.sorting.content import Group, Item, Source, Translated
from bot.sorting.search import Found, Match, Sorting, load_sorting, sort_json

__all__ = ["Found", "Group", "Item", "Match", "Sorting", "Source", "Translated", "load_sorting", "sort_json"]
