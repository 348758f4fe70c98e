"""Sums of cost lines, by month and category.

Laws: the months of a budget add up to its total; the budget of two sets of lines is the sum of their budgets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from zt_planner.domain.categories import CASH_CATEGORIES, CostCategory
from zt_planner.domain.money import ZERO, total
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine


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
    return sum((sums[category] for category in CASH_CATEGORIES), ZERO)
