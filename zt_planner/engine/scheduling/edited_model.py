"""The phase model that a scenario is planned with: the shipped tasks with own figures, and own tasks after them.

Decides nothing about who is in scope (`engine.scheduling.effort`). Laws: where nothing is set it is the shipped model
itself; own tasks follow the model's, in the order of their ids, so that ties are broken the same way everywhere; no
task of an edited model waits for itself through any chain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import chain
from typing import Any

from zt_planner.domain.data.phase_model import AddedTask, PhaseModel, Step, Task, TaskWithOwnEffort
from zt_planner.domain.data.rules import Rules
from zt_planner.domain.dependencies import circle_in
from zt_planner.domain.money import exact_decimal
from zt_planner.domain.scenario.fields import OWN_TASKS, TASK_EDITS
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.scenario.task_edits import OwnTask, TaskEdit, Tasks
from zt_planner.engine.company_size import CompanySize
from zt_planner.errors import FieldProblem, msgid
from zt_planner.gaps import Alternatives, Chain, shortened

HEAD_START_A_STEP = 20
"""Working days of head start for each step that a task comes before the last, as in tasks.csv."""
TASK_FIELDS = frozenset(Task.model_fields)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is put together, told apart by its versions."""

    versions: tuple[str, str]
    model: PhaseModel = field(compare=False)
    tasks: Tasks = field(compare=False)
    rules: Rules = field(hash=False)


def base_model(model: PhaseModel, tasks: Tasks) -> PhaseModel:
    """Return the model that is edited: the one that the scenario keeps, otherwise the one that is shipped.

    The rules of others are the shipped ones in either case (ADR 0071).
    """
    if tasks.kept_model is None:
        return model
    kept = tasks.kept_model.model
    return kept if kept.rules == model.rules else _with_rules(_Kept(kept.version, kept, model.rules))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A kept model, told apart by its version, and the rules that it gets."""

    version: str
    model: PhaseModel = field(compare=False)
    rules: Rules = field(hash=False)


@lru_cache(maxsize=64)
def _with_rules(kept: _Kept) -> PhaseModel:
    """Return a kept model with rules; remembered, so that its version is computed once."""
    return replace(kept.model, rules=kept.rules)


def edited_model(base: PhaseModel, tasks: Tasks) -> PhaseModel:
    """Return a scenario's base model with what it sets for tasks."""
    return base if tasks.is_empty else _edited(_Parts((base.version, tasks.version), base, tasks, base.rules))


@lru_cache(maxsize=64)
def _edited(parts: _Parts) -> PhaseModel:
    """Return the edited model; remembered, as every page asks for it."""
    edits = parts.tasks.edits
    shipped = (_with(task, edits[task.id]) if task.id in edits else task for task in parts.model.tasks)
    proposed = {task.id for task in parts.rules.proposals}
    own = (task_from_own(key, task, is_outside=key in proposed) for key, task in parts.tasks.own.items())
    return replace(parts.model, tasks=(*shipped, *own))


def _with(task: Task, edit: TaskEdit) -> Task:
    """Return a task of the model with own figures, each in the place of the field of that name.

    An own effort takes the place of all that makes up the model's. A range always holds the wait that was set. Dates
    and the scope are no fields of the model's tasks: the schedule takes them from the scenario.
    """
    changes: dict[str, Any] = {name: value for name, value in edit if value is not None and name in TASK_FIELDS}
    if edit.effort_days is not None:
        task = TaskWithOwnEffort.model_validate(task.model_dump())
        changes |= {"base_days": edit.effort_days, "drivers": (), "days_per_unit": ()}
    if edit.wait_weeks is not None and task.wait_low is not None and task.wait_high is not None:
        changes["wait_low"] = min(task.wait_low, edit.wait_weeks)
        changes["wait_high"] = max(task.wait_high, edit.wait_weeks)
    return task.model_copy(update=changes)


def figure_in_model(name: str, task: Task, size: CompanySize) -> Any:  # noqa: ANN401 - figures of every kind
    """Return what a task of the model has in the place of a figure that can be set; None where it has nothing.

    A length is at least a day, as one that is set.
    """
    if name == "effort_days":
        return exact_decimal(size.effort_days(task))
    if name == "min_length_days":
        return task.least_days
    return getattr(task, name) if name in TASK_FIELDS else None


def task_from_own(task_id: str, task: OwnTask, *, is_outside: bool) -> AddedTask:
    """Return an own task as a task of the model; by its id a proposed one is outside the five steps."""
    return AddedTask(
        id=task_id,
        is_outside=is_outside,
        base_days=task.effort_days,
        head_start_days=HEAD_START_A_STEP * (int(Step.MONITORING) - int(task.step)),
        **{name: value for name, value in task if name in TASK_FIELDS},
    )


def task_problems(scenario: Scenario, model: PhaseModel) -> Iterator[FieldProblem]:
    """Yield what is wrong with tasks beside the model: unknown ids, ids that are taken, circles."""
    has_all = True
    for unknown in chain(_id_problems(scenario.tasks, model), _after_problems(scenario.tasks, model)):
        has_all = False
        yield unknown
    if has_all:
        yield from _circle_problems(scenario.tasks, model)


def _id_problems(tasks: Tasks, model: PhaseModel) -> Iterator[FieldProblem]:
    """Yield edits of tasks that the model does not have, and own tasks under the id of one that it has."""
    for key in tasks.edits:
        path = TASK_EDITS + shortened(key)
        if key in tasks.own:
            remedy = msgid("Change it under {path}")
            values = {"value": key, "path": OWN_TASKS + key}
            yield FieldProblem(path, msgid("'{value}' is an own task"), remedy, values)
        elif key not in model.by_id:
            yield _unknown(path, key, tuple(model.by_id))
    for key in tasks.own:
        if key in model.by_id:
            problem = msgid("'{value}' is a task of the model already")
            remedy = msgid("Give it another id, or change the model's task under {path}")
            yield FieldProblem(OWN_TASKS + key, problem, remedy, {"value": key, "path": TASK_EDITS + key})


def _unknown(path: str, wrong: str, known: Sequence[str]) -> FieldProblem:
    """Return the problem of an id that no task has, with near misses."""
    close = get_close_matches(wrong, known, n=3)
    remedy = msgid("Did you mean {candidates}?") if close else msgid("Name an existing task, or remove it")
    values = {"value": shortened(wrong), "candidates": Alternatives(close)}
    return FieldProblem(path, msgid("there is no task '{value}'"), remedy, values)


def edited_after(tasks: Tasks) -> dict[str, tuple[str, Sequence[str]]]:
    """Return the predecessors that were set, by task, each with the path of its field."""
    changed = {key: edit.after for key, edit in tasks.edits.items() if edit.after is not None}
    return {
        **{key: (f"{TASK_EDITS}{shortened(key)}.after", after) for key, after in changed.items()},
        **{key: (f"{OWN_TASKS}{key}.after", task.after) for key, task in tasks.own.items()},
    }


def _after_problems(tasks: Tasks, model: PhaseModel) -> Iterator[FieldProblem]:
    """Yield predecessors that no task has as its id."""
    known = (*model.by_id, *tasks.own)
    known_ids = frozenset(known)
    for path, after in edited_after(tasks).values():
        for before in after:
            if before not in known_ids:
                yield _unknown(path, before, known)


def _circle_problems(tasks: Tasks, model: PhaseModel) -> Iterator[FieldProblem]:
    """Yield a circle with the names of its tasks; out of scope or not, so that nothing comes back as one."""
    edited = edited_after(tasks)
    after: Mapping[str, Sequence[str]] = {
        **{task.id: task.after for task in model.tasks},
        **{key: waits for key, (_, waits) in edited.items()},
    }
    circle = circle_in(after)
    if circle:
        names = {task.id: task.name for task in model.tasks} | {key: task.name for key, task in tasks.own.items()}
        path = next(edited[key][0] for key in circle if key in edited)
        problem = msgid("{circle} is a circle: each task waits for the next")
        remedy = msgid("Remove one of these dependencies")
        yield FieldProblem(path, problem, remedy, {"circle": Chain(names[key] for key in circle)})
