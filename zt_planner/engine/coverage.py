"""What finished tasks do for the ten measures of NIS2 Art. 21(2) (M19).

Laws: nothing is credited before a task is finished; a measure is never served further
than its row allows, nor more than partly where one of its main tasks was chosen away.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zt_planner.domain.data.phase_model import Coverage, ExclusionRule, Measure, Task
from zt_planner.domain.plan import CoverageState, MeasureCoverage, ScheduledTask
from zt_planner.engine.case import Case
from zt_planner.engine.scheduling.effort import is_unnecessary

CHOSEN_AWAY = frozenset({ExclusionRule.NO_MONITORING, ExclusionRule.KEEP_VPN})
"""Choices by which something is not done that there would be to do."""


def measure_coverage(measure: Measure, tasks: Sequence[ScheduledTask], missing: Sequence[str] = ()) -> MeasureCoverage:
    """Return a measure's state when all tasks are finished, and since when; `missing` are main tasks chosen away."""
    letter = measure.letter
    main = [task for task in tasks if letter in task.task.main]
    partial = [task for task in tasks if letter in task.task.partial]
    partly_from = min((task.finish for task in (*main, *partial)), default=None)
    if main and measure.covered_by_the_five_steps is Coverage.MAINLY and not missing:
        state, reached_on = CoverageState.SUPPORTED, max(task.finish for task in main)
    elif partly_from is not None:
        state, reached_on = CoverageState.PARTLY, partly_from
    else:
        state, reached_on = CoverageState.OPEN, None
    return MeasureCoverage(
        letter=letter,
        state=state,
        reached_on=reached_on,
        partly_from=partly_from,
        main_tasks=tuple(task.task.id for task in main),
        partial_tasks=tuple(task.task.id for task in partial),
        missing_tasks=tuple(missing),
    )


def state_on(covered: MeasureCoverage, day: date) -> CoverageState:
    """Return how far a measure is served by what is finished by the end of a day."""
    is_reached = covered.reached_on is not None and covered.reached_on <= day
    if is_reached and covered.state is CoverageState.SUPPORTED:
        return CoverageState.SUPPORTED
    is_partly = covered.partly_from is not None and covered.partly_from <= day
    return CoverageState.PARTLY if is_partly else CoverageState.OPEN


def chosen_away(case: Case, tasks: Sequence[ScheduledTask]) -> tuple[Task, ...]:
    """Return the tasks that would have something to do, and are not in the plan all the same."""
    placed, given = {task.task.id for task in tasks}, case.scenario.tasks.given_for
    return tuple(
        task
        for task in case.model.tasks
        if task.id not in placed
        and (
            task.falls_away_when in CHOSEN_AWAY
            if is_unnecessary(task, case.scenario, case.size)
            else given(task.id).in_scope is False and bool(case.size.effort_days(task))
        )
    )


def coverage_of(case: Case, tasks: Sequence[ScheduledTask]) -> tuple[MeasureCoverage, ...]:
    away = chosen_away(case, tasks)
    return tuple(
        measure_coverage(measure, tasks, [task.id for task in away if measure.letter in task.main])
        for measure in case.base_model.measures
    )
