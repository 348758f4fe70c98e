"""What finished tasks do for the 49 points of NIS2's implementing regulation, under the letters of Art. 21(2) (M19).

Laws: nothing is credited before a task is finished; a point is never served further than its row allows, nor more than
partly where one of its main tasks was left out or chosen away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from zt_planner.domain.data.columns import alternatives_of
from zt_planner.domain.data.phase_model import Coverage, ExclusionRule, Point
from zt_planner.domain.plan import CoverageState, PointCoverage, ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.engine.case import Case
from zt_planner.engine.scheduling.effort import is_unnecessary

NOTHING_TO_DO = frozenset(
    {
        ExclusionRule.FULL_REUSE,
        ExclusionRule.NO_WORKS_COUNCIL,
        ExclusionRule.NO_MACHINES,
        ExclusionRule.NO_LOCAL_DIRECTORY,
    }
)
"""Why a task is not needed because there is nothing that it would be done to; any other rule is a choice."""


def finished_days(case: Case, tasks: Sequence[ScheduledTask]) -> Mapping[str, date]:
    """Return the day on which each task of the model is finished: the plan's start where nothing is left to do.

    Tasks that were left out, or that a choice drops, are missing.
    """
    days = {task.task.id: task.finish for task in tasks}
    done = {task.id for task in case.done}
    for task in case.model.tasks:
        if task.id in done or (task.id not in days and has_nothing_to_do(case, task.id)):
            days[task.id] = case.start
    return days


def has_nothing_to_do(case: Case, task_id: str) -> bool:
    """Tell whether there is nothing to be done for a task: no effort, or nothing that it would be done to."""
    task = case.model.by_id[task_id]
    if case.scenario.tasks.given_for(task_id).in_scope is False:
        return False
    is_without = task.falls_away_when in NOTHING_TO_DO and is_unnecessary(task, case.scenario, case.size)
    return is_without or not case.size.effort_days(task)


def earliest_finished(alternatives: str, finished: Mapping[str, date]) -> tuple[date, str] | None:
    """Return from when one of some tasks is finished, and which; None where none is in the plan."""
    return min(((finished[key], key) for key in alternatives_of(alternatives) if key in finished), default=None)


def point_coverage(point: Point, finished: Mapping[str, date], working: frozenset[str]) -> PointCoverage:
    """Return a point's state when all tasks are finished, and since when; only `working` tasks make it partly."""
    main = [earliest_finished(word, finished) for word in point.main]
    missing = dict.fromkeys(
        key for word, one in zip(point.main, main, strict=True) if one is None for key in alternatives_of(word)
    )
    main_tasks = tuple(one[1] for one in main if one is not None)
    partial_tasks = tuple(key for key in point.partial if key in finished)
    named = (*(key for word in point.main for key in alternatives_of(word)), *point.partial)
    partly_from = min((finished[key] for key in named if key in working and key in finished), default=None)
    if point.main and not missing and point.covered is Coverage.MAINLY:
        state, reached_on = CoverageState.SUPPORTED, max(one[0] for one in main if one is not None)
    elif partly_from is not None:
        state, reached_on = CoverageState.PARTLY, partly_from
    else:
        state, reached_on = CoverageState.OPEN, None
    return PointCoverage(
        point.point, point.letter, state, reached_on, partly_from, main_tasks, partial_tasks, tuple(missing)
    )


def state_on(covered: PointCoverage, day: date) -> CoverageState:
    """Return how far a point is served by what is finished by the end of a day."""
    is_reached = covered.reached_on is not None and covered.reached_on <= day
    if is_reached and covered.state is CoverageState.SUPPORTED:
        return CoverageState.SUPPORTED
    is_partly = covered.partly_from is not None and covered.partly_from <= day
    return CoverageState.PARTLY if is_partly else CoverageState.OPEN


def coverage_of(case: Case, tasks: Sequence[ScheduledTask]) -> tuple[PointCoverage, ...]:
    """Return how far each point is served."""
    return _coverage(case, tasks, finished_days(case, tasks))


def recorded_coverage(case: Case, tasks: Sequence[ScheduledTask]) -> tuple[PointCoverage, ...]:
    """Return how far each point is served by what is recorded as done: a planned day that has passed is no record."""
    not_done = {task.task.id for task in tasks if task.state is not TaskState.DONE}
    finished = {key: day for key, day in finished_days(case, tasks).items() if key not in not_done}
    return _coverage(case, tasks, finished)


def _coverage(case: Case, tasks: Sequence[ScheduledTask], finished: Mapping[str, date]) -> tuple[PointCoverage, ...]:
    working = frozenset({task.task.id for task in tasks} | {task.id for task in case.done})
    return tuple(point_coverage(point, finished, working) for point in case.base_model.points)
