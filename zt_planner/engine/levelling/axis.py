"""The working days of a plan as whole numbers, from its first one on (M8, M20).

Laws: days run from 0; a wait in calendar weeks that ends past the last day
of the axis ends right after it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from zt_planner.domain.month import Month
from zt_planner.engine.scheduling.calendar import BeyondLimitError, WorkCalendar


class WorkingDayAxis:
    """So many working days from the index of the first on, fewer where the calendar ends."""

    def __init__(self, calendar: WorkCalendar, first: int, start: date, days: int) -> None:
        """Read the calendar; `start` is the plan's, whose month is period 0."""
        self.calendar, self.first = calendar, first
        try:
            calendar.day(first + days - 1)
        except BeyondLimitError:
            days = len(calendar.days) - first
        self.days = days
        begin = Month.of(start)
        self._periods = [begin.until(Month.of(calendar.days[first + day])) for day in range(days)]

    def day(self, number: int) -> date:
        """Return the date of a day."""
        return self.calendar.day(self.first + number)

    def number(self, index: int) -> int:
        """Return the day of an index of the calendar."""
        return index - self.first

    def period(self, number: int) -> int:
        """Return the month of a day, counted from that of the plan's start."""
        return self._periods[number]

    def waiting(self, weeks: int) -> Callable[[int], int] | None:
        """Return when what hangs on a task may start, by the day after its last one; None without a wait."""
        if not weeks:
            return None

        def ready(end: int) -> int:
            try:
                return self.calendar.index_after_wait(self.first + end - 1, weeks) - self.first
            except BeyondLimitError:
                return max(end, self.days)

        return ready
