"""The law of leaving something out: with the same team, in the same order, nothing gets later by doing less (M36)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.property.any_plan import SHIPPED, any_scenario, planned
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.compare.option import options_without
from zt_planner.engine.plan import Plan

some_licences = st.lists(st.sampled_from(SHIPPED.user_licences), min_size=1, max_size=3, unique=True)
shares = st.sampled_from((0.02, 0.3, 0.5, 0.7))


@st.composite
def _some_own_licences(draw: st.DrawFn) -> Scenario:
    """Draw a plan of people some of whom have licences: who tries it first then hangs on what the tasks need."""
    scenario = draw(any_scenario)
    people = scenario.company.employees
    owned = [{"licence": key, "seats": 1 + int(people * draw(shares)), "until": None} for key in draw(some_licences)]
    shipped: dict[str, object] = {"prices.kept_book": None, "prices.rows": {}, "prices.overrides": {}}
    return scenario.with_fields({"company.owned_licences": owned, **shipped})


@given(any_scenario | _some_own_licences())
def test_nothing_gets_later_by_doing_less(scenario: Scenario) -> None:
    plan = planned(scenario)
    starts, finish = {each.task.id: each.start for each in plan.tasks}, plan.headlines.finish_date
    mfa = plan.headlines.mfa_date
    for left in options_without(plan):
        if not isinstance(left.plan, Plan):
            continue
        assert all(each.start <= starts[each.task.id] for each in left.plan.tasks), left.id
        assert left.plan.headlines.finish_date <= finish, left.id
        without_mfa = left.plan.headlines.mfa_date
        assert without_mfa is None or mfa is None or without_mfa <= mfa, left.id


@given(any_scenario)
def test_as_a_variant_of_the_plan_it_is_the_same(scenario: Scenario) -> None:
    plan = planned(scenario)
    for left in options_without(plan):
        if isinstance(left.plan, Plan):
            varied = planned(plan.scenario.with_fields(left.values))
            assert varied.headlines == left.plan.headlines
