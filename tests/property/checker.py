"""A schedule looked at day by day, as a person with a wall calendar would: independent of the engine's calendar.

Knows nothing of indices, priorities or placements: only dates, person-days a
day, and the rules M7 to M9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property, partial

import holidays

from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.scenario.scenario import Timeline
from zt_planner.engine.plan import Plan

DAY = timedelta(days=1)
TEAMS = ("internal", "external")
TOLERANCE = Fraction(1, 500_000_000)
"""Twice the tolerance of M9: the engine adds up floats, the checker fractions."""


def is_worked(day: date, timeline: Timeline) -> bool:
    """Tell whether anybody works on a day (M8)."""
    if day.isoweekday() > 5:
        return False
    if timeline.year_end_freeze and ((day.month == 12 and day.day > 23) or (day.month == 1 and day.day == 1)):
        return False
    if timeline.region is not None and day in holidays_of(timeline.region, day.year):
        return False
    return all(day < first or last < day for first, last in timeline.closures)


@cache
def holidays_of(region: str, year: int) -> frozenset[date]:
    """Return the public holidays of a region in a year."""
    country, *subdivision = region.split("-")
    subdiv = subdivision[0] if subdivision else None
    return frozenset(holidays.country_holidays(country, subdiv=subdiv, years=year))


@dataclass(frozen=True)
class Checker:
    """One plan and its working days."""

    plan: Plan
    days: tuple[date, ...]

    @classmethod
    def of(cls, plan: Plan) -> Checker:
        """List the working days from the plan's start to its finish."""
        first, last = plan.headlines.start_date, plan.headlines.finish_date
        span = (first + DAY * offset for offset in range((last - first).days + 1))
        return cls(plan, tuple(day for day in span if is_worked(day, plan.scenario.timeline)))

    @property
    def given_start(self) -> date:
        """The day on which the plan begins."""
        start = self.plan.scenario.timeline.start
        assert start is not None
        return start

    @cached_property
    def by_id(self) -> Mapping[str, ScheduledTask]:
        return {task.task.id: task for task in self.plan.tasks}

    def first_day_after(self, before: ScheduledTask, finish: date) -> int:
        """Return the number of the first working day after a finish and its wait; past the end where there is none."""
        free = finish + timedelta(weeks=before.task.wait_weeks)
        return next((number for number, day in enumerate(self.days) if day > free), len(self.days))

    def number_of(self, day: date) -> int:
        """Return the number of a working day; raises where nobody works on it."""
        return self.days.index(day)

    @cached_property
    def used(self) -> Mapping[str, list[Fraction]]:
        """The person-days of each team on each working day."""
        used = {team: [Fraction(0)] * len(self.days) for team in TEAMS}
        for task in self.plan.tasks:
            for team, days in used.items():
                a_day = getattr(task.work.whole, team) / task.length_days
                for number in range(self.number_of(task.start), self.number_of(task.finish) + 1):
                    days[number] += a_day
        return used

    def capacity(self, team: str) -> Fraction:
        """Return the person-days that a team has on a working day."""
        assert self.plan.capacity is not None
        return Fraction(getattr(self.plan.capacity, team)) / 5

    def earliest(self, task: ScheduledTask) -> int:
        """Return the number of the first day that predecessors and their waits allow, and steps that come in turn."""
        waited_for = [self.first_day_after(self.by_id[name], self.by_id[name].finish) for name in task.after]
        return max((*waited_for, *(self.number_of(self.by_id[name].finish) + 1 for name in task.gates)), default=0)

    def own_day(self, task: ScheduledTask) -> int:
        """Return the number of the first day that a task's own date allows."""
        day = task.fixed_start or task.earliest_start
        if day is None:
            return 0
        return next((number for number, worked in enumerate(self.days) if worked >= day), len(self.days))

    def faults(self) -> Iterator[str]:
        """Yield every broken rule."""
        for task in self.plan.tasks:
            if task.start not in self.days or task.finish not in self.days:
                yield f"{task.task.id} starts or ends on a day that nobody works"
            else:
                yield from (f"{task.task.id} {fault}" for fault in self.faults_of(task))
        for team in TEAMS:
            if max(self.used[team]) > self.capacity(team) + TOLERANCE:
                yield f"the {team} team works more than it can"

    def faults_of(self, task: ScheduledTask) -> Iterator[str]:
        """Yield every rule that a task breaks."""
        start = self.number_of(task.start)
        if self.number_of(task.finish) - start + 1 != task.length_days:
            yield "does not run without a break"
        if start < self.earliest(task):
            yield "starts before its predecessors and their waits are over"
        if start < self.own_day(task):
            yield "starts before its own date"
        is_possible = task.fixed_start is not None and task.fixed_start >= self.given_start
        if task.keeps_date != (is_possible and start == self.own_day(task)):
            yield "keeps its fixed date, or does not, and is said to do the other"

    def lacks_room(self, team: str, task: ScheduledTask, day: int) -> bool:
        """Tell whether a team has no room for a task on a day on which the task does not run."""
        rate = getattr(task.work.whole, team) / task.length_days
        return bool(rate) and self.used[team][day] + rate > self.capacity(team) + TOLERANCE / 2

    def is_held_by(self, task: ScheduledTask) -> tuple[str, ...]:
        """Return the teams that leave no room for a task one day earlier."""
        day = self.number_of(task.start) - 1
        return tuple(team for team in TEAMS if self.lacks_room(team, task, day))

    def full_days(self, task: ScheduledTask) -> Iterator[tuple[str, date]]:
        """Yield each team that a task had to wait for, with the last day on which it had no room for the task.

        For a task that starts as soon as it can, that is the day before; for a levelled one perhaps an earlier day.
        """
        start, free = self.number_of(task.start), max(self.earliest(task), self.own_day(task))
        waited = range(free, start) if task.levelled_start else range(max(free, start - 1), start)
        for team in TEAMS:
            full = [day for day in waited if self.lacks_room(team, task, day)]
            if full:
                yield team, self.days[full[-1]]

    @cached_property
    def links(self) -> dict[str, list[tuple[str, bool]]]:
        """What each task follows: predecessors (True, with their wait), steps and, through a team, others (False)."""
        results = {
            task.task.id: [*((name, True) for name in task.after), *((name, False) for name in task.gates)]
            for task in self.plan.tasks
        }
        for task in self.plan.tasks:
            for team, full_day in self.full_days(task):
                results[task.task.id] += [
                    (other.task.id, False)
                    for other in self.plan.tasks
                    if other.finish == full_day and getattr(other.work.whole, team)
                ]
        return results

    def slack_faults(self) -> Iterator[str]:
        """Yield every task whose slack is not what it can move without moving the finish or a fixed date."""
        for task in self.plan.tasks:
            moves, slack = partial(self.breaks_if_moved, task.task.id), task.slack_days
            if slack < 0 or moves(slack) or not moves(slack + 1):
                yield f"{task.task.id} has a slack of {slack} days"

    def breaks_if_moved(self, moved: str, days: int) -> bool:
        """Tell whether the finish or a fixed date moves if a task starts later and pushes what follows."""
        links = self.links
        ends: dict[str, int] = {}
        for task in sorted(self.plan.tasks, key=lambda task: task.start):
            name = task.task.id
            start = self.number_of(task.start) + (days if name == moved else 0)
            for before, waits in links[name]:
                if waits and ends[before] < len(self.days):
                    start = max(start, self.first_day_after(self.by_id[before], self.days[ends[before]]))
                start = max(start, ends[before] + 1)
            if task.keeps_date and start > self.number_of(task.start):
                return True
            ends[name] = start + task.length_days - 1
        return max(ends.values()) > len(self.days) - 1

    def longest_chain(self) -> int:
        """Return the number of the last day if only lengths and waits counted, no team."""
        ends: dict[str, int] = {}
        for task in sorted(self.plan.tasks, key=lambda task: task.start):
            starts = [self.first_day_after(self.by_id[name], self.days[ends[name]]) for name in task.after]
            starts += [ends[name] + 1 for name in task.gates]
            ends[task.task.id] = max(starts, default=0) + task.length_days - 1
        return max(ends.values())
