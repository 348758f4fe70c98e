"""A plan is built from a scenario, a price book and a phase model, and from nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.builders import (
    FREE_SUITE,
    NO_STEERING,
    SIGN_IN,
    SUITE,
    book,
    case,
    day_rate,
    model,
    plan,
    price,
    quiet,
    scenario,
    task,
)
from tests.words import ENGLISH, told
from zt_planner.domain.categories import Kind
from zt_planner.domain.finding import Code
from zt_planner.domain.month import Month
from zt_planner.engine.plan import StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.errors import ScenarioError
from zt_planner.topics.sentence import headline_sentence
from zt_planner.topics.view import StoppedView

OWN = day_rate("internal-day", 500)
SHELF = (
    price("suite", 10, grants=(*SUITE, *SIGN_IN), term="annual_prepaid"),
    price("awareness-user", 12, vendor="various", unit="user", term="one_off", category="training"),
    OWN,
)
ROLLOUT = model(
    task("mfa_rollout", days=2, needs=("mfa",), reach="everyone"), task("wait", wait_weeks=1, after=("mfa_rollout",))
)


def test_a_plan_without_a_start_begins_in_the_month_after_next() -> None:
    result = build_plan(case(scenario(), book(), ROLLOUT))
    assert result.scenario.timeline.start == date(2027, 1, 4)
    assert result.horizon[0] == Month(2027, 1)


def test_a_scenario_that_names_an_unknown_price_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"prices\.overrides\.unknown"):
        plan(scenario(prices__overrides={"unknown": 1}), book(), ROLLOUT)


def test_tasks_carry_their_waits_and_predecessors() -> None:
    first, second = plan(quiet(), book(), ROLLOUT).tasks
    assert (first.wait_until, first.after) == (None, ())
    assert (second.wait_until, second.after) == (date(2027, 1, 13), ("mfa_rollout",))


def test_tasks_that_fell_away_are_named() -> None:
    result = plan(quiet(), book(), model(task("a"), task("gone", days=0)))
    assert result.fallen_away == ("gone",)


def test_a_model_without_any_task_left_stops_without_a_schedule() -> None:
    result = build_plan(case(quiet(), book(), model(task("gone", days=0))))
    assert isinstance(result, StoppedPlan)
    assert (result.tasks, result.cost_lines, result.months) == ((), (), result.case.horizon)
    assert result.is_blocked
    assert Code.TIMELINE_NO_WORK in {finding.code for finding in result.findings}
    assert Code.TIMELINE_TOO_LONG not in {finding.code for finding in result.findings}
    said = told(headline_sentence(StoppedView(result, ENGLISH)))
    assert said == "Zero Trust for 120 people: there is no work to plan."


def test_a_plan_that_runs_too_long_stops_with_a_blocking_finding() -> None:
    long = model(task("a", min_length_days=5000), task("b", min_length_days=5000, after=("a",)))
    result = build_plan(case(quiet(), book(), long))
    assert isinstance(result, StoppedPlan)
    assert result.findings[0].code is Code.TIMELINE_TOO_LONG


def test_licences_without_a_mix_are_unpriced_and_the_plan_is_incomplete() -> None:
    result = plan(quiet(), book(OWN), ROLLOUT)
    assert result.mix is None
    assert {line.price_id for line in result.cost_lines if line.amount is None} >= {"licences", "awareness-user"}
    assert not result.is_complete


def test_a_plan_of_tasks_that_need_nothing_has_licences_from_the_month_of_the_finish() -> None:
    result = plan(quiet(), book(*SHELF), model(task("a", days=25)))
    # 25 working days from Monday 4 January end on Friday 5 February.
    licences = [line for line in result.cost_lines if line.category == "licence"]
    assert {(line.task_id, line.month >= Month(2027, 2)) for line in licences} == {("a", True)}
    assert min(line.month for line in licences) == result.licence_month == Month(2027, 2)


def test_the_first_year_is_what_is_used_up_in_its_twelve_months() -> None:
    result = plan(quiet(company__employees=50, **NO_STEERING), book(*SHELF), ROLLOUT)
    # 50 x 10.50 x 12 licences, 50 x 12 training and 15 % of it as contingency
    assert result.headlines.first_year_budget == Decimal("6990.00")
    assert result.headlines.one_off_first_year == Decimal("690.00")
    assert result.headlines.recurring_first_year == Decimal("6300.00")
    assert result.headlines.run_rate_monthly == Decimal("525.00")
    # own work: 0.70 x three days of 500.00
    assert result.headlines.internal_value == Decimal("1050.00")
    assert result.headlines.internal_days == Fraction("2.1")


def test_a_prepaid_term_that_reaches_past_the_plan_is_paid_within_it() -> None:
    given = quiet(
        timeline__start="2027-01-11",
        company__employees=50,
        choices__billing="annual_prepaid",
        finance__horizon_months=13,
    )
    result = plan(given, book(*SHELF), ROLLOUT)
    # January 2028 begins the second year; its other eleven months lie after the horizon.
    assert {str(line.paid_in) for line in result.prepaid_tail} == {"2028-01"}
    assert sum((line.amount for line in result.prepaid_tail if line.amount), Decimal(0)) == 11 * 500
    assert all(line.month <= result.months[-1] for line in result.cost_lines)


def test_a_plan_that_outlasts_its_horizon_has_all_its_months() -> None:
    result = plan(quiet(finance__horizon_months=12), book(*SHELF), model(task("a", days=300)))
    assert (len(result.horizon), str(result.months[-1])) == (12, "2028-02")


LONG = model(task("mfa_rollout", days=300, needs=("mfa",), reach="everyone", external_share="0.5", min_length_days=300))
EXTERNAL = day_rate("external-day", 1000)


def test_the_budget_of_the_introduction_holds_what_falls_after_the_first_year() -> None:
    given = quiet(finance__horizon_months=12, finance__contingency=0, company__employees=120, **NO_STEERING)
    figures = plan(given, book(*SHELF, EXTERNAL), LONG).headlines
    assert figures is not None
    # 300 working days from 4 January 2027: 150 external days of 1,000.00 each, 260 of them and a year's licences and
    # training in 2027, the others in January and February 2028. 260 / 300 x 150,000.00 = 130,000.00
    licences, training = 120 * Decimal("10.50") * 12, 120 * 12
    assert figures.one_off_total == 150_000 + training
    assert figures.one_off_first_year == 130_000 + training
    assert figures.recurring_first_year == licences
    assert figures.first_year_budget == figures.one_off_first_year + licences
    assert figures.introduction_budget == figures.one_off_total + licences


def test_a_plan_that_ends_within_twelve_months_has_one_budget() -> None:
    figures = plan(quiet(company__employees=50), book(*SHELF, EXTERNAL), ROLLOUT).headlines
    assert figures is not None
    assert figures.introduction_budget == figures.first_year_budget


def test_everyone_has_mfa_with_the_later_of_the_roll_out_and_remote_access() -> None:
    tasks = (
        task("mfa_rollout", days=2, head_start_days=50),
        task("remote_mfa", days=3, after=["mfa_rollout"], head_start_days=50),
        task("later", days=9),
    )
    figures = [plan(quiet(), book(FREE_SUITE), model(*item)).headlines for item in (tasks, tasks[:1], tasks[2:])]
    # Two days from Monday, then three.
    assert [figure.mfa_date for figure in figures if figure] == [date(2027, 1, 8), date(2027, 1, 5), None]


@pytest.mark.parametrize(
    ("company", "month"),
    [
        ({}, Month(2027, 1)),
        # Standard grants mail, office and MFA: what it lacks begins with Conditional Access.
        ({"company__owned_licences": [{"licence": "standard"}]}, Month(2027, 3)),
    ],
)
def test_who_owns_a_licence_pays_for_the_next_one_when_a_task_needs_it(company: dict[str, str], month: Month) -> None:
    shelf = (*SHELF, price("standard", 6, grants=(*SUITE, "mfa")))
    tasks = model(
        task("mfa_rollout", days=2, needs=("mfa",), reach="everyone"),
        task("wait", days=50, after=["mfa_rollout"]),
        task("conditional_access", needs=("conditional_access",), reach="everyone", after=["wait"]),
    )
    result = plan(quiet(**company), book(*shelf), tasks)
    bought = [line for line in result.cost_lines if line.price_id == "suite"]
    credited = [line for line in result.cost_lines if line.price_id == "standard"]
    assert min(line.month for line in bought) == month == result.licence_month
    assert {line.month for line in credited} == ({line.month for line in bought} if company else set())


def test_lines_are_ordered_by_month() -> None:
    result = plan(quiet(), book(*SHELF), ROLLOUT)
    assert [line.month for line in result.cost_lines] == sorted(line.month for line in result.cost_lines)
    assert {line.kind for line in result.cost_lines} == {Kind.ONE_OFF, Kind.RECURRING}


def test_a_late_phase_moves_its_licences() -> None:
    early = plan(quiet(), book(*SHELF), ROLLOUT)
    late = plan(
        quiet(),
        book(*SHELF),
        model(
            task("before", days=21),
            *(task.model_copy(update={"after": (*task.after, "before")}) for task in ROLLOUT.tasks),
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
    result = plan(given, book(*SHELF), ROLLOUT, shows_labour=False)
    # 50 x 10.50 x 12 licences and 50 x 12 training: no work, and no contingency, which is a share of it
    assert result.headlines.first_year_budget == Decimal("6900.00")
    assert (result.headlines.internal_value, result.headlines.one_off_first_year) == (Decimal(0), Decimal(600))
    assert result.headlines.internal_days == plan(given, book(*SHELF), ROLLOUT).headlines.internal_days
    assert {line.category for line in result.cost_lines} == {"licence", "training"}
    assert Code.FINANCE_CAP_EXCEEDED not in {finding.code for finding in result.findings}
    assert not any(rate in repr(result) for rate in ("777", "888", "999"))


def test_a_plan_without_labour_that_stops_holds_no_rate_either() -> None:
    given = quiet(labour__internal_day_cost=777, labour__external_day_rate=888)
    result = build_plan(case(given, book(), model(task("gone", days=0)), shows_labour=False))
    assert not result.shows_labour
    assert not any(rate in repr(result) for rate in ("777", "888"))
