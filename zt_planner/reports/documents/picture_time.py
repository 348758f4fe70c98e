"""The time axis of the picture for paper: where days, months and marks lie on it.

Law: a place is the part of the axis's days that lie before a day, 0 to 1, so
that roadmap and money stand on one axis; what lies outside it is cut at its ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zt_planner.reports.charts.axes import MOST_TICKS, TICK_STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zt_planner.domain.month import Month
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language

HALF = 0.5


@dataclass(frozen=True, slots=True)
class AxisPart:
    """A part of the axis."""

    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A name on an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day with a line of its own: its label stands above it, to its right where it is early."""

    at: float
    text: str
    dash: str
    level: int
    is_early: bool


@dataclass(frozen=True, slots=True)
class PaperAxis:
    """The days from the first one shown to the first one that is not."""

    first: date
    end: date

    def at(self, day: date) -> float:
        """Return where a day begins."""
        days = min(max((day - self.first).days, 0), (self.end - self.first).days)
        return days / (self.end - self.first).days

    def span(self, first: date, last: date) -> AxisPart:
        """Return the part of some days, both included."""
        left = self.at(first)
        return AxisPart(left, self.at(last + timedelta(days=1)) - left)

    def noon(self, day: date) -> float:
        """Return the middle of a day."""
        return self.at(day) + HALF / (self.end - self.first).days


def months_on(axis: PaperAxis, months: Sequence[Month], language: Language) -> tuple[Tick, ...]:
    """Return the names of months, thinned out where there are many; with the year in the first and each January."""
    every = next((step for step in TICK_STEPS if len(months) / step <= MOST_TICKS), TICK_STEPS[-1])
    named = [month for month in months if months[0].until(month) % every == 0]
    return tuple(Tick(_middle(axis, month), month_name(month, months[0], language)) for month in named)


def month_name(month: Month, first: Month, language: Language) -> str:
    """Return a month's name, with the year below it where a reader needs it."""
    name = language.short_month(month).split(" ")[0]
    return f"{name}\n{month.year}" if month.number == 1 or month == first else name


def _middle(axis: PaperAxis, month: Month) -> float:
    span = axis.span(month.first_day, month.last_day)
    return span.left + span.width / 2


def marks_on(axis: PaperAxis, plan: Plan, language: Language) -> tuple[DayMark, ...]:
    """Return the marks of today, the finish and the deadline, as far as they lie on the axis."""
    figures, say = plan.headlines, language.say
    marks: tuple[tuple[date | None, str, str, int], ...] = (
        (plan.today, say("today"), "solid", 0),
        (None if figures is None else figures.finish_date, say("finished"), "dashed", 0),
        (plan.deadline, say("deadline"), "dotted", 1),
    )
    return tuple(
        DayMark(axis.noon(day), f"{text} {language.short_day(day)}", dash, level, is_early=axis.at(day) < HALF)
        for day, text, dash, level in marks
        if day is not None and axis.first <= day < axis.end
    )
