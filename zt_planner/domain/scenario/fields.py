"""The fields of a scenario by their dotted paths, as in `company.employees`.

A path has at most three parts, as no group lies deeper; what is left is one
name: the id of an own price may hold dots (`prices.overrides.suite-2.1`). The
own rows of one id are one field (`prices.rows.suite-2.1`), and so is an own
task (`tasks.own.training`), so that two people can edit two of them at once.
Only what is set for a task of the phase model, and what is recorded of a task,
has a fourth part, as each of its figures is a field
(`tasks.edits.mfa_rollout.effort_days`, `status.tasks.mfa_rollout.started`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from itertools import islice
from typing import Any

from zt_planner.domain.scenario.status import RECORD_FIGURES
from zt_planner.domain.scenario.task_edits import EDIT_FIGURES, OWN_FIGURES
from zt_planner.domain.scenario.task_figures import TaskFigure
from zt_planner.errors import FieldProblem, msgid

NOTES = "notes"
"""A field beside the scenario, with as many words as people like."""
OWN_PRICES = "prices.overrides."
"""How the path of an own price begins; its id follows."""
OWN_ROWS = "prices.rows."
"""How the path of own rows begins; their id follows."""
OWN = (OWN_PRICES, OWN_ROWS)
"""How paths of prices begin that need not be there: without one, the book's price holds."""
TASK_EDITS = "tasks.edits."
"""How the path of a task's own figure begins; its id and the figure's name follow."""
OWN_TASKS = "tasks.own."
"""How the path of an own task begins; its id follows."""
TASK_RECORDS = "status.tasks."
"""How the path of what is recorded of a task begins; its id and the record's name follow."""
BOOKINGS, FORECASTS = "status.bookings.", "status.forecasts."
"""How the paths of bookings and of saved forecasts begin; month, category and task follow, or the status date."""
SCAN_RECORDS = "status.scans."
"""How the path of a scan that was taken over begins; its kind follows."""
OWNED_LICENCES, RUNNING = "company.owned_licences", "company.running"
STATUS_DATE = "status.at"
APPROVED, CLOSED = "status.approved", "status.closed"
EFFORT_RANGES, WAIT_RANGES, PRICE_RANGES = (f"uncertainty.{name}_ranges." for name in ("effort", "wait", "price"))
"""How the paths of own ranges begin; the id of a task or a price follows."""
RANGES = (EFFORT_RANGES, WAIT_RANGES, PRICE_RANGES)
OPEN = (*OWN, TASK_EDITS, OWN_TASKS, TASK_RECORDS, BOOKINGS, FORECASTS, SCAN_RECORDS, *RANGES)
"""How paths begin that need not be there: what they lead to can be added and removed."""
GIVEN_TEAMS = ("timeline.internal_days_per_week", "timeline.external_days_per_week")
"""What a plan is made with where no finish is given."""
OF_A_FINISH = (
    "timeline.target_months",
    "timeline.max_internal_days_per_week",
    "timeline.max_external_days_per_week",
)
"""What a plan is made with where a finish is given."""
LEVELLED, ORDER = "levelling.starts", "levelling.order"
KEPT_BOOK, KEPT_MODEL, CATALOGUE = "prices.kept_book", "tasks.kept_model", "display.catalogue"
"""Prices and a phase model of the plan's own, and whose catalogue they are from: each is one field."""
FIGURES: Mapping[str, Mapping[str, TaskFigure]] = {
    TASK_EDITS: EDIT_FIGURES,
    OWN_TASKS: OWN_FIGURES,
    TASK_RECORDS: RECORD_FIGURES,
}
"""The figures of tasks by their names, by how their paths begin."""
MOST_LISTED = 100
"""Problems of one scenario that are named: looking for what was meant takes time."""


def path_parts(path: str) -> tuple[str, ...]:
    """Return the names that lead to a field, the field's own last."""
    *groups, rest = path.split(".", 2)
    task, dot, figure = rest.rpartition(".")
    if dot and figure in FIGURES.get(".".join((*groups, "")), ()):
        return (*groups, task, figure)
    return (*groups, rest)


def set_fields(data: MutableMapping[str, Any], values: Mapping[str, object]) -> None:
    """Set fields of a scenario's nested data together, by their paths; raise KeyError where there is no group.

    None takes away what need not be there: an own price, own rows, an own task, what is set for a task as a whole.
    Values and last names are not checked: that is for the validation of the whole.
    """
    for path, value in values.items():
        fields, leaf = _group_of(data, path)
        if value is None and path.startswith(OPEN) and len(path_parts(path)) == len(OWN_PRICES.split(".")):
            fields.pop(leaf, None)
        else:
            fields[leaf] = value


def leaves_of(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every field of nested data with its path, in order; what is one field is refused apart."""
    for name, value in data.items():
        is_one_field = prefix in {OWN_TASKS, FORECASTS} or f"{prefix}{name}" in {
            KEPT_BOOK,
            KEPT_MODEL,
            CATALOGUE,
            APPROVED,
        }
        if isinstance(value, dict) and not is_one_field:
            yield from leaves_of(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _group_of(data: MutableMapping[str, Any], path: str) -> tuple[MutableMapping[str, Any], str]:
    """Return the group that a field stands in, and its name there; a task that has nothing set yet gets a group."""
    *groups, leaf = path_parts(path)
    fields = data
    for depth, group in enumerate(groups):
        fields = fields.setdefault(group, {}) if depth > 1 and path.startswith(tuple(FIGURES)) else fields[group]
    return fields, leaf


def first_problems(problems: Iterable[FieldProblem]) -> tuple[FieldProblem, ...]:
    """Return the first of many problems, and that there are more; those are not looked at."""
    first = tuple(islice(problems, MOST_LISTED + 1))
    if len(first) <= MOST_LISTED:
        return first
    problem, remedy = msgid("only the first {most} problems are listed"), msgid("Correct these first")
    return (*first[:MOST_LISTED], FieldProblem("scenario", problem, remedy, {"most": MOST_LISTED}))
