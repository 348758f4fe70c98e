"""A calendar month, what budgets are counted in; and how long years and weeks are."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Self

MONTHS_A_YEAR = 12
CALENDAR_DAYS_A_WEEK, WORKING_DAYS_A_WEEK = 7, 5


class Month(NamedTuple):
    """A month of a year; ordered, hashable, written `2027-03` in files.

    A tuple, as every total hashes and compares the months of all lines.
    """

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the month that files write as `2027-03`."""
        return cls(*map(int, text.split("-")))

    @property
    def first_day(self) -> date:
        """The day that decides which price holds (M2)."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day, 28 to 31."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> Month:
        """Return the month so many months later (or earlier, if negative)."""
        years, rest = divmod(self.number - 1 + months, MONTHS_A_YEAR)
        return Month(self.year + years, rest + 1)

    def until(self, other: Month) -> int:
        """Count months from this one to the other; 0 for the same month."""
        return (other.year - self.year) * MONTHS_A_YEAR + other.number - self.number

    def __str__(self) -> str:
        """Write as in files: `2027-03`."""
        return f"{self.year:04d}-{self.number:02d}"


@lru_cache(maxsize=1024)
def months_from(first: Month, count: int) -> tuple[Month, ...]:
    """Return so many months in a row, the first included."""
    return tuple(first.plus(step) for step in range(count))


@lru_cache(maxsize=1024)
def add_months(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or that month's last day (M10)."""
    last = Month.of(day).plus(months).last_day
    return last.replace(day=min(day.day, last.day))
