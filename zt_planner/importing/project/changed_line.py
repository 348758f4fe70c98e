"""A line of a project file beside the plan's task that it is, and where what was changed of it is put."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zt_planner.domain.scenario.fields import OWN_TASKS, TASK_EDITS
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan, ScheduledTask
    from zt_planner.export.project.marks import Facts
    from zt_planner.importing.project.outline import Before, Outline
    from zt_planner.importing.project.records import FileTask
    from zt_planner.importing.result import ImportResult

LEAST_SECONDS = 60
"""Less work than that is how a program rounds."""
PLANS_FIGURE = msgid("Change it in the plan")


@dataclass(slots=True)
class ChangedLine:
    """A line of the file, the task that it is, how it was handed out, and what it waits for."""

    line: FileTask
    task: ScheduledTask
    exported: Facts
    before: Before
    outline: Outline
    plan: Plan
    result: ImportResult
    moved: list[FileTask]

    @property
    def is_own(self) -> bool:
        """Tell whether it is an own task."""
        return self.task.task.is_own

    def put(self, figure: str, value: object) -> None:
        """Set a figure of the task, but one that is set so already."""
        prefix, key = OWN_TASKS if self.is_own else TASK_EDITS, self.task.task.id
        given: Any = getattr(self.plan.scenario.tasks.given_for(key), figure)
        if isinstance(given, date):
            given = given.isoformat()
        if value != (list(given) if isinstance(given, tuple) else given):
            self.result.edits[f"{prefix}{key}.{figure}"] = value

    def leave(self, problem: str, remedy: str = PLANS_FIGURE, **values: object) -> None:
        """Say what cannot be taken."""
        self.result.leave(self.line.place, problem, remedy, **values)
