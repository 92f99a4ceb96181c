"""What a free text means, decided in one place.

The order of the conversation is: a wish to report, an item to sort, a topic or a tip, then law, help,
small talk, a commune. These exceptions stand before it, each because the words leave little doubt:

1. A message that is small talk as a whole ("chào em") is small talk.
2. A question about law or fines ("vứt rác ra đường phạt bao nhiêu") is law, unless it asks to report as well.
   It never becomes an item: when no answer fits and it is about waste, the list of answers is shown.
3. A question that help answers nearly word for word ("xóa dữ liệu của tôi") is help.
4. Where the wording as a whole, as learned from messages, speaks plainly for law, help, a tip or a report,
   it is that.
5. A message that is nothing but the name of a thing ("nước thải ao tôm") or of a place ("xã Cầu Ngang")
   tells of no dump. Of "tra cu", typed without accents, the place is meant.
6. A wish for a tip ("cách xài ít bọc nilon") is a tip, when one fits; so is a text that names a topic
   or a tip, when the item it may name is not sure.

What else touches law and help, but only in a few words, comes after the items; the weather and football
last, and never when throwing away is spoken of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.fold import fold, nfc
from bot.intents import Wish
from bot.knowledge import Knowledge
from bot.phrases import Typed
from bot.search import Ranked
from bot.sorting import Found
from bot.tips import Tip

Kind = Literal["report", "item", "topic", "tip", "law", "help", "talk", "commune", "nothing"]

LONGEST = 300  # characters: a longer text tells of a dump, or of nothing that is known here
MOST_ITEMS = 8
_CLOSE = 94  # 0..100; from here help was asked for in nearly its own words
_LAW_CLOSE = 90
_LIKELY = 88  # rather that than an item that is not sure
_TOUCHED = 78  # from here help was touched at all
_PLAINLY_BESIDE = 0.43  # as learned: so plain a wish outweighs an item that is surely named
_PLAINLY_LAW = 0.57  # so plain is the law even among all fines there are,
_PLAINLY = 0.08  # from here the wording speaks for something, whatever else is named,
_LIKELY_WISHED = -0.14  # and from here when nothing else is sure
_HARDLY_WISHED = -0.2  # under it what the rules take for a report is rather an item, where one is likely
_VAGUE = 8  # more that may be meant alike: "đúng" speaks for nothing
MOST_OFFERED = 3
_ITEM_LIKELY = 88  # rather an item than what the wording may speak for
_ITEM_NEAR = 72  # in a chat there are other matters too
_NEAR_ENOUGH = 72  # a guess further off does not interrupt what somebody typed


@dataclass(frozen=True, slots=True)
class Meaning:
    """`items` when things are named; else `ids` of what was found, best first.

    Unless `sure` they may be meant, and are to be offered. A law without ids: none fits.
    """

    kind: Kind
    items: tuple[Found, ...] = ()
    ids: tuple[str, ...] = ()
    sure: bool = True


NOTHING = Meaning("nothing")


def understand(knowledge: Knowledge, text: str) -> Meaning:
    """What `text`, typed unasked, means."""
    return _Reading(knowledge, text).meaning()


def name_items(knowledge: Knowledge, text: str) -> list[Found]:
    """What is named in a text that is known to be about things to throw away."""
    return knowledge.sorting.find_many(nfc(text)[:LONGEST])[:MOST_ITEMS]


class _Reading:
    """One text, looked at by rule after rule."""

    def __init__(self, knowledge: Knowledge, text: str) -> None:
        self._knowledge = knowledge
        self._whole = text
        self._text = nfc(text)[:LONGEST]
        self._typed = Typed.of(self._text)

    def meaning(self) -> Meaning:
        asks_for_law = self._knowledge.cues.asks_for_law(self._typed)
        rules = self._about_law if asks_for_law and not self._asks_to_report() else self._about_anything
        return next((found for rule in rules() if (found := rule())), NOTHING)

    def _about_law(self) -> Iterable[Callable[[], Meaning | None]]:
        return (
            self._sure_law,
            self._plainly_wished_law,
            self._law,
            self._some_law,
            self._near_help,
            self._other_talk,
        )

    def _about_anything(self) -> Iterable[Callable[[], Meaning | None]]:
        return (
            self._talk,
            self._close_help,
            self._spelled_item,
            self._commune,
            self._named_item,
            self._plainly_wished,
            self._report,
            self._close_law,
            self._wished_tip,
            self._sure_item,
            self._likely_item,
            self._likely_wished,
            self._tip,
            self._likely_help,
            self._near_item,
            self._near_law,
            self._near_help,
            self._other_talk,
        )

    def _talk(self) -> Meaning | None:
        talk = self._knowledge.small_talk.whole(self._typed)
        return Meaning("talk", ids=(talk.id,)) if talk else None

    def _other_talk(self) -> Meaning | None:
        if self._knowledge.cues.speaks_of_waste(self._typed):
            return None
        talk = self._knowledge.small_talk.about(self._typed)
        return Meaning("talk", ids=(talk.id,)) if talk else None

    def _asks_to_report(self) -> bool:
        return self._knowledge.kinds.asks_to_report(self._typed)

    def _report(self) -> Meaning | None:
        if not self._knowledge.kinds.wants_to_report(self._whole) or self._is_hardly_wished():
            return None
        return Meaning("report")

    def _is_hardly_wished(self) -> bool:
        """Whether somebody who seems to tell of a dump rather asks about a thing of their own."""
        wish = self._wish
        is_wish = wish is None or wish.certainty >= _HARDLY_WISHED or self._asks_to_report()
        return not is_wish and self._likely_item() is not None

    def _sure_law(self) -> Meaning | None:
        law = self._law()
        return law if law and law.sure else None

    def _law(self) -> Meaning | None:
        asked, matter = self._asked_law, self._knowledge.laws.questions.find_matter(self._text)
        likelier = max(asked, matter, key=_best)
        return _meant("law", likelier, sure=_first(asked) == _first(matter))

    def _some_law(self) -> Meaning | None:
        return Meaning("law", sure=False) if self._knowledge.kinds.names_waste(self._typed) else None

    def _close_law(self) -> Meaning | None:
        is_law = self._knowledge.cues.speaks_of_law(self._typed) or _best(self._asked_law) >= _LAW_CLOSE
        return _meant("law", self._asked_law) if is_law else None

    def _close_help(self) -> Meaning | None:
        return _meant("help", self._asked_help) if _best(self._asked_help) >= _CLOSE else None

    def _likely_help(self) -> Meaning | None:
        return _meant("help", self._some_help) if _best(self._some_help) >= _LIKELY else None

    def _near_help(self) -> Meaning | None:
        return _meant("help", self._some_help) if _best(self._some_help) >= _TOUCHED else None

    def _near_law(self) -> Meaning | None:
        return _meant("law", self._asked_law) if _best(self._asked_law) >= _NEAR_ENOUGH else None

    def _plainly_wished(self) -> Meaning | None:
        return self._wished(_PLAINLY_BESIDE if self._sure_item() else _PLAINLY)

    def _likely_wished(self) -> Meaning | None:
        return self._wished(_LIKELY_WISHED)

    def _plainly_wished_law(self) -> Meaning | None:
        found = self._wished(_PLAINLY_LAW)
        return found if found and found.kind == "law" and len(found.ids) < MOST_OFFERED else None

    def _wished(self, least: float) -> Meaning | None:
        """What the wording as a whole speaks for, as learned, when the bot has an answer to it."""
        wish = self._wish
        if wish is None or wish.certainty < least or len(wish.ids) > _VAGUE:
            return None
        if wish.kind == "report":
            return Meaning("report") if least >= _PLAINLY else None
        if wish.kind == "law" and self._asks_to_report():
            return None
        if wish.kind == "tip":
            topics = [topic.code for topic in self._knowledge.tips.topics]
            return self._tip(wished=True) or _known("topic", wish.ids[:1], topics)
        if wish.kind == "law":
            return _known("law", wish.ids, [law.id for law in self._knowledge.laws.all])
        return _known("help", wish.ids, [entry.id for entry in self._knowledge.faqs.all])

    @cached_property
    def _wish(self) -> Wish | None:
        if len(self._whole) > LONGEST:
            return None
        return self._knowledge.intents.of(self._knowledge.sorting.tokens(self._text))

    def _commune(self) -> Meaning | None:
        named = self._knowledge.places.named(self._text, self._knowledge.cues.place_words)
        codes = tuple(one.commune.code for one in named)
        return Meaning("commune", ids=codes, sure=len(codes) == 1) if codes else None

    def _wished_tip(self) -> Meaning | None:
        return self._tip(wished=True) if self._knowledge.cues.wishes_tip(self._typed) else None

    def _tip(self, *, wished: bool = False) -> Meaning | None:
        found = self._knowledge.tips.find(self._text, wished=wished)
        if found is None:
            return None
        if isinstance(found, Tip):
            return Meaning("tip", ids=(found.id,))
        return Meaning("topic", ids=(found.code,))

    def _spelled_item(self) -> Meaning | None:
        return self._item_if(lambda one: self._is_name_of(one, nfc))

    def _named_item(self) -> Meaning | None:
        return self._item_if(lambda one: self._is_name_of(one, fold))

    def _is_name_of(self, one: Found, written: Callable[[str], str]) -> bool:
        """Whether the text is one of the thing's very names."""
        text = written(self._text.casefold())
        names = (name for match in one.items for name in (match.item.name, *match.item.synonyms))
        return text in map(written, names)

    def _sure_item(self) -> Meaning | None:
        return self._item_if(lambda one: one.confident)

    def _likely_item(self) -> Meaning | None:
        return self._item_if(lambda one: bool(one.items) and one.items[0].score >= _ITEM_LIKELY)

    def _near_item(self) -> Meaning | None:
        return self._item_if(lambda one: bool(one.items) and one.items[0].score >= _ITEM_NEAR)

    def _item_if(self, fits: Callable[[Found], bool]) -> Meaning | None:
        return Meaning("item", items=self._items) if any(map(fits, self._items)) else None

    @cached_property
    def _items(self) -> tuple[Found, ...]:
        return tuple(name_items(self._knowledge, self._text))

    @cached_property
    def _asked_law(self) -> Ranked:
        return self._knowledge.laws.questions.find(self._text)

    @cached_property
    def _asked_help(self) -> Ranked:
        return self._knowledge.faqs.questions.find(self._text)

    @cached_property
    def _some_help(self) -> Ranked:
        """Asked for, or only touched."""
        return max(self._asked_help, self._knowledge.faqs.questions.find_matter(self._text), key=_best)


def _best(found: Ranked) -> int:
    return found.hits[0].score if found.hits else 0


def _first(found: Ranked) -> str | None:
    return found.hits[0].id if found.hits else None


def _meant(kind: Literal["law", "help"], found: Ranked, *, sure: bool = False) -> Meaning | None:
    """`sure`: the first is meant for other reasons, however near the next."""
    if not found.hits:
        return None
    sure = sure or found.confident
    return Meaning(kind, ids=tuple(hit.id for hit in found.hits[: 1 if sure else None]), sure=sure)


def _known(
    kind: Literal["topic", "law", "help"], ids: Iterable[str], known: Collection[str]
) -> Meaning | None:
    """Of what was learned only what the content still has."""
    left = tuple(id for id in ids if id in known)[:MOST_OFFERED]
    return Meaning(kind, ids=left, sure=len(left) == 1) if left else None
