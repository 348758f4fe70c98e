"""What is wrong with a task that a person has set, in the words of a reader: a part of `scenario_problems`.

Law: each error that `domain.task_edits` raises has its words here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.fields import OWN_TASKS, TASK_EDITS, parts_of
from zt_planner.domain.phase_model import Step
from zt_planner.domain.task_edits import EDITABLE, OwnTask
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from collections.abc import Mapping

WHOLE_TASK_DOTS = TASK_EDITS.count(".")
GROUPS = (TASK_EDITS.rstrip("."), OWN_TASKS.rstrip("."))
EXAMPLES = {
    TASK_EDITS: '{"mfa_rollout": {"effort_days": 8}}',
    OWN_TASKS: '{"training": {"step": "1", "name": "Training", "effort_days": 5}}',
}

AFTER = (msgid("{value} is not a list of tasks"), msgid("Write the ids of the tasks before it, as in {example}"))
EMPTY_NAME = (msgid("the name is empty"), msgid("Fill it in"))
MANY = (
    msgid("there are {count} tasks, more than the {most} that a scenario keeps"),
    msgid("Keep those that are needed"),
)

TEXTS: Mapping[str, tuple[str, str]] = {
    "not_a_task_id": (msgid("{value} is not the id of a task"), msgid("Write it without spaces, as in mfa_rollout")),
    "not_an_own_id": (
        msgid("{value} cannot be the id of an own task"),
        msgid("Use small letters, digits, - and _, at most 40, as in data-protection"),
    ),
    "empty_name": EMPTY_NAME,
    "after_twice": (msgid("{value} names a task twice"), msgid("Keep one of them")),
    "two_dates": (
        msgid("there is an earliest start too ({earliest})"),
        msgid("Take one of the two away: a task starts on a fixed day, or on an earliest one or later"),
    ),
    "too_many_tasks": MANY,
    "tasks_too_large": (
        msgid("what is set for tasks has {count} bytes, more than the {most} that a scenario keeps"),
        msgid("Shorten the names, or keep fewer tasks"),
    ),
    "missing": (msgid("an own task needs this"), msgid("Write it, as in {example}")),
    "too_long": (msgid("there are more than {bound} entries"), msgid("Keep those that are needed")),
    "tuple_type": AFTER,
}
"""Problem and remedy for each type of error in a task, where it differs from other fields."""


def is_task(path: str) -> bool:
    """Tell whether a path leads to what is set for tasks."""
    return path in GROUPS or path.startswith(tuple(EXAMPLES))


def is_unknown_figure(path: str) -> bool:
    """Tell whether a path goes on after the id of a task, but not with one of its figures."""
    return is_task(path) and path.count(".") > WHOLE_TASK_DOTS and len(parts_of(path)) == len(TASK_EDITS.split("."))


def figures_of(path: str) -> tuple[str, ...]:
    """Return the names of the figures that may stand where a path leads."""
    return tuple(OwnTask.model_fields) if path.startswith(OWN_TASKS) else EDITABLE


def words_of_figure(path: str) -> tuple[str, ...]:
    """Return the words that may stand in a figure."""
    return tuple(Step) if parts_of(path)[-1] == "step" else ()


def example_of(path: str) -> str:
    """Return how it is written where a path leads."""
    if parts_of(path)[-1] == "after" or ".after." in path:
        return '["kickoff"]'
    return EXAMPLES[OWN_TASKS if path.startswith(GROUPS[1]) else TASK_EDITS]
