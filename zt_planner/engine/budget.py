"""Totals of cost lines and the headline figures (M16 to M18).

Every figure is a sum of cost lines, taken here and nowhere else. Laws: one-off
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
    LABOUR_CATEGORIES,
    Capacity,
    CostCategory,
    CostLine,
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

    from zt_planner.domain.scenario import Scenario
    from zt_planner.engine.calendar import WorkCalendar

FIRST_YEAR_MONTHS = 12
DAYS_A_MONTH = Decimal("30.4375")


def sum_of(lines: Iterable[CostLine]) -> Decimal:
    """Sum the amounts of lines; unpriced lines count nothing."""
    return total(line.amount for line in lines if line.amount is not None)


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


def accrual(line: CostLine) -> Month:
    """The month in which a line is used up."""
    return line.month


def payment(line: CostLine) -> Month:
    """The month in which a line's money leaves."""
    return line.paid_in


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
    first_year = months.horizon[:FIRST_YEAR_MONTHS]
    by_kind = cash_by_kind(lines, months.all)
    one_off, recurring = by_kind[Kind.ONE_OFF], by_kind[Kind.RECURRING]
    by_month = {month: one_off[month] + recurring[month] for month in months.horizon}
    peak_month = max(months.horizon, key=lambda month: by_month[month])
    horizon_total = total(by_month.values())
    within = [line for line in lines if line.month <= months.all[-1]]
    worked = [line for line in costs.all if line.month <= months.all[-1]]
    weeks = Fraction(calendar.count(start, finish), WORKING_DAYS_A_WEEK)
    internal, external = task_days(tasks, Team.INTERNAL), task_days(tasks, Team.EXTERNAL)
    people_months = scenario.company.employees * len(months.horizon)
    return Headlines(
        first_year_budget=total(by_month[month] for month in first_year),
        one_off_total=total(one_off.values()),
        one_off_first_year=total(one_off[month] for month in first_year),
        recurring_first_year=total(recurring[month] for month in first_year),
        run_rate_monthly=sum_of(run_rate_lines(lines, Month.of(finish).plus(1))),
        horizon_total=horizon_total,
        peak_month=peak_month,
        peak_amount=by_month[peak_month],
        start_date=start,
        finish_date=finish,
        duration_months=duration_months(start, finish),
        internal_days=internal + steering_days(worked, Team.INTERNAL),
        external_days=external + steering_days(worked, Team.EXTERNAL),
        internal_value=sum_of(line for line in within if not line.is_cash),
        internal_days_per_week=capacity.internal,
        external_days_per_week=capacity.external,
        internal_days_per_week_average=internal / weeks,
        per_employee_month=round_half_up(Fraction(horizon_total) / people_months),
    )
