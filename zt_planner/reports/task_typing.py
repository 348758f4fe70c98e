"""What typed cells of the tasks' table would set, and what is wrong with them; own tasks that are added or taken out.

Laws: an empty cell, or the model's own figure, is the model's again; every
typed cell either sets something or is refused in words that name task and
column; a task that is taken out passes what it waited for on to what waited for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from zt_planner.domain.fields import OWN_TASKS, TASK_EDITS
from zt_planner.domain.money import exact_decimal, rounded
from zt_planner.domain.task_edits import own_id_for
from zt_planner.engine.effort import drivers_of, effort_days, is_needless
from zt_planner.errors import CellProblem, NumberRefused, Place, ScenarioError, msgid
from zt_planner.reports.faults import explain
from zt_planner.reports.task_grid import DATES, EDITABLE, NUMBERS, PLACES, number_form
from zt_planner.reports.task_words import is_of_a_task, task_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zt_planner.engine.case import Case
    from zt_planner.errors import PlannerError
    from zt_planner.language import Language
    from zt_planner.reports.task_grid import At, Cell, Grid, Row
    from zt_planner.reports.trace import Inquiry


@dataclass(frozen=True, slots=True)
class Typed:
    """What the typed cells of one task would set, as fields by path, or what is wrong with them."""

    places: tuple[At, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[PlannerError, ...] = ()


def typed_by_task(typed: Mapping[At, Cell], grid: Grid, asked: Inquiry) -> Iterator[Typed]:
    """Yield what typed cells would set, task by task, so that one that is refused keeps no other back."""
    for row in grid.rows:
        cells = {column: value for (task_id, column), value in typed.items() if task_id == row.id}
        if cells:
            yield _typed(row, cells, grid, asked)


def _typed(row: Row, cells: Mapping[str, Cell], grid: Grid, asked: Inquiry) -> Typed:
    """Return what the typed cells of a row would set."""
    places = tuple((row.id, column) for column in cells)
    values: dict[str, Any] = {}
    problems: list[PlannerError] = []
    for column, cell in cells.items():
        try:
            values[column] = _read(column, cell, grid, asked.language)
        except NumberRefused as refused:
            place = _place(row, column, asked.language)
            problems.append(CellProblem(place, refused.problem, refused.remedy, **refused.values))
    problems += _conflicts(row, values, asked)
    return Typed(places, problems=tuple(problems)) if problems else Typed(places, _fields(row.id, values, asked))


def _place(row: Row, column: str, language: Language) -> Place:
    """Return where a cell stands: its task and its column."""
    return Place(row.name, None, language.say(EDITABLE[column]))


def _read(column: str, cell: Cell, grid: Grid, language: Language) -> Any:  # noqa: ANN401 - figures of every kind
    """Return a typed cell as its figure; None where it is empty."""
    if column in NUMBERS:
        return number_form(column).read(str(cell), language) if str(cell or "").strip() else None
    return [grid.ids[name] for name in cell] if isinstance(cell, tuple) else cell


def _conflicts(row: Row, values: Mapping[str, Any], asked: Inquiry) -> Iterator[PlannerError]:
    """Yield that a task would have two dates, or an own one no effort."""
    earliest, fixed = (values.get(name, row.cells[name]) for name in DATES)
    if isinstance(earliest, date) and isinstance(fixed, date):
        problem = msgid("there is an earliest start too ({earliest})")
        remedy = msgid("Take one of the two away: a task starts on a fixed day, or on an earliest one or later")
        place, day = _place(row, "fixed_start", asked.language), asked.language.short_day(earliest)
        yield CellProblem(place, problem, remedy, earliest=day)
    if row.id in asked.plan.scenario.tasks.own and values.get("effort_days", row.cells["effort_days"]) is None:
        place = _place(row, "effort_days", asked.language)
        yield CellProblem(place, msgid("an own task needs this"), msgid("Fill it in"))


def _fields(task_id: str, values: Mapping[str, Any], asked: Inquiry) -> dict[str, Any]:
    """Return figures as fields by path; an own task is one field."""
    own = asked.plan.scenario.tasks.own.get(task_id)
    if own is None:
        return {f"{TASK_EDITS}{task_id}.{name}": _or_model(task_id, name, values[name], asked) for name in values}
    kept = {**own.model_dump(mode="json"), **values}
    return {f"{OWN_TASKS}{task_id}": {name: value for name, value in kept.items() if value is not None}}


def _or_model(task_id: str, figure: str, value: Any, asked: Inquiry) -> Any:  # noqa: ANN401 - figures of every kind
    """Return a figure of a task of the model, None where the model says the same."""
    task = asked.case.base_model.by_id[task_id]
    effort = exact_decimal(effort_days(task, drivers_of(asked.plan.scenario)))
    models: Mapping[str, object] = {
        "in_scope": not is_needless(task, asked.plan.scenario) or None,
        "effort_days": rounded(effort, PLACES),
        "wait_weeks": task.wait_weeks,
        "min_length_days": max(task.min_length_days, 1),
        "after": list(task.after),
    }
    return None if value is not None and value == models.get(figure) else value


def said_of(errors: Iterable[PlannerError], names: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """Return what errors say, a field of a task named by the task; each line once."""
    lines: list[str] = []
    for error in errors:
        said = explain(error, language)
        paths = [problem.path for problem in error.problems] if isinstance(error, ScenarioError) else [""] * len(said)
        for path, line in zip(paths, said, strict=True):
            lines.append(
                f"{task_label(path, language, names)}{line.removeprefix(path)}" if is_of_a_task(path) else line
            )
    return tuple(dict.fromkeys(lines))


# Own tasks


def own_task(given: Mapping[str, Any], task_id: str | None, asked: Inquiry) -> dict[str, Any]:
    """Return the field of an own task with these figures; a new one (None) gets an id made of its name."""
    tasks = asked.plan.scenario.tasks
    if task_id is None:
        key = own_id_for(str(given["name"]), {*asked.case.base_model.by_id, *tasks.own})
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
            is_models = after == list(case.base_model.by_id[other.id].after)
            fields[f"{TASK_EDITS}{other.id}.after"] = None if is_models else after
    return fields
