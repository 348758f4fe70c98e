"""What is own about a task: marks beside it wherever it is shown, and in words what the model says instead.

Law: a task of which nothing is set has no mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zt_planner.domain import units
from zt_planner.domain.plan import ScheduledTask
from zt_planner.domain.scenario.task_edits import EDIT_FIGURES, EFFORT, TaskEdit
from zt_planner.engine.costing.trust import Mark
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.language import ShortDay, Text, Words
from zt_planner.topics.badges import Badge

DATES = tuple(name for name, figure in EDIT_FIGURES.items() if figure.unit is units.DAY)


def own_figures(task_id: str, plan: AnyPlan) -> tuple[str, ...]:
    """Return the figures of a task that somebody has set; of an own task dates and what is done: all is own anyway."""
    given, is_own = plan.scenario.tasks.given_for(task_id), task_id in plan.scenario.tasks.own
    names = (*DATES, "done") if is_own else tuple(EDIT_FIGURES)
    return tuple(name for name in names if getattr(given, name) != TaskEdit.model_fields[name].default)


def task_marks(task: ScheduledTask, plan: AnyPlan) -> tuple[Badge, ...]:
    """Return the badges of a task: that it is an own one, which figures are own, on which day it starts."""
    return tuple(Badge(Mark.OWN, text) for text in _texts(task, plan))


def effort_marks(task: ScheduledTask, plan: Plan) -> tuple[Badge, ...]:
    """Return the badge of a task's days: own ones only."""
    if task.task.is_own:
        return (Badge(Mark.OWN, Text("own task")),)
    has_own = "effort_days" in own_figures(task.task.id, plan)
    return (Badge(Mark.OWN, Text(EFFORT.mark)),) if has_own else ()


def is_marked(task: ScheduledTask, plan: Plan) -> bool:
    """Tell whether anything about a task is own."""
    return task.task.is_own or bool(own_figures(task.task.id, plan))


def _texts(task: ScheduledTask, plan: AnyPlan) -> Iterator[Words]:
    if task.task.is_own:
        yield Text("own task")
    given = plan.scenario.tasks.given_for(task.task.id)
    for name in own_figures(task.task.id, plan):
        value = getattr(given, name)
        day = ShortDay(value) if isinstance(value, date) else ""
        yield Text(EDIT_FIGURES[name].mark, day=day)
