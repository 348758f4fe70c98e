"""What is own about a task: marks beside it wherever it is shown, and in words what the model says instead.

Law: a task of which nothing is set has no mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.engine.costing.trust import Mark
from zt_planner.errors import msgid
from zt_planner.topics.badges import Badge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.domain.plan import Plan, ScheduledTask
    from zt_planner.language import Language

OWN_EFFORT = msgid("own effort")
OWN = {
    "effort_days": OWN_EFFORT,
    "min_length_days": msgid("own minimum length"),
    "wait_weeks": msgid("own wait"),
    "after": msgid("own order"),
    "in_scope": msgid("own scope"),
}
"""What is own about a task of the model, by figure."""


def own_figures(task_id: str, plan: Plan) -> tuple[str, ...]:
    """Return the figures of a task that somebody has set; of an own task the dates: the rest is own anyway."""
    given = plan.scenario.tasks.given_for(task_id)
    names = given.model_dump()
    dates = tuple(name for name in ("earliest_start", "fixed_start") if name in names)
    return dates if task_id in plan.scenario.tasks.own else (*(name for name in OWN if name in names), *dates)


def task_marks(task: ScheduledTask, plan: Plan, language: Language) -> tuple[Badge, ...]:
    """Return the badges of a task: that it is an own one, which figures are own, on which day it starts."""
    return tuple(Badge(Mark.OWN, text) for text in _texts(task, plan, language))


def effort_marks(task: ScheduledTask, plan: Plan, language: Language) -> tuple[Badge, ...]:
    """Return the badge of a task's days: own ones only."""
    if task.task.is_own:
        return (Badge(Mark.OWN, language.say("own task")),)
    has_own = "effort_days" in own_figures(task.task.id, plan)
    return (Badge(Mark.OWN, language.say(OWN_EFFORT)),) if has_own else ()


def is_marked(task: ScheduledTask, plan: Plan) -> bool:
    """Tell whether anything about a task is own."""
    return task.task.is_own or bool(own_figures(task.task.id, plan))


def _texts(task: ScheduledTask, plan: Plan, language: Language) -> Iterator[str]:
    if task.task.is_own:
        yield language.say("own task")
    for name in own_figures(task.task.id, plan):
        if name in OWN:
            yield language.say(OWN[name])
    if task.earliest_start is not None:
        yield language.say("not before {day}", day=language.short_day(task.earliest_start))
    if task.fixed_start is not None:
        yield language.say("fixed on {day}", day=language.short_day(task.fixed_start))
