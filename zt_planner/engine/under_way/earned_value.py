"""Money planned, booked and forecast, and the consultant's days earned and spent, on the status date (M27).

Law: what is forecast for a closed month is what was booked in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from zt_planner.domain.categories import CATEGORY_ORDER, CostCategory
from zt_planner.domain.money import ZERO
from zt_planner.domain.month import Month
from zt_planner.engine.costing.actuals import MonthCategory, bookings_of, closed_months, paid
from zt_planner.engine.plan import Plan


class MoneyRow(NamedTuple):
    """A category of cash in a month, in EUR, as paid.

    `planned` is as of the status date, None where something has no price; `actual` is what was booked, None where
    nothing is known; `forecast` is what counts: what was booked in a closed month, otherwise what is planned.
    """

    month: Month
    category: CostCategory
    planned: Decimal | None
    actual: Decimal | None
    forecast: Decimal
    is_closed: bool


class ExternalDays(NamedTuple):
    """Person-days of the consultant: planned for all tasks; earned and spent for those of which somebody counts them.

    `cpi` is earned per spent day, None where none is spent; `eac` is what all tasks take at that rate, None where
    nothing is earned.
    """

    planned: Fraction
    earned: Fraction
    spent: Fraction
    cpi: Fraction | None
    eac: Fraction | None


def money_status(plan: Plan) -> tuple[MoneyRow, ...]:
    """Return how a plan's money stands on its status date; no rows where nothing is booked and no month is closed."""
    status = plan.scenario.status
    return tuple(money_rows(plan)) if status.bookings or status.closed else ()


def money_rows(plan: Plan) -> Iterator[MoneyRow]:
    """Yield what is planned, booked and forecast, by month and category."""
    closed = closed_months(plan.scenario).intersection(plan.months)
    lines = [line for line in (*plan.cost_lines, *plan.prepaid_tail) if line.is_cash]
    planned = paid((*(line for line in lines if not line.is_actual), *plan.replaced_lines))
    booked: dict[MonthCategory, Decimal] = defaultdict(lambda: ZERO)
    for booking, amount in bookings_of(plan.scenario):
        booked[booking.cell] += amount
    forecast: dict[MonthCategory, Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        forecast[line.paid_in, line.category] += line.amount or ZERO
    for cell in sorted(planned.keys() | booked.keys(), key=lambda cell: (cell[0], CATEGORY_ORDER[cell[1]])):
        month = cell[0]
        actual = booked.get(cell, ZERO if month in closed else None)
        yield MoneyRow(*cell, planned.get(cell, ZERO), actual, forecast[cell], month in closed)


def external_days(plan: Plan) -> ExternalDays | None:
    """Return the consultant's days as planned, earned and spent; None where nobody counts them or nothing has begun.

    A task has earned its planned days by the share of its length that has passed.
    """
    records = plan.scenario.status.tasks
    earned, spent, counted = Fraction(0), Fraction(0), 0
    for task in plan.tasks:
        record = records.get(task.task.id)
        if record is None or record.spent_external is None:
            continue
        counted += 1
        earned += task.work.whole.external * task.passed_days / task.length_days
        spent += Fraction(record.spent_external)
    if not counted or not plan.scenario.status.is_under_way:
        return None
    planned = sum((task.work.whole.external for task in plan.tasks), Fraction(0))
    return ExternalDays(
        planned, earned, spent, earned / spent if spent else None, planned * spent / earned if earned else None
    )
