"""Totals of cost lines and the headline figures (M16 to M18).

Every figure is a sum of cost lines, taken here and nowhere else; which lines,
`SELECTIONS` says, for the figure as for its explanation. Laws: one-off
and recurring add up to the first-year budget; the months of a budget add up to
its total; the budget of two sets of lines is the sum of their budgets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from zt_planner.domain.categories import CASH_CATEGORIES, LABOUR_CATEGORIES, CostCategory, Kind
from zt_planner.domain.data.phase_model import MFA_FOR_EVERYONE
from zt_planner.domain.money import ZERO, round_half_up, rounded, total
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Capacity, CostLine, FigureName, Headlines, ScheduledTask, Team
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.labour import LABOUR, team_days
from zt_planner.engine.scheduling.calendar import WorkCalendar
from zt_planner.engine.scheduling.effort import WORKING_DAYS_A_WEEK

Sums: TypeAlias = Mapping[tuple[Month, Kind, CostCategory], Decimal]

FIRST_YEAR_MONTHS = 12
DAYS_A_MONTH = Decimal("30.4375")
"""Calendar days of an average month: 365.25 / 12."""


def sum_of(lines: Iterable[CostLine]) -> Decimal:
    """Sum the amounts of lines; unpriced lines count nothing."""
    return total(line.amount for line in lines if line.amount is not None)


def accrual(line: CostLine) -> Month:
    """The month in which a line is used up."""
    return line.month


def payment(line: CostLine) -> Month:
    """The month in which a line's money leaves."""
    return line.paid_in


def cash_by_month(
    lines: Iterable[CostLine], months: Sequence[Month], month_of: Callable[[CostLine], Month]
) -> Mapping[Month, Decimal]:
    """Return the cash of each month; `month_of` picks the accrual or the payment view."""
    sums = dict.fromkeys(months, ZERO)
    for line in lines:
        month = month_of(line)
        if line.amount is not None and line.is_cash and month in sums:
            sums[month] += line.amount
    return sums


def sums_by_month(
    lines: Iterable[CostLine], months: Sequence[Month], month_of: Callable[[CostLine], Month] = accrual
) -> Mapping[Month, Mapping[CostCategory, Decimal]]:
    """Return each month's sum a category, in the accrual or the payment view."""
    sums = {month: dict.fromkeys(CostCategory, ZERO) for month in months}
    for line in lines:
        month = month_of(line)
        if line.amount is not None and month in sums:
            sums[month][line.category] += line.amount
    return sums


def sums_of(lines: Iterable[CostLine]) -> Sums:
    sums: dict[tuple[Month, Kind, CostCategory], Decimal] = {}
    for line in lines:
        if line.amount is not None:
            key = (line.month, line.kind, line.category)
            sums[key] = sums.get(key, ZERO) + line.amount
    return sums


def cash_of(sums: Mapping[CostCategory, Decimal]) -> Decimal:
    return sum((sums[category] for category in CASH_CATEGORIES), ZERO)


@dataclass(frozen=True, slots=True)
class Selection:
    """The cost lines that a figure is the sum of: what is used up in some months, of some categories.

    `once` are the months of what is paid once, `again` those of what recurs.
    """

    once: tuple[Month, ...] = ()
    again: tuple[Month, ...] = ()
    categories: tuple[CostCategory, ...] = CASH_CATEGORIES

    @classmethod
    def of_all(cls, months: tuple[Month, ...]) -> Selection:
        return cls(months, months)

    def months_of(self, kind: Kind) -> tuple[Month, ...]:
        return self.once if kind is Kind.ONE_OFF else self.again

    def holds(self, line: CostLine) -> bool:
        return line.category in self.categories and line.month in self.months_of(line.kind)

    def sum_of(self, sums: Sums) -> Decimal:
        return total(
            sums.get((month, kind, category), ZERO)
            for kind in Kind
            for month in self.months_of(kind)
            for category in self.categories
        )


@dataclass(frozen=True, slots=True)
class Months:
    """The plan's months: its horizon, all until the work is finished if that is longer, the first open one after it."""

    horizon: tuple[Month, ...]
    all: tuple[Month, ...]
    after: Month

    @property
    def first_year(self) -> tuple[Month, ...]:
        """The twelve months from the start month on."""
        return self.horizon[:FIRST_YEAR_MONTHS]


@dataclass(frozen=True, slots=True)
class Periods:
    """The months of figures: the plan's, and the highest of its horizon."""

    months: Months
    peak: Month


def run_rate_in(after: Month) -> Selection:
    """Select what recurs every month, in the month after the finish; yearly training left out."""
    lasting = tuple(category for category in CASH_CATEGORIES if category is not CostCategory.TRAINING)
    return Selection(again=(after,), categories=lasting)


SELECTIONS: Mapping[FigureName, Callable[[Periods], Selection]] = {
    FigureName.INTRODUCTION_BUDGET: lambda periods: Selection(periods.months.all, periods.months.first_year),
    FigureName.FIRST_YEAR_BUDGET: lambda periods: Selection.of_all(periods.months.first_year),
    FigureName.ONE_OFF_TOTAL: lambda periods: Selection(once=periods.months.all),
    FigureName.ONE_OFF_FIRST_YEAR: lambda periods: Selection(once=periods.months.first_year),
    FigureName.RECURRING_FIRST_YEAR: lambda periods: Selection(again=periods.months.first_year),
    FigureName.RUN_RATE_MONTHLY: lambda periods: run_rate_in(periods.months.after),
    FigureName.HORIZON_TOTAL: lambda periods: Selection.of_all(periods.months.horizon),
    FigureName.PEAK_AMOUNT: lambda periods: Selection.of_all((periods.peak,)),
    FigureName.INTERNAL_VALUE: lambda periods: Selection(once=periods.months.all, categories=(CostCategory.INTERNAL,)),
}
"""Which cost lines each figure is the sum of."""


def run_rate_lines(lines: Iterable[CostLine], after: Month) -> tuple[CostLine, ...]:
    selection = run_rate_in(after)
    return tuple(line for line in lines if selection.holds(line))


def first_year_of(lines: Iterable[CostLine], horizon: Sequence[Month], *, shows_labour: bool = True) -> Decimal:
    """Return the cash of the first twelve months, with or without what follows from day rates."""
    first_year = frozenset(horizon[:FIRST_YEAR_MONTHS])
    return sum_of(
        line
        for line in lines
        if line.is_cash and line.month in first_year and (shows_labour or line.category not in LABOUR_CATEGORIES)
    )


def duration_months(start: date, finish: date) -> Decimal:
    """Return calendar days, both ends counted, in months of 30.4375 days, to one place."""
    return rounded(Fraction((finish - start).days + 1) / Fraction(DAYS_A_MONTH), 1)


def task_days(tasks: Iterable[ScheduledTask], team: Team) -> Fraction:
    return sum((team_days(task, team) for task in tasks), Fraction(0))


def coordination_days(lines: Iterable[CostLine], team: Team) -> Fraction:
    return sum((line.quantity for line in lines if not line.task_id and line.category is LABOUR[team]), Fraction(0))


def operation_days(lines: Iterable[CostLine], month: Month) -> Fraction:
    """Return the own team's days of operation in a month (M23)."""
    internal = CostCategory.INTERNAL
    recurring = (line for line in lines if line.category is internal and line.kind is Kind.RECURRING)
    return sum((line.quantity for line in recurring if line.month == month), Fraction(0))


def mfa_tasks(tasks: Iterable[ScheduledTask]) -> tuple[ScheduledTask, ...]:
    """Return the tasks with which everyone signs in with MFA, from outside too."""
    return tuple(task for task in tasks if task.task.id in MFA_FOR_EVERYONE)


def mfa_date(tasks: Iterable[ScheduledTask]) -> date | None:
    """Return the day on which everyone signs in with MFA; None without these tasks."""
    return max((task.finish for task in mfa_tasks(tasks)), default=None)


@dataclass(frozen=True, slots=True)
class CostSums:
    """The cost lines that are shown, and all of them: days of work are counted even where their cost is not shown."""

    shown: Sequence[CostLine]
    all: Sequence[CostLine]


def headlines_of(
    *,
    scenario: Scenario,
    months: Months,
    start: date,
    tasks: Sequence[ScheduledTask],
    capacity: Capacity,
    costs: CostSums,
    calendar: WorkCalendar,
) -> Headlines:
    """Return the headline figures; cost lines reach at least one month past the finish."""
    finish = max(task.finish for task in tasks)
    sums = sums_of(costs.shown)
    peak = max(months.horizon, key=lambda month: Selection.of_all((month,)).sum_of(sums))
    periods = Periods(months, peak)

    def figure(name: FigureName) -> Decimal:
        return SELECTIONS[name](periods).sum_of(sums)

    horizon_total = figure(FigureName.HORIZON_TOTAL)
    worked = [line for line in costs.all if line.month <= months.all[-1]]
    weeks = Fraction(calendar.count(start, finish), WORKING_DAYS_A_WEEK)
    internal, external = task_days(tasks, Team.INTERNAL), task_days(tasks, Team.EXTERNAL)
    people_months = scenario.company.employees * len(months.horizon)
    return Headlines(
        introduction_budget=figure(FigureName.INTRODUCTION_BUDGET),
        first_year_budget=figure(FigureName.FIRST_YEAR_BUDGET),
        one_off_total=figure(FigureName.ONE_OFF_TOTAL),
        one_off_first_year=figure(FigureName.ONE_OFF_FIRST_YEAR),
        recurring_first_year=figure(FigureName.RECURRING_FIRST_YEAR),
        run_rate_monthly=figure(FigureName.RUN_RATE_MONTHLY),
        horizon_total=horizon_total,
        peak_month=peak,
        peak_amount=figure(FigureName.PEAK_AMOUNT),
        start_date=start,
        finish_date=finish,
        mfa_date=mfa_date(tasks),
        duration_months=duration_months(start, finish),
        internal_days=internal + coordination_days(worked, Team.INTERNAL),
        external_days=external + coordination_days(worked, Team.EXTERNAL),
        internal_value=figure(FigureName.INTERNAL_VALUE),
        internal_days_per_week=capacity.internal,
        external_days_per_week=capacity.external,
        internal_days_per_week_average=internal / weeks,
        operation_days_monthly=operation_days(costs.all, months.after),
        per_employee_month=round_half_up(Fraction(horizon_total) / people_months),
    )
