"""The working days of a scenario (M8).

Decides which days are worked; knows nothing of tasks. Days are plain dates without time zones. An index counts working
days from the first of the start month on; `limit` is the last day that a plan may reach. A calendar reads further years
when they are needed, so each plan has one of its own; plans share whole years, which never change.

Laws: every working day is Monday to Friday, no public holiday of the region, not in the freeze, not in a closure, or
was worked all the same; indices and days run in the same order.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from zt_planner.domain.month import Month, add_months
from zt_planner.domain.regions import holidays_of
from zt_planner.domain.scenario.scenario import Scenario, Timeline

Closures: TypeAlias = tuple[tuple[date, date], ...]

LAST_DAY = date(2099, 12, 31)
LONGEST_MONTHS = 240
"""Twenty years: a plan that takes longer stops with `timeline.too_long`."""
WEEKS_TO_CHOOSE = 8
"""How long it takes from today until a consultant is chosen and the work can begin (M37)."""

SATURDAY = 5


class BeyondLimitError(Exception):
    """The schedule asked for a day past the calendar's limit; `engine.scheduling.timeline` turns it into a finding."""


KNOWN_YEARS = {"IN": range(2001, 2036), "IND": range(2001, 2036)}
"""Countries of whose holidays the library knows some in these years only.

The library says so by a warning. It is not caught here: that would change the
warnings of the whole process, other threads' plans included. A test compares
this list with the library.
"""


def are_holidays_known(region: str | None, year: int) -> bool:
    """Tell whether the library knows all public holidays of a region and year."""
    known = KNOWN_YEARS.get((region or "").partition("-")[0])
    return known is None or year in known


@lru_cache(maxsize=512)
def public_holidays(region: str | None, year: int) -> frozenset[date]:
    """Return the region's public holidays of a year, by the holidays library's public category."""
    return frozenset() if region is None else frozenset(holidays_of(region, year))


def weeks_after(day: date, weeks: int) -> date:
    """Return the day so many calendar weeks later (or earlier, if negative): how every wait is counted (M8)."""
    return day + timedelta(weeks=weeks)


def in_freeze(day: date) -> bool:
    """Tell whether a day lies in the year-end freeze, 24 December to 1 January."""
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)


class DayOff(StrEnum):
    """Why nobody works on a day."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    FREEZE = "freeze"
    CLOSURE = "closure"


def day_off(day: date, region: str | None, *, year_end_freeze: bool, closures: Closures) -> DayOff | None:
    """Return why nobody works on a day, of several reasons the first; None for a working day."""
    if day.weekday() >= SATURDAY:
        return DayOff.WEEKEND
    if day in public_holidays(region, day.year):
        return DayOff.HOLIDAY
    if year_end_freeze and in_freeze(day):
        return DayOff.FREEZE
    return DayOff.CLOSURE if any(first <= day <= last for first, last in closures) else None


@lru_cache(maxsize=512)
def working_days(region: str | None, year_end_freeze: bool, closures: Closures, year: int) -> tuple[date, ...]:  # noqa: FBT001 - a cache key
    """Return the working days of a year, in order."""
    first = date(year, 1, 1).toordinal()
    days = (date.fromordinal(ordinal) for ordinal in range(first, date(year, 12, 31).toordinal() + 1))
    return tuple(
        day for day in days if day_off(day, region, year_end_freeze=year_end_freeze, closures=closures) is None
    )


class WorkCalendar:
    """The working days from the first of a month to the limit, read year by year when they are needed."""

    def __init__(
        self,
        region: str | None,
        *,
        year_end_freeze: bool,
        closures: Closures,
        start: date,
        worked: Collection[date] = (),
    ) -> None:
        """Begin with the first of the month of `start`. Days of `worked` are working days in any case."""
        self.region = region
        self.year_end_freeze = year_end_freeze
        self.closures = closures
        self.worked = worked
        self.start = start
        self.limit = min(LAST_DAY, add_months(start, LONGEST_MONTHS) - timedelta(days=1))
        self.days: list[date] = []
        self._unread = Month.of(start).first_day
        self._after_wait: dict[tuple[int, int], int] = {}

    def _read_year(self) -> None:
        """Append the working days of the next unread year; raise at the limit."""
        if self._unread > self.limit:
            raise BeyondLimitError
        days = working_days(self.region, self.year_end_freeze, self.closures, self._unread.year)
        worked = [day for day in self.worked if day.year == self._unread.year]
        days = tuple(sorted({*days, *worked})) if worked else days
        last = min(date(self._unread.year, 12, 31), self.limit)
        self.days += days[bisect_left(days, self._unread) : bisect_right(days, last)]
        self._unread = last + timedelta(days=1)

    def _read_past(self, day: date) -> None:
        while not self.days or self.days[-1] < day:
            self._read_year()

    def day(self, index: int) -> date:
        """Return the working day of an index; raise BeyondLimitError past the limit."""
        while len(self.days) <= index:
            self._read_year()
        return self.days[index]

    def index_from(self, day: date) -> int:
        """Return the index of the first working day on or after a day."""
        self._read_past(day)
        return bisect_left(self.days, day)

    def index_after(self, day: date) -> int:
        """Return the index of the first working day after a day."""
        self._read_past(day + timedelta(days=1))
        return bisect_right(self.days, day)

    def index_after_wait(self, finish: int, weeks: int) -> int:
        """Return the first index after so many calendar weeks from an index on (M8)."""
        if not weeks:
            return finish + 1
        key = (finish, weeks)
        if key not in self._after_wait:
            self._after_wait[key] = self.index_after(weeks_after(self.day(finish), weeks))
        return self._after_wait[key]

    def index_before(self, day: date) -> int:
        """Return the index of the last working day before a day, -1 where there is none."""
        self._read_past(day)
        return bisect_left(self.days, day) - 1

    def count(self, first: date, last: date) -> int:
        """Count the working days between two days, both included; stops at the limit."""
        while self._unread <= min(last, self.limit):
            self._read_year()
        return bisect_right(self.days, last) - bisect_left(self.days, first)


def calendar_of(timeline: Timeline, start: date, worked: Collection[date] = ()) -> WorkCalendar:
    """Return a new calendar of a timeline, with days that were worked although it has them off."""
    return WorkCalendar(
        timeline.region,
        year_end_freeze=timeline.year_end_freeze,
        closures=timeline.closures,
        start=start,
        worked=worked,
    )


def default_start(timeline: Timeline, today: date) -> date:
    """Return the first working day of the first month that begins late enough for a consultant to be chosen."""
    earliest = weeks_after(today, WEEKS_TO_CHOOSE)
    month = Month.of(earliest)
    first = (month if month.first_day == earliest else month.plus(1)).first_day
    try:
        calendar = calendar_of(timeline, first)
        return calendar.day(calendar.index_from(first))
    except BeyondLimitError:
        return first


def start_of(timeline: Timeline, today: date) -> date:
    """Return the day on which a plan begins: its own, or the default as of today."""
    return timeline.start or default_start(timeline, today)


def with_start(scenario: Scenario, today: date) -> Scenario:
    if scenario.timeline.start is not None:
        return scenario
    timeline = scenario.timeline.model_copy(update={"start": start_of(scenario.timeline, today)})
    return scenario.model_copy(update={"timeline": timeline})
