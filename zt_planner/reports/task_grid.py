"""The tasks as a table of cells that a person edits, in the reader's form; those that are not in the plan too.

Rows stand by step and then as in the model, own tasks last in their step, so
that none moves once it is edited. Laws: every task has a name of its own; a
number that is shown is read again as itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.domain.fields import OWN_TASKS
from zt_planner.domain.money import exact_decimal
from zt_planner.engine.effort import drivers_of, effort_days
from zt_planner.errors import NumberRefused, msgid
from zt_planner.reports.number_forms import PERCENT, NumberForm, form_of
from zt_planner.reports.task_marks import task_marks
from zt_planner.reports.task_words import SHARES, task_name
from zt_planner.reports.words import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from zt_planner.domain.phase_model import Task
    from zt_planner.domain.plan import Plan, ScheduledTask
    from zt_planner.language import Language
    from zt_planner.reports.trace import Inquiry

Cell: TypeAlias = "str | bool | date | tuple[str, ...] | None"
At: TypeAlias = "tuple[str, str]"
"""A cell's place: the task and the column."""

EDITABLE = {
    "in_scope": msgid("In plan"),
    "effort_days": msgid("Effort, days"),
    "earliest_start": msgid("Earliest start"),
    "fixed_start": msgid("Fixed start"),
    "wait_weeks": msgid("Wait, weeks"),
    "min_length_days": msgid("Least length, days"),
    "after": msgid("Waits for"),
}
"""The columns that are edited, by the figure that they set, in their order."""
FACTS = {
    "start": msgid("Start"),
    "finish": msgid("Finish"),
    "slack": msgid("Slack in days"),
    "own": msgid("Own figures"),
    "step": msgid("Step"),
}
"""The columns that only show what follows."""
NUMBERS = ("effort_days", "wait_weeks", "min_length_days")
DATES = ("earliest_start", "fixed_start")
PLACES = 2
"""Decimals of an effort that are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """A task as it is shown: the cells that are edited, and the facts that only follow, by column."""

    id: str
    name: str
    cells: Mapping[str, Cell]
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Grid:
    """All tasks, a row each."""

    rows: tuple[Row, ...]

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The tasks' ids by their names, as the table shows them."""
        return {row.name: row.id for row in self.rows}

    @cached_property
    def cells(self) -> Mapping[At, Cell]:
        """Every cell that is edited, by its place."""
        return {(row.id, column): value for row in self.rows for column, value in row.cells.items()}


def unique_names(tasks: Iterable[Task], language: Language) -> dict[str, str]:
    """Return the tasks' names by id; of equal ones each with its id."""
    names = {task.id: task_name(task, language) for task in tasks}
    count = Counter(names.values())
    return {key: name if count[name] == 1 else f"{name} ({key})" for key, name in names.items()}


def grid_of(asked: Inquiry) -> Grid:
    """Return the table of a plan's tasks."""
    plan, language = asked.plan, asked.language
    tasks = asked.case.model.tasks
    names, planned = unique_names(tasks, language), {task.task.id: task for task in plan.tasks}
    drivers, rows = drivers_of(plan.scenario), []
    for task in sorted(tasks, key=lambda task: task.step):
        given = plan.scenario.tasks.given_for(task.id)
        cells: dict[str, Cell] = {
            "in_scope": task.id in planned,
            "effort_days": language.trimmed(exact_decimal(effort_days(task, drivers)), PLACES),
            "earliest_start": given.earliest_start,
            "fixed_start": given.fixed_start,
            "wait_weeks": language.number(task.wait_weeks),
            "min_length_days": language.number(max(task.min_length_days, 1)),
            "after": tuple(names[before] for before in task.after),
        }
        rows.append(Row(task.id, names[task.id], cells, _facts(task, planned.get(task.id), plan, language)))
    return Grid(tuple(rows))


def _facts(task: Task, found: ScheduledTask | None, plan: Plan, language: Language) -> dict[str, str]:
    """Return what the plan makes of a task; hardly anything for one that is not in it."""
    step = label(task.step, language)
    if found is None:
        return {"start": "", "finish": "", "slack": "", "own": "", "step": step}
    return {
        "start": language.short_day(found.start),
        "finish": language.short_day(found.finish),
        "slack": language.say("critical") if found.is_critical else language.number(found.slack_days),
        "own": ", ".join(badge.text for badge in task_marks(found, plan, language)),
        "step": step,
    }


def number_form(figure: str) -> NumberForm:
    """Return the form of a number of a task; a share is a percentage."""
    found = form_of(f"{OWN_TASKS}any.{figure}")
    return replace(found, factor=PERCENT) if figure in SHARES else found


def is_same(column: str, one: Cell, other: Cell, language: Language) -> bool:
    """Tell whether two cells say the same, however a number is written."""
    if one == other or column not in NUMBERS:
        return one == other
    return _number(column, one, language) == _number(column, other, language) is not None


def _number(column: str, cell: Cell, language: Language) -> Decimal | int | None:
    try:
        return number_form(column).read(str(cell), language)
    except NumberRefused:
        return None
