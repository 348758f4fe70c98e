"""The law of leaving something out: with the same team, in the same order, nothing gets later by doing less (M36)."""

from __future__ import annotations

from hypothesis import given

from tests.property.any_plan import any_scenario, planned
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.dependencies import ids_in_order
from zt_planner.domain.scenario.scenario import Scenario, StepOrder
from zt_planner.engine.compare.leave_out import left_out, variant_values
from zt_planner.engine.plan import Plan
from zt_planner.engine.same_team import with_changes


def is_in_turn_and_turns_back(plan: Plan) -> bool:
    """Tell whether steps come in turn in a plan, and one of its tasks waits for one of a later step.

    Such a task is no part of what the next step waits for, but becomes one where what it waits for is left out (M9).
    """
    latest: dict[str, Step] = {}
    by_id = {each.task.id: each for each in plan.tasks}
    for task_id in ids_in_order({each.task.id: each.after for each in plan.tasks}):
        task = by_id[task_id]
        latest[task_id] = max((latest[before] for before in task.after), default=task.task.step)
        latest[task_id] = max(latest[task_id], task.task.step)
    turns_back = any(latest[each.task.id] > each.task.step for each in plan.tasks)
    return plan.scenario.timeline.steps is StepOrder.IN_TURN and turns_back


@given(any_scenario)
def test_nothing_gets_later_by_doing_less(scenario: Scenario) -> None:
    plan = planned(scenario)
    if is_in_turn_and_turns_back(plan):
        return
    starts, finish = {each.task.id: each.start for each in plan.tasks}, plan.headlines.finish_date
    mfa = plan.headlines.mfa_date
    for left in left_out(plan):
        if not isinstance(left.plan, Plan):
            continue
        assert all(each.start <= starts[each.task.id] for each in left.plan.tasks), left.what
        assert left.plan.headlines.finish_date <= finish, left.what
        without_mfa = left.plan.headlines.mfa_date
        assert without_mfa is None or mfa is None or without_mfa <= mfa, left.what


@given(any_scenario)
def test_as_a_variant_of_the_plan_it_is_the_same(scenario: Scenario) -> None:
    plan = planned(scenario)
    for left in left_out(plan):
        if isinstance(left.plan, Plan):
            varied = planned(with_changes(plan.scenario, variant_values(plan, left.part)))
            assert varied.headlines == left.plan.headlines
