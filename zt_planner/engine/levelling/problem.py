"""A scenario's tasks as a problem for the exact scheduler, and what is found as days (M20).

Lengths, waits, capacities and dates are those of the quick schedule (M7 to
M9b): a fixed date that it keeps is kept, one that it cannot keep is an earliest
date. What has begun stays where it is (M26). Capacities are whole numbers so fine
that what they round off lies within the tolerance of M9.

Law: a schedule without faults is, as levelled dates of the scenario, the
schedule that `build_plan` finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor, gcd

from zt_planner.domain.month import add_months
from zt_planner.domain.scenario.levelled import Levelling
from zt_planner.domain.scenario.scenario import MOST_MONTHS, Mode, Scenario, Timeline
from zt_planner.engine.case import Case, basis_of
from zt_planner.engine.levelling.axis import WorkingDayAxis
from zt_planner.engine.levelling.payments import Payments
from zt_planner.engine.planner import scheduled_tasks
from zt_planner.engine.rcpsp.problem import Problem, Resource, Starts
from zt_planner.engine.scheduling.effort import WORKING_DAYS_A_WEEK
from zt_planner.engine.scheduling.schedule import Network
from zt_planner.engine.scheduling.timeline import Schedule, schedule_of

PARTS = 10**9
"""What a person-day is split into for each task that may run at once: what is rounded off is no more than M9 allows."""
MORE_DAYS = 520
"""Working days that a levelled plan may take longer than the quick one, where that is not doubled anyway: two years."""


class Setting:
    """A scenario with given teams: its quick schedule, the axis of its days, what they pay, and the problem."""

    def __init__(self, case: Case, schedule: Schedule) -> None:
        """Keep the quick schedule."""
        self.case, self.schedule = case, schedule
        self.tasks = scheduled_tasks(case.task_works, schedule)
        length = schedule.placement.finish + 1 - schedule.first
        self.axis = WorkingDayAxis(schedule.calendar, schedule.first, case.start, max(2 * length, length + MORE_DAYS))
        self.payments = Payments(case, self.tasks, self.axis)
        self.quick: Starts = tuple(self.axis.number(start) for start in schedule.placement.starts)

    @property
    def cap(self) -> Decimal | None:
        """The most that a month may pay."""
        return self.case.scenario.finance.monthly_cap

    @property
    def last(self) -> int | None:
        """By how many days all must be done, None where no day is set."""
        day = self.case.scenario.levelling.finish_by
        return None if day is None else self.days_until(day)

    @cached_property
    def free(self) -> Problem:
        """The problem without the cap."""
        return self._problem(self.schedule.placement.kept_dates(self.schedule.network))

    @cached_property
    def problem(self) -> Problem:
        """The problem with the cap, where there is one."""
        return self.free if self.cap is None else replace(self.free, ledger=self.payments.ledger(self.cap))

    def _problem(self, kept: frozenset[int]) -> Problem:
        """Return the works as a problem; those in `kept` start on their fixed date."""
        network, teams = self.schedule.network, self.schedule.teams
        lengths = network.lengths(teams)
        spread, pinned = network.spread_over(lengths, teams), kept.union(network.pins.starts)
        own = [self.axis.number(index) for index in network.own_starts(self.axis.calendar, self.axis.first)]
        return Problem(
            lengths=tuple(lengths),
            after=tuple(map(tuple, network.after)),
            resources=tuple(
                resource_of(network, spread, capacity, team)
                for team, capacity in (("internal", teams.internal), ("external", teams.external))
                if capacity is not None
            ),
            waits=tuple(self.axis.waiting(weeks) for weeks in network.waits),
            earliest=tuple(own),
            latest=tuple(day if task in pinned else None for task, day in enumerate(own)),
            horizon=self.axis.days,
        )

    def days_until(self, last: date) -> int:
        """Return how many working days there are up to a day, it included; as many as the axis has at most."""
        if last >= self.axis.day(self.axis.days - 1):
            return self.axis.days
        return max(0, self.axis.number(self.axis.calendar.index_after(last)))

    def levelled(self, starts: Starts, given: Timeline | None = None) -> Scenario:
        """Return the scenario with a schedule's days; a finish that was given stays, later if the days need it."""
        scenario = self.case.scenario
        months = None if given is None or given.mode is Mode.CAPACITY else self.months_for(starts, given.target_months)
        if months is not None:
            timeline = scenario.timeline.model_copy(update={"mode": Mode.DEADLINE, "target_months": months})
            scenario = scenario.model_copy(update={"timeline": timeline})
        days = tuple(
            (work.task.id, self.axis.day(start)) for work, start in zip(self.case.task_works, starts, strict=True)
        )
        basis = basis_of(scenario, self.case.base_model, scenario.timeline.mode)
        levelling = Levelling(finish_by=scenario.levelling.finish_by, starts=days, basis=basis)
        return scenario.model_copy(update={"levelling": levelling})

    def months_for(self, starts: Starts, least: int) -> int | None:
        """Return in how many months a schedule is finished; None where that is more than a finish may be away."""
        finish = self.axis.day(self.problem.finish_of(starts) - 1)
        enough = (months for months in range(least, MOST_MONTHS + 1) if finish < add_months(self.case.start, months))
        return next(enough, None)


def setting_of(case: Case) -> Setting | None:
    """Return the setting of a case whose teams are given; None where it has no schedule."""
    schedule = schedule_of(case.scenario, case.task_works, case.start) if case.task_works else None
    return None if schedule is None else Setting(case, schedule)


def resource_of(network: Network, spread: Sequence[int], capacity: Fraction, team: str) -> Resource:
    """Return a team as a resource in whole parts of a person-day.

    What is done needs none of it; what runs together needs no more than there is, as it runs whatever there is.
    """
    works, pins = network.task_works, network.pins
    parts = PARTS * max(len(works), 1)
    rates = [Fraction(getattr(work, team)) / length for work, length in zip(works, spread, strict=True)]
    running = sum((rates[index] for index in pins.starts if index not in pins.done), Fraction(0))
    least = min(capacity / WORKING_DAYS_A_WEEK / running, Fraction(1)) if running else Fraction(1)
    shares = [0 if index in pins.done else least if index in pins.starts else 1 for index in range(len(works))]
    demands = [floor(rate * share * parts) for rate, share in zip(rates, shares, strict=True)]
    whole = floor(capacity / WORKING_DAYS_A_WEEK * parts)
    shared = gcd(whole, *demands) or 1
    return Resource(whole // shared, tuple(demand // shared for demand in demands))
