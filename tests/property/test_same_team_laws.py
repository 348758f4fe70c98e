"""Nothing gets later by doing less: with the team of a plan, its tasks placed in the order of their starts (M36)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.property.any_plan import MODEL, any_scenario, planned
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.same_team import with_same_team


def later(plan: Plan, other: AnyPlan) -> list[str]:
    """Return the tasks of both plans that the other one starts or ends later."""
    days = {task.task.id: (task.start, task.finish) for task in plan.tasks}
    others = other.tasks if isinstance(other, Plan) else ()
    return [
        f"{task.task.id}: {task.start} to {task.finish}, not {days[task.task.id][0]} to {days[task.task.id][1]}"
        for task in others
        if task.task.id in days and (task.start > days[task.task.id][0] or task.finish > days[task.task.id][1])
    ]


@given(scenario=any_scenario)
def test_with_the_same_team_a_plan_is_the_same(scenario: Scenario) -> None:
    plan = planned(scenario)
    assert not later(plan, with_same_team(plan, plan.scenario))


@given(scenario=any_scenario, left=st.sets(st.sampled_from([*MODEL.by_id]), min_size=1, max_size=8))
def test_what_is_left_out_makes_nothing_later(scenario: Scenario, left: set[str]) -> None:
    plan = planned(scenario)
    changes = {f"tasks.edits.{key}.in_scope": False for key in left}
    assert not later(plan, with_same_team(plan, plan.scenario.with_fields(changes)))
