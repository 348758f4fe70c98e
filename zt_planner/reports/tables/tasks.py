"""The tasks of the roadmap as columns: for the page, for `tasks.csv` and for the sheet Roadmap."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.reports.figure_names import SLACK, TASK
from zt_planner.reports.tables.table import CellFormat, Column, chosen, table_of
from zt_planner.reports.words.labels import label
from zt_planner.reports.words.task_marks import task_marks
from zt_planner.reports.words.tasks import task_name

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan, ScheduledTask
    from zt_planner.language import Language
    from zt_planner.reports.tables.table import Table

ON_PAGE = (
    *("step", "task", "start", "finish", "length_days", "wait_until", "internal_days", "external_days"),
    *("slack", "after"),
)
IN_CSV = (
    *("task_id", "step", "task", "start", "finish", "length_days", "wait_until", "internal_days", "external_days"),
    *("slack_days", "critical", "after"),
)
ON_SHEET = (
    *("step", "task", "start", "finish", "length_days", "wait_until", "internal_days", "external_days"),
    *("slack_days", "critical", "after", "task_id", "span"),
)
ENTRIES = frozenset({"task", "start", "length_days", "internal_days", "external_days", "after"})
"""What may be changed in the workbook."""


def names_in_lists(plan: Plan, language: Language) -> dict[str, str]:
    """Return what each task is called in a list between semicolons, by its id.

    It is read back: a name that another task has, or that would not come back as it is, gives way to the id.
    """
    names = {task.task.id: task_name(task.task, language) for task in plan.tasks}
    count = Counter([*names, *names.values()])
    is_plain = {name: name.isprintable() and name[:1].isalnum() and ";" not in name for name in count}
    return {key: name if count[name] == 1 and is_plain[name] else key for key, name in names.items()}


def task_columns(plan: Plan, language: Language) -> tuple[Column[ScheduledTask], ...]:
    """Return every column, whichever of them a medium has."""
    columns = (*_what_columns(plan, language), *_when_columns(language))
    return tuple(replace(column, is_entry=column.name in ENTRIES) for column in columns)


def _what_columns(plan: Plan, language: Language) -> tuple[Column[ScheduledTask], ...]:
    """Return what a task is, and what it waits for."""
    say, names = language.say, {task.task.id: task_name(task.task, language) for task in plan.tasks}
    listed = names_in_lists(plan, language)
    return (
        Column(say("Task ID"), CellFormat.TEXT, lambda task: task.task.id, name="task_id", width=22),
        Column(
            say("Step"),
            CellFormat.TEXT,
            lambda task: str(task.task.step),
            lambda task: label(task.task.step, language),
            name="step",
            width=18,
        ),
        Column(say("Task"), CellFormat.TEXT, lambda task: names[task.task.id], name="task", width=40),
        Column(
            say("Waits for"),
            CellFormat.TEXT,
            lambda task: ";".join(task.after),
            lambda task: "; ".join(listed[before] for before in task.after),
            name="after",
            width=34,
        ),
    )


def _when_columns(language: Language) -> tuple[Column[ScheduledTask], ...]:
    """Return when a task is worked on, how much work it is, and how far it can move."""
    say = language.say

    def slack(task: ScheduledTask) -> str:
        return say("critical") if task.is_critical else language.number(task.slack_days)

    def effort(title: str, name: str) -> Column[ScheduledTask]:
        return Column(
            title,
            CellFormat.DAYS,
            lambda task: rounded(getattr(task, name), 2),
            lambda task: language.number(getattr(task, name), 1),
            asks=lambda task: f"{TASK}:{task.task.id}",
            name=name,
            width=11,
        )

    return (
        Column(say("Start"), CellFormat.DATE, lambda task: task.start, name="start", width=13),
        Column(say("Finish"), CellFormat.DATE, lambda task: task.finish, name="finish", width=13),
        Column(say("Working days"), CellFormat.WHOLE, lambda task: task.length_days, name="length_days", width=10),
        Column(say("Waiting until"), CellFormat.DATE, lambda task: task.wait_until, name="wait_until", width=13),
        effort(say("Internal days"), "internal_days"),
        effort(say("External days"), "external_days"),
        Column(
            say("Slack, days"),
            CellFormat.WHOLE,
            words=slack,
            asks=lambda task: f"{SLACK}:{task.task.id}",
            name="slack",
        ),
        Column(say("Slack, days"), CellFormat.WHOLE, lambda task: task.slack_days, name="slack_days", width=10),
        Column(
            say("Critical"),
            CellFormat.TEXT,
            lambda task: task.is_critical,
            lambda task: say("yes") if task.is_critical else say("no"),
            name="critical",
            width=9,
        ),
        Column(
            say("Calendar days"),
            CellFormat.WHOLE,
            lambda task: (task.finish - task.start).days + 1,
            name="span",
            width=10,
        ),
    )


def tasks_in_order(plan: Plan) -> list[ScheduledTask]:
    """Return the tasks by step and then by start."""
    return sorted(plan.tasks, key=lambda task: (task.task.step, task.start))


def task_table(plan: Plan, language: Language) -> Table:
    """Return the roadmap's tasks with dates, work and slack."""
    columns = chosen(task_columns(plan, language), ON_PAGE)
    marks = ON_PAGE.index("task")
    return table_of(columns, tasks_in_order(plan), language, lambda task: task_marks(task, plan, language), marks)
