"""The time axis of the picture: where days, months and marks lie on it.

Law: a place is the part of the axis's days that lie before a day, 0 to 1, so
that roadmap and money stand on one axis; what lies outside it is cut at its ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from zt_planner.language import DayInYear, Listed, Share, Text, Words, Writable
from zt_planner.topics.axes import every_few, own_finish

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from zt_planner.domain.month import Month
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.palette import Palette

HALF = 0.5
ON_A_DESK, ON_A_PHONE = 0.0095, 0.021
"""How much of the axis a letter of a mark's label takes, at most."""


@dataclass(frozen=True, slots=True)
class AxisPart:
    """A part of an axis."""

    left: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A name on an axis."""

    at: float
    text: Words


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day with a line of its own: its label stands above it, to its right where it is early.

    `level`, and on a phone and on paper `phone_level`, say how high the label stands so that it covers no other one;
    that is known once the labels are written (`on_levels`).
    """

    at: float
    text: Words
    dash: str
    is_early: bool
    level: int = 0
    phone_level: int = 0


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The days from the first one shown to the first one that is not."""

    first: date
    end: date

    @staticmethod
    def of(months: Sequence[Month]) -> TimeAxis:
        """Return the axis of some months."""
        return TimeAxis(months[0].first_day, months[-1].last_day + timedelta(days=1))

    def at(self, day: date) -> float:
        """Return where a day begins."""
        days = min(max((day - self.first).days, 0), (self.end - self.first).days)
        return days / (self.end - self.first).days

    def span(self, first: date, last: date) -> AxisPart:
        """Return the part of some days, both included."""
        left = self.at(first)
        return AxisPart(left, self.at(last + timedelta(days=1)) - left)

    def spans(self, days: Iterable[tuple[date, date]]) -> tuple[AxisPart, ...]:
        """Return the parts of some spans of days, without those that lie outside."""
        return tuple(span for span in (self.span(*each) for each in days) if span.width)

    def noon(self, day: date) -> float:
        """Return the middle of a day."""
        return self.at(day) + HALF / (self.end - self.first).days


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a plan is drawn on: the colours and the axis.

    `before` is the plan that it is compared with, `promised` the finish that is promised, where that is not its own.
    """

    plan: Plan
    palette: Palette
    axis: TimeAxis
    before: Plan | None = None
    promised: date | None = None


@dataclass(frozen=True, slots=True)
class MonthTick(Writable):
    """A month as an axis names it, with the year below it where that begins."""

    month: Month
    has_year: bool

    def written(self, language: Language) -> str:
        """Write it short."""
        name = language.short_month(self.month).split(" ")[0]
        return f"{name}\n{self.month.year}" if self.has_year else name


def months_on(axis: TimeAxis, months: Sequence[Month]) -> tuple[Tick, ...]:
    """Return the names of months, thinned out where there are many; with the year in the first and each January."""
    named = every_few(months)
    begins_year = [True, *(later.year > one.year for one, later in pairwise(named))]
    return tuple(
        Tick(_middle(axis, month), MonthTick(month, has_year))
        for month, has_year in zip(named, begins_year, strict=True)
    )


def _middle(axis: TimeAxis, month: Month) -> float:
    span = axis.span(month.first_day, month.last_day)
    return span.left + span.width / 2


def marks_on(axis: TimeAxis, plan: Plan, promised: date | None = None) -> tuple[DayMark, ...]:
    """Return the marks of today, MFA for all, finish, what is promised, deadline and registration, as far as shown.

    Where there is a status date, it stands in the place of today.
    """
    figures = plan.headlines
    marks = (
        day_of(plan),
        (figures.mfa_date, Text("everyone on MFA"), "dashed"),
        (figures.finish_date, own_finish(plan), "dashed"),
        (promised, promised_text(plan), "dashed"),
        (plan.deadline, Text("deadline"), "dotted"),
        (plan.register_by, registration_text(plan), "dotted"),
    )
    return marks_of(axis, marks)


def promised_text(plan: Plan) -> Words:
    """Return what the mark of the finish that is promised says: how sure it is."""
    share = plan.scenario.timeline.confidence.share
    return "" if share is None else Text("{share} sure", share=Share(Decimal(str(share))))


def registration_text(plan: Plan) -> Words:
    """Return what the mark of the registration says; a past one was due."""
    is_past = plan.register_by is not None and plan.register_by < plan.today
    return Text("NIS2 registration was due") if is_past else Text("NIS2 registration")


def day_of(plan: Plan) -> tuple[date, Words, str]:
    """Return the mark of the day that a plan is as of: its status date, otherwise today."""
    at = plan.scenario.status.at
    return (plan.today, Text("today"), "solid") if at is None else (at, Text("Status:"), "bold")


def marks_of(axis: TimeAxis, marks: Iterable[tuple[date | None, Words, str]]) -> tuple[DayMark, ...]:
    """Return the marks of days, each with what it is and how its line is dashed, as far as they are shown."""
    return tuple(
        DayMark(axis.noon(day), Listed((text, DayInYear(day)), " "), dash, is_early=axis.at(day) < HALF)
        for day, text, dash in marks
        if day is not None and axis.first <= day < axis.end
    )


def on_levels(marks: Sequence[DayMark]) -> tuple[DayMark, ...]:
    """Return marks whose labels are written, each on the lowest level on which its label covers no other one."""
    levels = zip(marks, _levels(marks, ON_A_DESK), _levels(marks, ON_A_PHONE), strict=True)
    return tuple(replace(mark, level=level, phone_level=on_a_phone) for mark, level, on_a_phone in levels)


def _levels(marks: Sequence[DayMark], letter: float) -> list[int]:
    """Return for each label the lowest level on which it covers none of those before it."""
    taken: list[tuple[int, float, float]] = []
    for mark in marks:
        long = len(str(mark.text)) * letter
        left, right = (mark.at, mark.at + long) if mark.is_early else (mark.at - long, mark.at)
        level = next(
            level for level in range(len(marks)) if all(level != at or right < a or b < left for at, a, b in taken)
        )
        taken.append((level, left, right))
    return [level for level, _, _ in taken]
