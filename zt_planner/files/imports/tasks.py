"""Import of tasks, from tasks.csv or the sheets Roadmap and Actuals: what is set, what is recorded, and own tasks.

A figure with a column of its own is read as its unit says (`TaskFigure`). Planned days and work are no figures that are
set: a first day, a length and days of work that were changed become the figures that make them so. Laws: rows as they
were exported give no edit; every changed cell is an edit or is left out with a reason; a row that is gone takes its
task out of scope.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from zt_planner.domain import units
from zt_planner.domain.data.phase_model import Step, Task
from zt_planner.domain.money import rounded
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.scenario.fields import OWN_TASKS, TASK_EDITS, TASK_RECORDS
from zt_planner.domain.scenario.status import RECORD_FIGURES, TaskRecord
from zt_planner.domain.scenario.task_edits import EDIT_FIGURES, OWN_ID, own_id_for
from zt_planner.domain.units import Unit
from zt_planner.engine.plan import AnyPlan
from zt_planner.engine.scheduling.effort import done_share
from zt_planner.errors import Place, msgid
from zt_planner.files.imports.rows import (
    FOLLOWS,
    LANGUAGES,
    ImportResult,
    Returned,
    cannot_be_read,
    day_in,
    is_month_first,
    is_same,
    number_in,
    value_in,
    whole_in,
    with_iso_days,
    yes_no_words,
)
from zt_planner.gaps import shortened
from zt_planner.topics.labels import label
from zt_planner.topics.roadmap.tables import SET_COLUMNS, figure_in_plan, names_in_lists
from zt_planner.topics.task_words import task_name

DAYS = (
    *("start", "finish", "wait_until"),
    *(name for name, figure in RECORD_FIGURES.items() if figure.unit is units.DAY),
)
UNREADABLE = object()
EFFORT_PLACES = 4
COMPUTED = ("finish", "wait_until", "slack_days", "critical")
CHANGE_THE_SUM = msgid("Change the sum of both; it is divided as before")
AS_BEFORE = msgid("The sum of both is taken over, and divided as before")
RECORD_THE_DAYS = msgid("Record the days on which it started and finished")
CHANGE_THE_START = msgid("Change its first day, its work or its length")
RECORD_IT = msgid("Record actual days, or change the plan on the sheet Roadmap")


def task_edits(rows: Sequence[Returned], plan: AnyPlan, result: ImportResult) -> None:
    """Compare rows with the tasks of a plan; every task that has no row is taken out of scope."""
    tasks, done = {task.task.id: task for task in plan.tasks}, {task.id: task for task in plan.case.done}
    named = {name: key for language in LANGUAGES for key, name in names_in_lists(plan, language).items()}
    month_first = is_month_first(
        (row.text(column), getattr(tasks.get(row.text("task_id")), column, None)) for row in rows for column in DAYS
    )
    seen: set[str] = set()
    for row in (with_iso_days(row, DAYS, month_first=month_first) for row in rows):
        task_id = row.text("task_id")
        if task_id in seen:
            result.leave(
                row.at("task_id"), msgid("'{value}' appears twice"), msgid("Keep one row"), value=shortened(task_id)
            )
        elif task_id in tasks:
            seen.add(task_id)
            compare_row(row, tasks[task_id], plan, named, result)
            compare_record(row, tasks[task_id], plan.scenario.status.record_of(task_id), result)
        elif task_id in done:
            seen.add(task_id)
            compare_done(row, done[task_id], plan, result)
        else:
            seen.add(add_own(row, {*tasks, *plan.fallen_away, *seen, *plan.scenario.tasks.own}, named, result))
    for task_id in (*tasks, *done):
        if task_id not in seen:
            result.edits[f"{path_of(task_id, plan)}in_scope"] = False


def record_edits(rows: Sequence[Returned], plan: AnyPlan, result: ImportResult) -> None:
    """Compare rows of the sheet Actuals with what is recorded of the tasks of a plan."""
    tasks = {task.task.id: task for task in plan.tasks}
    for row in rows:
        key = row.text("task_id")
        if key not in tasks:
            problem, remedy = msgid("there is no task '{value}'"), msgid("Add it on the sheet Roadmap first")
            result.leave(row.at("task_id"), problem, remedy, value=shortened(key or row.text("task")))
            continue
        compare_record(row, tasks[key], plan.scenario.status.record_of(key), result)
        for name in ("start", "finish"):
            if row.text(name) and day_in(row.text(name)) != getattr(tasks[key], name):
                result.leave(row.at(name), FOLLOWS, RECORD_IT, value=shortened(row.text(name)))


def path_of(task_id: str, plan: AnyPlan) -> str:
    """Return how the paths of what is set for a task begin, also for one that was done before."""
    return f"{OWN_TASKS if task_id in plan.scenario.tasks.own else TASK_EDITS}{task_id}."


def take_effort(
    task: ScheduledTask, days: Decimal, plan: AnyPlan, result: ImportResult, place: Place | None = None
) -> None:
    """Take other days of work, of both teams together, as a task's own effort."""
    result.edit(f"{path_of(task.task.id, plan)}effort_days", of_all(days, task, plan), place)


def of_all(days: Decimal, task: ScheduledTask, plan: AnyPlan) -> Decimal:
    """Return the days of the whole of a task of which so many are left: an own effort also holds what is done (M35)."""
    left = 1 - done_share(task.task.id, plan.scenario)
    return days if left == 1 else rounded(Fraction(days) / left, EFFORT_PLACES)


def compare_row(
    row: Returned, task: ScheduledTask, plan: AnyPlan, named: Mapping[str, str], result: ImportResult
) -> None:
    path = path_of(task.task.id, plan)
    compare_start(row, task, path, result)
    compare_length(row, task, plan, path, result)
    compare_work(row, task, plan, path, result)
    for name in SET_COLUMNS:
        compare_figure(row, name, EDIT_FIGURES[name].unit, figure_in_plan(name, plan, task), path, named, result)
    compare_name(row, task, path, result)
    for column in COMPUTED:
        compare_computed(row, column, task, result)


def compare_done(row: Returned, task: Task, plan: AnyPlan, result: ImportResult) -> None:
    """Take another share of a task that was done before; it has no other figure."""
    compare_figure(row, "done", units.SHARE, Decimal(1), path_of(task.id, plan), {}, result)


def compare_start(row: Returned, task: ScheduledTask, path: str, result: ImportResult) -> None:
    """A first day that was moved is a fixed one; it takes the place of an earliest one."""
    text = row.text("start")
    day = day_in(text)
    if day is None:
        if text:
            cannot_be_read(row, "start", result)
    elif day != task.start and task.has_begun:
        leave_begun(row, "start", result)
    elif day != task.start:
        if task.earliest_start is not None:
            result.edit(f"{path}earliest_start", None, row.at("start"))
        result.edit(f"{path}fixed_start", day.isoformat(), row.at("start"))


def leave_begun(row: Returned, column: str, result: ImportResult) -> None:
    """Say that the days of a task that has begun are recorded."""
    result.leave(row.at(column), msgid("it has begun: its days are those that are recorded"), RECORD_THE_DAYS)


def compare_length(row: Returned, task: ScheduledTask, plan: AnyPlan, path: str, result: ImportResult) -> None:
    """A length that was changed is the least one, of the whole of the task."""
    text = row.text("length_days")
    days = whole_in(text) if text else task.length_days
    if days is None:
        cannot_be_read(row, "length_days", result)
    elif days != task.length_days and task.has_begun:
        leave_begun(row, "length_days", result)
    elif days != task.length_days:
        least = floor(days / (1 - done_share(task.task.id, plan.scenario)))
        result.edit(f"{path}min_length_days", least, row.at("length_days"))


def compare_work(row: Returned, task: ScheduledTask, plan: AnyPlan, path: str, result: ImportResult) -> None:
    """Days that were changed are the task's own work; who does how much of it is an own task's only."""
    days = {"internal_days": task.work.whole.internal, "external_days": task.work.whole.external}
    given: dict[str, Decimal] = {}
    for column, value in days.items():
        text = row.text(column)
        number = number_in(text)
        if text and number is None:
            cannot_be_read(row, column, result)
            return
        if number is not None and number < 0:
            result.leave(
                row.at(column), msgid("{value} is too low"), msgid("Write {bound} or more"), value=text, bound=0
            )
            return
        is_kept = number is None or is_same(text, value, units.PERSON_DAYS.places.files)
        given[column] = units.PERSON_DAYS.exact(value) if is_kept or number is None else number
    total = sum(given.values(), Decimal(0))
    before = {column: units.PERSON_DAYS.exact(value) for column, value in days.items()}
    if given == before:
        return
    changed = next(column for column in days if given[column] != before[column])
    is_another_sum = total != sum(before.values(), Decimal(0))
    if is_another_sum:
        take_effort(task, total, plan, result, row.at(changed))
    share = given["external_days"] / total if total else Decimal(0)
    if abs(share - task.task.external_share) * total > Decimal("0.01"):
        if task.task.is_own:
            result.edit(f"{path}external_share", rounded(share, 4), row.at(changed))
        else:
            problem = msgid("the phase model sets how the work of '{value}' is divided between the teams")
            tell, remedy = (result.notice, AS_BEFORE) if is_another_sum else (result.leave, CHANGE_THE_SUM)
            tell(row.at(changed), problem, remedy, value=row.text("task") or task.task.id)


def compare_figure(
    row: Returned,
    name: str,
    unit: Unit,
    before: Any,  # noqa: ANN401 - figures of every kind
    path: str,
    named: Mapping[str, str],
    result: ImportResult,
) -> None:
    """Take another figure in the column of its name; an empty cell is none, of other tasks no other task."""
    if name not in row.cells:
        return
    value = figure_in(row, name, unit, named, result)
    is_same_figure = set(value) == set(before) if unit is units.TASKS else value == before
    if value is not UNREADABLE and not is_same_figure:
        result.edit(f"{path}{name}", value.isoformat() if isinstance(value, date) else value, row.at(name))


def figure_in(row: Returned, name: str, unit: Unit, named: Mapping[str, str], result: ImportResult) -> Any:  # noqa: ANN401 - as above
    """Return the figure in the column of its name, None where it is empty; say why it is UNREADABLE."""
    text = row.text(name)
    if unit is units.TASKS:
        return list(ids_in(text, named))
    value = value_in(text, unit) if text else None
    if value is None and name == "done" and text.casefold() in yes_no_words(is_true=True):
        return Decimal(1)
    if text and value is None:
        cannot_be_read(row, name, result)
        return UNREADABLE
    return None if name == "done" and value == 0 else value


def ids_in(text: str, named: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of tasks whose names or ids stand between semicolons, each once."""
    parts = (part.strip() for part in text.split(";"))
    return tuple(dict.fromkeys(named.get(part, part) for part in parts if part))


def compare_name(row: Returned, task: ScheduledTask, path: str, result: ImportResult) -> None:
    """A name can be changed of an own task only, and so can its step."""
    name = row.text("task")
    names = {language.write(task_name(task.task)) for language in LANGUAGES}
    if name and name not in {text.strip() for text in names}:
        if task.task.is_own:
            result.edit(f"{path}name", name, row.at("task"))
        else:
            remedy = msgid("Add a task of your own, and remove this one")
            result.leave(row.at("task"), msgid("tasks of the phase model keep their names"), remedy)
    step = step_in(row.text("step"))
    if step is not None and step is not task.task.step:
        if task.task.is_own:
            result.edit(f"{path}step", str(step), row.at("step"))
        else:
            result.leave(
                row.at("step"), msgid("tasks of the phase model keep their steps"), msgid("Leave it as it was")
            )


def compare_computed(row: Returned, column: str, task: ScheduledTask, result: ImportResult) -> None:
    """Take note of a changed cell that is computed."""
    text = row.text(column)
    value: Any = {"finish": task.finish, "wait_until": task.wait_until, "slack_days": task.slack_days}.get(column)
    if column == "critical":
        is_same_word = text.casefold() in yes_no_words(is_true=task.is_critical)
    elif isinstance(value, date):
        is_same_word = day_in(text) == value
    else:
        is_same_word = not text if value is None else is_same(text, value, 0)
    if column in row.cells and text and not is_same_word:
        result.leave(row.at(column), FOLLOWS, CHANGE_THE_START, value=shortened(text))


def compare_record(row: Returned, task: ScheduledTask, record: TaskRecord, result: ImportResult) -> None:
    """Compare what is recorded of a task, as far as the row has columns for it; its state follows."""
    path = f"{TASK_RECORDS}{task.task.id}."
    for name, figure in RECORD_FIGURES.items():
        compare_figure(row, name, figure.unit, getattr(record, name), path, {}, result)
    state = row.text("state")
    if state and state.casefold() not in {task.state, *(language.write(label(task.state)) for language in LANGUAGES)}:
        result.leave(row.at("state"), FOLLOWS, RECORD_THE_DAYS, value=shortened(state))


def step_in(text: str) -> Step | None:
    """Return a step by its number or its name in a language; None for nothing, or what is no step."""
    known = {str(step): step for step in Step}
    for language in LANGUAGES:
        known |= {language.write(label(step)).casefold(): step for step in Step}
    return known.get(text.casefold())


def add_own(row: Returned, taken: set[str], named: Mapping[str, str], result: ImportResult) -> str:
    """Add a task of one's own; return its id, or the id that was written where it cannot be added."""
    name, written = row.text("task"), row.text("task_id")
    work = {column: number_in(row.text(column) or "0") for column in ("internal_days", "external_days")}
    internal, external = work["internal_days"], work["external_days"]
    if not name or internal is None or external is None or internal + external <= 0:
        unread = [column for column, days in work.items() if days is None]
        for column in unread:
            cannot_be_read(row, column, result)
        if not unread and any(text.strip() for text in row.cells.values()):
            problem = msgid("a new task needs a name and days of work")
            result.leave(row.place, problem, msgid("Fill in the task and its internal or external days"))
        return written
    key = written if OWN_ID.fullmatch(written) and written not in taken else own_id_for(name, taken)
    total = internal + external
    values: dict[str, Any] = {
        "name": name,
        "step": str(step_in(row.text("step")) or Step.PREPARATION),
        "effort_days": total,
        "external_share": rounded(external / total, 4),
        **own_dates(row, result),
    }
    for figure in SET_COLUMNS:
        value = figure_in(row, figure, EDIT_FIGURES[figure].unit, named, result)
        if value is not None and value is not UNREADABLE:
            values[figure] = value
    result.edit(f"{OWN_TASKS}{key}", values, row.place)
    return key


def own_dates(row: Returned, result: ImportResult) -> Mapping[str, Any]:
    """Return the first day and the length of a new task, where they are given."""
    values: dict[str, Any] = {}
    day, length = day_in(row.text("start")), number_in(row.text("length_days"))
    if day is not None:
        values["earliest_start"] = day.isoformat()
    elif row.text("start"):
        cannot_be_read(row, "start", result)
    if length is not None and length >= 1:
        values["min_length_days"] = int(length)
    elif length is None and row.text("length_days"):
        cannot_be_read(row, "length_days", result)
    return values
