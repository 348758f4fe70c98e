"""What is due this week, in words: how many tasks are late, run and begin next, or what comes next."""

from __future__ import annotations

from zt_planner.engine.plan import AnyPlan
from zt_planner.language import Listed, Plural, ShortDay, Text, Words, sentences
from zt_planner.topics.progress.status_grid import SOON, Due, next_task
from zt_planner.topics.task_words import task_name


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
