"""Where nothing is uncertain every draw is the plan, and every draw costs what the engine says of its dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import case
from tests.property.strategies import scenarios
from zt_planner.catalog import load_phase_model, load_price_book
from zt_planner.domain.money import from_cents, to_cents
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.budget import first_year_of, sum_of
from zt_planner.engine.licensing.licences import license_company
from zt_planner.engine.licensing.seats import licence_month, starts_of
from zt_planner.engine.planner import build_plan, cost_lines, months_until
from zt_planner.engine.scheduling.calendar import calendar_of
from zt_planner.engine.simulation.draws import RandomSource
from zt_planner.engine.simulation.ranges import EFFORT
from zt_planner.engine.simulation.result import SimulationModel, simulate
from zt_planner.resources import data_dir

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan

SHIPPED, MODEL = load_price_book(data_dir()), load_phase_model(data_dir())
TODAY = date(2026, 11, 24)
CERTAIN = (1, 1)

any_scenario = scenarios(SHIPPED, tuple(MODEL.by_id))


def certain(scenario: Scenario) -> Scenario:
    """Return a scenario without any range."""
    values: dict[str, Any] = scenario.model_dump()
    values["uncertainty"]["effort_ranges"] = dict.fromkeys(MODEL.by_id, CERTAIN)
    values["uncertainty"]["wait_ranges"] = dict.fromkeys(MODEL.by_id, CERTAIN)
    values["uncertainty"]["price_ranges"] = {row.id: CERTAIN for row in SHIPPED.ranges}
    for task in values["tasks"]["own"].values():
        task |= {"low": 1, "high": 1}
    return Scenario.model_validate(values)


@given(scenario=any_scenario, shows_labour=st.booleans())
@settings(max_examples=15)
@pytest.mark.extended
def test_where_nothing_is_uncertain_every_draw_is_the_plan(scenario: Scenario, *, shows_labour: bool) -> None:
    plan = build_plan(certain(scenario), SHIPPED, MODEL, today=TODAY, shows_labour=shows_labour)
    found = simulate(plan, SHIPPED, draws=6)
    if plan.headlines is None:
        assert found is None
        return
    assert found is not None
    assert {found.axis.day(int(index)) for index in found.finish} == {plan.headlines.finish_date}
    assert set(found.first_year.tolist()) == {to_cents(plan.headlines.first_year_budget)}
    assert set(found.horizon.tolist()) == {to_cents(plan.headlines.horizon_total)}
    assert found.chance(budget=plan.headlines.first_year_budget, by=plan.headlines.finish_date) == 1


SINGLE = 2.0**-23
"""How exactly a draw keeps an amount, beside the cent that each line is rounded by: days of work are of 24 bits."""


@given(scenario=any_scenario)
@settings(max_examples=15)
def test_the_estimate_has_the_plans_dates_and_critical_tasks(scenario: Scenario) -> None:
    plan = build_plan(scenario, SHIPPED, MODEL, today=TODAY)
    if plan.headlines is None:
        return
    model = SimulationModel(plan, SHIPPED)
    dates, money = model.page(lambda name: RandomSource(1, 0.3).deviates(name, 0))
    for drawn, amount in (
        (money.first_year[0], to_cents(plan.headlines.first_year_budget)),
        (money.horizon[0], to_cents(plan.headlines.horizon_total)),
    ):
        assert abs(drawn - amount) <= len(plan.cost_lines) + abs(amount) * SINGLE
    critical = model.order.is_critical(dates)
    for number, task in enumerate(model.order.tasks):
        assert model.order.axis.day(int(dates.starts[number][0])) == task.start
        assert model.order.axis.day(int(dates.ends[number][0]) - 1) == task.finish
        assert bool(critical[number][0]) == task.is_critical, task.task.id


def drawn_plan(plan: Plan, model: SimulationModel, draw: int) -> tuple[Decimal, Decimal, int]:
    """Return first year and horizon of a draw, as the engine costs a plan with its dates and efforts, and its lines."""
    source = RandomSource(plan.scenario.uncertainty.seed, float(plan.scenario.uncertainty.correlation))
    dates, _ = model.page(lambda name: source.deviates(name, 0))
    axis, tasks = model.order.axis, []
    for number, task in enumerate(model.order.tasks):
        name = EFFORT + task.task.id
        found = model.distributions.get(name)
        factor = 1.0 if found is None else float(found.values(source.deviates(name, 0))[draw])
        start, finish = int(dates.starts[number][draw]), int(dates.ends[number][draw]) - 1
        drawn = replace(
            task,
            start=axis.day(start),
            finish=axis.day(finish),
            length_days=finish - start + 1,
            internal_days=task.internal_days * Fraction(factor),
            external_days=task.external_days * Fraction(factor),
        )
        tasks.append(drawn)
    in_order = tuple(sorted(tasks, key=lambda task: list(MODEL.by_id).index(task.task.id)))
    inputs = case(plan.scenario, SHIPPED, MODEL)
    schedule = cast("Any", SimpleNamespace(finish=max(task.finish for task in tasks)))
    schedule.calendar = calendar_of(inputs.scenario.timeline, inputs.start)
    month = licence_month(plan.tasks, schedule.finish)
    licensing = license_company(inputs.scenario, inputs.task_works, inputs.prices, month)
    months = months_until(inputs, schedule.finish)
    lines = cost_lines(inputs, in_order, licensing, months, schedule)
    horizon = frozenset(inputs.horizon)
    whole = sum_of(line for line in lines if line.is_cash and line.month in horizon)
    return first_year_of(lines, inputs.horizon), whole, len(lines)


@given(scenario=scenarios(SHIPPED), draw=st.integers(1, 200))
@settings(max_examples=15)
@pytest.mark.extended
def test_a_draw_costs_what_the_engine_says_of_its_dates_and_efforts(scenario: Scenario, draw: int) -> None:
    ranges = {row.id: CERTAIN for row in SHIPPED.ranges}
    plan = build_plan(scenario.changed("uncertainty.price_ranges", ranges), SHIPPED, MODEL, today=TODAY)
    if plan.headlines is None or starts_of(plan.tasks).others is None or plan.mix is None:
        return
    found = simulate(plan, SHIPPED, draws=200)
    assert found is not None
    if int(found.finish[draw - 1]) >= found.axis.last:
        return
    first, whole, lines = drawn_plan(plan, SimulationModel(plan, SHIPPED), draw)
    cent = Decimal("0.01") * (lines + len(plan.cost_lines))
    for drawn, amount in ((found.first_year[draw - 1], first), (found.horizon[draw - 1], whole)):
        assert abs(from_cents(int(drawn)) - amount) <= cent + abs(amount) * Decimal(SINGLE)


@given(scenario=any_scenario, shares=st.lists(st.integers(1, 99).map(lambda n: n / 100), min_size=2, max_size=2))
@settings(max_examples=10)
def test_more_money_and_later_dates_are_never_less_likely(scenario: Scenario, shares: list[float]) -> None:
    plan = build_plan(scenario, SHIPPED, MODEL, today=TODAY)
    found = simulate(plan, SHIPPED, draws=500)
    if found is None:
        return
    low, high = sorted(shares)
    assert found.first_year_at(low) <= found.first_year_at(high)
    assert found.finish_at(low) <= found.finish_at(high)
    early, late = found.finish_at(low), found.finish_at(high)
    budget = found.first_year_at(high)
    assert found.chance(budget=found.first_year_at(low), by=early) <= found.chance(budget=budget, by=late)
    assert found.chance(budget=budget) >= high
    needed = found.budget_for(low, late)
    if needed is None:
        assert found.chance(by=late) < low
    else:
        assert found.chance(budget=needed, by=late) >= low
        assert found.chance(budget=needed - Decimal("0.01"), by=late) < low
