"""What if we leave something out: each step, monitoring, and what is planned beside the steps, by itself (M36).

With the team of the plan and in its order, so that nothing gets later by doing less. Law: what is left out is in the
plan, and each of the changed plans lacks just what it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zt_planner.domain.data.phase_model import ExclusionRule, Step, Task
from zt_planner.domain.plan import CoverageState
from zt_planner.domain.scenario.fields import set_field
from zt_planner.domain.scenario.scenario import Monitoring, RiskAccess, Scenario
from zt_planner.engine.insurance import AnswerState, insurer_answers
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.engine.same_team import with_same_team


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A plan without something: a step (step:2 to step:5), a choice or what follows it, or a task (task:<id>).

    `points_lost` are points of NIS2 that the plan supports and the other does not, `answers_lost` the insurer's
    questions that only the plan answers with yes.
    """

    what: str
    scenario: Scenario
    plan: AnyPlan
    points_lost: tuple[str, ...]
    answers_lost: tuple[str, ...]


def left_out(plan: Plan) -> Iterator[LeftOut]:
    """Yield what a plan would be without each part that can be left out."""
    for what, scenario in smaller_scenarios(plan):
        other = with_same_team(plan, scenario)
        supported, yes = supported_points(other), answered_yes(other)
        yield LeftOut(
            what,
            scenario,
            other,
            tuple(point for point in supported_points(plan) if point not in supported),
            tuple(question for question in answered_yes(plan) if question not in yes),
        )


STEPS = (Step.LEAST_PRIVILEGE, Step.SEGMENTATION, Step.DEVICES, Step.MONITORING)
"""Steps that can be left out: without identities there is no zero trust."""
CHOICES = {"monitoring": Monitoring.NONE, "risk_access": RiskAccess.NONE}
"""Choices that buy or do something, and the one that does not."""
TASKS_OF = {"local_directory": ExclusionRule.NO_LOCAL_DIRECTORY, "machines": ExclusionRule.NO_MACHINES}
"""What tasks are about that fall away together."""


def smaller_scenarios(plan: Plan) -> Iterator[tuple[str, Scenario]]:
    """Yield each part that can be left out, with the scenario without it."""
    scenario, tasks = plan.scenario, tuple(task.task for task in plan.tasks)
    proposed = {proposal.id for proposal in plan.case.base_model.rules.proposals}
    chosen = scenario.choices.model_dump()
    yield from _without(scenario, ((f"step:{step}", [task for task in tasks if task.step is step]) for step in STEPS))
    for what, nothing in CHOICES.items():
        if chosen[what] != nothing:
            yield what, scenario.changed(f"choices.{what}", nothing)
    yield from _without(
        scenario, ((what, [task for task in tasks if task.falls_away_when is rule]) for what, rule in TASKS_OF.items())
    )
    yield from _without(scenario, ((f"task:{task.id}", [task]) for task in tasks if task.id in proposed))


def _without(scenario: Scenario, parts: Iterable[tuple[str, Sequence[Task]]]) -> Iterator[tuple[str, Scenario]]:
    return ((what, without_tasks(scenario, tasks)) for what, tasks in parts if tasks)


def without_tasks(scenario: Scenario, tasks: Iterable[Task]) -> Scenario:
    """Return a scenario with tasks out of scope."""
    data = scenario.model_dump()
    for task in tasks:
        set_field(data, f"tasks.{'own' if task.is_own else 'edits'}.{task.id}.in_scope", value=False)
    return Scenario.model_validate(data)


def supported_points(plan: AnyPlan) -> tuple[str, ...]:
    """Return the points of NIS2 that a plan supports in the end."""
    return tuple(covered.point for covered in plan.coverage if covered.state is CoverageState.SUPPORTED)


def answered_yes(plan: AnyPlan) -> tuple[str, ...]:
    """Return the insurer's questions that a plan answers with yes."""
    answers = insurer_answers(plan) if isinstance(plan, Plan) else ()
    return tuple(answer.question.id for answer in answers if answer.state is AnswerState.YES)
