"""What else a plan could be: something left out, another choice, a later finish; and what is lost by it (M36).

    values by path ─> Option ─> the plan that they lead to ─> what is lost

What can be left out keeps the team of the plan and its order, so that nothing gets later by doing less; so do the
choices that people ask for most. A later finish is another team's. Ask backwards' ways and a levelled plan become
options by `option_of`. Laws: what is left out is in the plan, and each of the changed plans lacks just what it names; a
choice that is made leads back to the other one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from zt_planner.domain.data.phase_model import ExclusionRule, Step, Task
from zt_planner.domain.plan import Capacity, CoverageState
from zt_planner.domain.scenario.fields import ORDER, OWN_TASKS, TASK_EDITS
from zt_planner.domain.scenario.scenario import MOST_MONTHS, Mode, Monitoring, Operator, RiskAccess
from zt_planner.engine.nis2.insurance import AnswerState, insurer_answers
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.planner import build_plan
from zt_planner.engine.promise import Promise, drawn_promise
from zt_planner.engine.same_team import same_team_values, team_in_time, with_same_team

STEPS = (Step.LEAST_PRIVILEGE, Step.SEGMENTATION, Step.DEVICES, Step.MONITORING)
"""Steps that can be left out: without identities there is no zero trust."""
CHOICES = {"monitoring": Monitoring.NONE, "risk_access": RiskAccess.NONE}
"""Choices that buy or do something, and the one that does not."""
TASKS_BY_RULE = {"local_directory": ExclusionRule.NO_LOCAL_DIRECTORY, "machines": ExclusionRule.NO_MACHINES}
"""The rules by which tasks of one kind fall away together."""


@dataclass(frozen=True, slots=True)
class Omission:
    """What can be left out: a step (step:2 to step:5), a choice, the tasks of a rule, or a task (task:<id>).

    `changes` are the fields that leave it out, by path.
    """

    id: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """Something else than a plan: what is chosen, by path, and the fields that keep the plan's team and order.

    `id` is that of an omission, monitoring:<kind>, operation:<who>, later, reorder, or way:<number>. `points_lost` are
    points of NIS2 that the plan supports and the other does not, `answers_lost` the insurer's questions that only the
    plan answers with yes. `promise` is what the other plan promises, None where it has no schedule. `team` is the
    smallest that keeps the day that is set, where it was looked for.
    """

    id: str
    chosen: Mapping[str, Any]
    kept: Mapping[str, Any]
    plan: AnyPlan
    points_lost: tuple[str, ...]
    answers_lost: tuple[str, ...]
    promise: Promise | None
    team: Capacity | None = None

    @property
    def values(self) -> Mapping[str, Any]:
        """What is set, by path, so that a variant of the plan is this one."""
        return {**self.chosen, **self.kept}


def option_of(plan: AnyPlan, name: str, other: AnyPlan, chosen: Mapping[str, Any], kept: Mapping[str, Any]) -> Option:
    """Return another plan as an option beside a plan."""
    supported, yes = supported_points(other), answered_yes(other)
    return Option(
        name,
        chosen,
        kept,
        other,
        tuple(point for point in supported_points(plan) if point not in supported),
        tuple(question for question in answered_yes(plan) if question not in yes),
        drawn_promise(other),
    )


def with_team_in_time(plan: Plan, option: Option) -> Option:
    """Return an option with the smallest team that keeps the day; one that is another team's has none."""
    return replace(option, team=team_in_time(plan, option.chosen)) if option.kept else option


def options_without(plan: Plan) -> Iterator[Option]:
    """Yield the plan without each thing that can be left out of it."""
    for omission in omissions_of(plan):
        other = with_same_team(plan, plan.scenario.with_fields(omission.changes))
        yield option_of(plan, omission.id, other, omission.changes, same_team_values(plan))


MONTHS_LATER = 3
OTHER_MONITORING = {
    Monitoring.SIEM: Monitoring.MDR,
    Monitoring.MDR: Monitoring.SIEM,
    Monitoring.SIEM_AND_MDR: Monitoring.MDR,
    Monitoring.NONE: Monitoring.MDR,
}
OTHER_OPERATOR = {Operator.OWN: Operator.PARTNER, Operator.PARTNER: Operator.OWN}
"""What people ask for most instead of a choice."""
LATER = "later"


def ready_options(plan: Plan) -> Iterator[Option]:
    """Yield what people ask for most instead of a plan: other monitoring, another operator, a later finish."""
    choices = plan.scenario.choices
    monitoring, operator = OTHER_MONITORING[choices.monitoring], OTHER_OPERATOR[choices.operation]
    for name, value in (("monitoring", monitoring), ("operation", operator)):
        chosen = {f"choices.{name}": value}
        other = with_same_team(plan, plan.scenario.with_fields(chosen))
        yield option_of(plan, f"{name}:{value}", other, chosen, same_team_values(plan))
    months = _months_until_later(plan)
    if months is not None:
        later = {"timeline.mode": Mode.DEADLINE, ORDER: (), "timeline.target_months": months}
        yield option_of(plan, LATER, build_plan(plan.case.changed(plan.scenario.with_fields(later))), later, {})


def _months_until_later(plan: Plan) -> int | None:
    """Return the deadline that gives a plan more months than it has and takes; None beyond the latest one.

    Where the teams are given, there is no deadline but what the work takes.
    """
    timeline = plan.scenario.timeline
    given = timeline.target_months if timeline.mode is Mode.DEADLINE else 0
    months = max(given, ceil(plan.headlines.duration_months)) + MONTHS_LATER
    return months if months <= MOST_MONTHS else None


def omissions_of(plan: Plan) -> Iterator[Omission]:
    """Yield what can be left out of a plan."""
    tasks = tuple(task.task for task in plan.tasks)
    proposed = {proposal.id for proposal in plan.case.base_model.rules.proposals}
    chosen = plan.scenario.choices.model_dump()
    yield from _of_tasks((f"step:{step}", [task for task in tasks if task.step is step]) for step in STEPS)
    for choice, nothing in CHOICES.items():
        if chosen[choice] != nothing:
            yield Omission(choice, {f"choices.{choice}": nothing})
    yield from _of_tasks(
        (name, [task for task in tasks if task.falls_away_when is rule]) for name, rule in TASKS_BY_RULE.items()
    )
    yield from _of_tasks((f"task:{task.id}", [task]) for task in tasks if task.id in proposed)


def _of_tasks(omissions: Iterable[tuple[str, Sequence[Task]]]) -> Iterator[Omission]:
    for name, tasks in omissions:
        if tasks:
            yield Omission(
                name, {f"{OWN_TASKS if task.is_own else TASK_EDITS}{task.id}.in_scope": False for task in tasks}
            )


def supported_points(plan: AnyPlan) -> tuple[str, ...]:
    """Return the points of NIS2 that a plan supports in the end."""
    return tuple(covered.point for covered in plan.coverage if covered.state is CoverageState.SUPPORTED)


def answered_yes(plan: AnyPlan) -> tuple[str, ...]:
    """Return the insurer's questions that a plan answers with yes."""
    answers = insurer_answers(plan) if isinstance(plan, Plan) else ()
    return tuple(answer.question.id for answer in answers if answer.state is AnswerState.YES)
