"""What the platform saw against what the database says: lost, doubled, out of order, repeated."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from bot.store.engine import Store
from bot.store.tables import Inbox, Outbox, Report
from tests.botapi import BotApi
from tests.durability.crowd import Crowd


@dataclass
class Evidence:
    """Lists of what went wrong are to be empty; the rest are figures."""

    confirmed: int = 0
    unhandled: list[int] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    unknown: int = 0
    inversions: list[str] = field(default_factory=list)
    reports: int = 0
    lost_reports: list[str] = field(default_factory=list)
    doubled_reports: list[str] = field(default_factory=list)
    repeats: int = 0
    most_repeats: int = 0
    uncertain: int = 0

    @property
    def faults(self) -> list[str]:
        found = {
            "confirmed but not handled": self.unhandled,
            "not answered": self.unanswered,
            "out of order": self.inversions,
            "reports lost": self.lost_reports,
            "reports doubled": self.doubled_reports,
        }
        return [f"{what}: {which}" for what, which in found.items() if which]

    def __str__(self) -> str:
        return (
            f"{self.confirmed} updates confirmed, {len(self.unhandled)} not handled, "
            f"{len(self.unanswered)} questions lost, {self.unknown} cut off twice and recorded as unknown, "
            f"{len(self.inversions)} out of order, {self.reports} reports, {len(self.lost_reports)} lost, "
            f"{len(self.doubled_reports)} doubled, {self.repeats} messages repeated "
            f"({self.uncertain} attempts of unknown outcome), at most {self.most_repeats} in one chat"
        )


@dataclass(frozen=True)
class _Message:
    chat: int
    text: str
    state: str
    uncertain: int


async def collect(store: Store, api: BotApi, crowd: Crowd) -> Evidence:
    async with store.read() as connection:
        updates: dict[int, str] = {}
        for update_id, state in await connection.execute(select(Inbox.update_id, Inbox.state)):
            updates[update_id] = state
        descriptions = (await connection.execute(select(Report.description))).scalars().all()
        messages = [
            _Message(int(row.chat.partition(":")[2]), _text(row.payload), row.state, row.uncertain)
            for row in await connection.execute(
                select(Outbox.chat, Outbox.payload, Outbox.state, Outbox.uncertain).where(
                    Outbox.channel == "telegram"
                )
            )
        ]
    found = Evidence(confirmed=len(api.record.confirmed), reports=len(descriptions))
    found.unhandled = [one for _, one in api.record.confirmed if updates.get(one) != "done"]
    found.uncertain = sum(one.uncertain for one in messages)
    _judge_answers(found, crowd, [one for one in messages if one.state == "unknown"])
    _judge_reports(found, crowd, descriptions)
    return found


def _text(payload: str) -> str:
    return str(json.loads(payload).get("text", "")) if payload else ""


def _judge_answers(found: Evidence, crowd: Crowd, unknown: Sequence[_Message]) -> None:
    for asker in crowd.askers:
        answers = asker.answers
        first = list(dict.fromkeys(answers))
        recorded = [one.text for one in unknown if one.chat == asker.user.id]
        missing = [thing for thing in asker.asked if thing not in first]
        silent = [thing for thing in missing if not any(thing in text for text in recorded)]
        found.unknown += len(missing) - len(silent)
        found.unanswered += [f"{asker.user.id}: {thing}" for thing in silent]
        heard = [thing for thing in asker.asked if thing in first]
        found.inversions += [
            f"{asker.user.id}: {late!r} after {early!r}"
            for late, early in zip(heard, first, strict=False)
            if late != early
        ][:1]
        repeats = len(answers) - len(first)
        found.repeats += repeats
        found.most_repeats = max(found.most_repeats, repeats)


def _judge_reports(found: Evidence, crowd: Crowd, descriptions: Sequence[str]) -> None:
    count = Counter(descriptions)
    for reporter in crowd.reporters:
        found.lost_reports += [marker for marker in reporter.sent if not count[marker]]
    found.doubled_reports = [marker for marker, times in count.items() if times > 1]
