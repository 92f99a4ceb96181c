"""How cards read: some by chance, as a person sees them at once, with their figures.

`python -m scripts.reading_sample [--seed N] [--text]`. Seconds are those of espeak-ng, where it is installed.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import wave
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TypeVar, cast

from telegram import CallbackQuery, Update, User

from bot.address import Address
from bot.channels.base import Channel
from bot.faq import Faqs
from bot.flow.outbox import Message
from bot.knowledge import Knowledge, load_knowledge
from bot.laws import Laws
from bot.people import Person
from bot.settings import ROOT
from bot.sorting import Item
from bot.talk import sorting_card
from bot.talk.application import TurnContext
from bot.talk.buttons import pack
from bot.talk.turn import Turn
from bot.tips import Tip
from handlers import faq, laws, tips

WORDS_A_MINUTE = 160
"""How fast somebody reads aloud to others."""

TOO_LONG = 30
"""Words of a sentence that nobody reads out in one breath."""

SAMPLE = {"item": 10, "tip": 6, "law": 2, "help": 2}

_FOLD, _SMALL, _TAG = "<blockquote", re.compile(r"<i>.*?</i>", re.DOTALL), re.compile(r"<[^>]+>")
_WORD = re.compile(r"\w[\w/,.×%‰–-]*")
_END = re.compile(r"[.!?…](?=\s|$)|\n")

HasId = TypeVar("HasId", Item, Tip)
Press = Callable[[Update, TurnContext], Awaitable[None]]


@dataclass(frozen=True)
class Card:
    kind: str
    id: str
    text: str

    @property
    def words(self) -> int:
        return len(_WORD.findall(self.text))

    @property
    def longest(self) -> int:
        """Words of the longest sentence; a heading and a line are sentences too."""
        return max(len(_WORD.findall(sentence)) for sentence in _END.split(self.text))


class Listener(Turn):
    """A turn of nobody: it knows the content and keeps what is said."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.messages: list[Message] = []
        self.chat = Address("web:reader")
        self.person = Person(0, self.chat)
        self.channel = cast(Channel, SimpleNamespace(share_link=lambda payload, text: ""))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--text", action="store_true", help="print the cards themselves")
    options = parser.parse_args(arguments)
    cards = asyncio.run(every(load_knowledge(ROOT / "content")))
    print(f"{'card':<40} {'words':>5} {'longest':>7} {'seconds':>7}")
    for card in sample(cards, options.seed):
        aloud = seconds(card.text)
        told = "-" if aloud is None else f"{aloud:.0f}"
        print(f"{card.kind + ' ' + card.id:<40} {card.words:5} {card.longest:7} {told:>7}")
        if options.text:
            print(f"\n{card.text}\n")
    for kind, of in cards.items():
        print(_summary(kind, of))


def _summary(kind: str, cards: Sequence[Card]) -> str:
    words = statistics.median(card.words for card in cards)
    longest = statistics.median(card.longest for card in cards)
    over = sum(card.longest > TOO_LONG for card in cards)
    medians = f"{words:.0f} words, longest sentence {longest:.0f} (medians)"
    return f"all {len(cards)} {kind}: {medians}; {over} over {TOO_LONG}"


async def every(knowledge: Knowledge) -> dict[str, list[Card]]:
    """All cards by kind, in a fixed order."""
    turn = Listener(knowledge)
    told = {
        "item": {item.id: str(sorting_card.card(turn, item)) for item in _by_id(knowledge.sorting.items)},
        "tip": {tip.id: tip_told(turn, tip.id) for tip in _by_id(knowledge.tips.all)},
        "law": {id: await pressed(turn, laws.open_card, pack("law.card", id)) for id in _ids(knowledge.laws)},
        "help": {id: await pressed(turn, faq.open_card, pack("faq.card", id)) for id in _ids(knowledge.faqs)},
    }
    return {kind: [Card(kind, id, seen(text)) for id, text in of.items()] for kind, of in told.items()}


def _by_id(entries: Iterable[HasId]) -> list[HasId]:
    return sorted(entries, key=lambda entry: entry.id)


def _ids(leafed: Laws | Faqs) -> list[str]:
    return [entry.id for entry in leafed.all]


def sample(cards: Mapping[str, Sequence[Card]], seed: int) -> list[Card]:
    """The same ones for the same seed."""
    chance = random.Random(seed)
    return [card for kind, number in SAMPLE.items() for card in chance.sample(cards[kind], number)]


def tip_told(turn: Turn, id: str) -> str:
    tips.show_tip(turn, id)
    return said(turn)


async def pressed(turn: Turn, press: Press, data: str) -> str:
    """What a button answers, as HTML."""
    turn.update = Update(1, callback_query=CallbackQuery("1", User(1, "reader", False), "1", data=data))
    await press(turn.update, cast(TurnContext, SimpleNamespace(turn=turn)))
    return said(turn)


def said(turn: Turn) -> str:
    """The last thing that was said, as HTML."""
    return str(turn.messages.pop().say.text)


def seen(text: str) -> str:
    """What of HTML is to be read at once: without the fold, the small print of sources, and pictures."""
    at_once = _SMALL.sub("", text.partition(_FOLD)[0]).replace("</b>", "</b>\n")
    plain = html.unescape(_TAG.sub("", at_once))
    return "\n".join(_lines(plain))


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        spoken = "".join(letter for letter in line if ord(letter) < 0x2190 or letter.isalnum()).strip()
        if spoken:
            yield spoken


def seconds(text: str) -> float | None:
    """How long espeak-ng reads it aloud; None where it is not installed."""
    if not (speaker := shutil.which("espeak-ng")):
        return None
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "card.wav"
        command = [speaker, "-v", "vi", "-s", str(WORDS_A_MINUTE), "-w", str(sound), "--", text]
        subprocess.run(command, check=True)
        with wave.open(str(sound)) as read:
            return float(read.getnframes() / read.getframerate())


if __name__ == "__main__":
    main()
