"""What if we leave something out: each step, monitoring, and what is planned beside the steps, by itself (M36).

With the team of the plan and in its order, so that nothing gets later by doing less. Law: what is left out is in the
plan, and each of the changed plans lacks just what it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zt_planner.domain.data.phase_model import ExclusionRule, Step, Task
from zt_planner.domain.plan import CoverageState
from zt_planner.domain.scenario.fields import OWN_TASKS, TASK_EDITS
from zt_planner.domain.scenario.scenario import Monitoring, RiskAccess
from zt_planner.engine.nis2.insurance import AnswerState, insurer_answers
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.same_team import same_team_values, with_changes, with_same_team

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
class PlanWithout:
    """A plan without something that can be left out.

    `points_lost` are points of NIS2 that the plan supports and the other does not, `answers_lost` the insurer's
    questions that only the plan answers with yes.
    """

    omission: Omission
    plan: AnyPlan
    points_lost: tuple[str, ...]
    answers_lost: tuple[str, ...]

    @property
    def id(self) -> str:
        """What is left out."""
        return self.omission.id


def plans_without(plan: Plan) -> Iterator[PlanWithout]:
    """Yield the plan without each thing that can be left out of it."""
    points, questions = supported_points(plan), answered_yes(plan)
    for omission in omissions_of(plan):
        other = with_same_team(plan, with_changes(plan.scenario, omission.changes))
        supported, yes = supported_points(other), answered_yes(other)
        yield PlanWithout(
            omission,
            other,
            tuple(point for point in points if point not in supported),
            tuple(question for question in questions if question not in yes),
        )


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


def variant_values(plan: Plan, omission: Omission) -> Mapping[str, Any]:
    """Return what to set, by path, so that a variant of a plan is the plan without something."""
    return {**omission.changes, **same_team_values(plan)}


def supported_points(plan: AnyPlan) -> tuple[str, ...]:
    """Return the points of NIS2 that a plan supports in the end."""
    return tuple(covered.point for covered in plan.coverage if covered.state is CoverageState.SUPPORTED)


def answered_yes(plan: AnyPlan) -> tuple[str, ...]:
    """Return the insurer's questions that a plan answers with yes."""
    answers = insurer_answers(plan) if isinstance(plan, Plan) else ()
    return tuple(answer.question.id for answer in answers if answer.state is AnswerState.YES)
