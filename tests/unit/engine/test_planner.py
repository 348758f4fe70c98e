"""A plan is built from a scenario, a price book and a phase model, and from nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import SIGN_IN, SUITE, book, model, plan, price, quiet, scenario, task
from zt_planner.domain.finding import Code
from zt_planner.domain.month import Month
from zt_planner.domain.plan import Kind, Plan
from zt_planner.engine.planner import build_plan
from zt_planner.errors import ScenarioError
from zt_planner.language import language_for
from zt_planner.reports.words.sentence import headline_sentence

OWN = price("internal-day", 500, category="labour", unit="day", term="one_off", vendor="labour")
SHELF = (
    price("suite", 10, grants=(*SUITE, *SIGN_IN), term="annual_prepaid"),
    price("awareness-user", 12, vendor="various", unit="user", term="one_off", category="training"),
    OWN,
)
ROLLOUT = model(task("mfa_rollout", days=2, needs=("mfa",)), task("wait", wait_weeks=1, after=("mfa_rollout",)))
NO_STEERING = {"labour__coordination_days_per_month": {"internal": 0, "external": 0}}


def cash(found: Plan, month: str) -> Decimal:
    """Return the cash of a month."""
    lines = (line.amount for line in found.cost_lines if str(line.month) == month and line.is_cash)
    return sum((amount for amount in lines if amount is not None), Decimal(0))


def test_a_plan_without_a_start_begins_in_the_month_after_next() -> None:
    found = build_plan(scenario(), book(), ROLLOUT, today=date(2026, 11, 24))
    assert found.scenario.timeline.start == date(2027, 1, 4)
    assert found.horizon[0] == Month(2027, 1)


def test_a_scenario_that_names_an_unknown_price_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"prices\.overrides\.unknown"):
        plan(scenario(prices__overrides={"unknown": 1}), book(), ROLLOUT)


def test_tasks_carry_their_waits_and_predecessors() -> None:
    first, second = plan(quiet(), book(), ROLLOUT).tasks
    assert (first.wait_until, first.after) == (None, ())
    assert (second.wait_until, second.after) == (date(2027, 1, 13), ("mfa_rollout",))


def test_tasks_that_fell_away_are_named() -> None:
    found = plan(quiet(), book(), model(task("a"), task("gone", days=0)))
    assert found.fallen_away == ("gone",)


def test_a_model_without_any_task_left_stops_without_a_schedule() -> None:
    found = plan(quiet(), book(), model(task("gone", days=0)))
    assert (found.headlines, found.tasks, found.cost_lines) == (None, (), ())
    assert found.is_blocked
    assert Code.TIMELINE_NO_WORK in {finding.code for finding in found.findings}
    assert Code.TIMELINE_TOO_LONG not in {finding.code for finding in found.findings}
    assert headline_sentence(found, language_for("en")) == "Zero Trust for 120 people: there is no work to plan."


def test_a_plan_that_runs_too_long_stops_with_a_blocking_finding() -> None:
    found = plan(quiet(), book(), model(task("a", min_length_days=6000)))
    assert found.findings[0].code is Code.TIMELINE_TOO_LONG
    assert found.headlines is None
    assert not found.is_complete


def test_licences_without_a_mix_are_unpriced_and_the_plan_is_incomplete() -> None:
    found = plan(quiet(), book(OWN), ROLLOUT)
    assert found.mix is None
    assert {line.price_id for line in found.cost_lines if line.amount is None} >= {"licences", "awareness-user"}
    assert not found.is_complete


def test_a_plan_that_needs_no_licence_has_no_licence_lines() -> None:
    found = plan(quiet(), book(OWN), model(task("a")))
    assert all(line.category != "licence" for line in found.cost_lines)


def test_the_first_year_is_what_is_used_up_in_its_twelve_months() -> None:
    found = plan(quiet(company__employees=50, **NO_STEERING), book(*SHELF), ROLLOUT)
    # 50 x 10.50 x 12 licences, 50 x 12 training and 15 % of it as contingency
    assert found.headlines is not None
    assert found.headlines.first_year_budget == Decimal("6990.00")
    assert found.headlines.one_off_first_year == Decimal("690.00")
    assert found.headlines.recurring_first_year == Decimal("6300.00")
    assert found.headlines.run_rate_monthly == Decimal("525.00")
    # own work: three days of 500.00
    assert found.headlines.internal_value == Decimal("1500.00")
    assert found.headlines.internal_days == 3


def test_a_prepaid_term_that_reaches_past_the_plan_is_paid_within_it() -> None:
    given = quiet(
        timeline__start="2027-01-11",
        company__employees=50,
        choices__billing="annual_prepaid",
        finance__horizon_months=13,
    )
    found = plan(given, book(*SHELF), ROLLOUT)
    # January 2028 begins the second year; its other eleven months lie after the horizon.
    assert {str(line.paid_in) for line in found.prepaid_tail} == {"2028-01"}
    assert sum((line.amount for line in found.prepaid_tail if line.amount), Decimal(0)) == 11 * 500
    assert all(line.month <= found.months[-1] for line in found.cost_lines)


def test_a_plan_that_outlasts_its_horizon_has_all_its_months() -> None:
    found = plan(quiet(finance__horizon_months=12), book(*SHELF), model(task("a", days=300)))
    assert (len(found.horizon), str(found.months[-1])) == (12, "2028-02")
    assert found.headlines is not None
    assert found.headlines.one_off_total == found.headlines.one_off_first_year + sum(
        cash(found, month) for month in ("2028-01", "2028-02")
    )


def test_lines_are_ordered_by_month() -> None:
    found = plan(quiet(), book(*SHELF), ROLLOUT)
    assert [line.month for line in found.cost_lines] == sorted(line.month for line in found.cost_lines)
    assert {line.kind for line in found.cost_lines} == {Kind.ONE_OFF, Kind.RECURRING}


def test_a_late_phase_moves_its_licences() -> None:
    early = plan(quiet(), book(*SHELF), ROLLOUT)
    late = plan(
        quiet(),
        book(*SHELF),
        model(
            task("before", days=21),
            *(found.model_copy(update={"after": (*found.after, "before")}) for found in ROLLOUT.tasks),
        ),
    )
    assert min(line.month for line in early.cost_lines if line.price_id == "suite") == Month(2027, 1)
    assert min(line.month for line in late.cost_lines if line.price_id == "suite") == Month(2027, 2)


def test_a_plan_without_labour_counts_days_and_no_money_for_them() -> None:
    given = quiet(
        company__employees=50,
        labour__internal_day_cost=777,
        labour__external_day_rate=888,
        prices__overrides={"internal-day": 999},
        finance__monthly_cap=1,
    )
    found = build_plan(given, book(*SHELF), ROLLOUT, today=date(2026, 11, 24), shows_labour=False)
    assert found.headlines is not None
    # 50 x 10.50 x 12 licences and 50 x 12 training: no work, and no contingency, which is a share of it
    assert found.headlines.first_year_budget == Decimal("6900.00")
    assert (found.headlines.internal_value, found.headlines.one_off_first_year) == (Decimal(0), Decimal(600))
    assert found.headlines.internal_days == plan(given, book(*SHELF), ROLLOUT).headlines.internal_days  # type: ignore[union-attr]
    assert {line.category for line in found.cost_lines} == {"licence", "training"}
    assert Code.FINANCE_CAP_EXCEEDED not in {finding.code for finding in found.findings}
    assert not any(rate in repr(found) for rate in ("777", "888", "999"))


def test_a_plan_without_labour_that_stops_holds_no_rate_either() -> None:
    given = quiet(labour__internal_day_cost=777, labour__external_day_rate=888)
    found = build_plan(given, book(), model(task("gone", days=0)), today=date(2026, 11, 24), shows_labour=False)
    assert not found.shows_labour
    assert not any(rate in repr(found) for rate in ("777", "888"))
