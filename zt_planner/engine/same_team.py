"""Another scenario with the team and the order of a plan: what a change does by itself (M36).

Law: in that order, with that team, less work never makes anything later.
"""

from __future__ import annotations

from zt_planner.domain.scenario.scenario import Mode, Scenario
from zt_planner.engine.case import Case, case_of
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.planner import build_plan


def with_same_team(plan: Plan, scenario: Scenario) -> AnyPlan:
    """Return the plan of a scenario with a plan's days a week, its tasks placed in the order of their starts."""
    return build_plan(case_with_same_team(plan, scenario))


def case_with_same_team(plan: Plan, scenario: Scenario) -> Case:
    """Return the case of a scenario with a plan's teams and order; new tasks come last."""
    timeline = scenario.timeline.model_copy(
        update={
            "start": plan.case.start,
            "mode": Mode.CAPACITY,
            "internal_days_per_week": plan.capacity.internal,
            "external_days_per_week": plan.capacity.external,
        }
    )
    case = plan.case
    return case_of(
        scenario.model_copy(update={"timeline": timeline}),
        case.base_book,
        case.base_model,
        today=case.today,
        shows_labour=case.shows_labour,
        order=order_of(plan),
    )


def order_of(plan: Plan) -> tuple[str, ...]:
    """Return the ids of a plan's tasks by their starts, equal ones in the order of the model."""
    return tuple(task.task.id for task in sorted(plan.tasks, key=lambda task: task.start))
