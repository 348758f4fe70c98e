"""What is due this week: how many tasks are late, run and begin next, or what comes next; a table of them with ticks.

Laws: the tasks that are due have what should have begun first; what is ticked is recorded as it was planned, unless
that is later than the status date or earlier than a forecast at which it was still open: then as of the status date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.status import Status, TaskRecord
from zt_planner.domain.units import FLAG
from zt_planner.engine.plan import AnyPlan
from zt_planner.errors import msgid
from zt_planner.language import Listed, Plural, ShortDay, Text, Words, sentences
from zt_planner.topics.grid import Grid, GridColumn
from zt_planner.topics.progress.status_grid import (
    NEXT,
    OVERDUE,
    RECORDS,
    RUNNING,
    SOON,
    record_fields,
    status_grid,
    urgency,
)
from zt_planner.topics.task_words import task_name
from zt_planner.topics.view import AnyView

TICKS = {"has_started": "started", "is_finished": "finished"}
"""The columns to tick, by the record that they set to the status date."""
WEEK_COLUMNS = {
    "has_started": GridColumn(msgid("Has started"), FLAG, 105),
    "is_finished": GridColumn(msgid("Is finished"), FLAG, 105),
    "remaining_days": RECORDS["remaining_days"],
    **{name: RECORDS[name] for name in TICKS.values()},
    "state": GridColumn(msgid("State")),
    "forecast": GridColumn(msgid("Forecast")),
}
WEEK_NAMES = 320
"""Pixels."""


def week_grid(view: AnyView, reference: AnyPlan) -> Grid:
    """Return how far all tasks are, with what is ticked, typed or read every week."""
    whole = status_grid(view, reference)
    status = view.plan.scenario.status
    planned = {task.task.id: task for task in reference.tasks}
    rows = tuple(replace(row, cells={**row.cells, **_ticks(status.record_of(row.id))}) for row in whole.rows)
    return replace(
        whole,
        title=msgid("Tasks of this week"),
        columns=WEEK_COLUMNS,
        rows=rows,
        fields=partial(_ticked_fields, status=status, planned=planned),
        name_width=WEEK_NAMES,
    )


def _ticks(record: TaskRecord) -> dict[str, bool]:
    return {"has_started": bool(record.started or record.finished), "is_finished": record.finished is not None}


def _ticked_fields(
    task_id: str, figures: Mapping[str, Any], status: Status, planned: Mapping[str, ScheduledTask]
) -> dict[str, Any]:
    """Return figures as fields by path: what is ticked is recorded as planned, a day that is typed as it is.

    A task that is ticked as finished has begun, too: without its start, all of it would fall on its last day.
    """
    task, record = planned.get(task_id), status.record_of(task_id)
    typed = {name: figure for name, figure in figures.items() if name not in TICKS}
    ticked: dict[str, date | None] = {TICKS[tick]: None for tick in figures.keys() & TICKS.keys()}
    if figures.get("has_started"):
        ticked["started"] = _ticked_day(None if task is None else task.start, status)
    if figures.get("is_finished"):
        begun = typed.get("started") or ticked.get("started") or record.started
        finished = _ticked_day(None if task is None else task.finish, status)
        if begun is None and finished is not None and task is not None and task.start <= finished:
            ticked["started"] = task.start
        ticked["finished"] = status.at if begun is not None and finished is not None and finished < begun else finished
    return record_fields(task_id, {**ticked, **typed})


def _ticked_day(planned: date | None, status: Status) -> date | None:
    """Return the day that a tick records: the planned one, or the status date where that cannot be true.

    What was open at the last saved forecast has happened since then.
    """
    at = status.at
    if at is None or planned is None or planned > at:
        return at
    still_open = max((day for day in map(date.fromisoformat, status.forecasts) if day < at), default=None)
    return planned if still_open is None or still_open < planned else at


class Due(NamedTuple):
    """The tasks of a week by their ids: those that should have begun, those that run, and those that begin next."""

    overdue: tuple[str, ...]
    running: tuple[str, ...]
    soon: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """All of them."""
        return self.overdue + self.running + self.soon


def due_tasks(plan: AnyPlan, reference: AnyPlan) -> Due:
    """Return what is due or runs on a plan's status date, in the order of the table."""
    earlier, at = {task.task.id: task for task in reference.tasks}, plan.scenario.status.at
    ranked = sorted((urgency(task, earlier.get(task.task.id), at), task.task.id) for task in plan.tasks)
    return Due(*(tuple(key for (group, _), key in ranked if group == wanted) for wanted in (OVERDUE, RUNNING, NEXT)))


def next_task(plan: AnyPlan) -> ScheduledTask | None:
    """Return the task that begins next; None where none is left."""
    ahead = [task for task in plan.tasks if task.state is TaskState.NOT_BEGUN]
    return min(ahead, key=lambda task: task.start, default=None)


def week_answer(plan: AnyPlan, due: Due) -> Words:
    """Say how many tasks are late, run and begin within two weeks; of an empty week what comes next."""
    at = plan.scenario.status.at
    if not any(due) or at is None:
        return nothing_due(plan)
    late = len(due.overdue)
    soon = Plural(
        "Next two weeks: {n} task begins by {day}.",
        "Next two weeks: {n} tasks begin by {day}.",
        len(due.soon),
        day=ShortDay(at + SOON),
    )
    parts: list[Words] = [Plural("{n} task should have begun", "{n} tasks should have begun", late)] if late else []
    parts += [Plural("{n} task is running", "{n} tasks are running", len(due.running))] if due.running else []
    now = Text("This week: {tasks}.", tasks=Listed(parts)) if parts else ""
    return sentences(now, soon if due.soon else "")


def nothing_due(plan: AnyPlan) -> Words:
    """Say that nothing is due, and which task begins next."""
    at, task = plan.scenario.status.at, next_task(plan)
    if task is None or at is None:
        return Text("Nothing is due: no task is left.")
    nothing = Text("Nothing is due until {day}.", day=ShortDay(at + SOON))
    return sentences(nothing, Text("Next: {task}, {day}.", task=task_name(task.task), day=ShortDay(task.start)))
