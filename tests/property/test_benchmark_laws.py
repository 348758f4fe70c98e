"""The plan's money beside what others say: the shares of any plan add up to the whole, as they are shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.property.any_plan import any_scenario, planned
from tests.words import ENGLISH
from zt_planner.domain.money import to_cents
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.topics.budget.benchmarks import parts_of
from zt_planner.topics.view import View


@given(scenario=any_scenario, shows_labour=st.booleans())
def test_the_shares_of_every_plan_add_up_to_the_whole(scenario: Scenario, *, shows_labour: bool) -> None:
    plan = planned(scenario, shows_labour=shows_labour)
    parts = parts_of(View(plan, ENGLISH))
    if not parts:
        return
    assert sum(part.share for part in parts) == 1
    assert all(part.share == round(part.share, 3) for part in parts)
    assert sum(to_cents(part.amount) for part in parts) == to_cents(plan.headlines.horizon_total)
