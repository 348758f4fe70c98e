"""Whatever the plan: what is spent and what is to come add up, and nothing is left at the last gate."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from hypothesis import given

from tests.property.any_plan import MOST_PLANS, any_scenario, planned
from zt_planner.domain.categories import LABOUR_CATEGORIES, CostCategory, Kind
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.budget import sum_of
from zt_planner.engine.stages import Stage, stages_of

STAGES: dict[tuple[str, bool], tuple[Stage, ...]] = {}
"""The stages of plans, which all laws here are about."""


def stages_in(scenario: Scenario, *, shows_labour: bool = True) -> tuple[Stage, ...]:
    """Return the stages of a scenario's plan; the latest are kept."""
    key = scenario.version, shows_labour
    if key not in STAGES:
        while len(STAGES) >= MOST_PLANS:
            del STAGES[next(iter(STAGES))]
        STAGES[key] = stages_of(planned(scenario, shows_labour=shows_labour))
    return STAGES[key]


def without_credits(lines: Iterable[CostLine]) -> Decimal:
    """Add up what is bought."""
    return sum_of(line for line in lines if line.quantity >= 0)


@given(scenario=any_scenario)
def test_what_is_spent_and_what_is_to_come_add_up_at_every_gate(scenario: Scenario) -> None:
    plan = planned(scenario)
    stages = stages_in(scenario)
    assert stages
    cash = [line for line in plan.cost_lines if line.is_cash]
    for stage in stages:
        assert sum_of(stage.spent) + sum_of(stage.to_come) == sum_of(cash)
        for kind in Kind:
            parts = [line for line in (*stage.spent, *stage.to_come) if line.kind is kind]
            assert sum_of(parts) == sum_of(line for line in cash if line.kind is kind)
        assert any(line.amount is None for line in (*stage.spent, *stage.to_come)) == (
            any(line.amount is None for line in cash)
        )
        work = [line for line in (*stage.spent, *stage.to_come) if line.category in LABOUR_CATEGORIES]
        assert all(line.quantity >= 0 and (line.amount or 0) >= 0 for line in work)
        assert sum_of(stage.to_pay) >= 0
        assert sum_of(stage.committed) >= 0
        assert without_credits(stage.to_pay) <= without_credits(stage.committed)
        assert sum_of(stage.bound) == sum_of(stage.spent) + sum_of(stage.committed)
    for earlier, later in pairwise(stages):
        assert earlier.gate < later.gate
        assert without_credits(earlier.spent) <= without_credits(later.spent)
        assert {task.task.id for task in later.open_tasks} < {task.task.id for task in earlier.open_tasks}
        assert set(earlier.protection) <= set(later.protection)


@given(scenario=any_scenario)
def test_at_the_last_gate_nothing_stops(scenario: Scenario) -> None:
    plan = planned(scenario)
    last = stages_in(scenario)[-1]
    assert last.gate == plan.headlines.finish_date
    assert not last.open_tasks
    assert last.coverage == {covered.point: covered.state for covered in plan.coverage}
    assert sum_of(last.a_month) == plan.headlines.run_rate_monthly
    once = [line for line in last.to_come if line.kind is Kind.ONE_OFF]
    assert not once


@given(scenario=any_scenario)
def test_the_stages_differ_from_the_budget_by_later_running_costs_and_by_what_can_be_cancelled(
    scenario: Scenario,
) -> None:
    plan = planned(scenario)
    last, first_year = stages_in(scenario)[-1], plan.horizon[:12]
    later = sum_of(line for line in last.bound if line.kind is Kind.RECURRING and line.month not in first_year)
    to_come, committed = (
        [line for line in lines if line.month in first_year] for lines in (last.to_come, last.committed)
    )
    # Licences that are paid for until a later day are credited from then on.
    assert without_credits(to_come) >= without_credits(committed)
    assert sum_of(last.bound) - plan.headlines.introduction_budget == later - (sum_of(to_come) - sum_of(committed))


@given(scenario=any_scenario)
def test_committed_are_the_months_that_were_bought_by_the_gate(scenario: Scenario) -> None:
    for stage in stages_in(scenario):
        month = Month.of(stage.gate)
        running = {(line.task_id, line.price_id) for line in stage.spent if line.month == month}
        bought = [line for line in stage.to_come if line.kind is Kind.RECURRING and line.month > month]
        bought = [line for line in bought if line.unit_price is not None and line.unit_price.priced_in <= month]
        credited = {line.task_id for line in stage.spent if line.quantity < 0}
        expected = [
            line for line in bought if (line.task_id, line.price_id) in running and line.task_id not in credited
        ]
        lines = [line for line in stage.committed if line.kind is Kind.RECURRING and line.unit_price is not None]
        assert {(line.month, line.price_id, line.amount) for line in expected if line.amount} <= {
            (line.month, line.price_id, line.amount) for line in lines
        }
        assert all(month < line.month <= month.plus(11) for line in lines)


@given(scenario=any_scenario)
def test_hidden_labour_stays_hidden(scenario: Scenario) -> None:
    shown, hidden = stages_in(scenario), stages_in(scenario, shows_labour=False)
    for stage, other in zip(shown, hidden, strict=True):
        assert (stage.gate, stage.steps, stage.coverage) == (other.gate, other.steps, other.coverage)
        assert not {line.category for line in (*other.bound, *other.to_come)} & LABOUR_CATEGORIES
        assert hidden_from(stage) == hidden_from(other)


def hidden_from(stage: Stage) -> tuple[Decimal, ...]:
    """Return the sums of a stage without labour."""
    every = (stage.spent, stage.committed, stage.to_pay, stage.a_month, stage.to_come)
    return tuple(sum_of(line for line in lines if line.category not in LABOUR_CATEGORIES) for lines in every)


@given(scenario=any_scenario)
def test_preparation_has_a_gate_only_where_it_ends_last(scenario: Scenario) -> None:
    for stage in stages_in(scenario):
        if Step.PREPARATION in stage.steps:
            assert not stage.open_tasks
            assert CostCategory.INTERNAL not in {line.category for line in stage.spent}
