"""Sums of cost lines by month and category."""

from __future__ import annotations

from decimal import Decimal

from tests.builders import case, line, plan_for, scenario
from zt_planner.bootstrap import phase_model, price_book
from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.month import Month, months_from
from zt_planner.engine.costing.budget import accrual, cash_by_month, cash_of, payment, sums_by_month

JANUARY, FEBRUARY = Month(2027, 1), Month(2027, 2)
LINES = (
    line("2027-01", "100.00"),
    line("2027-01", "50.00", category=CostCategory.INTERNAL),
    line("2027-02", "20.00", kind=Kind.RECURRING, category=CostCategory.LICENCE, paid_in=JANUARY),
    line("2027-02", "7.00", kind=Kind.RECURRING, category=CostCategory.TRAINING),
    line("2027-02", None, kind=Kind.RECURRING),
    line("2027-03", "-5.00", kind=Kind.RECURRING),
)


def test_the_accrual_view_spreads_a_prepaid_line_and_the_payment_view_does_not() -> None:
    months = months_from(JANUARY, 2)
    assert cash_by_month(LINES, months, accrual) == {JANUARY: Decimal("100.00"), FEBRUARY: Decimal("27.00")}
    assert cash_by_month(LINES, months, payment) == {JANUARY: Decimal("120.00"), FEBRUARY: Decimal("7.00")}


def test_months_and_categories_add_up_to_the_horizon() -> None:
    plan = plan_for(case(scenario(), price_book(), phase_model()))
    sums = sums_by_month(plan.cost_lines, plan.horizon)
    assert sum((cash_of(month) for month in sums.values()), Decimal(0)) == plan.headlines.horizon_total
    first = sums_by_month(plan.cost_lines, plan.horizon[:1])
    assert first == {plan.horizon[0]: sums[plan.horizon[0]]}
    paid = sums_by_month((*plan.cost_lines, *plan.prepaid_tail), plan.months, payment)
    assert sum((cash_of(month) for month in paid.values()), Decimal(0)) >= plan.headlines.horizon_total
