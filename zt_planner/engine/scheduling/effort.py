"""Which tasks remain and how much work they are (M5, M6, M35).

Effort is person-days as an exact fraction, split between the teams. Laws: the teams' shares add up to the effort; a
task that was dropped, or was taken out of scope, passes its predecessors on to its successors; one that was done before
the plan begins passes on nothing.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from types import MappingProxyType
from typing import TypeAlias

from zt_planner.domain.data.phase_model import ExclusionRule, NamedTask, PhaseModel, Step, Task
from zt_planner.domain.dependencies import ids_in_order
from zt_planner.domain.month import WORKING_DAYS_A_WEEK
from zt_planner.domain.plan import ByTeam, Work
from zt_planner.domain.scenario.scenario import Monitoring, RemoteAccess, RiskAccess, Scenario, Segmentation, StepOrder
from zt_planner.engine.company_size import CompanySize
from zt_planner.engine.scheduling.facts import TaskFact, fact_of

Need: TypeAlias = tuple[int, int]
"""The person-days a week with which some work would take one working day, as numerator and denominator.

Not a fraction: it is needed for every team that is tried, and whole numbers are quicker and as exact.
"""


def weekly_need(effort: Fraction, team_share: Decimal) -> Need:
    """Return the need of work that may take a share of its team (M7)."""
    above, below = team_share.as_integer_ratio()
    return effort.numerator * WORKING_DAYS_A_WEEK * below, effort.denominator * above


def days_for(needs: Sequence[Need], capacity: Fraction | None) -> list[int]:
    """Return the working days in which a team covers each need; 0 for a team without limits, or without work."""
    if not capacity:
        return [0] * len(needs)
    above, below = capacity.as_integer_ratio()
    return [-(-numerator * below // (denominator * above)) for numerator, denominator in needs]


@dataclass(frozen=True, slots=True)
class TaskWork:
    """A remaining task with the work; `after` and `gates` hold indices of works.

    `gates` are works whose finish it awaits, but not their waits (M9).

    `earliest` is the day before which it must not start, `fixed` the one on which it shall (M9b), `levelled` the
    one on which it starts in the levelled plan (M20). `fact` is what is known on the status date, if there is one.
    """

    task: Task
    work: Work
    after: tuple[int, ...]
    gates: tuple[int, ...] = ()
    earliest: date | None = None
    fixed: date | None = None
    levelled: date | None = None
    fact: TaskFact | None = None

    @property
    def not_before(self) -> date | None:
        """The day before which its own date keeps it from starting; None when it has none."""
        return self.fixed or self.earliest


def is_excluded(task: Task, scenario: Scenario, size: CompanySize) -> bool:
    """Tell whether a task is out of scope, or a choice makes it unnecessary."""
    in_scope = scenario.tasks.given_for(task.id).in_scope
    return is_unnecessary(task, scenario, size) if in_scope is None else not in_scope


def is_unnecessary(task: Task, scenario: Scenario, size: CompanySize) -> bool:
    if task.falls_away_when is None:
        return False
    choices = scenario.choices
    holds = {
        ExclusionRule.FULL_REUSE: not any(size.replaced),
        ExclusionRule.VLANS_ONLY: choices.segmentation is Segmentation.VLANS,
        ExclusionRule.NO_WORKS_COUNCIL: not scenario.company.works_council,
        ExclusionRule.NO_LOCAL_DIRECTORY: not scenario.company.local_directory,
        ExclusionRule.NO_MACHINES: not scenario.company.machines,
        ExclusionRule.NO_MONITORING: choices.monitoring is Monitoring.NONE,
        ExclusionRule.NO_SIEM: not choices.monitoring.has_siem,
        ExclusionRule.NO_MDR: not choices.monitoring.has_mdr,
        ExclusionRule.NO_RISK_ACCESS: choices.risk_access is RiskAccess.NONE,
        ExclusionRule.KEEP_VPN: choices.remote_access is RemoteAccess.VPN,
    }
    return holds[task.falls_away_when]


def remaining_after(
    model: PhaseModel, remaining: Container[str], done: Container[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return the predecessors that remain, by task id: inherited through dropped tasks, not through done ones."""
    return passed_on({task.id: [key for key in task.after if key not in done] for task in model.tasks}, remaining)


def passed_on(befores: Mapping[str, Sequence[str]], remaining: Container[str]) -> Mapping[str, tuple[str, ...]]:
    """Return what each task that remains waits for: in place of a task that was dropped, what that one waits for."""
    inherited: dict[str, tuple[str, ...]] = {}
    for task_id in ids_in_order(befores):
        remaining_before: dict[str, None] = {}
        for before in befores[task_id]:
            remaining_before.update(dict.fromkeys((before,) if before in remaining else inherited[before]))
        inherited[task_id] = tuple(remaining_before)
    return {task_id: before for task_id, before in inherited.items() if task_id in remaining}


def done_share(task_id: str, scenario: Scenario) -> Fraction:
    """Return the share of a task that was done before the plan begins; none where its progress is recorded (M35)."""
    status = scenario.status
    if status.is_under_way and task_id in status.tasks:
        return Fraction(0)
    return Fraction(scenario.tasks.given_for(task_id).done)


@dataclass(frozen=True, slots=True)
class Scope:
    """The tasks that are in the plan, and those that were done before it begins, in the order of the model.

    `efforts` are the person-days of both by id, whatever was done of them. `ordered` are the tasks in the plan and
    those that the order of another plan names besides: what else was in that plan (M36).
    """

    left: tuple[Task, ...]
    done: tuple[Task, ...]
    efforts: Mapping[str, Fraction]
    ordered: tuple[Task, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        return *self.left, *self.done

    def passing_nothing(self, scenario: Scenario, model: PhaseModel) -> frozenset[str]:
        """Return the tasks through which nobody waits: those that were done.

        In the order of another plan also those that were done and are left out: they held nobody in that plan (M36).
        """
        done = frozenset(task.id for task in self.done)
        if not scenario.task_order:
            return done
        return done | {task.id for task in model.tasks if done_share(task.id, scenario) == 1}


def scope_of(scenario: Scenario, model: PhaseModel, size: CompanySize) -> Scope:
    """Return what there is to do, and what was done: what has effort and does not fall away."""
    left, done, efforts = list[Task](), list[Task](), dict[str, Fraction]()
    for task in model.tasks:
        effort = Fraction(0) if is_excluded(task, scenario, size) else size.effort_days(task)
        if effort:
            efforts[task.id] = effort
            (done if done_share(task.id, scenario) == 1 else left).append(task)
    named, finished = {task.id for task in left}.union(scenario.task_order), {task.id for task in done}
    ordered = tuple(task for task in model.tasks if task.id in named and task.id not in finished)
    return Scope(tuple(left), tuple(done), efforts, ordered)


def least_days(task: Task, left: Fraction, size: CompanySize) -> int:
    """Return the working days that a share of a task takes, however large the teams are: its minimum and pace (M7)."""
    paced = ceil(left * size.drivers[task.drivers[0]] / task.pace) if task.pace and task.drivers else 0
    return max(ceil(left * task.min_length_days), paced, 1)


EARLY_HEAD_START_DAYS = 200
"""Tasks with so much of a head start wait for no step: the law, the administrators, the works council (M9)."""


def step_gates(tasks: Sequence[Task], after: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    """Return, by task id, what each task also waits for where the steps come in turn (M9).

    That is the nearest earlier step from the first on, those of its tasks that wait for nothing of this step or a
    later one.
    """
    by_id = {task.id: task for task in tasks}
    latest: dict[str, int] = {}
    for task_id in ids_in_order(after):
        steps = (max(latest[before], int(by_id[before].step)) for before in after[task_id])
        latest[task_id] = max(steps, default=0)
    gates: dict[str, tuple[str, ...]] = {}
    for task in tasks:
        if task.head_start_days < EARLY_HEAD_START_DAYS:
            for step in range(int(task.step) - 1, int(Step.PREPARATION), -1):
                own = [other.id for other in tasks if int(other.step) == step and latest[other.id] < int(task.step)]
                if own:
                    gates[task.id] = tuple(own)
                    break
    return gates


def remaining_gates(
    model: PhaseModel, scope: Scope, opening: Container[str], done: Container[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return the gates of the tasks that remain: in the order of another plan they are those of that plan (M36).

    Without a task that was in it, others would count as ended with their step: what waits would start later.
    """
    ordered = {task.id for task in scope.ordered}
    after = after_order(scope.ordered, remaining_after(model, ordered, done), opening)
    gates = step_gates(scope.ordered, after)
    return passed_on({task_id: gates.get(task_id, ()) for task_id in after}, {task.id for task in scope.left})


def after_order(
    tasks: Sequence[Task], after: Mapping[str, tuple[str, ...]], opening: Container[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return the predecessors with the order of licences before each task with which some begin (M9)."""
    if NamedTask.LICENCE_ORDER not in after:
        return after
    before_order = {str(NamedTask.LICENCE_ORDER)}
    for task_id in reversed(ids_in_order(after)):
        if task_id in before_order:
            before_order.update(after[task_id])
    return {
        task.id: (*after[task.id], str(NamedTask.LICENCE_ORDER))
        if task.id in opening and task.id not in before_order and NamedTask.LICENCE_ORDER not in after[task.id]
        else after[task.id]
        for task in tasks
    }


def works_of(
    scenario: Scenario,
    model: PhaseModel,
    size: CompanySize,
    scope: Scope,
    start: date,
    opening: Container[str] = (),
    levelled: Mapping[str, date] = MappingProxyType({}),
) -> tuple[TaskWork, ...]:
    """Return the tasks of a model that remain, with their effort and levelled start, in the order of the model.

    `start` is the plan's, `opening` are the ids of the tasks that wait for the order of licences.
    """
    remaining, done = scope.left, scope.passing_nothing(scenario, model)
    index_of = {task.id: index for index, task in enumerate(remaining)}
    after = after_order(remaining, remaining_after(model, index_of, done), opening)
    gates = remaining_gates(model, scope, opening, done) if scenario.timeline.steps is StepOrder.IN_TURN else {}
    task_works = []
    for task in remaining:
        left = 1 - done_share(task.id, scenario)
        effort = left * scope.efforts[task.id]
        external = effort * Fraction(task.external_share)
        given = scenario.tasks.given_for(task.id)
        task_works.append(
            TaskWork(
                task=task,
                work=Work(ByTeam(effort - external, external), least_days(task, left, size)),
                after=tuple(index_of[task_id] for task_id in after[task.id]),
                gates=tuple(index_of[task_id] for task_id in gates.get(task.id, ())),
                earliest=given.earliest_start,
                fixed=given.fixed_start,
                levelled=levelled.get(task.id),
                fact=fact_of(scenario.status, task.id, start),
            )
        )
    return tuple(task_works)
