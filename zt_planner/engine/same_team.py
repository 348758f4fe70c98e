"""Another scenario with the team and the order of a plan: what a change does by itself; what team keeps the day (M36).

Law: in that order, with that team, less work never makes anything later.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from zt_planner.domain.plan import Capacity
from zt_planner.domain.scenario.fields import ORDER
from zt_planner.domain.scenario.levelled import NOT_LEVELLED
from zt_planner.domain.scenario.scenario import Mode, Scenario
from zt_planner.domain.scenario.values import LEAST_DAYS_A_WEEK
from zt_planner.engine.case_schedule import schedule_of
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.planner import build_plan, capacity_of


def with_same_team(plan: Plan, scenario: Scenario) -> AnyPlan:
    """Return the plan of a scenario with a plan's start, days a week and order; new tasks come last."""
    return build_plan(plan.case.changed(same_team_scenario(plan, scenario)))


def same_team_scenario(plan: Plan, scenario: Scenario) -> Scenario:
    """Return a scenario with a plan's start, teams and order; new tasks come last."""
    return scenario.with_fields({"timeline.start": plan.case.start, **same_team_values(plan)})


def same_team_values(plan: Plan) -> Mapping[str, Any]:
    """Return what to set, by path, so that a scenario has a plan's teams and order; a team of nobody has the least.

    Levelled dates that are set aside while a finish is given would hold with given teams: they go.
    """
    return {
        **({} if plan.is_levelled else NOT_LEVELLED),
        "timeline.mode": Mode.CAPACITY,
        "timeline.internal_days_per_week": _at_least(plan.capacity.internal),
        "timeline.external_days_per_week": _at_least(plan.capacity.external),
        ORDER: order_of(plan),
    }


def team_in_time(plan: Plan, changes: Mapping[str, Any]) -> Capacity | None:
    """Return the smallest team that keeps the day of a plan with changes; None where no day is set, or none does.

    `changes` are fields by their paths, without those that keep the team.
    """
    if plan.deadline is None:
        return None
    schedule = schedule_of(plan.case.changed(plan.scenario.with_fields(changes)))
    return None if schedule is None or schedule.missed_by is not None else capacity_of(schedule)


def _at_least(days: Decimal) -> Decimal:
    return max(days, LEAST_DAYS_A_WEEK)


def order_of(plan: Plan) -> tuple[str, ...]:
    """Return the ids of a plan's tasks by their starts, equal ones in the order of the model.

    What its own order names besides comes last: gates and waits for the order of licences are found for all of them.
    """
    ids = [task.task.id for task in sorted(plan.tasks, key=lambda task: task.start)]
    return tuple(dict.fromkeys((*ids, *plan.scenario.task_order)))
