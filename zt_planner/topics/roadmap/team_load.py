"""How busy the teams are, week by week: the days that tasks and coordination take, beside what the team has.

A team's days a week are for tasks, and no week of a plan asks for more of
them; coordination comes on top (M16). A week with days off has less of them.
Laws: the weeks of a team add up to its days in the headlines, exactly; the
tasks of a week never take more than the team has in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.domain.month import WORKING_DAYS_A_WEEK
from zt_planner.domain.plan import Team
from zt_planner.engine.costing.labour import coordination_share
from zt_planner.engine.plan import calendar_of_plan
from zt_planner.engine.team_weeks import LAST_DAY_OF_WEEK, WEEK, monday_of, task_days_by_week
from zt_planner.errors import msgid
from zt_planner.language import Number, Plural, ShortDay, Text, Words, sentences

if TYPE_CHECKING:
    from zt_planner.engine.plan import Plan

TEAMS = {Team.INTERNAL: msgid("Your team"), Team.EXTERNAL: msgid("Consultant")}
SMALLEST_MARKED = Fraction(1, 2)
"""Person-days: nobody would act on a smaller excess; it is told, but not marked."""


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a team: its Monday, its working days in the plan, the days of each task, of coordination, and its own.

    `task_days` holds the person-days by task id.
    """

    monday: date
    worked: int
    task_days: Mapping[str, Fraction]
    coordination: Fraction
    capacity: Fraction

    @property
    def tasks(self) -> Fraction:
        """The person-days of all tasks."""
        return sum(self.task_days.values(), Fraction(0))

    @property
    def whole(self) -> Fraction:
        """The person-days of tasks and coordination."""
        return self.tasks + self.coordination

    @property
    def excess(self) -> Fraction:
        """The person-days above what the team has; nothing where they would be shown as 0.00."""
        above = self.whole - self.capacity
        return above if rounded(above, 2) > 0 else Fraction(0)

    @property
    def is_marked(self) -> bool:
        """Tell whether so much is above what the team has that the picture marks the week."""
        return self.excess >= SMALLEST_MARKED


def mondays(plan: Plan) -> tuple[date, ...]:
    """Return the Mondays of a plan's weeks."""
    first, last = monday_of(plan.headlines.start_date), monday_of(plan.headlines.finish_date)
    return tuple(first + WEEK * number for number in range((last - first).days // WEEK.days + 1))


def weeks_of(plan: Plan, team: Team) -> tuple[Week, ...]:
    """Return how busy a team is in each week of a plan."""
    start, finish = plan.headlines.start_date, plan.headlines.finish_date
    calendar = calendar_of_plan(plan)
    a_day = Fraction(getattr(plan.capacity, team)) / WORKING_DAYS_A_WEEK
    tasks = task_days_by_week(plan.tasks, team, calendar)
    share = coordination_share(plan.scenario, plan.case.size.parameters, team)
    weeks = []
    for monday in mondays(plan):
        first, last = max(monday, start), min(monday + LAST_DAY_OF_WEEK, finish)
        worked = calendar.count(first, last)
        of_tasks = tasks.get(monday, {})
        coordination = share * sum(of_tasks.values(), Fraction(0))
        weeks.append(Week(monday, worked, of_tasks, coordination, a_day * worked))
    return tuple(weeks)


def week_text(week: Week) -> Words:
    """Say how busy a team is in a week."""
    text = Plural(
        "Week of {day}: {n} day of tasks and {coordination} of coordination; the team has {capacity}.",
        "Week of {day}: {n} days of tasks and {coordination} of coordination; the team has {capacity}.",
        Number(week.tasks, 2),
        day=ShortDay(week.monday),
        coordination=Number(week.coordination, 2),
        capacity=Number(week.capacity, 2),
    )
    above = Text("{days} more than it has.", days=Number(week.excess, 2)) if week.excess else ""
    return sentences(text, above)
