"""What a person sets for tasks: own figures for those of the phase model, and tasks of their own.

What is not set is the model's. Whether the ids that are named exist, and
whether tasks wait for each other in a circle, is checked in
`engine.scheduling.edited_model`. Laws: a task has an earliest or a fixed start, never
both; an edit that sets nothing is not kept; equal edits are kept in one order,
so that they give one version; what is saved is small enough to be read again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain, count
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from zt_planner.domain import units
from zt_planner.domain.data.columns import EFFORT_DAYS, HIGH_FACTOR, LENGTH_DAYS, WAIT_WEEKS, WORD, printable
from zt_planner.domain.data.phase_model import Step
from zt_planner.domain.scenario.inputs import Input, InputGroup
from zt_planner.domain.scenario.kept import KeptModel
from zt_planner.domain.scenario.task_figures import TaskFigure, TaskFigures, figures_of
from zt_planner.domain.scenario.values import NAME_LENGTH, ONLY_IF_KEPT, Number, Part, PlanDay, Share, Whole
from zt_planner.domain.versions import version_of
from zt_planner.errors import msgid

MOST_TASKS = 500
"""Own tasks, and edited ones: so many are scheduled in a moment."""
MOST_AFTER = 20
LARGEST_TASKS_BYTES = 300_000
"""All that is set, as it is written: a scenario with it must stay below what is read as one file."""
INDENT = 2
LONGEST_MADE_ID = 30
OWN_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def _task_id(value: str) -> str:
    """Accept the id of a task, as in `mfa_rollout`."""
    if not WORD.fullmatch(printable(value)):
        raise PydanticCustomError("not_a_task_id", "{value} is not the id of a task", {"value": value})
    return value


def own_id_for(name: str, taken: Container[str]) -> str:
    """Return an id for a new own task, made of its name and numbered where it is taken: `data-protection-2`."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain_name = re.sub("[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_MADE_ID].strip("-") or "task"
    numbered = (f"{plain_name}-{number}" for number in count(2))
    return next(key for key in chain([plain_name], numbered) if key not in taken)


def _own_id(value: str) -> str:
    """Accept the id of an own task, as in `data-protection-training`."""
    if not OWN_ID.fullmatch(value):
        raise PydanticCustomError("not_an_own_id", "{value} cannot be the id of an own task", {"value": value})
    return value


def _name(value: str) -> str:
    """Accept a name that says something; white space around it is left out."""
    kept = printable(value.strip())
    if not kept:
        raise PydanticCustomError("empty_name", "the name is empty", {})
    return kept


def _different(value: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a predecessor that is named twice."""
    if len(set(value)) < len(value):
        raise PydanticCustomError("after_twice", "a task is named twice", {})
    return value


def _step(value: object) -> object:
    """Accept the number of a step as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _nothing_done(value: object) -> object:
    """Accept null as nothing done."""
    return Decimal(0) if value is None else value


TaskId = Annotated[str, AfterValidator(_task_id)]
OwnId = Annotated[str, AfterValidator(_own_id)]
After = Annotated[tuple[TaskId, ...], Field(max_length=MOST_AFTER), AfterValidator(_different)]
EffortDays = Annotated[Number, EFFORT_DAYS]
LengthDays = Annotated[Whole, LENGTH_DAYS]
WaitWeeks = Annotated[Whole, WAIT_WEEKS]
TaskName = Annotated[str, Field(max_length=NAME_LENGTH), AfterValidator(_name)]
Flag = Annotated[bool, Field(strict=True)]
DoneShare = Annotated[Share, BeforeValidator(_nothing_done)]

DONE = TaskFigure(
    msgid("Already done: {task}"),
    units.SHARE,
    msgid("Done before"),
    grid_title=msgid("Done before, %"),
    mark=msgid("done before"),
    has_column=True,
)
IN_SCOPE = TaskFigure(msgid("In scope: {task}"), units.FLAG, msgid("In plan"), mark=msgid("own scope"))
EFFORT = TaskFigure(msgid("Effort of {task}"), units.PERSON_DAYS, msgid("Effort, days"), mark=msgid("own effort"))
EARLIEST_START = TaskFigure(
    msgid("Earliest start of {task}"), units.DAY, msgid("Earliest start"), mark=msgid("not before {day}")
)
FIXED_START = TaskFigure(msgid("Fixed start of {task}"), units.DAY, msgid("Fixed start"), mark=msgid("fixed on {day}"))
WAIT = TaskFigure(msgid("Wait after {task}"), units.WEEKS, msgid("Wait, weeks"), mark=msgid("own wait"))
MIN_LENGTH = TaskFigure(
    msgid("Minimum length of {task}"),
    units.WORKING_DAYS,
    msgid("Minimum length, days"),
    mark=msgid("own minimum length"),
)
AFTER = TaskFigure(
    msgid("What {task} waits for"), units.TASKS, msgid("Waits for"), mark=msgid("own order"), has_column=True
)


class _TaskFields(TaskFigures):
    """What is set for a task: one date only."""

    @field_validator("fixed_start", check_fields=False)
    @classmethod
    def _one_date_only(cls, value: date | None, info: ValidationInfo) -> date | None:
        earliest = info.data.get("earliest_start")
        if value is not None and earliest is not None:
            raise PydanticCustomError("two_dates", "there is {earliest} too", {"earliest": earliest.isoformat()})
        return value


class TaskEdit(_TaskFields):
    """Own figures for a task of the phase model, in the order of the table in which they are set; None is the model's.

    `effort_days` replaces the whole effort (M6), which then grows with nothing. `after` replaces all
    predecessors. `in_scope` is False for a task that is left out, True for one that stays although a choice
    makes it unnecessary.
    """

    in_scope: Annotated[Flag | None, IN_SCOPE] = None
    done: Annotated[DoneShare, DONE] = Decimal(0)
    effort_days: Annotated[EffortDays | None, EFFORT] = None
    earliest_start: Annotated[PlanDay | None, EARLIEST_START] = None
    fixed_start: Annotated[PlanDay | None, FIXED_START] = None
    wait_weeks: Annotated[WaitWeeks | None, WAIT] = None
    min_length_days: Annotated[LengthDays | None, MIN_LENGTH] = None
    after: Annotated[After | None, AFTER] = None

    @property
    def has_figures(self) -> bool:
        """Tell whether it sets what counts only while the task is in the plan; others inherit its order."""
        return any(
            getattr(self, name) != field.default
            for name, field in type(self).model_fields.items()
            if name not in {"in_scope", "after", "done"}
        )


class OwnTask(_TaskFields):
    """A task that the phase model does not have; `low` and `high` are how far off its effort may be."""

    earliest_start: Annotated[PlanDay | None, EARLIEST_START] = None
    fixed_start: Annotated[PlanDay | None, FIXED_START] = None
    step: Annotated[Step, BeforeValidator(_step), TaskFigure(msgid("Step of {task}"), units.CHOICE)]
    name: Annotated[TaskName, TaskFigure(msgid("Name of {task}"), units.TEXT)]
    effort_days: Annotated[EffortDays, EFFORT]
    external_share: Annotated[
        Share,
        TaskFigure(msgid("Consultant's share of {task}"), units.SHARE, msgid("Consultant's share in percent")),
    ] = Decimal(0)
    team_share: Annotated[
        Number, Field(ge=Decimal("0.01"), le=1), TaskFigure(msgid("Share of a team for {task}"), units.SHARE)
    ] = Decimal("0.5")
    min_length_days: Annotated[LengthDays, MIN_LENGTH] = 1
    wait_weeks: Annotated[WaitWeeks, WAIT] = 0
    after: Annotated[After, AFTER] = ()
    in_scope: Annotated[Flag, IN_SCOPE] = True
    done: Annotated[DoneShare, DONE] = Decimal(0)
    low: Annotated[Share, TaskFigure(msgid("Lowest effort of {task}, as a share"), units.SHARE)] = Decimal("0.5")
    high: Annotated[
        Number,
        HIGH_FACTOR,
        TaskFigure(msgid("Highest effort of {task}, as a multiple"), units.MULTIPLE),
    ] = Decimal(2)


EDIT_FIGURES, OWN_FIGURES = figures_of(TaskEdit), figures_of(OwnTask)
"""What can be set for a task of the model, and for an own one, by the names of the fields."""


def _few(value: object) -> object:
    """Refuse more edits or own tasks than a scenario carries, before each of them is read."""
    if isinstance(value, Mapping) and len(value) > MOST_TASKS:
        raise PydanticCustomError("too_many_tasks", "{count} tasks", {"count": len(value), "most": MOST_TASKS})
    return value


def _in_order(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return edits or own tasks by id."""
    return dict(sorted(value.items()))


def _set(value: Mapping[str, TaskEdit]) -> Mapping[str, TaskEdit]:
    """Return the edits that set something."""
    return {key: edit for key, edit in value.items() if edit != TaskEdit()}


class Tasks(Part):
    """Everything that is set for tasks, by task id; `kept_model` replaces the shipped phase model."""

    edits: Annotated[
        Mapping[TaskId, TaskEdit],
        BeforeValidator(_few),
        AfterValidator(_set),
        AfterValidator(_in_order),
        Input(group=InputGroup.SCOPE),
    ] = {}
    own: Annotated[
        Mapping[OwnId, OwnTask], BeforeValidator(_few), AfterValidator(_in_order), Input(group=InputGroup.SCOPE)
    ] = {}
    kept_model: Annotated[
        KeptModel | None,
        ONLY_IF_KEPT,
        Input(msgid("Tasks that came with the plan"), InputGroup.SCOPE, msgid("none, those of this program apply")),
    ] = None

    @model_validator(mode="after")
    def _of_a_size(self) -> Self:
        size = 0 if self.is_empty else len(self.model_dump_json(indent=INDENT, exclude={"kept_model"}).encode())
        if size > LARGEST_TASKS_BYTES:
            values = {"count": size, "most": LARGEST_TASKS_BYTES}
            raise PydanticCustomError("tasks_too_large", "{count} bytes", values)
        return self

    @property
    def is_empty(self) -> bool:
        """Tell whether every task is the model's."""
        return not self.edits and not self.own

    @cached_property
    def version(self) -> str:
        """A short hash of everything that is set, empty where nothing is."""
        return "" if self.is_empty else version_of(self.model_dump_json(exclude={"kept_model"}))

    def given_for(self, task_id: str) -> TaskEdit | OwnTask:
        """Return what is set for a task; for one that nothing is set for, an edit that sets nothing."""
        return self.own.get(task_id) or self.edits.get(task_id) or NOTHING_SET


NOTHING_SET = TaskEdit()
