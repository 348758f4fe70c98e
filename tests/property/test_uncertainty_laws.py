"""Where nothing is uncertain every draw is the plan, and every draw costs what the engine says of its dates."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import case
from tests.property.any_plan import MODEL, SHIPPED, any_scenario, planned
from tests.property.strategies import scenarios
from zt_planner.domain.categories import CostCategory, Kind
from zt_planner.domain.money import from_cents
from zt_planner.domain.plan import ByTeam
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.case_schedule import planned_schedule
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.costing.labour import coordination_of
from zt_planner.engine.licensing.licences import license_company
from zt_planner.engine.plan import Plan
from zt_planner.engine.planner import cost_lines, licence_seats, months_until
from zt_planner.engine.scheduling.calendar import calendar_of
from zt_planner.engine.simulation.dates import DateDraws
from zt_planner.engine.simulation.draws import RandomSource
from zt_planner.engine.simulation.ranges import EFFORT, WAIT
from zt_planner.engine.simulation.result import SimulationModel, estimate_of, simulate

CERTAIN = (1, 1)


def certain(scenario: Scenario) -> Scenario:
    """Return a scenario without any range."""
    values: dict[str, Any] = scenario.model_dump()
    values["uncertainty"]["effort_ranges"] = dict.fromkeys(MODEL.by_id, CERTAIN)
    values["uncertainty"]["wait_ranges"] = dict.fromkeys(MODEL.by_id, CERTAIN)
    values["uncertainty"]["price_ranges"] = {}
    for task in values["tasks"]["own"].values():
        task |= {"low": 1, "high": 1}
    return Scenario.model_validate(values)


@given(scenario=any_scenario, shows_labour=st.booleans())
@pytest.mark.extended
def test_where_nothing_is_uncertain_every_draw_is_the_plan(scenario: Scenario, *, shows_labour: bool) -> None:
    plan = planned(certain(scenario), shows_labour=shows_labour)
    result = simulate(plan, draws=6)
    assert {result.axis.day(int(index)) for index in result.finish} == {plan.headlines.finish_date}
    drawn = (result.introduction, result.first_year, result.horizon)
    assert tuple(set(cents.tolist()) for cents in drawn) == tuple(
        {amount} for amount in estimate_of(plan, plan.headlines)
    )
    assert result.mfa_at(0.5) == plan.headlines.mfa_date
    assert result.chance(budget=plan.headlines.introduction_budget, by=plan.headlines.finish_date) == 1


SINGLE = 2.0**-23
"""How exactly a draw keeps an amount, beside the cent that each line is rounded by: days of work are of 24 bits."""


@given(scenario=any_scenario)
def test_the_estimate_has_the_plans_dates_and_critical_tasks(scenario: Scenario) -> None:
    plan = planned(scenario)
    model = SimulationModel(plan)
    dates, money = model.page(RandomSource(1, 0.3).factors)
    for drawn, amount in zip(money, estimate_of(plan, plan.headlines), strict=True):
        assert abs(drawn[0] - amount) <= len(plan.cost_lines) + abs(amount) * SINGLE
    critical = model.order.is_critical(dates)
    for number, task in enumerate(model.order.tasks):
        assert model.order.axis.day(int(dates.starts[number][0])) == task.start
        assert model.order.axis.day(int(dates.ends[number][0]) - 1) == task.finish
        assert bool(critical[number][0]) == task.is_critical, task.task.id


def drawn_plan(plan: Plan, model: SimulationModel, draw: int) -> tuple[list[Decimal], int]:
    """Return introduction, first year and horizon of a draw, as the engine costs it, and how many lines that takes.

    What recurs counts for the introduction in the months in which the plan has it (M22).
    """
    source = RandomSource(plan.scenario.uncertainty.seed, float(plan.scenario.uncertainty.correlation))
    dates, _ = model.page(source.factors)
    axis, tasks = model.order.axis, []
    for number, task in enumerate(model.order.tasks):
        name = EFFORT + task.task.id
        result = model.distributions.get(name)
        factor = 1.0 if result is None else float(result.values(source.deviates(name, 0))[draw])
        start, finish = int(dates.starts[number][draw]), int(dates.ends[number][draw]) - 1
        drawn = replace(
            task,
            start=axis.day(start),
            finish=axis.day(finish),
            length_days=finish - start + 1,
            work=task.work._replace(whole=ByTeam(*(days * Fraction(factor) for days in task.work.whole))),
        )
        tasks.append(drawn)
    in_order = tuple(sorted(tasks, key=lambda task: list(MODEL.by_id).index(task.task.id)))
    inputs = case(plan.scenario, SHIPPED, MODEL)
    schedule = cast("Any", SimpleNamespace(finish=max(task.finish for task in tasks)))
    schedule.calendar = calendar_of(inputs.scenario.timeline, inputs.start)
    assert plan.licence_month is not None
    licensing = license_company(inputs.scenario, inputs.tasks, inputs.prices, plan.licence_month)
    months = months_until(inputs, schedule.finish)
    seats = licence_seats(inputs, in_order, licensing, schedule.finish)
    coordination = coordination_of(inputs.scenario, inputs.size.parameters, in_order, schedule.calendar)
    lines = cost_lines(inputs, in_order, seats, coordination, months, schedule)
    spent = [line for line in lines if line.is_cash and line.category is not CostCategory.CONTINGENCY]
    first_year, horizon = frozenset(inputs.horizon[:12]), frozenset(inputs.horizon)
    sums = (
        sum_of(line for line in spent if line.kind is Kind.ONE_OFF) + plan.headlines.recurring_first_year,
        sum_of(line for line in spent if line.month in first_year),
        sum_of(line for line in spent if line.month in horizon),
    )
    return list(sums), len(lines)


@given(scenario=scenarios(SHIPPED), draw=st.integers(1, 200))
@pytest.mark.extended
def test_a_draw_costs_what_the_engine_says_of_its_dates_and_efforts(scenario: Scenario, draw: int) -> None:
    plan = planned(scenario.changed("uncertainty.price_ranges", {}))
    if plan.mix is None:
        return
    result = simulate(plan, draws=200)
    if int(result.finish[draw - 1]) >= result.axis.last:
        return
    sums, lines = drawn_plan(plan, SimulationModel(plan), draw)
    cent = Decimal("0.01") * (lines + len(plan.cost_lines))
    for drawn, amount in zip((result.introduction, result.first_year, result.horizon), sums, strict=True):
        assert abs(from_cents(int(drawn[draw - 1])) - amount) <= cent + abs(amount) * Decimal(SINGLE)


@given(scenario=any_scenario)
def test_the_search_for_a_team_sees_the_finishes_that_the_plan_will_have(scenario: Scenario) -> None:
    plan = planned(scenario.changed("status.at", None))
    schedule = planned_schedule(plan.case)
    assert schedule is not None
    if schedule.network.task_works:
        draws = DateDraws(plan.case, schedule.network, schedule.calendar, schedule.first, 0.8)
        finishes = draws.finishes(schedule.teams, schedule.placement, 50)
        assert np.array_equal(finishes, simulate(plan, draws=50).finish)


@given(scenario=any_scenario)
def test_where_all_that_is_more_is_done_by_more_days_a_week_only_waits_move_a_date(scenario: Scenario) -> None:
    given = scenario.changed("uncertainty.reaction", 1).changed("status.at", None)
    given = given.changed("uncertainty.wait_ranges", dict.fromkeys(MODEL.by_id, CERTAIN))
    plan = planned(given)
    result = simulate(plan, draws=20)
    if plan.tasks:
        assert {result.axis.day(int(index)) for index in result.finish} == {plan.headlines.finish_date}


@given(scenario=any_scenario)
def test_what_was_done_before_is_in_no_draw(scenario: Scenario) -> None:
    plan = planned(scenario)
    drawn = {name.partition(":")[2] for name in SimulationModel(plan).distributions if name.startswith((EFFORT, WAIT))}
    assert drawn <= {task.task.id for task in plan.tasks}
    assert drawn.isdisjoint(task.id for task in plan.case.done)


@given(scenario=any_scenario, shares=st.lists(st.integers(1, 99).map(lambda n: n / 100), min_size=2, max_size=2))
def test_more_money_and_later_dates_are_never_less_likely(scenario: Scenario, shares: list[float]) -> None:
    plan = planned(scenario)
    result = simulate(plan, draws=500)
    low, high = sorted(shares)
    assert result.introduction_at(low) <= result.introduction_at(high)
    assert result.finish_at(low) <= result.finish_at(high)
    early, late = result.finish_at(low), result.finish_at(high)
    budget = result.introduction_at(high)
    assert result.chance(budget=result.introduction_at(low), by=early) <= result.chance(budget=budget, by=late)
    assert result.chance(budget=budget) >= high
    needed = result.budget_for(low, late)
    if needed is None:
        assert result.chance(by=late) < low
    else:
        assert result.chance(budget=needed, by=late) >= low
        assert result.chance(budget=needed - Decimal("0.01"), by=late) < low
