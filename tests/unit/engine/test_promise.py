"""What is promised: percentiles of the draws, and the plan's own figures where there are none (M34)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests import builders
from tests.builders import FREE_SUITE, MONDAY, book, case, day_rate, model, plan_for, quiet, task
from zt_planner.domain.data.phase_model import PhaseModel
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.finding import Binds, Code
from zt_planner.domain.money import up_to_thousands
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import Plan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.promise import (
    Promise,
    PromisedFigure,
    WhyOwnFigures,
    drawn_promise,
    promise_of,
    promised_finish,
    promised_first_year,
)
from zt_planner.engine.simulation.drivers import Drivers, drivers_of
from zt_planner.engine.simulation.result import simulate

CONSULTANT = day_rate("external-day", 1000)
RATES = book(CONSULTANT, day_rate("internal-day", 500), FREE_SUITE)
SHARED = task("remote_mfa", days=20, low=0.5, high=2, external_share="0.5")
SATURDAY = date(2027, 1, 2)


def made(*tasks: Any, shows_labour: bool = True, prices: PriceBook = RATES, **fields: Any) -> Plan:  # noqa: ANN401 - tasks and fields
    """Return the plan of twenty days of work, half of them the consultant's: ten working days."""
    plain = {"choices__monitoring": "none", "finance__contingency": 0}
    given = quiet(**{**plain, **fields})
    kept = case(given, prices, model(*(tasks or (SHARED,))), shows_labour=shows_labour)
    return plan_for(kept)


def promised(plan: Plan) -> Promise:
    """Return what a plan and its draws promise; the finish is the same without their costs."""
    result = promise_of(plan, simulate(plan))
    assert promised_finish(plan) == result.finish
    assert promised_first_year(plan) == result.first_year
    assert drawn_promise(plan) is not None
    return result


def test_a_plan_beside_another_promises_what_it_does_alone() -> None:
    for confidence in ("planned", 0.8):
        plan = made(timeline__confidence=confidence)
        alone = promise_of(plan, simulate(plan))
        beside = drawn_promise(plan)
        assert beside is not None
        assert (beside.budget, beside.finish) == (alone.budget, alone.finish)
    endless = quiet(timeline__start="2099-12-01", timeline__mode="capacity")
    assert drawn_promise(build_plan(case(endless, RATES, model(task("a", days=900))))) is None


@pytest.mark.parametrize(("confidence", "share"), [(0.5, 0.5), (0.8, 0.8), (0.9, 0.9)])
def test_a_confidence_promises_its_percentile_of_each_figure(confidence: float, share: float) -> None:
    plan = made(timeline__confidence=confidence)
    drawn = simulate(plan)
    result = promise_of(plan, drawn)
    assert (result.finish, result.mfa) == (drawn.finish_at(share), drawn.mfa_at(share))
    assert result.budget == max(drawn.introduction_at(share), plan.headlines.introduction_budget)
    assert result.internal_days == drawn.internal_days_at(share)
    assert result.first_year == max(drawn.first_year_at(share), plan.headlines.first_year_budget)
    assert (result.why_planned_budget, result.why_planned_finish) == (None, None)
    together = drawn.chance(budget=up_to_thousands(result.budget), by=result.finish)
    assert result.sure_both_chance == together
    # Half of the draws keep the work as it is planned; none of it is coordination or reserve that could be used up.
    assert result.finish_chance == pytest.approx(0.5, abs=0.001)
    assert result.budget_chance == pytest.approx(0.5, abs=0.001)
    assert result.both_chance == pytest.approx(0.5, abs=0.001)


def test_a_budget_that_leads_is_never_below_the_plans_own() -> None:
    plan = made(finance__contingency=1)
    assert promised(plan).budget == plan.headlines.introduction_budget


def test_as_planned_leads_with_the_plans_own_figures_and_their_chances() -> None:
    plan = made(timeline__confidence="planned")
    result = promised(plan)
    assert (result.budget, result.finish) == (plan.headlines.introduction_budget, plan.headlines.finish_date)
    assert (result.why_planned_budget, result.why_planned_finish) == (WhyOwnFigures.ASKED, WhyOwnFigures.ASKED)
    assert result.both_chance is not None


def test_while_nothing_is_drawn_the_plans_own_figures_lead_without_a_chance() -> None:
    plan = made()
    result = promise_of(plan, None)
    assert (result.budget, result.finish) == (plan.headlines.introduction_budget, plan.headlines.finish_date)
    assert (result.why_planned_budget, result.why_planned_finish) == (WhyOwnFigures.NO_DRAWS, WhyOwnFigures.NO_DRAWS)
    assert (result.budget_chance, result.finish_chance, result.both_chance) == (None, None, None)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"prices": book(CONSULTANT)}, WhyOwnFigures.MISSING_PRICES),
        ({"shows_labour": False}, WhyOwnFigures.HIDDEN_RATES),
    ],
)
def test_without_prices_or_rates_the_budget_is_the_plans_and_the_date_a_percentile(
    fields: dict[str, Any], why: WhyOwnFigures
) -> None:
    plan = made(**fields)
    result, drawn = promised(plan), simulate(plan)
    assert (result.why_planned_budget, result.why_planned_finish) == (why, None)
    assert result.budget == plan.headlines["introduction_budget"].known
    assert result.finish == drawn.finish_at(0.8) > plan.headlines.finish_date
    assert (result.budget_chance, result.both_chance, result.sure_both_chance) == (None, None, None)
    assert result.first_year == (plan.headlines.first_year_budget if plan.shows_labour is False else None)
    assert result.finish_chance == drawn.chance(by=plan.headlines.finish_date)


def test_where_the_calendar_ends_before_the_percentile_the_date_is_the_plans() -> None:
    plan = made(task("work", days=4000, low=0.5, high=100, external_share="0.5"), uncertainty__reaction=0)
    result = promised(plan)
    assert (result.finish, result.why_planned_finish) == (plan.headlines.finish_date, WhyOwnFigures.NO_DATE)
    assert result.sure_both_chance is None
    assert result.why_planned_budget is None


@pytest.mark.parametrize("start", [MONDAY, SATURDAY])
def test_a_plan_of_which_everything_is_done_promises_its_own_figures(start: date) -> None:
    done = {key: {"done": 1} for key in ("remote_mfa", "other")}
    plan = made(SHARED, task("other"), tasks__edits=done, timeline__start=start)
    assert (plan.capacity.internal, plan.capacity.external) == (Decimal(0), Decimal(0))
    result = promised(plan)
    assert (result.finish, result.mfa, result.internal_days) == (start, start, Decimal(0))
    assert result.budget == plan.headlines.introduction_budget
    drawn = simulate(plan)
    assert (drawn.finish_at(0.8), drawn.mfa_at(0.8)) == (MONDAY, MONDAY)
    assert drivers_of(plan, drawn) == Drivers((), {}, {})


def test_mfa_that_was_there_before_is_promised_for_the_start() -> None:
    plan = made(SHARED, task("other", days=5, low=0.5, high=2), tasks__edits={"remote_mfa": {"done": 1}})
    assert promised(plan).mfa == MONDAY
    without = made(task("other"))
    assert promised(without).mfa is None


@pytest.mark.extended
def test_the_default_promises_more_than_it_plans(price_book: PriceBook, phase_model: PhaseModel) -> None:
    plan = builders.plan(Scenario(), price_book, phase_model)
    result = promised(plan)
    assert result.budget is not None
    assert Decimal(175_000) < result.budget < Decimal(195_000)
    assert date(2027, 12, 6) <= result.finish <= date(2027, 12, 20)
    # 1.25 to 1.32 planned durations after the start.
    days = [(day - MONDAY).days for day in (result.finish, plan.headlines.finish_date)]
    assert 1.25 < days[0] / days[1] < 1.32


def test_a_budget_that_is_drawn_is_told_in_thousands_that_are_enough() -> None:
    promise = promised(made())
    assert promise.budget is not None
    assert promise.rounded_budget == up_to_thousands(promise.budget)
    assert 0 <= promise.rounded_budget - promise.budget < 1000
    own = promised(made(timeline__confidence="planned"))
    assert own.rounded_budget == own.budget
    assert (promise.finish_at_confidence, own.finish_at_confidence) == (promise.finish, None)


def test_a_promised_figure_has_its_amount_from_the_promise_alone() -> None:
    plan = made()
    promise = promised(plan)
    rule = PromisedFigure.exact("finish_date", lambda each: each.finish)
    assert rule.among(plan, promise) == replace(plan.headlines["finish_date"], value=promise.finish)
    rule.amount(plan, plan.headlines)
    mfa = PromisedFigure.exact("mfa_date", lambda each: each.mfa)
    without = made(task("work", days=5))
    amount = mfa.among(without, promised(without))
    assert amount is not None
    assert amount.value is None


def test_a_deadline_that_nobody_keeps_is_answered_with_the_day_that_is_promised() -> None:
    plan = made(
        task("wait", days=1, wait_weeks=30, wait_low=15, wait_high=60),
        task("last", days=1, after=("wait",)),
        timeline__mode="deadline",
        timeline__target_months=8,
        timeline__confidence="0.8",
    )
    (finding,) = (found for found in plan.findings if found.code is Code.TIMELINE_DEADLINE_IMPOSSIBLE)
    assert plan.deadline is not None
    assert plan.headlines.finish_date < plan.deadline < promised(plan).finish
    assert finding.facts == {
        "deadline": plan.deadline,
        "finish": promised(plan).finish,
        "binds": Binds.WAITS,
        "sure": Decimal("0.8"),
    }
