"""The working days of a scenario (M8).

Decides which days are worked; knows nothing of tasks. Days are plain dates
without time zones. An index counts working days from the first of the start
month on; `limit` is the last day that a plan may reach.

Laws: every working day is Monday to Friday, no public holiday of the region,
not in the freeze, not in a closure; indices and days run in the same order.
"""

from __future__ import annotations

import warnings
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.domain.month import Month, add_months

if TYPE_CHECKING:
    from zt_planner.domain.scenario import Scenario, Timeline

Closures: TypeAlias = tuple[tuple[date, date], ...]

LAST_DAY = date(2099, 12, 31)
LONGEST_MONTHS = 240
"""Twenty years: a plan that takes longer stops with `timeline.too_long`."""

SATURDAY = 5


class BeyondLimitError(Exception):
    """The schedule asked for a day past the calendar's limit; `engine.timeline` turns it into a finding."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """The public holidays of a region and year; `are_known` is False where the library says it lacks some."""

    days: frozenset[date]
    are_known: bool = True


@lru_cache(maxsize=512)
def public_holidays(region: str | None, year: int) -> Holidays:
    """Return the region's public holidays of a year, by the holidays library's public category."""
    if region is None:
        return Holidays(frozenset())
    import holidays  # noqa: PLC0415 - 20 ms, paid on the first use

    country, _, subdivision = region.partition("-")
    with warnings.catch_warnings(record=True) as doubts:
        warnings.simplefilter("always")
        days = frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))
    return Holidays(days, are_known=not doubts)


def in_freeze(day: date) -> bool:
    """Tell whether a day lies in the year-end freeze, 24 December to 1 January."""
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)


class WorkCalendar:
    """The working days from the first of a month to the limit, found year by year as they are asked for."""

    def __init__(self, region: str | None, *, year_end_freeze: bool, closures: Closures, start: date) -> None:
        """Start at the first of the month of `start`; no day is looked up yet."""
        self.region = region
        self.year_end_freeze = year_end_freeze
        self.closures = closures
        self.start = start
        self.limit = min(LAST_DAY, add_months(start, LONGEST_MONTHS) - timedelta(days=1))
        self.days: list[date] = []
        self._unread = Month.of(start).first_day
        self._after_wait: dict[tuple[int, int], int] = {}

    def is_working_day(self, day: date) -> bool:
        """Tell whether anybody works on a day."""
        return not (
            day.weekday() >= SATURDAY
            or (self.year_end_freeze and in_freeze(day))
            or day in public_holidays(self.region, day.year).days
            or any(first <= day <= last for first, last in self.closures)
        )

    def _read_year(self) -> None:
        """Append the working days of the next unread year; raise at the limit."""
        if self._unread > self.limit:
            raise BeyondLimitError
        first, last = self._unread, min(date(self._unread.year, 12, 31), self.limit)
        span = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        self.days.extend(day for day in span if self.is_working_day(day))
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
            self._after_wait[key] = self.index_after(self.day(finish) + timedelta(weeks=weeks))
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


@lru_cache(maxsize=64)
def _calendar(region: str | None, year_end_freeze: bool, closures: Closures, start: date) -> WorkCalendar:  # noqa: FBT001 - a cache key, called below only
    return WorkCalendar(region, year_end_freeze=year_end_freeze, closures=closures, start=start)


def calendar_of(timeline: Timeline, start: date) -> WorkCalendar:
    """Return the calendar of a timeline; equal settings share one."""
    return _calendar(timeline.region, timeline.year_end_freeze, timeline.closures, start)


def default_start(timeline: Timeline, today: date) -> date:
    """Return the first working day of the month after next."""
    first = Month.of(today).plus(2).first_day
    try:
        calendar = calendar_of(timeline, first)
        return calendar.day(calendar.index_from(first))
    except BeyondLimitError:
        return first


def with_start(scenario: Scenario, today: date) -> Scenario:
    """Return the scenario with a start date: its own, or the default as of today."""
    if scenario.timeline.start is not None:
        return scenario
    timeline = scenario.timeline.model_copy(update={"start": default_start(scenario.timeline, today)})
    return scenario.model_copy(update={"timeline": timeline})
