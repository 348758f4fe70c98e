"""Tasks in the reader's words: their names, what was set for them, and how much later than before they are done.

Laws: the name of an own task is shown as it was written, in every language, with a mark where it is a proposed one; of
a change of an own task only the figures that differ are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import JsonValue

from zt_planner.domain.data.phase_model import AddedTask, PhaseModel, Step, Task
from zt_planner.domain.month import CALENDAR_DAYS_A_WEEK
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.scenario.fields import FIGURES, OWN_TASKS, TASK_RECORDS, path_parts
from zt_planner.domain.scenario.status import RECORD_FIGURES
from zt_planner.domain.scenario.task_edits import EDIT_FIGURES, OWN_FIGURES, OwnTask
from zt_planner.domain.session import FieldChange
from zt_planner.domain.units import CHOICE, DAY, TASKS
from zt_planner.engine.plan import Plan
from zt_planner.errors import msgid
from zt_planner.language import Listed, Number, Plural, ShortDay, Text, Words, as_set
from zt_planner.topics.labels import label

FIGURES_BY_NAME = {**OWN_FIGURES, **EDIT_FIGURES, **RECORD_FIGURES}
"""Figures of one name are declared alike, whether they are set for a task of the model or for an own one."""
OWN_TASK, RECORD = msgid("Own task: {task}"), msgid("How far {task} is")
DEFAULTS = {name: field.default for name, field in OwnTask.model_fields.items() if not field.is_required()}
SUMMARY = ("effort_days", "wait_weeks", "earliest_start", "fixed_start")
"""The figures by which an own task as a whole is told, before what it waits for."""
LEAST_WEEKS = 2
"""From so many whole weeks on, a slip is told in weeks in a sentence."""
APPROVED, PLANNED, BEFORE = msgid("Planned when approved"), msgid("As planned"), msgid("Compared with")


def task_name(task: Task) -> Words:
    """Return what a task is called: the model's in the reader's language, an own one as it was written."""
    if isinstance(task, AddedTask):
        return Text("Outside the five steps: {task}", task=task.name) if task.is_outside else task.name
    return Text(task.name)


def task_names(model: PhaseModel) -> dict[str, Words]:
    """Return the name of every task of a model by its id."""
    return {task.id: task_name(task) for task in model.tasks}


def work_text(task: ScheduledTask) -> Words:
    """Return how long a task takes, and how much work of each team is in it."""
    return Plural(
        "{n} working day, {internal} internal and {external} external person-days",
        "{n} working days, {internal} internal and {external} external person-days",
        task.length_days,
        internal=Number(task.work.whole.internal, 1),
        external=Number(task.work.whole.external, 1),
    )


def slack_text(task: ScheduledTask) -> Words:
    """Return how far a task can move without moving the finish."""
    if task.is_critical:
        return Text("critical: when it moves, the finish moves")
    return Plural("{n} day of slack", "{n} days of slack", task.slack_days)


def wait_text(task: ScheduledTask) -> tuple[Words, ...]:
    """Return how long what follows waits after a task; nothing where it does not."""
    if task.wait_until is None:
        return ()
    weeks = Plural("{n} week", "{n} weeks", task.task.wait_weeks)
    return (Text("Then waiting for {weeks}, until {day}", weeks=weeks, day=ShortDay(task.wait_until)),)


def is_of_a_task(path: str) -> bool:
    """Tell whether a field belongs to a task."""
    return path.startswith(tuple(FIGURES))


def task_and_figure(path: str) -> tuple[str, str]:
    """Return the task's id and the figure that a path leads to; an own task as a whole has no figure."""
    prefix = next(prefix for prefix in FIGURES if path.startswith(prefix))
    names = path_parts(path)[prefix.count(".") :]
    return names[0], names[1] if len(names) > 1 else ""


def task_label(path: str, names: Mapping[str, Words]) -> Words:
    """Return what a field of a task is called."""
    task_id, figure = task_and_figure(path)
    whole = RECORD if path.startswith(TASK_RECORDS) else OWN_TASK
    text = FIGURES_BY_NAME[figure].label if figure else whole
    return Text(text, task=names.get(task_id, task_id))


def task_value(path: str, value: JsonValue, names: Mapping[str, Words]) -> Words:
    """Return what was set for a task as a person would write it."""
    _, figure = task_and_figure(path)
    if figure:
        return figure_text(figure, value, names)
    return Text("none") if not isinstance(value, dict) else summary_text(value, names)


def figure_text(name: str, value: Any, names: Mapping[str, Words]) -> Words:  # noqa: ANN401 - any figure
    """Return one figure of a task with its unit; the value is as JSON has it."""
    unit = FIGURES_BY_NAME[name].unit
    if value is None and name in RECORD_FIGURES:
        return Text("not recorded")
    if name == "done" and not value:
        return Text("nothing")
    if value is None:
        return Text("no date") if unit is DAY else Text("the model's")
    if unit is TASKS:
        return Listed([names.get(str(key), str(key)) for key in value]) or Text("nothing")
    return label(Step(str(value))) if unit is CHOICE else as_set(value, unit)


def summary_text(task: Mapping[str, Any], names: Mapping[str, Words]) -> Words:
    """Return what an own task comes to: effort, wait, date and what it waits for."""
    parts = [figure_text(name, task[name], names) for name in SUMMARY if task.get(name)]
    if task.get("after"):
        parts.append(Text("after {tasks}", tasks=figure_text("after", task["after"], names)))
    return Listed(parts, ", ")


def spelled_out(change: FieldChange) -> Iterator[FieldChange]:
    """Yield the figures in which an own task was changed; any other change as it is."""
    before, after = change.before, change.after
    if not (change.path.startswith(OWN_TASKS) and isinstance(before, dict) and isinstance(after, dict)):
        yield change
        return
    for figure in OwnTask.model_fields:
        old, new = (_with_default(task, figure) for task in (before, after))
        if old != new:
            yield FieldChange(f"{change.path}.{figure}", old, new)


def _with_default(task: Mapping[str, JsonValue], figure: str) -> JsonValue:
    """Return a figure of an own task as a file has it; what is left out is as it would be anyway."""
    default = DEFAULTS.get(figure)
    return task.get(figure, list(default) if isinstance(default, tuple) else default)


def is_reference(before: Plan | None, plan: Plan) -> bool:
    """Tell whether a plan is what another is measured against: the approved one, or itself before it was under way."""
    if before is None or before.scenario.status.is_under_way:
        return False
    return plan.scenario.status.is_under_way or was_approved(before, plan)


def was_approved(before: Plan, plan: Plan) -> bool:
    """Tell whether a plan is the approved one of another: it knows of no approval itself."""
    return before.scenario.status.approved is None and plan.scenario.status.approved is not None


def before_name(before: Plan | None, plan: Plan) -> str:
    """Return the msgid of what the plan beside a plan is."""
    if before is None or not is_reference(before, plan):
        return BEFORE
    return APPROVED if was_approved(before, plan) else PLANNED


def days_later(tasks: Iterable[ScheduledTask], earlier: Iterable[ScheduledTask]) -> int:
    """Return by how many calendar days tasks are done later than in the reference; 0 for what it does not have."""
    then = max((task.finish for task in earlier), default=None)
    return 0 if then is None else (max(task.finish for task in tasks) - then).days


def later_text(days: int) -> Words:
    """Return how much later or earlier something is, in weeks where it is whole weeks; empty for no day."""
    size = abs(days)
    if size < LEAST_WEEKS * CALENDAR_DAYS_A_WEEK or size % CALENDAR_DAYS_A_WEEK:
        return days_text(days)
    if days > 0:
        return Plural("{n} week later", "{n} weeks later", size // CALENDAR_DAYS_A_WEEK)
    return Plural("{n} week earlier", "{n} weeks earlier", size // CALENDAR_DAYS_A_WEEK)


def days_text(days: int) -> Words:
    """Return how much later or earlier something is, in days, as in lists, to be compared; empty for no day."""
    if days > 0:
        return Plural("{n} day later", "{n} days later", days)
    return Plural("{n} day earlier", "{n} days earlier", -days) if days else ""
