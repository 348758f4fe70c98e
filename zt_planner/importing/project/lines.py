"""Which line of a project file is what: a task of the plan, the steering, something new, or of another plan.

Laws: every line is one of these, but the milestone of MFA for all, which follows
from its tasks; of lines with one mark, as a copy has it, the first is the task
and the others are new.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zt_planner.errors import msgid
from zt_planner.export.project.marks import MFA_MILESTONE, PLAN, STEERING, STEP, TASK
from zt_planner.export.project.xml_text import writable

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.importing.project.outline import Outline
    from zt_planner.importing.project.records import FileTask
    from zt_planner.importing.result import ImportResult


@dataclass(slots=True)
class ProjectLines:
    """The lines by what they are; `ours` are the open plan's tasks, by id, `split` those with others under them."""

    is_ours: bool
    whole: FileTask | None = None
    coordination: FileTask | None = None
    ours: dict[str, FileTask] = field(default_factory=dict)
    split: dict[str, FileTask] = field(default_factory=dict)
    strange: list[FileTask] = field(default_factory=list)
    new: list[FileTask] = field(default_factory=list)


def sorted_lines(outline: Outline, plan: Plan, result: ImportResult) -> ProjectLines:
    """Return the lines of a file, sorted by what they are."""
    known = {TASK + writable(task.task.id): task.task.id for task in plan.tasks}
    lines = outline.by_uid.values()
    wholes = (line for line in lines if line.mark.startswith(PLAN) and line.mark != STEERING)
    whole = next(wholes, None)
    found = ProjectLines(whole is not None or any(line.mark in known for line in lines), whole)
    for line in outline.twice:
        result.leave(line.place, msgid("another task in the file has the same number"), msgid("Save the project again"))
    for line in outline.leaves():
        if line is not whole and not (line.mark == MFA_MILESTONE and outline.is_milestone(line)):
            _sort(line, known, found)
    for line in filter(outline.is_group, lines):
        _say_group(line, known, found, outline, result)
    return found


def _say_group(
    line: FileTask, known: dict[str, str], lines: ProjectLines, outline: Outline, result: ImportResult
) -> None:
    """Say what a group of lines is that is no step and no whole plan."""
    if lines.is_ours and line.mark in known:
        problem = msgid("it has subtasks now; a task of a plan has none")
        result.leave(line.place, problem, msgid("Take it out of scope, or those under it"))
        lines.split[known[line.mark]] = line
        outline.solid.add(line.uid)
    elif line.level > 0 and not outline.below[line.uid] and not line.mark.startswith(STEP):
        problem = msgid("it stands for tasks that are not in the file")
        result.leave(line.place, problem, msgid("Save the project with all its tasks, and choose that file"))


def _sort(line: FileTask, known: dict[str, str], lines: ProjectLines) -> None:
    if not lines.is_ours:
        lines.new.append(line)
    elif line.mark == STEERING and lines.coordination is None:
        lines.coordination = line
    elif line.mark in known and known[line.mark] not in lines.ours:
        lines.ours[known[line.mark]] = line
    elif line.mark.startswith(TASK) and line.mark not in known:
        lines.strange.append(line)
    else:
        lines.new.append(line)
