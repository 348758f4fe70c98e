"""The limit that keeps a task of a levelled plan from starting earlier (M20).

Asked of the finished schedule, all other tasks staying where they are: on the
first day on which predecessors and own dates would let a task start, and on
the last one before it does, what would be broken? Law: a task that starts
later than predecessors and own dates ask for has a constraint, `NOTHING` where it
could start earlier and does not, for the sake of a later aim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zt_planner.domain.month import Month
from zt_planner.domain.plan import Team
from zt_planner.engine.levelling.problem import Setting
from zt_planner.engine.rcpsp.problem import Starts
from zt_planner.engine.scheduling.calendar import DayOff, day_off


class ConstraintKind(StrEnum):
    """What can keep a task from starting earlier."""

    START = "start"
    PREDECESSORS = "predecessors"
    OWN_DATE = "own_date"
    DAYS_OFF = "days_off"
    TEAM = "team"
    CAP = "cap"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class BindingConstraint:
    """A limit that holds a task back.

    `tasks` are the predecessors that end last, or what fills the team; `team`
    and `month` are those of `TEAM` and `CAP`; `until` is the last day off of `DAYS_OFF`.
    """

    limit: ConstraintKind
    tasks: tuple[str, ...] = ()
    team: Team | None = None
    month: Month | None = None
    until: date | None = None


class BindingConstraints:
    """What holds the tasks of a schedule back."""

    def __init__(self, setting: Setting, starts: Starts) -> None:
        """Count once what the teams do on each day and what each month pays."""
        self.setting, self.starts = setting, starts
        self.problem = setting.problem
        self.finish = self.problem.finish_of(starts)
        self.used = [self.problem.usage_of(resource, starts) for resource in self.problem.resources]

    def of(self, index: int) -> tuple[BindingConstraint, ...]:
        """Return what holds a task back, what does so on its first possible day first."""
        ready = self._ready(index)
        first, start = max((ready, self.problem.earliest[index])), self.starts[index]
        if start <= first:
            return (self._before(index, ready, start),)
        return tuple(dict.fromkeys(self._broken(index, day) for day in (first, start - 1)))

    def _ready(self, index: int) -> int:
        """Return the day from which all predecessors and their waits let a task start."""
        return max((self._lets_start(before) for before in self.problem.after[index]), default=0)

    def _lets_start(self, before: int) -> int:
        return self.problem.ready(before, self.starts[before] + self.problem.lengths[before])

    def _before(self, index: int, ready: int, start: int) -> BindingConstraint:
        """Return why a task that starts as early as it may does not start earlier: days off, predecessors, own date."""
        if start > ready:
            return BindingConstraint(ConstraintKind.OWN_DATE)
        closed = self._closed_before(start)
        if closed is not None:
            return BindingConstraint(ConstraintKind.DAYS_OFF, until=closed)
        last = [before for before in self.problem.after[index] if self._lets_start(before) == ready]
        return (
            BindingConstraint(ConstraintKind.PREDECESSORS, self._ids(last))
            if last
            else BindingConstraint(ConstraintKind.START)
        )

    def _closed_before(self, start: int) -> date | None:
        """Return the last day of a closure or the freeze right before a working day, None when there is none."""
        timeline, axis = self.setting.case.scenario.timeline, self.setting.axis
        if start == 0:
            return None
        before, day = axis.day(start - 1), axis.day(start)
        between = (before.fromordinal(number) for number in range(day.toordinal() - 1, before.toordinal(), -1))
        region, freeze, closures = timeline.region, timeline.year_end_freeze, timeline.closures
        special = (DayOff.CLOSURE, DayOff.FREEZE)
        reasons = ((off, day_off(off, region, year_end_freeze=freeze, closures=closures)) for off in between)
        return next((off for off, reason in reasons if reason in special), None)

    def _broken(self, index: int, day: int) -> BindingConstraint:
        """Return what a task would break if it started on an earlier day."""
        return self._full_team(index, day) or self._full_month(index, day) or BindingConstraint(ConstraintKind.NOTHING)

    def _full_team(self, index: int, day: int) -> BindingConstraint | None:
        """Return the team that would have no room for a task from a day on."""
        start, length = self.starts[index], self.problem.lengths[index]
        for resource, used, team in zip(self.problem.resources, self.used, Team, strict=True):
            demand = resource.demands[index]
            for number in range(day, day + length) if demand else ():
                own = demand if start <= number < start + length else 0
                if used[number] - own + demand > resource.capacity:
                    return BindingConstraint(ConstraintKind.TEAM, self._busy(resource.demands, number, index), team)
        return None

    def _full_month(self, index: int, day: int) -> BindingConstraint | None:
        """Return the first month that would pay more than the cap with a task from a day on."""
        ledger = self.problem.ledger
        if ledger is None:
            return None
        moved = (*self.starts[:index], day, *self.starts[index + 1 :])
        pairs = zip(ledger.spent(moved, self.finish), ledger.limits, strict=True)
        above = next((period for period, (amount, limit) in enumerate(pairs) if amount > limit), None)
        return (
            None if above is None else BindingConstraint(ConstraintKind.CAP, month=self.setting.payments.months[above])
        )

    def _busy(self, demands: Sequence[int], number: int, index: int) -> tuple[str, ...]:
        """Return the other tasks that a team works on on a day."""
        running = (
            other
            for other, start in enumerate(self.starts)
            if other != index and demands[other] and start <= number < start + self.problem.lengths[other]
        )
        return self._ids(running)

    def _ids(self, indices: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.setting.case.task_works[index].task.id for index in indices)
