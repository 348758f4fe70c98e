"""The tasks of the roadmap as columns: for the page, for `tasks.csv` and for the sheet Roadmap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from typing import Any

from zt_planner.domain import units
from zt_planner.domain.data.phase_model import Task
from zt_planner.domain.plan import ScheduledTask, Team
from zt_planner.domain.progress import TaskState
from zt_planner.domain.scenario.status import RECORD_FIGURES
from zt_planner.domain.scenario.task_edits import EDIT_FIGURES
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.language import Language, Number, Text, Words
from zt_planner.topics.figure_names import SLACK, TASK
from zt_planner.topics.roadmap.figures import figure_column
from zt_planner.topics.roadmap.marks import task_marks
from zt_planner.topics.table import Column, Table, chosen, table_of
from zt_planner.topics.task_words import days_later, task_name

ON_PAGE = (
    *("step", "task", "start", "finish", "length_days", "wait_until", "internal_days", "external_days"),
    *("slack", "after"),
)
UNDER_WAY = (
    *("step", "task", "state", "start", "finish", "left_days", "later_days"),
    *("internal_days", "external_days", "slack"),
)
"""On the page with a status date, as far as there is room: start and finish are recorded ones where there are any."""
SET_COLUMNS = tuple(name for name, figure in EDIT_FIGURES.items() if figure.has_column)
"""The figures that are set and have a column of their own."""
FROM_CSV = (
    *("task_id", "step", "task", "start", "finish", "length_days", "wait_until", "internal_days", "external_days"),
    *("slack_days", "critical", *SET_COLUMNS),
)
"""What a file that comes back must have."""
IN_CSV = (*FROM_CSV, "state", *RECORD_FIGURES)
ON_SHEET = (
    *("step", "task", "start", "finish", "length_days", "wait_until", "internal_days", "external_days"),
    *("slack_days", "critical", *SET_COLUMNS, "task_id", "span"),
)
ON_ACTUALS = (
    *("task", "state", "planned_start", "planned_finish", *RECORD_FIGURES),
    *("start", "finish", "later_days", "task_id"),
)
"""On the sheet Actuals: recorded days beside planned ones, and what follows."""
ENTRIES = frozenset({"task", "start", "length_days", "internal_days", "external_days", *SET_COLUMNS, *RECORD_FIGURES})
"""What may be changed in the workbook."""


def names_in_lists(plan: AnyPlan, language: Language) -> dict[str, str]:
    """Return what each task is called in a list between semicolons, by its id.

    It is read back: a name that another task has, or that would not come back as it is, gives way to the id.
    """
    names = {task.task.id: language.write(task_name(task.task)) for task in plan.tasks}
    count = Counter([*names, *names.values()])
    seen = {name: name.replace("\N{NO-BREAK SPACE}", " ") for name in count}  # as in 10 %, which every encoding has
    is_plain = {name: seen[name].isprintable() and name[:1].isalnum() and ";" not in name for name in count}
    return {key: name if count[name] == 1 and is_plain[name] else key for key, name in names.items()}


def task_columns(plan: AnyPlan, reference: AnyPlan | None = None) -> tuple[Column[ScheduledTask], ...]:
    """Return every column, whichever of them a medium has; beside its reference, by how much each task has slipped."""
    status = _status_columns(reference)
    columns = (*_what_columns(plan), *_when_columns(), *_figure_columns(plan), *status)
    return tuple(replace(column, is_entry=column.name in ENTRIES) for column in columns)


def _what_columns(plan: AnyPlan) -> tuple[Column[ScheduledTask], ...]:
    """Return what a task is."""
    names = {task.task.id: task_name(task.task) for task in plan.tasks}
    return (
        Column(Text("Task ID"), units.TEXT, lambda task: task.task.id, name="task_id", width=22),
        Column(Text("Step"), units.CHOICE, lambda task: task.task.step, name="step", width=18),
        Column(Text("Task"), units.TEXT, lambda task: names[task.task.id], name="task", width=40),
    )


def _figure_columns(plan: AnyPlan) -> Iterator[Column[ScheduledTask]]:
    """Yield the figures that are set or recorded, those that have a column."""
    names, records = cache(partial(names_in_lists, plan)), plan.scenario.status.tasks

    def recorded(name: str, task: ScheduledTask) -> Any:  # noqa: ANN401 - as above
        return getattr(records.get(task.task.id), name, None)

    for name in SET_COLUMNS:
        yield figure_column(name, EDIT_FIGURES[name], partial(figure_in_plan, name, plan), names)
    for name, figure in RECORD_FIGURES.items():
        yield figure_column(name, figure, partial(recorded, name), names)


def figure_in_plan(name: str, plan: AnyPlan, task: ScheduledTask) -> Any:  # noqa: ANN401 - figures of every kind
    """Return a figure that is set, own or the model's, as a task of the plan has it; the predecessors that remain."""
    if name == "done":
        return plan.scenario.tasks.given_for(task.task.id).done or None
    return task.after if name == "after" else getattr(task.task, name)


def done_columns(columns: Sequence[Column[ScheduledTask]]) -> tuple[Column[Task], ...]:
    """Return columns as tasks have them that were done before: what each is, and that it is done; all else is empty."""
    known: dict[str, Callable[[Task], Any]] = {
        "task_id": lambda task: task.id,
        "step": lambda task: task.step,
        "task": task_name,
        "done": lambda _: Decimal(1),
    }
    return tuple(
        Column(
            column.title,
            column.unit,
            known.get(column.name, lambda _: None),
            name=column.name,
            width=column.width,
            is_entry=column.name == "done",
        )
        for column in columns
    )


def _when_columns() -> tuple[Column[ScheduledTask], ...]:
    """Return when a task is worked on, how much work it is, and how far it can move."""

    def slack(task: ScheduledTask) -> Words:
        return Text("critical") if task.is_critical else Number(task.slack_days)

    def effort(title: Words, name: str, team: Team) -> Column[ScheduledTask]:
        return Column(
            title,
            units.PERSON_DAYS,
            lambda task: units.PERSON_DAYS.exact(task.work.whole.of(team)),
            lambda task: Number(task.work.whole.of(team), 1),
            asks=lambda task: f"{TASK}:{task.task.id}",
            name=name,
            width=11,
        )

    return (
        Column(Text("Start"), units.DAY, lambda task: task.start, name="start", width=13),
        Column(Text("Finish"), units.DAY, lambda task: task.finish, name="finish", width=13),
        Column(Text("Working days"), units.COUNT, lambda task: task.length_days, name="length_days", width=10),
        Column(Text("Waiting until"), units.DAY, lambda task: task.wait_until, name="wait_until", width=13),
        effort(Text("Internal days"), "internal_days", Team.INTERNAL),
        effort(Text("External days"), "external_days", Team.EXTERNAL),
        Column(
            Text("Slack, days"),
            units.COUNT,
            words=slack,
            asks=lambda task: f"{SLACK}:{task.task.id}",
            name="slack",
        ),
        Column(Text("Slack, days"), units.COUNT, lambda task: task.slack_days, name="slack_days", width=10),
        Column(Text("Critical"), units.FLAG, lambda task: task.is_critical, name="critical", width=9),
        Column(
            Text("Calendar days"),
            units.COUNT,
            lambda task: (task.finish - task.start).days + 1,
            name="span",
            width=10,
        ),
    )


def _status_columns(reference: AnyPlan | None) -> tuple[Column[ScheduledTask], ...]:
    """Return how far a task is, and how much later than in the reference."""
    earlier = {} if reference is None else {task.task.id: task for task in reference.tasks}

    def planned(title: Words, name: str) -> Column[ScheduledTask]:
        return Column(
            title,
            units.DAY,
            lambda task: getattr(earlier.get(task.task.id), name, None),
            name=f"planned_{name}",
            width=13,
        )

    def later(task: ScheduledTask) -> int | None:
        before = earlier.get(task.task.id)
        return None if before is None else days_later([task], [before])

    return (
        Column(Text("State"), units.CHOICE, lambda task: task.state, name="state", width=17),
        planned(Text("Planned start"), "start"),
        planned(Text("Planned finish"), "finish"),
        Column(
            Text("Days left"),
            units.COUNT,
            lambda task: None if task.state is TaskState.DONE else task.left_days,
            name="left_days",
        ),
        Column(Text("Days later"), units.COUNT, later, name="later_days"),
    )


def tasks_in_order(plan: Plan) -> list[ScheduledTask]:
    """Return the tasks by step and then by start."""
    return sorted(plan.tasks, key=lambda task: (task.task.step, task.start))


def task_table(plan: Plan, reference: AnyPlan | None = None) -> Table:
    """Return the roadmap's tasks with dates, work and slack; beside its reference how far or how late each is."""
    is_under_way = plan.scenario.status.is_under_way
    names = ON_PAGE if reference is None else UNDER_WAY if is_under_way else (*ON_PAGE, "later_days")
    columns = chosen(task_columns(plan, reference), names)
    marks = names.index("task")
    return table_of(columns, tasks_in_order(plan), lambda task: task_marks(task, plan), marks)
