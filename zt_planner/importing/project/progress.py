"""What a project file says of how far its tasks are: actual days become records of the plan's status (ADR 0069).

Only days that somebody recorded count: a percentage alone is left out, and what
a program makes of one, such as actual work, is not read. Laws: as in `changes`;
no record is made that a scenario would refuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.scenario.fields import TASK_RECORDS
from zt_planner.domain.scenario.values import FIRST_DAY, LAST_DAY
from zt_planner.errors import msgid
from zt_planner.export.project.marks import plan_facts_from
from zt_planner.export.project.progress import LineProgress
from zt_planner.importing.project.changed_line import LEAST_SECONDS
from zt_planner.importing.project.roadmap import LONGEST_LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zt_planner.domain.plan import Plan
    from zt_planner.importing.project.changed_line import ChangedLine
    from zt_planner.importing.project.lines import ProjectLines
    from zt_planner.importing.project.outline import Outline
    from zt_planner.importing.project.records import FileTask
    from zt_planner.importing.result import ImportResult

ROUNDED = 1
"""Per cent by which programs round."""
ENTER_DAYS = msgid("Enter its actual days, and choose the file again")
STATUS_DATE = "status.at"


def compare_progress(change: ChangedLine) -> None:
    """Say what was changed of how far a task is."""
    line, key = change.line, change.task.task.id
    exported = change.exported.progress or LineProgress(0, change.exported.length_days)
    if line.actual_start is None and line.actual_finish is None and line.percent_complete:
        _leave(change, msgid("it has a percentage, but no actual start; only recorded days count"))
        return
    days = {"started": line.actual_start, "finished": line.actual_finish}
    before = {"started": exported.started, "finished": exported.finished}
    changed = {name: day for name, day in days.items() if day != before[name]}
    left = _left(change, exported) if days["started"] is not None and days["finished"] is None else None
    _compare_work(change, exported)
    kept = change.plan.scenario.status.record_of(key)
    if _is_recordable({"started": kept.started, "finished": kept.finished} | changed, line, change.result):
        given = {name: None if day is None else day.isoformat() for name, day in changed.items()}
        now = kept.model_dump(mode="json")
        record = given | ({} if left is None else {"remaining_days": left})
        new = {name: value for name, value in record.items() if value != now.get(name)}
        change.result.edits |= {f"{TASK_RECORDS}{key}.{name}": value for name, value in new.items()}


def _left(change: ChangedLine, exported: LineProgress) -> int | None:
    """Return the working days that are left, None where they were not changed; say where they cannot be taken."""
    line, left = change.line, change.outline.left_of(change.line)
    if left == exported.remaining_days or left is None:
        if abs(line.percent_complete - exported.percent) > ROUNDED:
            _leave(change, msgid("its percentage was changed, but not the days that are left"))
    elif not left:
        _leave(change, msgid("nothing of it is left, but it has no actual finish"))
    elif left <= LONGEST_LENGTH:
        return left
    else:
        _leave(change, msgid("it is longer than a plan allows"))
    return None


def _compare_work(change: ChangedLine, exported: LineProgress) -> None:
    """Say where spent work was changed: programs make it of percentages, so that it is no record."""
    spent, before = change.line.actual_work, exported.work
    if spent is not None and before is not None and abs(spent - before) >= LEAST_SECONDS:
        change.leave(
            msgid("its actual work was changed, which programs calculate from percentages"),
            msgid("Record the days that were spent in the plan"),
        )


def record_new(line: FileTask, key: str, result: ImportResult) -> None:
    """Record the actual days of a new task."""
    days = {"started": line.actual_start, "finished": line.actual_finish}
    if _is_recordable(days, line, result):
        result.edits |= {
            f"{TASK_RECORDS}{key}.{name}": day.isoformat() for name, day in days.items() if day is not None
        }


def _is_recordable(days: Mapping[str, date | None], line: FileTask, result: ImportResult) -> bool:
    """Tell whether a scenario takes actual days; say why not."""
    started, finished = line.actual_start, line.actual_finish
    if any(day is not None and not FIRST_DAY <= day <= LAST_DAY for day in (started, finished)):
        result.leave(line.place, msgid("an actual day is outside the dates that a plan can cover"), ENTER_DAYS)
        return False
    first, last = days["started"], days["finished"]
    if first is not None and last is not None and last < first:
        result.leave(line.place, msgid("its actual finish lies before its actual start"), ENTER_DAYS)
        return False
    return True


def _leave(change: ChangedLine, problem: str) -> None:
    change.leave(problem, ENTER_DAYS)


def say_status_date(lines: ProjectLines, outline: Outline, plan: Plan, result: ImportResult) -> None:
    """Take the status date where it was changed.

    Some programs write the day on which they save: where the plan was handed out without one, it counts only beside
    records.
    """
    exported = plan_facts_from(lines.whole.facts)[2] if lines.whole is not None else None
    at = outline.project.status_date
    has_records = any(path.startswith(TASK_RECORDS) for path in result.edits)
    if at is None or at in {exported, plan.scenario.status.at} or not (exported or has_records):
        return
    if FIRST_DAY <= at <= LAST_DAY:
        result.edits[STATUS_DATE] = at.isoformat()


def say_foreign_progress(outline: Outline, file: str, result: ImportResult) -> None:
    """Say that another plan's progress does not count."""
    begun = [line for line in outline.leaves() if line.percent_complete or line.actual_start is not None]
    if begun:
        problem = msgid("tasks with progress, which is not read: {count}")
        result.notice(file, problem, msgid("Record their actual days on the Roadmap page"), count=len(begun))
