"""What each possible start of a task makes a month pay: the ledger that a monthly cap is kept by (M17, M20).

Every amount is asked of the rooms that cost a plan (`costing`, `labour`,
`seats`), one task and one start at a time, so that there is no second
truth. Contingency is a share of a month's one-off cash that is rounded once,
so amounts are whole numbers in a unit in which that share is whole, and the
limit leaves the rounding its half cent.

Law: for every placement, a month is within its limit here where the plan's
payments of that month are within the cap, and only there (up to the last
digit of a contingency share with very many of them, which is rounded up). A
closed month always is: no order of the tasks changes what was paid (M27).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from zt_planner.domain.categories import Kind
from zt_planner.domain.money import to_cents
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import CostLine, ScheduledTask, Team
from zt_planner.engine.case import Case
from zt_planner.engine.costing.actuals import closed_months
from zt_planner.engine.costing.budget import payment
from zt_planner.engine.costing.charges import BillingWindow
from zt_planner.engine.costing.cost_lines import CostLineBuilder, bought_lines, lines_after_finish
from zt_planner.engine.costing.labour import coordination, task_labour, working_days_by_month
from zt_planner.engine.costing.purchases import purchases_of
from zt_planner.engine.levelling.axis import WorkingDayAxis
from zt_planner.engine.licensing.licences import Licensing, license_company
from zt_planner.engine.licensing.seats import RolloutWave, SeatGroup, granted_today, groups_of, opening_tasks
from zt_planner.engine.rcpsp.problem import Amounts, Ledger, Opening

FREE = 1 << 60
"""The limit of a month that has none, and what a month that does not count is given."""
LARGEST = 1 << 52
"""No amount is counted as more: sums stay whole numbers that the solver can hold."""
CENTS = 100
WAVES = (RolloutWave.OTHERS, RolloutWave.PILOT, RolloutWave.JUST_IN_TIME)
"""What licences begin with, as the ledger has its openings: the first decides at whose prices the mix is found."""
FINEST_SHARE = 10**6
"""A contingency share with more digits is rounded up to millionths."""


def summed(some: Amounts, more: Amounts) -> Amounts:
    """Add two series of amounts up."""
    sums = dict(some)
    for period, amount in more:
        sums[period] = sums.get(period, 0) + amount
    return tuple(sorted(sums.items()))


class Payments:
    """What tasks, licences and coordination make each month pay, by the days on which tasks start."""

    def __init__(self, case: Case, tasks: Sequence[ScheduledTask], axis: WorkingDayAxis) -> None:
        """Keep what every amount is asked of; `tasks` are the plan's, with whatever dates."""
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
        self.members = self._members()
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
        found: dict[int, int] = {}
        for line in lines:
            month = self.months[0].until(payment(line))
            is_open = line.is_cash and payment(line) not in self.closed
            if line.amount and is_open and month < len(self.months):
                found[month] = found.get(month, 0) + to_cents(line.amount) * self.units[line.kind]
        return tuple((month, max(-LARGEST, min(LARGEST, amount))) for month, amount in sorted(found.items()))

    def of_task(self, index: int, start: int) -> Amounts:
        """Return what a task makes each month pay that starts on a day: its work and what is bought for it."""
        key = index, start
        if key not in self._tasks:
            task = self._started(index, start)
            worked = working_days_by_month(task.start, task.finish, self.axis.calendar)
            labour = self.amounts(task_labour(task, Team.EXTERNAL, self.case.prices, worked))
            bought = self._bought_for(index, task)
            self._tasks[key] = summed(labour, bought) if bought else labour
        return self._tasks[key]

    def _started(self, index: int, start: int) -> ScheduledTask:
        """Return a task as if it started on a day."""
        task = self.tasks[index]
        return replace(task, start=self.axis.day(start), finish=self.axis.day(start + task.length_days - 1))

    def _bought_for(self, index: int, task: ScheduledTask) -> Amounts:
        key = index, Month.of(task.start)
        if key not in self._bought:
            self._bought[key] = self.amounts(bought_lines((task,), self.builder))
        return self._bought[key]

    def of_finish(self, end: int) -> Amounts:
        """Return what coordination costs until a finish; months that then do not count have room for anything."""
        if end not in self._finishes:
            finish = self.axis.day(max(end, 1) - 1)
            lines = coordination(self.case.scenario, self.case.start, finish, self.case.prices, self.axis.calendar)
            known = {task.task.id for task in self.tasks}
            after = lines_after_finish(known, finish, self.builder)
            counted = max(len(self.case.horizon), self.months[0].until(Month.of(finish)) + 1)
            free = tuple((month, -FREE // 2) for month in range(counted, len(self.months)))
            self._finishes[end] = (*self.amounts((*lines, *after)), *free)
        return self._finishes[end]

    def ledger(self, cap: Decimal | None) -> Ledger:
        """Return the ledger of a monthly cap, of no limit where there is none."""
        openings, kinds = self._openings()
        limits = (self.limit_of(cap),) * len(self.months)
        return Ledger(limits, self.axis.period, self.of_task, openings, kinds, self.of_finish)

    def _members(self) -> Mapping[RolloutWave, tuple[int, ...]]:
        """Return the tasks with whose first start licences begin, none for the finish.

        The first beginning decides whose prices hold.
        """
        index_of = {task.task.id: index for index, task in enumerate(self.tasks)}
        openers = opening_tasks(self.tasks, granted_today(self.case.scenario, self.case.prices))
        return {each: tuple(index_of[task.task.id] for task in openers[each]) for each in WAVES if each in openers}

    def _openings(self) -> tuple[tuple[Opening, ...], tuple[int, ...]]:
        """Return the openings of licences, and the kind of mix for each month in which the others' may begin."""
        licensings = [
            license_company(self.case.scenario, self.case.task_works, self.case.prices, it) for it in self.months
        ]
        different: list[Licensing] = []
        kinds = []
        for licensing in licensings:
            index = next((index for index, other in enumerate(different) if other.mix == licensing.mix), len(different))
            different += [licensing] if index == len(different) else []
            kinds.append(index)
        groups = [self._groups(licensing) for licensing in different]
        openings = tuple(
            Opening(indices, tuple(self._by_month(wave, of_kind) for of_kind in groups))
            for wave, indices in self.members.items()
        )
        return openings, tuple(kinds)

    def _groups(self, licensing: Licensing) -> tuple[SeatGroup, ...]:
        """Return the seats of a mix with what they begin with; none where no mix is allowed."""
        if licensing.mix is None:
            return ()
        size, late = self.case.size, RolloutWave.JUST_IN_TIME in self.members
        return groups_of(licensing.mix, size, licensing.offers, licensing.admin_demands, has_just_in_time=late)

    def _by_month(self, wave: RolloutWave, groups: Sequence[SeatGroup]) -> tuple[Amounts, ...]:
        """Return what seats with one beginning make each month pay, for each month in which they may begin."""
        begun = [group for group in groups if group.wave is wave]
        return tuple(
            self.amounts(
                line for group in begun for line in self.builder.bought(group.from_month(month).purchase, month)
            )
            for month in self.months
        )
