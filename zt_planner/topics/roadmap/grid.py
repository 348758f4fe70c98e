"""The tasks as a grid to edit, those that are not in the plan too; own tasks that are added or taken out.

Rows stand by step and then as in the model, own tasks last in their step, so
that none moves once it is edited. Laws: an empty cell, or the model's own
figure, is the model's again; a task that is taken out passes what it waited for
on to what waited for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from zt_planner.domain.data.phase_model import Task
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.scenario.fields import OWN_TASKS, TASK_EDITS
from zt_planner.domain.scenario.task_edits import DONE, EDIT_FIGURES, own_id_for
from zt_planner.domain.units import FLAG, PERSON_DAYS
from zt_planner.engine.case import Case
from zt_planner.engine.plan import AnyPlan
from zt_planner.engine.scheduling.edited_model import figure_in_model
from zt_planner.engine.scheduling.effort import is_unnecessary
from zt_planner.entries import Entry
from zt_planner.errors import CellProblem, msgid
from zt_planner.language import Listed, Number, ShortDay, Text, Words
from zt_planner.topics.grid import Grid, GridColumn, GridRow, cell_place, told_apart
from zt_planner.topics.labels import label
from zt_planner.topics.roadmap.figures import grid_cell, grid_column
from zt_planner.topics.roadmap.marks import task_marks
from zt_planner.topics.task_words import task_names
from zt_planner.topics.view import AnyView

TICK = "is_done"
"""The column in which a task is ticked as done; its share, where it is done in part, is typed beside it."""
COLUMNS = {
    "in_scope": grid_column(TASK_EDITS, "in_scope"),
    TICK: GridColumn(msgid("Done"), FLAG),
    **{name: grid_column(TASK_EDITS, name) for name in EDIT_FIGURES if name != "in_scope"},
    "start": GridColumn(msgid("Start")),
    "finish": GridColumn(msgid("Finish")),
    "slack": GridColumn(msgid("Slack, days")),
    "own": GridColumn(msgid("Own figures")),
    "step": GridColumn(msgid("Step")),
}
"""The columns by the figure that they set or show."""
TYPED = tuple(name for name in EDIT_FIGURES if isinstance(COLUMNS[name].entry, Entry))
"""Numbers and days."""


def task_grid(view: AnyView) -> Grid:
    """Return the tasks of a plan to edit."""
    plan, language = view.plan, view.language
    tasks = view.case.model.tasks
    names = told_apart(language.written(task_names(view.case.model)))
    planned, known, rows = {task.task.id: task for task in plan.tasks}, {task.id for task in plan.case.tasks}, []
    for task in sorted(tasks, key=lambda task: task.step):
        given = plan.scenario.tasks.given_for(task.id)
        cells: dict[str, Any] = {
            "in_scope": task.id in known,
            TICK: given.done == 1,
            "after": tuple(names[before] for before in task.after),
        }
        for name in TYPED:
            value = _figure_of(name, task, view)
            cells[name] = grid_cell((getattr(given, name) or None) if value is None else value, COLUMNS[name])
        rows.append(GridRow(task.id, names[task.id], cells | _facts(task, planned.get(task.id), plan)))
    return Grid(
        msgid("Tasks of the roadmap, to be changed"),
        msgid("Task"),
        COLUMNS,
        language.written(tuple(rows)),
        language,
        partial(_fields, view=view),
        partial(_conflicts, view=view),
    )


def _figure_of(name: str, task: Task, view: AnyView) -> Any:  # noqa: ANN401 - figures of every kind
    """Return a figure of a task as the grid shows it; an effort of 0, which nobody can set, is none."""
    value = figure_in_model(name, task, view.case.size)
    return (PERSON_DAYS.exact(value) or None) if name == "effort_days" else value


def _facts(task: Task, scheduled: ScheduledTask | None, plan: AnyPlan) -> dict[str, Words]:
    """Return what the plan makes of a task; hardly anything for one that is not in it."""
    step = label(task.step)
    if scheduled is None:
        own = Text(DONE.mark) if plan.scenario.tasks.given_for(task.id).done == 1 else ""
        return {"start": "", "finish": "", "slack": "", "own": own, "step": step}
    return {
        "start": ShortDay(scheduled.start),
        "finish": ShortDay(scheduled.finish),
        "slack": Text("critical") if scheduled.is_critical else Number(scheduled.slack_days),
        "own": Listed((badge.text for badge in task_marks(scheduled, plan)), ", "),
        "step": step,
    }


def _conflicts(row: GridRow, figures: Mapping[str, Any], view: AnyView) -> Iterator[CellProblem]:
    """Yield that a task would have two dates, or an own one no effort."""
    earliest, fixed = (figures.get(name, row.cells[name]) for name in ("earliest_start", "fixed_start"))
    if isinstance(earliest, date) and isinstance(fixed, date):
        problem = msgid("there is an earliest start too ({earliest})")
        remedy = msgid("Remove one of the two: a task has either a fixed start or an earliest start")
        place = cell_place(row, COLUMNS["fixed_start"])
        yield CellProblem(place, problem, remedy, earliest=view.language.short_day(earliest))
    if row.id in view.plan.scenario.tasks.own and figures.get("effort_days", row.cells["effort_days"]) is None:
        place = cell_place(row, COLUMNS["effort_days"])
        yield CellProblem(place, msgid("an own task needs this"), msgid("Fill it in"))


def _fields(task_id: str, figures: Mapping[str, Any], view: AnyView) -> dict[str, Any]:
    """Return figures as fields by path; an own task is one field."""
    figures = _with_tick(figures)
    own = view.plan.scenario.tasks.own.get(task_id)
    if own is None:
        return {f"{TASK_EDITS}{task_id}.{name}": _or_model(task_id, name, figures[name], view) for name in figures}
    kept = {**own.model_dump(mode="json"), **figures}
    return {f"{OWN_TASKS}{task_id}": {name: value for name, value in kept.items() if value is not None}}


def _with_tick(figures: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return figures with the share that a tick sets: all or nothing, unless a share was typed too."""
    if TICK not in figures:
        return figures
    share = Decimal(1) if figures[TICK] else None
    return {"done": share, **{name: value for name, value in figures.items() if name != TICK}}


def _or_model(task_id: str, name: str, value: Any, view: AnyView) -> Any:  # noqa: ANN401 - as above
    """Return a figure of a task of the model, None where the model says the same."""
    task = view.case.base_model.by_id[task_id]
    if name == "in_scope":
        is_same = value is True and not is_unnecessary(task, view.plan.scenario, view.case.size)
    else:
        is_same = (tuple(value) if isinstance(value, list) else value) == _figure_of(name, task, view)
    return None if is_same else value


# Own tasks


def own_task_field(given: Mapping[str, Any], task_id: str | None, view: AnyView) -> dict[str, Any]:
    """Return the field of an own task with these figures; a new one (None) gets an id made of its name."""
    tasks = view.plan.scenario.tasks
    if task_id is None:
        key = own_id_for(str(given["name"]), {*view.case.base_model.by_id, *tasks.own})
        return {f"{OWN_TASKS}{key}": dict(given)}
    return {f"{OWN_TASKS}{task_id}": {**tasks.own[task_id].model_dump(mode="json"), **given}}


def reset(task_id: str, case: Case) -> dict[str, Any]:
    """Return the fields that take everything that was set for a task away: an own one is gone then."""
    if task_id not in case.scenario.tasks.own:
        return {f"{TASK_EDITS}{task_id}": None}
    return {**_passed_on(task_id, case), f"{OWN_TASKS}{task_id}": None}


def _passed_on(task_id: str, case: Case) -> dict[str, Any]:
    """Return the fields with which what waited for a task waits for what that one waited for."""
    tasks = case.scenario.tasks
    gone = tasks.own[task_id]
    fields: dict[str, Any] = {}
    for other in case.model.tasks:
        if task_id not in other.after:
            continue
        rest = [before for before in other.after if before != task_id]
        after = list(dict.fromkeys((*rest, *gone.after)))
        if other.id in tasks.own:
            fields[f"{OWN_TASKS}{other.id}"] = tasks.own[other.id].model_dump(mode="json") | {"after": after}
        else:
            is_same = after == list(case.base_model.by_id[other.id].after)
            fields[f"{TASK_EDITS}{other.id}.after"] = None if is_same else after
    return fields
