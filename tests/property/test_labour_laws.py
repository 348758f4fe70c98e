"""A plan without labour holds no day rate, and nothing that one could be computed from (ADR 0013)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import case
from tests.property.any_plan import MODEL, SHIPPED, any_planned, small_scenario
from tests.property.strategies import hundredths
from zt_planner.domain.categories import LABOUR_CATEGORIES
from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import AnyPlan, Plan, StoppedPlan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.simulation.result import simulate
from zt_planner.topics.headline.cards import baseline_of

money = st.none() | hundredths("0.01", "5000")


@st.composite
def rates(draw: st.DrawFn) -> dict[str, Any]:
    """Draw everything that a viewer may not learn: rates in both places, the share on top, the monthly limit."""
    return {
        "labour.internal_day_cost": draw(money),
        "labour.external_day_rate": draw(money),
        **{f"prices.overrides.{price_id}": draw(money) for price_id in sorted(DAY_RATES)},
        "finance.contingency": draw(hundredths("0", "1")),
        "finance.monthly_cap": draw(money),
    }


def seen(scenario: Scenario, book: PriceBook = SHIPPED) -> AnyPlan:
    """Return the plan of somebody who may not see day rates."""
    return build_plan(case(scenario, book, MODEL, shows_labour=False))


def with_rates(scenario: Scenario, values: dict[str, Any]) -> Scenario:
    """Return the scenario with other rates."""
    data = scenario.model_dump()
    for path, value in values.items():
        group, *_, leaf = path.split(".")
        place = data["prices"]["overrides"] if group == "prices" else data[group]
        place[leaf] = value
        if group == "prices" and value is None:
            del place[leaf]
    return Scenario.model_validate(data)


@given(scenario=small_scenario, values=rates())
def test_rates_share_and_limit_leave_no_trace(scenario: Scenario, values: dict[str, Any]) -> None:
    # Both are read anew: what is at its default is then written alike, 0 and not 0.00.
    one, other = seen(with_rates(scenario, {})), seen(with_rates(scenario, values))
    # The share is shown: no figure is left that it was added to.
    assert other.scenario.finance.contingency == values["finance.contingency"]
    alike = replace(
        other,
        case=replace(other.case, scenario=other.scenario.changed("finance.contingency", scenario.finance.contingency)),
    )
    assert repr(one) == repr(alike)
    assert one == alike
    if isinstance(one, Plan) and isinstance(other, Plan):
        assert baseline_of(one, simulate(one, draws=10)) == baseline_of(other, simulate(other, draws=10))


@given(scenario=small_scenario)
def test_there_is_no_labour_in_any_line_or_figure(scenario: Scenario) -> None:
    plan, whole = seen(scenario), any_planned(scenario)
    lines = (*plan.cost_lines, *plan.prepaid_tail, *plan.run_rate_lines)
    assert not {line.category for line in lines} & LABOUR_CATEGORIES
    assert not {line.price_id for line in lines} & DAY_RATES
    assert not {line.unit_price.price_id for line in lines if line.unit_price is not None} & DAY_RATES
    assert (plan.scenario.labour.internal_day_cost, plan.scenario.labour.external_day_rate) == (None, None)
    assert not set(plan.scenario.prices.overrides) & DAY_RATES
    assert (plan.scenario.finance.monthly_cap, plan.shows_labour) == (None, False)
    assert plan.tasks == whole.tasks
    if isinstance(plan, StoppedPlan) or isinstance(whole, StoppedPlan):
        assert type(plan) is type(whole)
        return
    assert plan.headlines.internal_value == 0
    assert (plan.headlines.internal_days, plan.headlines.finish_date) == (
        whole.headlines.internal_days,
        whole.headlines.finish_date,
    )
    bought = tuple(line for line in whole.cost_lines if line.category not in LABOUR_CATEGORIES)
    assert plan.cost_lines == bought
    year = set(plan.horizon[:12])
    amounts = (line.amount for line in bought if line.month in year and line.amount is not None)
    assert plan.headlines.first_year_budget == sum(amounts, Decimal(0))


@given(scenario=small_scenario, amount=st.integers(1, 5000))
def test_the_price_books_own_day_rates_leave_no_trace_either(scenario: Scenario, amount: int) -> None:
    rows = tuple(
        row.model_copy(update={"amount": Decimal(amount)}) if row.id in DAY_RATES else row for row in SHIPPED.prices
    )
    dearer = replace(SHIPPED, prices=rows)
    result = seen(scenario)
    assert replace(seen(scenario, dearer), case=result.case) == result
