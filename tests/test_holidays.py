from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from math import floor, radians, sin
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.content.files import ContentError
from bot.holidays import WorkCalendar, load_holidays

CONTENT = Path(__file__).parents[1] / "content"
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return load_holidays(CONTENT)


def at(day: str, clock: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("start", "days", "promised"),
    [
        (at("2026-12-07"), 1, "2026-12-08"),
        (at("2026-12-07"), 5, "2026-12-14"),  # over one weekend
        (at("2026-12-11", "16:59"), 1, "2026-12-14"),  # Friday in time: Monday
        (at("2026-12-11", "17:01"), 1, "2026-12-15"),  # Friday too late: came on Monday
        (at("2026-12-12"), 1, "2026-12-15"),  # Saturday: came on Monday
        (at("2026-12-31"), 1, "2027-01-04"),  # New Year's Day and a weekend
        (at("2027-02-04"), 1, "2027-02-11"),  # all of Tết
        (at("2027-04-15"), 1, "2027-04-19"),  # the Hùng Kings' day
        (at("2027-04-29"), 2, "2027-05-05"),  # 30 April, 1 May on a Saturday, made good on Monday
    ],
)
def test_working_days(calendar: WorkCalendar, start: datetime, days: int, promised: str) -> None:
    assert calendar.add_working_days(start, days) == date.fromisoformat(promised)


def test_the_day_of_arrival_is_the_local_one(calendar: WorkCalendar) -> None:
    late_sunday_utc = datetime(2026, 12, 6, 23, 30, tzinfo=UTC)  # Monday 06:30 in Trà Vinh
    assert calendar.add_working_days(late_sunday_utc, 1) == date(2026, 12, 8)


def test_a_start_without_zone_or_a_promise_of_nothing_is_refused(calendar: WorkCalendar) -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar.add_working_days(datetime(2026, 12, 7), 1)
    with pytest.raises(ValueError, match="at least 1"):
        calendar.add_working_days(at("2026-12-07"), 0)


def test_the_alarm_before_the_calendar_runs_out(calendar: WorkCalendar) -> None:
    assert calendar.ends == date(2027, 12, 31)
    assert not calendar.runs_out_within(60, calendar.ends - timedelta(days=60))
    assert calendar.runs_out_within(60, calendar.ends - timedelta(days=59))
    assert calendar.runs_out_within(60, calendar.ends + timedelta(days=1))


def test_after_the_end_weekends_are_still_known(calendar: WorkCalendar) -> None:
    assert calendar.add_working_days(at("2028-03-03"), 1) == date(2028, 3, 6)


def first_of_lunar_month(month: int, year: int) -> date:
    """Counted in new moons (Meeus's series, UTC+7); right while no leap month comes before it."""
    first = next(day for day in map(_new_moon, range(*_lunations(year))) if day >= date(year, 1, 21))
    following = [day for day in map(_new_moon, range(*_lunations(year))) if day >= first]
    return following[month - 1]


def _lunations(year: int) -> tuple[int, int]:
    start = int((year - 1900) * 12.3685)
    return start, start + 8


def _new_moon(number: int) -> date:
    t = number / 1236.85
    mean = 2415020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    sun = radians(359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3)
    moon = radians(306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3)
    node = radians(21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3)
    mean += (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun)
    mean += -0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node)
    mean += -0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon) + 0.0004 * sin(2 * node + sun)
    mean += -0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon) + 0.0010 * sin(2 * node - moon)
    mean += 0.0005 * sin(2 * moon + sun) + 0.000278 - 0.000265 * t - 0.000262 * t**2
    return date.fromordinal(floor(mean + 0.5 + 7 / 24) - 1721425)


@pytest.mark.parametrize(
    ("year", "tet"), [(2023, "2023-01-22"), (2024, "2024-02-10"), (2025, "2025-01-29"), (2026, "2026-02-17")]
)
def test_the_reckoning_gives_the_tet_of_known_years(year: int, tet: str) -> None:
    assert first_of_lunar_month(1, year) == date.fromisoformat(tet)


@pytest.mark.parametrize("year", [2026, 2027])
def test_lunar_holidays_agree_with_the_moon(calendar: WorkCalendar, year: int) -> None:
    tet = first_of_lunar_month(1, year)
    hung_kings = first_of_lunar_month(3, year) + timedelta(days=9)
    assert calendar.holidays[tet].endswith("(mùng 1)")
    assert "(29 tháng Chạp)" in calendar.holidays[tet - timedelta(days=1)]
    assert calendar.holidays[hung_kings] == "Giỗ Tổ Hùng Vương"


@pytest.mark.parametrize("year", [2026, 2027])
@pytest.mark.parametrize("day", [(1, 1), (4, 30), (5, 1), (9, 2)])
def test_fixed_holidays_of_each_year(calendar: WorkCalendar, year: int, day: tuple[int, int]) -> None:
    assert not calendar.is_working(date(year, *day))
    assert date(year, *day) in calendar.holidays


def test_a_holiday_on_a_weekend_is_made_good(calendar: WorkCalendar) -> None:
    bridged = [day for day, name in calendar.holidays.items() if "nghỉ bù" in name]
    assert bridged
    assert all(day.isoweekday() < 6 for day in bridged)


def edited(folder: Path, old: str, new: str) -> Path:
    path = Path(shutil.copy(CONTENT / "holidays.yaml", folder))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_a_saturday_that_is_worked_counts(tmp_path: Path) -> None:
    calendar = load_holidays(edited(tmp_path, "working_saturdays: []", "working_saturdays: [2026-12-12]"))
    assert calendar.add_working_days(at("2026-12-11"), 1) == date(2026, 12, 12)


def test_times_without_quotes_are_understood(tmp_path: Path) -> None:
    calendar = load_holidays(edited(tmp_path, '"17:00"', "16:30"))
    assert calendar.add_working_days(at("2026-12-11", "16:45"), 1) == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("date: 2026-09-02", "date: 2026-05-01", "must come after"),
        ("date: 2027-09-02", "date: 2028-09-02", "is outside covers_from"),
        ('opens: "07:00"', 'opens: "18:00"', "closes before it opens"),
        ("working_saturdays: []", "working_saturdays: [2027-02-06]", "is also a holiday"),
        ("covers_until: 2027-12-31", "covers_until: 2025-12-31", "is before covers_from"),
        (', source: "Bộ luật Lao động 2019, Điều 112"}', "}", "source: Field required"),
    ],
)
def test_faults(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(ContentError, match=message):
        load_holidays(edited(tmp_path, old, new))


def test_an_impossible_date_is_told_with_its_line(tmp_path: Path) -> None:
    folder = edited(tmp_path, "date: 2026-09-02", "date: 2026-02-30")
    lines = (folder / "holidays.yaml").read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "2026-02-30" in line)
    with pytest.raises(ContentError, match=rf"holidays\.yaml:{number}: not a date"):
        load_holidays(folder)
