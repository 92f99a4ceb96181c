"""People who keep the bot busy: some ask where things go, some report, an officer takes what comes."""

from __future__ import annotations

import asyncio
import functools
import random
import re
from dataclasses import dataclass, field

from bot.emergencies import load_emergencies
from bot.settings import ROOT
from bot.sorting import load_sorting
from tests.botapi import Sent, User

CENTRE = (9.8044, 106.4496)  # in xã Cầu Ngang
APART = 0.006  # degrees between two reports: beyond every kind's radius
KIND = "Xà bần"
ANSWER_SECONDS = 20.0
PATIENCE = 6  # questions somebody has open before they wait: the load fits the machine
_CODE = re.compile(r"TV-\d{4}-\d{4,}")


@functools.cache
def things() -> tuple[str, ...]:
    """Names of things for which the bot says their card, which begins with the name, and nothing else."""
    sorting, emergencies = load_sorting(ROOT / "content"), load_emergencies(ROOT / "content")
    harmless = (item for item in sorting.items if not emergencies.match(item.name))
    found = ((item, sorting.find_many(item.name)) for item in harmless)
    return tuple(
        item.name
        for item, answers in found
        if len(answers) == 1 and answers[0].confident and answers[0].items[0].item.id == item.id
    )


def card_title(thing: str) -> str:
    return thing[:1].upper() + thing[1:]


@functools.cache
def card_titles() -> frozenset[str]:
    return frozenset(map(card_title, things()))


@dataclass
class Asker:
    """Asks for a new thing each time, also three at once, and does not wait for answers."""

    user: User
    dice: random.Random
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._things = iter(self.dice.sample(things(), len(things())))

    async def ask(self) -> None:
        thing = next(self._things, None)
        if thing is not None:
            self.asked.append(card_title(thing))
            await self.user.sends(f"/phanloai {thing}")

    async def live(self, stop: asyncio.Event, rate: float) -> None:
        """`rate` questions a second on average."""
        while not stop.is_set():
            burst = self.dice.choice((1, 1, 1, 3))
            for _ in range(burst if self._open < PATIENCE else 0):
                await self.ask()
            await _sleep(self.dice.expovariate(rate / burst), stop)

    @property
    def _open(self) -> int:
        return len(self.asked) - len(set(self.answers))

    @property
    def answers(self) -> list[str]:
        """The titles of the cards heard, in the order in which they were accepted."""
        titles = (one.text.partition("\n")[0] for one in self.user.heard)
        return [title for title in titles if title in card_titles()]


@dataclass
class Reporter:
    """Reports dump sites, one after the other: photo, place, kind, send."""

    user: User
    dice: random.Random
    number: int
    markers: list[str] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    prodded: int = 0  # in a row: how often somebody asks in a whole life tells only how slow the machine is

    async def live(self, stop: asyncio.Event, rate: float) -> None:
        while not stop.is_set():
            await self.report()
            await _sleep(self.dice.expovariate(rate), stop)

    async def report(self) -> None:
        """A whole report; its description is its marker."""
        marker = f"dh {self.number:03d} {len(self.markers):03d}"
        self.markers.append(marker)
        if self.dice.random() < 0.3:
            await self.user.sends_album([None, None], caption=marker)
        else:
            await self.user.sends_photo(caption=marker)
        await self.user.sends_location(*self._place())
        while not await self._go_on(marker):
            pass

    def _place(self) -> tuple[float, float]:
        """Never near another report: a row of its own for each reporter."""
        return CENTRE[0] + self.number % 10 * APART, CENTRE[1] + len(self.markers) * APART

    async def _go_on(self, marker: str) -> bool:
        """Answers the next question; True when the receipt came."""
        try:
            heard = await self.user.hears(lambda one: self._is_step(one, marker), timeout=ANSWER_SECONDS)
        except AssertionError:
            # Both copies of an answer may be cut off before they arrive: then people ask again.
            self.prodded += 1
            assert self.prodded < 10, f"nobody answers {self.user.id}"
            await self.user.sends("/baocao")
            return False
        self.prodded = 0
        if code := _CODE.search(heard.text):
            self.codes.add(code[0])
            return True
        label = next(label for label in heard.labels if self._is_way_on(label))
        if label.startswith("✅"):
            self.sent.add(marker)
        for _ in range(self.dice.choice((1, 1, 2))):  # some press twice
            await self.user.presses(heard, label)
        return False

    def _is_step(self, one: Sent, marker: str) -> bool:
        code = _CODE.search(one.text)
        if code:
            return marker in self.sent and code[0] not in self.codes
        return any(self._is_way_on(label) for label in one.labels)

    @staticmethod
    def _is_way_on(label: str) -> bool:
        return label in (KIND, "➕ Chỗ khác") or (label.startswith("✅") and "ửi phản ánh" in label)


@dataclass
class Officer:
    """Takes every card."""

    user: User

    async def live(self) -> None:
        while True:
            card = await self.user.hears(lambda one: "✋ Nhận xử lý" in one.labels, timeout=3600)
            await self.user.presses(card, "✋ Nhận xử lý")


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass
