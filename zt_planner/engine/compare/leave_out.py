"""What if we leave something out: each step, monitoring, and what is planned beside the steps, by itself (M36).

With the team of the plan and in its order, so that nothing gets later by doing less. Law: what is left out is in the
plan, and each of the changed plans lacks just what it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zt_planner.domain.data.phase_model import ExclusionRule, Step, Task
from zt_planner.domain.plan import Capacity, CoverageState
from zt_planner.domain.scenario.fields import OWN_TASKS, TASK_EDITS
from zt_planner.domain.scenario.scenario import Monitoring, RiskAccess
from zt_planner.engine.case_schedule import schedule_of
from zt_planner.engine.insurance import AnswerState, insurer_answers
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.planner import capacity_of
from zt_planner.engine.same_team import same_team_values, with_changes, with_same_team

STEPS = (Step.LEAST_PRIVILEGE, Step.SEGMENTATION, Step.DEVICES, Step.MONITORING)
"""Steps that can be left out: without identities there is no zero trust."""
CHOICES = {"monitoring": Monitoring.NONE, "risk_access": RiskAccess.NONE}
"""Choices that buy or do something, and the one that does not."""
TASKS_OF = {"local_directory": ExclusionRule.NO_LOCAL_DIRECTORY, "machines": ExclusionRule.NO_MACHINES}
"""What tasks are about that fall away together."""


@dataclass(frozen=True, slots=True)
class Part:
    """What can be left out: a step (step:2 to step:5), a choice, what tasks are about, or a task (task:<id>).

    `changes` are the fields that leave it out, by path.
    """

    what: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A plan without a part.

    `points_lost` are points of NIS2 that the plan supports and the other does not, `answers_lost` the insurer's
    questions that only the plan answers with yes.
    """

    part: Part
    plan: AnyPlan
    points_lost: tuple[str, ...]
    answers_lost: tuple[str, ...]

    @property
    def what(self) -> str:
        """The part that is not there."""
        return self.part.what


def left_out(plan: Plan) -> Iterator[LeftOut]:
    """Yield what a plan would be without each part that can be left out."""
    for part in parts_of(plan):
        other = with_same_team(plan, with_changes(plan.scenario, part.changes))
        supported, yes = supported_points(other), answered_yes(other)
        yield LeftOut(
            part,
            other,
            tuple(point for point in supported_points(plan) if point not in supported),
            tuple(question for question in answered_yes(plan) if question not in yes),
        )


def parts_of(plan: Plan) -> Iterator[Part]:
    """Yield what can be left out of a plan."""
    tasks = tuple(task.task for task in plan.tasks)
    proposed = {proposal.id for proposal in plan.case.base_model.rules.proposals}
    chosen = plan.scenario.choices.model_dump()
    yield from _of_tasks((f"step:{step}", [task for task in tasks if task.step is step]) for step in STEPS)
    for what, nothing in CHOICES.items():
        if chosen[what] != nothing:
            yield Part(what, {f"choices.{what}": nothing})
    yield from _of_tasks(
        (what, [task for task in tasks if task.falls_away_when is rule]) for what, rule in TASKS_OF.items()
    )
    yield from _of_tasks((f"task:{task.id}", [task]) for task in tasks if task.id in proposed)


def _of_tasks(parts: Iterable[tuple[str, Sequence[Task]]]) -> Iterator[Part]:
    for what, tasks in parts:
        if tasks:
            yield Part(what, {f"{OWN_TASKS if task.is_own else TASK_EDITS}{task.id}.in_scope": False for task in tasks})


def variant_values(plan: Plan, part: Part) -> Mapping[str, Any]:
    """Return what to set, by path, so that a variant of a plan is the plan without a part."""
    return {**part.changes, **same_team_values(plan)}


def team_in_time(plan: Plan, part: Part) -> Capacity | None:
    """Return the smallest team that keeps the day of a plan without a part; None where no day is set, or none does."""
    if plan.deadline is None:
        return None
    schedule = schedule_of(plan.case.changed(with_changes(plan.scenario, part.changes)))
    return None if schedule is None or schedule.missed_by is not None else capacity_of(schedule)


def supported_points(plan: AnyPlan) -> tuple[str, ...]:
    """Return the points of NIS2 that a plan supports in the end."""
    return tuple(covered.point for covered in plan.coverage if covered.state is CoverageState.SUPPORTED)


def answered_yes(plan: AnyPlan) -> tuple[str, ...]:
    """Return the insurer's questions that a plan answers with yes."""
    answers = insurer_answers(plan) if isinstance(plan, Plan) else ()
    return tuple(answer.question.id for answer in answers if answer.state is AnswerState.YES)
