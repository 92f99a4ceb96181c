"""Working days: what a promise of so many days means in this country."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from bot.content.fields import Entry, Text
from bot.content.files import ContentError, Document, Fault, read_yaml

HOME = ZoneInfo("Asia/Ho_Chi_Minh")


def _clock(value: object) -> object:
    # YAML reads an unquoted 17:00 as the number 1020, in base 60.
    return time(value // 60, value % 60) if isinstance(value, int) and 0 <= value < 1440 else value


Clock = Annotated[time, BeforeValidator(_clock)]


class WorkingHours(Entry):
    """Local times; what comes after `closes` counts as having come on the next working day."""

    opens: Clock
    closes: Clock
    weekdays: frozenset[Annotated[int, Field(ge=1, le=7)]] = Field(min_length=1)  # 1 is Monday


class Holiday(Entry):
    """One day off."""

    date: date
    name: Text
    source: Text


class _File(Entry):
    covers_from: date
    covers_until: date
    hours: WorkingHours
    holidays: tuple[Holiday, ...] = Field(min_length=1)
    working_saturdays: tuple[date, ...] = ()


class WorkCalendar:
    """Days counted between `starts` and `ends`, the last day whose holidays are known."""

    def __init__(self, file: _File, zone: ZoneInfo = HOME) -> None:
        self.starts = file.covers_from
        self.ends = file.covers_until
        self.hours = file.hours
        self.holidays = {holiday.date: holiday.name for holiday in file.holidays}
        self._worked = frozenset(file.working_saturdays)
        self._zone = zone

    def is_working(self, day: date) -> bool:
        """After `ends` only the days of the week are known."""
        if day in self._worked:
            return True
        return day.isoweekday() in self.hours.weekdays and day not in self.holidays

    def add_working_days(self, start: datetime, days: int) -> date:
        """The local date on which the `days`-th working day after the day of `start` falls.

        The day of arrival does not count. Raises ValueError when `start` has no time zone or `days` < 1.
        """
        if start.tzinfo is None:
            raise ValueError("start needs a time zone")
        if days < 1:
            raise ValueError("days must be at least 1")
        day = self._arrival(start.astimezone(self._zone))
        for _ in range(days):
            day = self._next_working(day)
        return day

    def runs_out_within(self, days: int, today: date) -> bool:
        """Whether fewer than `days` calendar days remain until `ends`: time to add the next year."""
        return self.ends - today < timedelta(days=days)

    def _arrival(self, local: datetime) -> date:
        if self.is_working(local.date()) and local.time() <= self.hours.closes:
            return local.date()
        return self._next_working(local.date())

    def _next_working(self, day: date) -> date:
        day += timedelta(days=1)
        while not self.is_working(day):
            day += timedelta(days=1)
        return day


def load_holidays(content_dir: Path, zone: ZoneInfo = HOME) -> WorkCalendar:
    """Reads holidays.yaml. Raises ContentError."""
    document = read_yaml(content_dir / "holidays.yaml")
    file = document.validate(_File)
    faults = [*_faults_of_hours(document, file), *_faults_of_days(document, file)]
    if faults:
        raise ContentError(faults)
    return WorkCalendar(file, zone)


def _faults_of_hours(document: Document, file: _File) -> list[Fault]:
    faults = []
    if file.hours.opens >= file.hours.closes:
        faults.append(document.fault("closes before it opens", "hours", "closes"))
    if file.covers_from > file.covers_until:
        faults.append(document.fault("is before covers_from", "covers_until"))
    return faults


def _faults_of_days(document: Document, file: _File) -> list[Fault]:
    days = [holiday.date for holiday in file.holidays]
    faults = [
        document.fault(f"{later} must come after {earlier}", "holidays", index, "date")
        for index, (earlier, later) in enumerate(pairwise(days), start=1)
        if later <= earlier
    ]
    faults += [
        document.fault(f"{day} is outside covers_from … covers_until", "holidays", index, "date")
        for index, day in enumerate(days)
        if not file.covers_from <= day <= file.covers_until
    ]
    faults += [
        document.fault(f"{day} is also a holiday", "working_saturdays", index)
        for index, day in enumerate(file.working_saturdays)
        if day in days
    ]
    return faults
