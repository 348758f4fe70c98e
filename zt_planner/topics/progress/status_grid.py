"""How far the tasks are, as a grid to edit: what is recorded of each, beside what the plan makes of it (M26).

What matters this week stands first: what runs, what should have begun, what begins next; then the rest, and what is
done last. Laws: every task that is in the plan, or of which something is recorded, has a row; each cell is one field;
nothing is derived.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.fields import TASK_RECORDS
from zt_planner.domain.scenario.status import RECORD_FIGURES
from zt_planner.engine.plan import AnyPlan
from zt_planner.errors import CellProblem, msgid
from zt_planner.language import ShortDay, Span, Text, Words
from zt_planner.topics.grid import Grid, GridColumn, GridRow, cell_place, told_apart
from zt_planner.topics.labels import label
from zt_planner.topics.roadmap.figures import grid_cell, grid_column
from zt_planner.topics.task_words import days_later, days_text, task_names
from zt_planner.topics.view import AnyView

SOON = timedelta(days=14)
"""What begins within so many days after the status date is due next."""
RECORDS = {name: grid_column(TASK_RECORDS, name) for name in RECORD_FIGURES}
FIRST = ("started", "finished", "remaining_days")
"""The records that stand before what follows from them."""
COLUMNS = {
    "state": GridColumn(msgid("State")),
    **{name: RECORDS[name] for name in FIRST},
    "forecast": GridColumn(msgid("Forecast")),
    "slip": GridColumn(msgid("Slip")),
    **{name: column for name, column in RECORDS.items() if name not in FIRST},
}
"""The columns by the record that they set, or what they show."""


def status_grid(view: AnyView, reference: AnyPlan) -> Grid:
    """Return what is recorded of the tasks of a plan with a status date, to edit; beside it its reference."""
    plan, language = view.plan, view.language
    planned = {task.task.id: task for task in plan.tasks}
    earlier = {task.task.id: task for task in reference.tasks}
    known = language.written(task_names(view.case.model))
    listed = {*(planned or earlier), *plan.scenario.status.tasks}  # a plan without a schedule has no tasks
    ids = [key for key in (*known, *sorted(listed - known.keys())) if key in listed]
    names = told_apart({key: known.get(key, key) for key in ids})
    ids.sort(key=lambda key: urgency(planned.get(key), earlier.get(key), plan.scenario.status.at))
    rows = (GridRow(key, names[key], _cells(key, planned.get(key), earlier.get(key), view)) for key in ids)
    return Grid(
        msgid("How far the tasks are"),
        msgid("Task"),
        COLUMNS,
        language.written(tuple(rows)),
        language,
        record_fields,
        partial(_conflicts, view=view),
    )


RUNNING, OVERDUE, NEXT, LATER, DONE, NOT_PLANNED = range(6)
"""The groups of rows, in their order."""


def urgency(task: ScheduledTask | None, earlier: ScheduledTask | None, at: date | None) -> tuple[int, int]:
    """Return how late a task's row stands: its group, and its day within that; of what is done the latest first."""
    if task is None or at is None:
        return NOT_PLANNED, 0
    if task.state is TaskState.RUNNING:
        return RUNNING, task.finish.toordinal()
    if task.state is TaskState.DONE:
        return DONE, -task.finish.toordinal()
    if _is_overdue(task, earlier, at):
        return OVERDUE, task.start.toordinal()
    return NEXT if task.start <= at + SOON else LATER, task.start.toordinal()


def _is_overdue(task: ScheduledTask, earlier: ScheduledTask | None, at: date) -> bool:
    """Tell whether a task should have begun, and has not."""
    return task.state is TaskState.NOT_BEGUN and earlier is not None and earlier.start <= at


def _cells(task_id: str, task: ScheduledTask | None, earlier: ScheduledTask | None, view: AnyView) -> dict[str, Any]:
    """Return a row's cells: what is recorded, and what follows."""
    status = view.plan.scenario.status
    record = status.record_of(task_id)
    return {
        **{name: grid_cell(getattr(record, name), column) for name, column in RECORDS.items()},
        "state": _state_text(task, earlier, status.at),
        # of a task that is done nothing is forecast
        "forecast": "" if task is None or task.state is TaskState.DONE else Span(task.start, task.finish),
        "slip": "" if task is None or earlier is None else days_text(days_later([task], [earlier])),
    }


def _state_text(task: ScheduledTask | None, earlier: ScheduledTask | None, at: date | None) -> Words:
    if task is None:
        return "" if earlier is not None else Text("not in the plan")
    if at is not None and earlier is not None and _is_overdue(task, earlier, at):
        return Text("not begun, planned for {day}", day=ShortDay(earlier.start))
    return label(task.state)


def _conflicts(row: GridRow, figures: Mapping[str, Any], view: AnyView) -> Iterator[CellProblem]:
    """Yield that a task would be finished before it was started."""
    started, finished = (figures.get(name, row.cells[name]) for name in ("started", "finished"))
    if isinstance(started, date) and isinstance(finished, date) and finished < started:
        place = cell_place(row, COLUMNS["finished"])
        problem, remedy = msgid("it was started later, on {started}"), msgid("Correct one of the two days")
        yield CellProblem(place, problem, remedy, started=view.language.short_day(started))


def record_fields(task_id: str, figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return figures as fields by path; an empty cell is not recorded."""
    return {f"{TASK_RECORDS}{task_id}.{name}": figures[name] for name in figures}
