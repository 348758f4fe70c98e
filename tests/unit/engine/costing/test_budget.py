"""Totals of cost lines and the headline figures (M16 to M18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.builders import book, line, model, plan, quiet, task
from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.month import Month, months_from
from zt_planner.domain.plan import FigureName
from zt_planner.engine.case import case_of
from zt_planner.engine.costing.budget import (
    Selection,
    accrual,
    cash_by_month,
    duration_months,
    payment,
    run_rate_lines,
    sum_of,
    sums_of,
)
from zt_planner.engine.plan import figure_lines, standstill_days
from zt_planner.engine.planner import build_plan

JANUARY, FEBRUARY = Month(2027, 1), Month(2027, 2)
LINES = (
    line("2027-01", "100.00"),
    line("2027-01", "50.00", category=CostCategory.INTERNAL),
    line("2027-02", "20.00", kind=Kind.RECURRING, category=CostCategory.LICENCE, paid_in=JANUARY),
    line("2027-02", "7.00", kind=Kind.RECURRING, category=CostCategory.TRAINING),
    line("2027-02", None, kind=Kind.RECURRING),
    line("2027-03", "-5.00", kind=Kind.RECURRING),
)


def test_a_selection_leaves_out_own_work_and_what_has_no_price() -> None:
    sums, months = sums_of(LINES), (JANUARY, FEBRUARY)
    assert Selection.of_all(months).sum_of(sums) == Decimal("127.00")
    assert Selection(again=months).sum_of(sums) == Decimal("27.00")
    assert Selection(months, months, (CostCategory.INTERNAL,)).sum_of(sums) == Decimal("50.00")
    assert [line.amount for line in LINES if Selection(once=months).holds(line)] == [Decimal("100.00")]


def test_the_accrual_view_spreads_a_prepaid_line_and_the_payment_view_does_not() -> None:
    months = months_from(JANUARY, 2)
    assert cash_by_month(LINES, months, accrual) == {JANUARY: Decimal("100.00"), FEBRUARY: Decimal("27.00")}
    assert cash_by_month(LINES, months, payment) == {JANUARY: Decimal("120.00"), FEBRUARY: Decimal("7.00")}


def test_the_run_rate_leaves_yearly_training_out() -> None:
    assert sum_of(run_rate_lines(LINES, FEBRUARY)) == Decimal("20.00")
    assert sum_of(run_rate_lines(LINES, Month(2027, 3))) == Decimal("-5.00")


@pytest.mark.parametrize(
    ("start", "finish", "months"),
    [
        (date(2027, 1, 4), date(2027, 9, 27), "8.8"),  # 267 days / 30.4375 = 8.77
        (date(2027, 1, 4), date(2027, 1, 4), "0.0"),  # 1 / 30.4375 = 0.03
        (date(2027, 1, 1), date(2027, 12, 31), "12.0"),
    ],
)
def test_the_duration_counts_both_ends_to_one_place(start: date, finish: date, months: str) -> None:
    assert str(duration_months(start, finish)) == months


def test_a_plan_that_stopped_has_no_lines_to_add_up() -> None:
    stopped = plan(quiet(), book(), model(task("gone", days=0)))
    assert [figure_lines(name, stopped) for name in FigureName] == [()] * len(FigureName)


@pytest.mark.parametrize(
    ("day_cost", "days"), [(400, "1.0"), ("399.99", "1.1"), (100, "4.0"), (8_000, "0.1"), (None, None)]
)
def test_the_days_at_a_standstill_are_the_horizons_cost_by_a_days_rounded_up(
    day_cost: object, days: str | None
) -> None:
    made = plan(quiet(company__standstill_day_cost=day_cost), book(), model(task("one", days=1)))
    assert made.headlines is not None
    given = replace(made, headlines=replace(made.headlines, horizon_total=Decimal(400)))
    assert standstill_days(given) == (None if days is None else Decimal(days))


def test_where_labour_is_hidden_no_days_at_a_standstill_tell_it() -> None:
    given, stopped = quiet(company__standstill_day_cost=400), model(task("gone", days=0))
    hidden = build_plan(case_of(given, book(), model(task("one")), today=date(2026, 11, 24), shows_labour=False))
    assert standstill_days(hidden) is None
    assert standstill_days(plan(given, book(), stopped)) is None
