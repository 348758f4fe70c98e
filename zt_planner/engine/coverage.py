"""What finished tasks do for the ten measures of NIS2 Art. 21(2) (M19).

Laws: nothing is credited before a task is finished; (a), (c) and (d) are never
more than partly served, whatever the tasks say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.data.phase_model import Coverage, Measure, PhaseModel
from zt_planner.domain.plan import CoverageState, MeasureCoverage, ScheduledTask

if TYPE_CHECKING:
    from collections.abc import Sequence

NEVER_MORE_THAN_PARTLY = frozenset("acd")


def measure_coverage(measure: Measure, tasks: Sequence[ScheduledTask]) -> MeasureCoverage:
    """Return a measure's state when all tasks are finished, and since when."""
    letter = measure.letter
    main = [task for task in tasks if letter in task.task.main]
    partial = [task for task in tasks if letter in task.task.partial]
    partly_from = min((task.finish for task in (*main, *partial)), default=None)
    may_be_supported = letter not in NEVER_MORE_THAN_PARTLY and measure.covered_by_the_five_steps is Coverage.MAINLY
    if main and may_be_supported:
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
    )


def coverage_of(model: PhaseModel, tasks: Sequence[ScheduledTask]) -> tuple[MeasureCoverage, ...]:
    """Return the coverage of every measure."""
    return tuple(measure_coverage(measure, tasks) for measure in model.measures)
