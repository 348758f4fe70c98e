"""Which tasks remain and how much work they are (M5, M6).

Effort is person-days as an exact fraction, split between the teams. Laws: the teams' shares add up to the effort; a
task that was dropped, or was taken out of scope, passes its predecessors on to its successors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from zt_planner.domain.data.phase_model import ExclusionRule, PhaseModel, Task
from zt_planner.domain.dependencies import ids_in_order
from zt_planner.domain.plan import ByTeam, Work
from zt_planner.domain.scenario.scenario import Monitoring, RemoteAccess, Scenario, Segmentation
from zt_planner.engine.company_size import CompanySize
from zt_planner.engine.scheduling.facts import TaskFact, fact_of

WORKING_DAYS_A_WEEK = 5
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
    """A remaining task with its work; `after` holds indices of works.

    `earliest` is the day before which it must not start, `fixed` the one on which it shall (M9b), `levelled` the
    one on which it starts in the levelled plan (M20). `fact` is what is known on the status date, if there is one.
    """

    task: Task
    work: Work
    after: tuple[int, ...]
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
        ExclusionRule.NO_MONITORING: choices.monitoring is Monitoring.NONE,
        ExclusionRule.KEEP_VPN: choices.remote_access is RemoteAccess.VPN,
    }
    return holds[task.falls_away_when]


def remaining_after(model: PhaseModel, remaining: Sequence[Task]) -> Mapping[str, tuple[str, ...]]:
    """Return the predecessors that remain, inherited through tasks that were dropped, by task id."""
    kept = {task.id for task in remaining}
    inherited: dict[str, tuple[str, ...]] = {}
    for task_id in ids_in_order({task.id: task.after for task in model.tasks}):
        remaining_before: dict[str, None] = {}
        for before in model.by_id[task_id].after:
            remaining_before.update(dict.fromkeys((before,) if before in kept else inherited[before]))
        inherited[task_id] = tuple(remaining_before)
    return {task.id: inherited[task.id] for task in remaining}


def works_of(
    scenario: Scenario, model: PhaseModel, size: CompanySize, levelled: Mapping[str, date] = MappingProxyType({})
) -> tuple[TaskWork, ...]:
    """Return the tasks of a model that remain, with their effort and levelled start, in the order of the model."""
    efforts = {task.id: size.effort_days(task) for task in model.tasks if not is_excluded(task, scenario, size)}
    remaining = [task for task in model.tasks if efforts.get(task.id)]
    after = remaining_after(model, remaining)
    index_of = {task.id: index for index, task in enumerate(remaining)}
    task_works, start = [], scenario.timeline.start or date.min
    for task in remaining:
        external = efforts[task.id] * Fraction(task.external_share)
        before = tuple(index_of[task_id] for task_id in after[task.id])
        given = scenario.tasks.given_for(task.id)
        dates = given.earliest_start, given.fixed_start, levelled.get(task.id)
        fact = fact_of(scenario.status, task.id, start)
        work = Work(ByTeam(efforts[task.id] - external, external), task.least_days)
        task_works.append(TaskWork(task, work, before, *dates, fact))
    return tuple(task_works)
