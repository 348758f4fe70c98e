"""The days off of a plan as spans with names, for the calendar of a project file, and weekends that were worked.

Laws: no two spans hold the same day; they reach from the month of the start to
the end of the year after the finish.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from zt_planner.domain.month import Month
from zt_planner.engine.plan import worked_days
from zt_planner.engine.scheduling.calendar import LAST_DAY, SATURDAY, day_off
from zt_planner.files.project.xml_text import days_from
from zt_planner.topics.roadmap.days_off import name_of_day_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.topics.view import View


def named_days_off(handout: View) -> tuple[tuple[date, date, str], ...]:
    """Return the days off, those that follow one another under one name together; weekends within are part of them."""
    return tuple(_spans(handout))


def worked_weekends(handout: View) -> list[date]:
    """Return the days of weekends on which a task was started or finished."""
    return sorted(day for day in worked_days(handout.plan) if day.weekday() >= SATURDAY)


def _spans(handout: View) -> Iterator[tuple[date, date, str]]:
    for name, days in groupby(_named_days(handout), key=lambda found: found[1]):
        found = [day for day, _ in days]
        last = max((day for day in found if day.weekday() < SATURDAY), default=None)
        if name is not None and last is not None:
            yield found[0], last, name


def _named_days(handout: View) -> Iterator[tuple[date, str | None]]:
    """Yield each day with the name of what keeps it free; a weekend has the name of the Friday before."""
    timeline, before, worked = handout.plan.scenario.timeline, None, worked_days(handout.plan)
    for day in days_from(*_shown(handout)):
        if day.weekday() < SATURDAY:
            off = day_off(day, timeline.region, year_end_freeze=timeline.year_end_freeze, closures=timeline.closures)
            before = None if off is None else name_of_day_off(day, off, timeline.region, handout.language)
        yield day, None if day in worked else before


def _shown(handout: View) -> tuple[date, date]:
    """Return the first and the last day that the calendar knows days off for."""
    start = handout.plan.scenario.timeline.start or handout.plan.today
    last = max((task.finish for task in handout.plan.tasks), default=start)
    return Month.of(start).first_day, min(date(last.year + 1, 12, 31), LAST_DAY)
