"""How far a line of a project file is on the status date of the plan (M26).

Laws: what is recorded of a task stands with it, and nothing of a task that has
not begun; a summary spans what has begun below it, and is finished when all of it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.progress import TaskState
from zt_planner.files.project.xml_text import SECONDS_A_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from zt_planner.domain.plan import ScheduledTask
    from zt_planner.engine.plan import Plan

WHOLE = 100


@dataclass(frozen=True, slots=True)
class LineProgress:
    """Of a line's days so many have passed; actual days, None where there are none; spent work in seconds."""

    passed_days: int
    length_days: int
    started: date | None = None
    finished: date | None = None
    internal: int | None = None
    external: int | None = None

    @property
    def percent(self) -> int:
        """The share of the days that have passed, rounded down: all of them only where all have."""
        return WHOLE * self.passed_days // self.length_days if self.length_days else WHOLE * bool(self.finished)

    @property
    def remaining_days(self) -> int:
        """The days that are left."""
        return self.length_days - self.passed_days

    @property
    def work(self) -> int | None:
        """The spent work of both teams; None where nobody counts."""
        counted = [spent for spent in (self.internal, self.external) if spent is not None]
        return sum(counted) if counted else None


def progress_of(task: ScheduledTask, plan: Plan) -> LineProgress | None:
    """Return how far a task is; None without a status date."""
    if task.progress is None:
        return None
    length, passed, is_done = task.length_days, task.progress.passed_days, task.state is TaskState.DONE
    if not task.has_begun:
        return LineProgress(0, length)
    record = plan.scenario.status.tasks[task.task.id]
    return LineProgress(
        length if is_done else passed,
        length,
        task.start,
        task.finish if is_done else None,
        _seconds(record.spent_internal),
        _seconds(record.spent_external),
    )


def _seconds(days: Decimal | None) -> int | None:
    return None if days is None else round(days * SECONDS_A_DAY)


def progress_of_all(found: Sequence[LineProgress]) -> LineProgress | None:
    """Return how far several lines are together; None where there is none."""
    if not found:
        return None
    starts = [each.started for each in found if each.started is not None]
    ends = [each.finished for each in found if each.finished is not None]
    return LineProgress(
        sum(each.passed_days for each in found),
        sum(each.length_days for each in found),
        min(starts, default=None),
        max(ends) if len(ends) == len(found) else None,
    )
