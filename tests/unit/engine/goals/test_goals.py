"""What is asked for: when a plan meets it, and what can be asked of no plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import book, case, model, plan, price, quiet, task
from zt_planner.engine.goals.changes import ENDLESS, mfa_days_later, plan_order
from zt_planner.engine.goals.question import Goals, check_goals
from zt_planner.engine.plan import AnyPlan, StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.promise import known_first_year, promised_finish, promised_first_year
from zt_planner.errors import GoalRefused

TODAY, START = date(2026, 11, 6), date(2027, 1, 4)
SUITE = price("suite", "0", grants=("office", "mail"))
PLAN = plan(quiet(), book(), model(task("a", days=5, external_share=0)))
"""Five days of internal work from Monday, 4 January: finished on the Friday; what licences cost is not known."""


def meets(goals: Goals, asked: AnyPlan) -> bool:
    return goals.met_by(promised_finish(asked), promised_first_year(asked))


def test_a_day_is_met_by_the_finish_that_is_promised_not_by_that_of_the_plan() -> None:
    drawn = plan(quiet(timeline__confidence=0.8), book(), model(task("a", days=5, external_share=0, low=1, high=2)))
    promised = promised_finish(drawn)
    assert promised is not None
    assert promised > drawn.headlines.finish_date == date(2027, 1, 8)
    assert not meets(Goals(date(2027, 1, 8)), drawn)
    assert meets(Goals(promised), drawn)


def test_an_amount_is_met_by_the_first_year_that_is_promised_not_by_that_of_the_plan() -> None:
    work = model(task("a", days=5, external_share=1, low=1, high=2))
    drawn = plan(quiet(timeline__confidence=0.8, labour__external_day_rate=1000), book(SUITE), work)
    promised = promised_first_year(drawn)
    assert promised is not None
    assert promised > drawn.headlines.first_year_budget
    assert not meets(Goals(first_year=promised - Decimal("0.01")), drawn)
    assert meets(Goals(first_year=promised), drawn)


def test_a_day_is_met_by_a_plan_that_is_finished_on_it() -> None:
    assert meets(Goals(date(2027, 1, 8)), PLAN)
    assert not meets(Goals(date(2027, 1, 7)), PLAN)


def test_an_amount_is_met_by_a_plan_that_costs_just_that() -> None:
    free = plan(quiet(labour__external_day_rate=1000), book(SUITE), model(task("a", days=5, external_share=1)))
    budget = free.headlines.first_year_budget
    assert budget > 0
    assert meets(Goals(first_year=budget), free)
    assert not meets(Goals(first_year=budget - Decimal("0.01")), free)


def test_a_missing_price_meets_no_amount_and_any_day() -> None:
    assert not meets(Goals(first_year=Decimal(10**9)), PLAN)
    assert meets(Goals(date(2027, 1, 8)), PLAN)


def test_a_plan_without_a_schedule_meets_nothing() -> None:
    endless = build_plan(case(quiet(timeline__internal_days_per_week=0.25), book(), model(task("a", days=5000))))
    assert isinstance(endless, StoppedPlan)
    assert not meets(Goals(date(2099, 12, 31)), endless)
    assert not meets(Goals(first_year=Decimal(1)), endless)
    assert not meets(Goals(), endless)
    assert known_first_year(endless) is None
    assert plan_order(endless) == (ENDLESS, ENDLESS)


@pytest.mark.parametrize(
    ("goals", "text"),
    [
        (Goals(), "No goal is given. Enter a day, an amount, or both."),
        (Goals(date(2026, 11, 5)), "2026-11-05 is over. Enter 2027-01-04 or a later day."),
        (
            Goals(date(2027, 1, 3)),
            "The plan starts on 2027-01-04 only, after 2027-01-03. Enter 2027-01-04 or a later day.",
        ),
        (Goals(date(2101, 1, 1)), "No plan reaches to 2101-01-01. Enter 2100-12-31 or an earlier day."),
        (Goals(first_year=Decimal(0)), "An amount of 0 for the first year pays for nothing. Enter an amount above 0."),
        (Goals(first_year=Decimal(-5)), "An amount of -5 for the first year pays for nothing."),
        (Goals(first_year=Decimal("NaN")), "'NaN' is not an amount. Write it as 110000 or 110000.00."),
        (Goals(first_year=Decimal("sNaN")), "'sNaN' is not an amount."),
        (Goals(first_year=Decimal("Infinity")), "'Infinity' is not an amount."),
        (
            Goals(first_year=Decimal("1e13")),
            "1E+13 is above the limit. Enter an amount up to 999999999999.99.",
        ),
        (Goals(first_year=Decimal("0.001")), "0.001 has fractions of a cent. Write at most two decimals."),
        (Goals(date(2027, 6, 30), Decimal(0)), "Enter an amount above 0."),
    ],
)
def test_what_can_be_asked_of_no_plan_is_refused_in_words(goals: Goals, text: str) -> None:
    with pytest.raises(GoalRefused) as refused:
        check_goals(goals, START, TODAY)
    assert text in str(refused.value)


@pytest.mark.parametrize(
    "goals", [Goals(START), Goals(first_year=Decimal("0.01")), Goals(date(2100, 12, 31), Decimal(1))]
)
def test_what_can_be_asked_is_let_through(goals: Goals) -> None:
    check_goals(goals, START, TODAY)


def test_a_plan_that_has_begun_can_be_asked_for_a_day_from_today_on() -> None:
    check_goals(Goals(TODAY), date(2026, 1, 5), TODAY)
    with pytest.raises(GoalRefused, match="Enter 2026-11-06 or a later day"):
        check_goals(Goals(date(2026, 11, 5)), date(2026, 1, 5), TODAY)


def test_mfa_is_later_where_both_plans_have_its_day() -> None:
    soon, late = (plan(quiet(), book(), model(task("mfa_rollout", days=days))) for days in (2, 3))
    assert mfa_days_later(soon, late)
    assert not mfa_days_later(late, soon)
    assert not mfa_days_later(soon, soon)
    assert not mfa_days_later(PLAN, late)
    assert not mfa_days_later(soon, PLAN)
