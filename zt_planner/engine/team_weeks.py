"""What a team has to do in each week: the person-days of each task, by the Monday of the week.

Law: the weeks of a task add up to its days, exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from zt_planner.domain.plan import ScheduledTask, Team
from zt_planner.engine.scheduling.calendar import WorkCalendar

WEEK = timedelta(weeks=1)
LAST_DAY_OF_WEEK = timedelta(days=6)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def task_days_by_week(
    tasks: Iterable[ScheduledTask], team: Team, calendar: WorkCalendar
) -> dict[date, dict[str, Fraction]]:
    """Return a team's person-days for each task in each week, by its Monday."""
    weeks: dict[date, dict[str, Fraction]] = {}
    for task in tasks:
        effort = task.work.whole.of(team)
        monday = monday_of(task.start)
        while effort and monday <= task.finish:
            worked = calendar.count(max(monday, task.start), min(monday + LAST_DAY_OF_WEEK, task.finish))
            if worked:
                weeks.setdefault(monday, {})[task.task.id] = effort * worked / task.length_days
            monday += WEEK
    return weeks
