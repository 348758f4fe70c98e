"""Totals of cost lines and the headline figures (M16 to M18).

Every figure is a sum of cost lines, taken here and nowhere else; which lines,
`lines_of` says, for the figure as for its explanation. Laws: one-off
and recurring add up to the first-year budget; the months of a budget add up to
its total; the budget of two sets of lines is the sum of their budgets.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain.money import ZERO, round_half_up, rounded, total
from zt_planner.domain.month import Month
from zt_planner.domain.plan import (
    CASH_CATEGORIES,
    LABOUR_CATEGORIES,
    Capacity,
    CostCategory,
    CostLine,
    FigureName,
    Headlines,
    Kind,
    ScheduledTask,
    Team,
)
from zt_planner.engine.labour import RATES, days_of
from zt_planner.engine.schedule import WORKING_DAYS_A_WEEK

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

    from zt_planner.domain.plan import Plan
    from zt_planner.domain.scenario import Scenario
    from zt_planner.engine.calendar import WorkCalendar

FIRST_YEAR_MONTHS = 12
DAYS_A_MONTH = Decimal("30.4375")


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


def cash_of(sums: Mapping[CostCategory, Decimal]) -> Decimal:
    """Return a month's cash."""
    return sum((sums[category] for category in CASH_CATEGORIES), ZERO)


def cash_by_kind(lines: Collection[CostLine], months: Sequence[Month]) -> Mapping[Kind, Mapping[Month, Decimal]]:
    """Return the cash that is used up in each month, one-off and recurring."""
    return {kind: cash_by_month((line for line in lines if line.kind is kind), months, accrual) for kind in Kind}


def run_rate_lines(lines: Iterable[CostLine], after: Month) -> tuple[CostLine, ...]:
    """Return what recurs every month, in the month after the finish; yearly training left out."""
    return tuple(
        line
        for line in lines
        if line.month == after and line.kind is Kind.RECURRING and line.category is not CostCategory.TRAINING
    )


def internal_lines(lines: Iterable[CostLine], months: Months) -> tuple[CostLine, ...]:
    """Return the work of the company's own people within the plan."""
    last = months.all[-1]
    return tuple(line for line in lines if not line.is_cash and line.month <= last)


@dataclass(frozen=True, slots=True)
class Selection:
    """The cash that a figure is the sum of: what is used up in some months, of some kinds."""

    months: tuple[Month, ...]
    kinds: tuple[Kind, ...] = tuple(Kind)

    def holds(self, line: CostLine) -> bool:
        """Tell whether a line is part of it."""
        return line.is_cash and line.kind in self.kinds and line.month in self.months

    def sum_of(self, cash: Mapping[Kind, Mapping[Month, Decimal]]) -> Decimal:
        """Return its sum from the cash of each month by kind."""
        return total(cash[kind][month] for kind in self.kinds for month in self.months)


def selection_of(name: FigureName, months: Months, peak: Month) -> Selection:
    """Return the cash that a figure is about; `peak` is the dearest month."""
    first_year = months.horizon[:FIRST_YEAR_MONTHS]
    return {
        FigureName.FIRST_YEAR_BUDGET: Selection(first_year),
        FigureName.ONE_OFF_TOTAL: Selection(months.all, (Kind.ONE_OFF,)),
        FigureName.ONE_OFF_FIRST_YEAR: Selection(first_year, (Kind.ONE_OFF,)),
        FigureName.RECURRING_FIRST_YEAR: Selection(first_year, (Kind.RECURRING,)),
        FigureName.HORIZON_TOTAL: Selection(months.horizon),
        FigureName.PEAK_AMOUNT: Selection((peak,)),
    }[name]


def lines_of(name: FigureName, plan: Plan) -> tuple[CostLine, ...]:
    """Return the cost lines that a figure of a plan is the sum of; none for a plan that stopped."""
    if name is FigureName.RUN_RATE_MONTHLY:
        return plan.run_rate_lines
    months = Months(plan.horizon, plan.months)
    if name is FigureName.INTERNAL_VALUE:
        return internal_lines(plan.cost_lines, months)
    if plan.headlines is None:
        return ()
    selection = selection_of(name, months, plan.headlines.peak_month)
    return tuple(line for line in plan.cost_lines if selection.holds(line))


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
    """Return a team's person-days for tasks."""
    return sum((days_of(task, team) for task in tasks), Fraction(0))


def steering_days(lines: Iterable[CostLine], team: Team) -> Fraction:
    """Return a team's person-days for coordination."""
    return sum((line.quantity for line in lines if not line.task_id and line.price_id == RATES[team]), Fraction(0))


@dataclass(frozen=True, slots=True)
class Months:
    """The plan's months: its horizon, and all until the work is finished if that is longer."""

    horizon: tuple[Month, ...]
    all: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Costs:
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
    costs: Costs,
    calendar: WorkCalendar,
) -> Headlines:
    """Return the headline figures; cost lines reach at least one month past the finish."""
    lines = costs.shown
    finish = max(task.finish for task in tasks)
    cash = cash_by_kind(lines, months.all)
    peak = max(months.horizon, key=lambda month: Selection((month,)).sum_of(cash))

    def figure(name: FigureName) -> Decimal:
        return selection_of(name, months, peak).sum_of(cash)

    horizon_total = figure(FigureName.HORIZON_TOTAL)
    worked = [line for line in costs.all if line.month <= months.all[-1]]
    weeks = Fraction(calendar.count(start, finish), WORKING_DAYS_A_WEEK)
    internal, external = task_days(tasks, Team.INTERNAL), task_days(tasks, Team.EXTERNAL)
    people_months = scenario.company.employees * len(months.horizon)
    return Headlines(
        first_year_budget=figure(FigureName.FIRST_YEAR_BUDGET),
        one_off_total=figure(FigureName.ONE_OFF_TOTAL),
        one_off_first_year=figure(FigureName.ONE_OFF_FIRST_YEAR),
        recurring_first_year=figure(FigureName.RECURRING_FIRST_YEAR),
        run_rate_monthly=sum_of(run_rate_lines(lines, Month.of(finish).plus(1))),
        horizon_total=horizon_total,
        peak_month=peak,
        peak_amount=figure(FigureName.PEAK_AMOUNT),
        start_date=start,
        finish_date=finish,
        duration_months=duration_months(start, finish),
        internal_days=internal + steering_days(worked, Team.INTERNAL),
        external_days=external + steering_days(worked, Team.EXTERNAL),
        internal_value=sum_of(internal_lines(lines, months)),
        internal_days_per_week=capacity.internal,
        external_days_per_week=capacity.external,
        internal_days_per_week_average=internal / weeks,
        per_employee_month=round_half_up(Fraction(horizon_total) / people_months),
    )
