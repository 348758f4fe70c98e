"""A scenario's tasks as a problem for the exact scheduler: days as numbers, and what each month pays (M17, M20).

Lengths, waits, capacities and dates are those of the quick schedule (M7 to M9b): a fixed date that it keeps is kept,
one that it cannot keep is an earliest date. What has begun stays where it is (M26). Capacities are whole numbers so
fine that what they round off lies within the tolerance of M9.

The ledger of the monthly cap takes every amount from the modules that cost a plan (`cost_lines`, `labour`, `seats`),
one task and one start at a time. Contingency is a share of a month's one-off cash that is rounded once, so amounts are
whole numbers in a unit in which that share is whole, and the limit leaves the rounding its half cent.

Laws: a schedule without faults is, as levelled dates of the scenario, the schedule that `build_plan` finds; where a
month is within its limit, the plan's payments of that month are within the cap; where they are, so is the month, but
for a cent for each task that is worked on in it, as the plan rounds coordination of them all and the ledger that of
each task up (and for the last digit of a contingency share with very many of them); a closed month always is: no order
of the tasks changes what was paid (M27).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, gcd

from zt_planner.domain.categories import Kind
from zt_planner.domain.money import to_cents
from zt_planner.domain.month import WORKING_DAYS_A_WEEK, Month, add_months, months_from
from zt_planner.domain.plan import CostLine, ScheduledTask, Team
from zt_planner.domain.scenario.levelled import Levelling
from zt_planner.domain.scenario.scenario import MOST_MONTHS, Mode, Scenario, Timeline
from zt_planner.engine.case import Case, basis_of
from zt_planner.engine.case_schedule import schedule_of
from zt_planner.engine.costing.actuals import closed_months
from zt_planner.engine.costing.budget import payment
from zt_planner.engine.costing.cost_lines import (
    BillingWindow,
    CostLineBuilder,
    bought_lines,
    lines_after_finish,
    lines_from_start,
)
from zt_planner.engine.costing.labour import coordination_share, rate_id, task_labour, working_days_by_month
from zt_planner.engine.costing.purchases import purchases_of
from zt_planner.engine.licensing.licences import Licensing, license_company
from zt_planner.engine.licensing.seats import OTHERS, PILOT, SeatGroup, Wave, groups_of, openers_of
from zt_planner.engine.planner import scheduled_tasks
from zt_planner.engine.rcpsp.problem import Amounts, Ledger, Opening, Problem, Resource, Starts
from zt_planner.engine.scheduling.calendar import BeyondLimitError, WorkCalendar
from zt_planner.engine.scheduling.schedule import Network
from zt_planner.engine.scheduling.timeline import Schedule

FREE = 1 << 60
"""The limit of a month that has none, and what a month that does not count is given."""
LARGEST = 1 << 52
"""No amount is counted as more: sums stay whole numbers that the solver can hold."""
CENTS = 100
FINEST_SHARE = 10**6
"""A contingency share with more digits is rounded up to millionths."""
PARTS = 10**9
"""What a person-day is split into for each task that may run at once: what is rounded off is no more than M9 allows."""
MORE_DAYS = 520
"""Working days that a levelled plan may take longer than the quick one, where that is not doubled anyway: two years."""


class WorkingDayAxis:
    """Working days as numbers from 0 on, the plan's first one: so many of them, fewer where the calendar ends.

    A wait that ends past the last day ends right after it.
    """

    def __init__(self, calendar: WorkCalendar, first: int, start: date, days: int) -> None:
        """Read the calendar from the index `first` on; the month of `start` is period 0."""
        self.calendar, self.first = calendar, first
        try:
            calendar.day(first + days - 1)
        except BeyondLimitError:
            days = len(calendar.days) - first
        self.days = days
        begin = Month.of(start)
        self._periods = [begin.until(Month.of(calendar.days[first + day])) for day in range(days)]

    def day(self, number: int) -> date:
        return self.calendar.day(self.first + number)

    def number(self, index: int) -> int:
        return index - self.first

    def period(self, number: int) -> int:
        """Return the month of a day, counted from that of the plan's start."""
        return self._periods[number]

    def waiting(self, weeks: int) -> Callable[[int], int] | None:
        """Return when followers of a task may start, by the day after its last one; None without a wait."""
        if not weeks:
            return None

        def ready(end: int) -> int:
            try:
                return self.calendar.index_after_wait(self.first + end - 1, weeks) - self.first
            except BeyondLimitError:
                return max(end, self.days)

        return ready


def summed(some: Amounts, more: Amounts) -> Amounts:
    sums = dict(some)
    for period, amount in more:
        sums[period] = sums.get(period, 0) + amount
    return tuple(sorted(sums.items()))


class Payments:
    """What tasks, licences and coordination make each month pay, by the days on which tasks start."""

    def __init__(self, case: Case, tasks: Sequence[ScheduledTask], axis: WorkingDayAxis) -> None:
        """Prepare the cost lines of `tasks`, whose dates do not matter."""
        self.case, self.tasks, self.axis = case, tuple(tasks), axis
        first = Month.of(case.start)
        self.months = months_from(first, max(len(case.horizon), axis.period(axis.days - 1) + 1))
        self.builder = CostLineBuilder(
            case.prices, BillingWindow(self.months[-1], self.months[-1]), purchases_of(case.scenario, case.size)
        )
        share = Fraction(case.scenario.finance.contingency)
        share = share if share.denominator <= FINEST_SHARE else Fraction(ceil(share * FINEST_SHARE), FINEST_SHARE)
        self.units = {Kind.ONE_OFF: 2 * (share.denominator + share.numerator), Kind.RECURRING: 2 * share.denominator}
        self.closed = closed_months(case.scenario)
        self._tasks: dict[tuple[int, int], Amounts] = {}
        self._bought: dict[tuple[int, Month], Amounts] = {}
        self._finishes: dict[int, Amounts] = {}

    def limit_of(self, cap: Decimal | None) -> int:
        """Return a month's limit in units; a rounded half cent of contingency is part of it."""
        return FREE if cap is None else self.units[Kind.RECURRING] * to_cents(cap) + self.units[Kind.RECURRING] // 2 - 1

    def cap_for(self, amount: int) -> Decimal:
        """Return the smallest cap in whole EUR that leaves room for an amount in units."""
        whole = self.units[Kind.RECURRING]
        cents = -(-(amount - whole // 2 + 1) // whole)
        return Decimal(max(1, -(-cents // CENTS)))

    def amounts(self, lines: Iterable[CostLine]) -> Amounts:
        """Return the cash of lines by the open month in which it is paid, in units."""
        sums: dict[int, int] = {}
        for line in lines:
            month = self.months[0].until(payment(line))
            is_open = line.is_cash and payment(line) not in self.closed
            if line.amount and is_open and month < len(self.months):
                sums[month] = sums.get(month, 0) + to_cents(line.amount) * self.units[line.kind]
        return tuple((month, max(-LARGEST, min(LARGEST, amount))) for month, amount in sorted(sums.items()))

    def of_task(self, index: int, start: int) -> Amounts:
        """Return what a task makes each month pay that starts on a day: its work and what is bought for it."""
        key = index, start
        if key not in self._tasks:
            task = self.tasks[index]
            task = replace(task, start=self.axis.day(start), finish=self.axis.day(start + task.length_days - 1))
            worked = working_days_by_month(task.start, task.finish, self.axis.calendar)
            labour = summed(
                self.amounts(task_labour(task, Team.EXTERNAL, self.case.prices, worked)), self._steering(task, worked)
            )
            bought = self._bought_for(index, task)
            self._tasks[key] = summed(labour, bought) if bought else labour
        return self._tasks[key]

    def _steering(self, task: ScheduledTask, worked: Mapping[Month, int]) -> Amounts:
        """Return what coordination of a task makes each month pay, rounded up: a plan rounds the sum of all tasks."""
        share = coordination_share(self.case.scenario, self.case.size.parameters, Team.EXTERNAL)
        cents = []
        for month, days in worked.items():
            price = self.case.prices.price_of(rate_id(Team.EXTERNAL, self.case.prices), month)
            if price is not None and month not in self.closed:
                amount = share * task.work.whole.external * days / task.length_days * Fraction(price.amount) * CENTS
                cents.append((self.months[0].until(month), ceil(amount) * self.units[Kind.ONE_OFF]))
        return tuple((month, amount) for month, amount in cents if amount and month < len(self.months))

    def _bought_for(self, index: int, task: ScheduledTask) -> Amounts:
        key = index, Month.of(task.start)
        if key not in self._bought:
            self._bought[key] = self.amounts(bought_lines((task,), self.builder))
        return self._bought[key]

    def of_finish(self, end: int) -> Amounts:
        """Return what begins after a finish; months past the plan have room for anything."""
        if end not in self._finishes:
            finish = self.axis.day(max(end, 1) - 1)
            done = {task.id for task in self.case.done}
            known = done | {task.task.id for task in self.tasks}
            after = (
                *lines_from_start(done, self.months[0], self.builder),
                *lines_after_finish(known, finish, self.builder),
            )
            counted = max(len(self.case.horizon), self.months[0].until(Month.of(finish)) + 1)
            free = tuple((month, -FREE // 2) for month in range(counted, len(self.months)))
            self._finishes[end] = (*self.amounts(after), *free)
        return self._finishes[end]

    def ledger(self, cap: Decimal | None) -> Ledger:
        """Return the ledger of a monthly cap, of no limit where there is none."""
        openings, kinds = self._openings()
        limits = (self.limit_of(cap),) * len(self.months)
        return Ledger(limits, self.axis.period, self.of_task, openings, kinds, self.of_finish)

    def _openings(self) -> tuple[tuple[Opening, ...], tuple[int, ...]]:
        """Return the openings of licences, and the kind of mix for each month in which the others' may begin.

        What begins with the plan's start spends the same whenever the work is done.
        """
        different: list[Licensing] = []
        kinds = []
        is_from_start = openers_of(OTHERS, self.case.opening, self.tasks).is_from_start
        for month in self.months:
            first = self.months[0] if is_from_start else month
            licensing = license_company(self.case.scenario, self.case.tasks, self.case.prices, first)
            index = next((index for index, other in enumerate(different) if other.mix == licensing.mix), len(different))
            different += [licensing] if index == len(different) else []
            kinds.append(index)
        groups = [self._groups(licensing) for licensing in different]
        waves = dict.fromkeys([OTHERS, PILOT, *(group.wave for of_kind in groups for group in of_kind)])
        index_of = {task.task.id: index for index, task in enumerate(self.tasks)}
        openings = []
        for wave in waves:
            openers = openers_of(wave, self.case.opening, self.tasks)
            members = () if openers.is_from_start else tuple(index_of[task.task.id] for task in openers.tasks)
            months = self.months[:1] * len(self.months) if openers.is_from_start else self.months
            openings.append(Opening(members, tuple(self._by_month(wave, of_kind, months) for of_kind in groups)))
        return tuple(openings), tuple(kinds)

    def _groups(self, licensing: Licensing) -> tuple[SeatGroup, ...]:
        """Return the seats of a mix with their waves; none where no mix is allowed."""
        if licensing.mix is None:
            return ()
        return groups_of(licensing.mix, self.case.size, licensing.offers, licensing.demands, licensing.needs)

    def _by_month(self, wave: Wave, groups: Sequence[SeatGroup], months: Sequence[Month]) -> tuple[Amounts, ...]:
        """Return what the seats of a wave make each month pay, for each month in which they may begin."""
        own = [group for group in groups if group.wave == wave]
        seats = ([group.from_month(month) for group in own] for month in months)
        return tuple(
            self.amounts(line for some in of_month for line in self.builder.bought(some.purchase, some.first))
            for of_month in seats
        )


class Setting:
    """A case with given teams: its quick schedule, the axis of its days, what they pay, and the problem."""

    def __init__(self, case: Case, schedule: Schedule) -> None:
        self.case, self.schedule = case, schedule
        self.tasks = scheduled_tasks(case.task_works, schedule)
        length = schedule.placement.finish + 1 - schedule.first
        self.axis = WorkingDayAxis(schedule.calendar, schedule.first, case.start, max(2 * length, length + MORE_DAYS))
        self.payments = Payments(case, self.tasks, self.axis)
        self.quick: Starts = tuple(self.axis.number(start) for start in schedule.placement.starts)

    @property
    def cap(self) -> Decimal | None:
        return self.case.scenario.finance.monthly_cap

    @property
    def last(self) -> int | None:
        """By how many days all must be done, None where no day is set."""
        day = self.case.scenario.levelling.finish_by
        return None if day is None else self.days_until(day)

    @cached_property
    def uncapped(self) -> Problem:
        network, teams = self.schedule.network, self.schedule.teams
        lengths = network.lengths(teams)
        pinned = self.schedule.placement.kept_dates(network).union(network.pins.starts)
        own = [self.axis.number(index) for index in network.own_starts(self.axis.calendar, self.axis.first)]
        return Problem(
            lengths=tuple(lengths),
            after=tuple((*befores, *gates) for befores, gates in zip(network.after, network.gates, strict=True)),
            resources=tuple(
                resource_of(network, network.spread_over(lengths, teams), team, capacity)
                for team, capacity in zip(Team, teams, strict=True)
                if capacity is not None
            ),
            waits=tuple(self.axis.waiting(weeks) for weeks in network.waits),
            earliest=tuple(own),
            latest=tuple(day if task in pinned else None for task, day in enumerate(own)),
            horizon=self.axis.days,
            gates=frozenset((before, index) for index, gates in enumerate(network.gates) for before in gates),
        )

    @cached_property
    def problem(self) -> Problem:
        """The problem with the cap, where there is one."""
        return self.uncapped if self.cap is None else replace(self.uncapped, ledger=self.payments.ledger(self.cap))

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
    schedule = schedule_of(case) if case.task_works else None
    return None if schedule is None else Setting(case, schedule)


def resource_of(network: Network, spread: Sequence[int], team: Team, capacity: Fraction) -> Resource:
    """Return a team as a resource in whole parts of a person-day.

    What is done needs none of it; what runs together needs no more than there is, as it runs whatever there is.
    """
    task_works, pins = network.task_works, network.pins
    parts = PARTS * max(len(task_works), 1)
    rates = [work.work.whole.of(team) / length for work, length in zip(task_works, spread, strict=True)]
    running = sum((rates[index] for index in pins.starts if index not in pins.done), Fraction(0))
    least = min(capacity / WORKING_DAYS_A_WEEK / running, Fraction(1)) if running else Fraction(1)
    shares = [0 if index in pins.done else least if index in pins.starts else 1 for index in range(len(task_works))]
    demands = [floor(rate * share * parts) for rate, share in zip(rates, shares, strict=True)]
    whole = floor(capacity / WORKING_DAYS_A_WEEK * parts)
    shared = gcd(whole, *demands) or 1
    return Resource(whole // shared, tuple(demand // shared for demand in demands))
