"""Pacing as the receiver sees it: messages take any time on their way, limits hold all the same."""

from __future__ import annotations

import heapq
import itertools
import random
from dataclasses import dataclass, field

import pytest

from bot.channels.base import Paces
from bot.flow.pacing import Gates, Rhythm, Window

PACES = Paces(all_per_second=30, bulk_per_second=25, chat_per_second=1.0, group_per_minute=20)


@dataclass
class Sea:
    """Sends as fast as the gates allow, over a line of random delays; notes when each arrived."""

    gates: Gates
    dice: random.Random
    delay: float
    now: float = 1000.0
    arrived: list[tuple[float, str, bool]] = field(default_factory=list)
    left: dict[str, list[float]] = field(default_factory=dict)
    _back: list[tuple[float, str, bool]] = field(default_factory=list)

    def run(self, seconds: float, chats: list[str], bulk: set[str]) -> None:
        end = self.now + seconds
        while self.now < end:
            while self._back and self._back[0][0] <= self.now:
                _, chat, is_bulk = heapq.heappop(self._back)
                self.gates.back(chat, self.now, bulk=is_bulk)
            closed = self.gates.closed(self.now)
            for chat in self.dice.sample(chats, len(chats)):
                is_bulk = chat in bulk
                room = self.gates.bulk_room(self.now) if is_bulk else self.gates.room(self.now)
                if chat in closed or room <= 0:
                    continue
                self._leave(chat, is_bulk)
                closed.add(chat)
            self.now += self.dice.choice((0.001, 0.004, 0.013))

    def _leave(self, chat: str, is_bulk: bool) -> None:
        self.gates.leave(chat, self.now, bulk=is_bulk)
        self.left.setdefault(chat, []).append(self.now)
        arrives = self.now + self.dice.uniform(0, self.delay)
        answers = arrives + self.dice.uniform(0, self.delay)
        self.arrived.append((arrives, chat, is_bulk))
        heapq.heappush(self._back, (answers, chat, is_bulk))


def busiest(times: list[float], span: float) -> int:
    """The most in any sliding span."""
    times = sorted(times)
    most = first = 0
    for last, moment in enumerate(times):
        while moment - times[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.4, 2.5])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_sliding_second_ever_sees_more_than_the_limit(seed: int, delay: float) -> None:
    chats = [f"telegram:{number}" for number in range(1, 301)]
    sea = Sea(Gates(PACES), random.Random(seed), delay)
    sea.run(12, chats, bulk=set(chats[100:]))
    times = [moment for moment, _, _ in sea.arrived]
    assert busiest(times, 1.0) <= 30
    assert busiest([moment for moment, _, is_bulk in sea.arrived if is_bulk], 1.0) <= 25
    assert len(times) > 12 * 30 / (1 + 2 * delay) * 0.6, "and the room there is gets used"


@pytest.mark.parametrize("delay", [0.0, 0.3, 3.0])
def test_a_group_gets_at_most_twenty_in_any_minute(delay: float) -> None:
    sea = Sea(Gates(PACES), random.Random(5), delay)
    sea.run(200, ["telegram:-5", "telegram:-6"], bulk=set())
    for chat in ("telegram:-5", "telegram:-6"):
        arrived = [moment for moment, where, _ in sea.arrived if where == chat]
        assert busiest(arrived, 60.0) <= 20
        assert len(arrived) >= 40, "and about three times twenty in 200 s"


def test_a_private_chat_gets_three_at_once_and_then_one_a_second() -> None:
    sea = Sea(Gates(PACES), random.Random(5), 0.0)
    sea.run(10, ["telegram:5"], bulk=set())
    times = [moment - 1000.0 for moment in sea.left["telegram:5"]]
    assert times[2] < 0.1
    assert all(0.99 < later - earlier < 1.05 for earlier, later in itertools.pairwise(times[2:]))
    assert 11 <= len(times) <= 13


def test_the_burst_comes_back_after_silence() -> None:
    rhythm = Rhythm(1.0)
    for _ in range(3):
        assert rhythm.opens_at(10.0) == 10.0
        rhythm.leave(10.0)
    assert rhythm.opens_at(10.0) == 11.0
    assert not rhythm.idle(12.9) and rhythm.idle(13.0)
    for _ in range(3):
        assert rhythm.opens_at(20.0) == 20.0
        rhythm.leave(20.0)


def test_replies_have_room_when_campaigns_have_used_theirs() -> None:
    gates = Gates(PACES)
    for number in range(25):
        gates.leave(f"telegram:{number}", 5.0, bulk=True)
    assert gates.bulk_room(5.0) == 0
    assert gates.room(5.0) == 5


def test_a_place_that_was_not_used_is_free_at_once() -> None:
    window = Window(1, 1.0)
    window.leave()
    assert window.room(0.0) == 0
    window.back(0.0, counted=False)
    assert window.room(0.0) == 1 and window.idle
    window.leave()
    window.back(0.0)
    assert window.room(0.99) == 0
    assert window.opens_at(0.5) == 1.0
    assert window.room(1.0) == 1


def test_pauses_close_and_open() -> None:
    gates = Gates(PACES)
    gates.pause_all(10.0)
    gates.pause_all(8.0)
    gates.pause("telegram:1", 12.0)
    assert gates.room(9.9) == 0 and gates.room(10.0) == 30
    assert gates.closed(11.0) == {"telegram:1"}
    assert gates.opens_at(9.0) == 10.0 and gates.opens_at(11.0) == 12.0
    assert gates.closed(12.0) == set() and gates.opens_at(13.0) is None


def test_what_no_longer_matters_is_forgotten() -> None:
    gates = Gates(PACES)
    for number in range(-50, 50):
        gates.leave(f"telegram:{number}", 0.0, bulk=False)
        gates.back(f"telegram:{number}", 0.0, bulk=False)
    assert gates.closed(100.0) == set()
    assert (gates._groups, gates._chats, gates._paused) == ({}, {}, {})


def test_a_channel_without_limits_is_bounded_only_by_what_is_on_its_way() -> None:
    gates = Gates(None)
    for number in range(100):
        gates.leave(f"web:{number}", 0.0, bulk=False)
    assert gates.room(0.0) == 0
    gates.back("web:1", 0.0, bulk=False)
    assert gates.room(0.0) == 1
    assert "web:1" not in gates.closed(0.0)


def test_what_was_sent_before_this_process_counts() -> None:
    gates = Gates(PACES)
    group = "telegram:-5"
    gates.remember([(group, 100.0 + number / 100) for number in range(20)])
    assert gates.room(100.5) == 10
    assert gates.room(101.2) == 30
    assert group in gates.closed(150.0)
    assert gates.closed(160.5) == set()


def test_an_album_takes_as_many_slots_as_it_has_pictures() -> None:
    gates = Gates(PACES)
    gates.leave("telegram:-5", 0.0, 4, bulk=True)
    assert (gates.room(0.0), gates.bulk_room(0.0)) == (26, 21)
    gates.back("telegram:-5", 0.0, 4, bulk=True)
    assert (gates.room(0.5), gates.room(1.0)) == (26, 30)
