"""What is wrong with a scenario, field by field, with a remedy: pydantic's errors in the words of a reader.

Every faulty field is named by its dotted path (`company.employees`,
`timeline.closures.0.1`, `prices.overrides.entra-p2`), the value as it was
given, and what is expected; the words stand in `problem_texts`. Law: no error
of pydantic is left without words.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from zt_planner.domain import units
from zt_planner.domain.scenario.declared import field_at, unit_of
from zt_planner.domain.scenario.fields import (
    FIGURES,
    OWN_ROWS,
    OWN_TASKS,
    OWNED_LICENCES,
    RUNNING,
    TASK_EDITS,
    TASK_RECORDS,
    first_problems,
    path_parts,
)
from zt_planner.domain.scenario.own_rows import OwnRow
from zt_planner.domain.scenario.scenario import OwnedLicence, Scenario
from zt_planner.domain.scenario.values import NAME_LENGTH
from zt_planner.engine.case import DID_YOU_MEAN, USE_ONE_OF
from zt_planner.errors import FieldProblem, ScenarioError, msgid
from zt_planner.files.json_text import Outlandish
from zt_planner.files.problem_texts import (
    AMOUNT,
    BETWEEN,
    BOUNDS_OF_DAYS,
    COUNTED_TEXTS,
    LICENCE_TEXTS,
    NO_FIELD,
    OUTLANDISH,
    RELATED,
    RELATED_OTHERWISE,
    ROW_TEXTS,
    RUNNING_TEXTS,
    SPAN,
    TASK_TEXTS,
    TEXTS,
    TOO_MANY,
    UNEXPECTED,
    UNITS,
    WHOLE,
)
from zt_planner.gaps import Alternatives, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic_core import ErrorDetails

LONGEST_GUESS = 200
CLOSURES = "timeline.closures"
LICENCE_EXAMPLE = '{"licence": "m365-e3", "seats": 90, "until": "2027-06-30"}'
DAY_MARK = "datetime.date("
WHOLE_KINDS = frozenset({"not_whole", "int_type", "int_from_float"})
ALL_ROWS = OWN_ROWS.rstrip(".")
ROW_EXAMPLE = '{"entra-p2": [{"amount": "8.50", …}]}'
WHOLE_TASK_DOTS = TASK_EDITS.count(".")
TASK_GROUPS = tuple(prefix.rstrip(".") for prefix in FIGURES)
TASK_EXAMPLES = {
    TASK_EDITS: '{"mfa_rollout": {"effort_days": 8}}',
    OWN_TASKS: '{"training": {"step": "1", "name": "Training", "effort_days": 5}}',
    TASK_RECORDS: '{"mfa_rollout": {"started": "2027-03-01"}}',
}


def scenario_error(error: ValidationError) -> ScenarioError:
    """Return all faulty fields of a scenario as one error, of very many the first."""
    return ScenarioError(first_problems(_problem(details) for details in error.errors(include_url=False)))


def unknown_field(path: str, known: Sequence[str] = ()) -> FieldProblem:
    """Return the problem of a path that is no field, with near misses of the whole scenario or what may stand there."""
    section, _, leaf = path.rpartition(".")
    close = _near_misses(path, leaf)
    while section and not known and section not in field_paths():
        section, _, leaf = section.rpartition(".")
    others = known or _children(section) or (section,)
    values = {"field": shortened(leaf), "candidates": Alternatives(close) if close else ", ".join(others)}
    return FieldProblem(shortened(path), NO_FIELD, DID_YOU_MEAN if close else USE_ONE_OF, values)


@lru_cache
def field_paths() -> tuple[str, ...]:
    """Return the dotted path of every field, groups before what they hold."""
    return tuple(_paths(Scenario, ""))


def _paths(model: type[BaseModel], prefix: str) -> list[str]:
    found = []
    for name, field in model.model_fields.items():
        found.append(prefix + name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found += _paths(field.annotation, f"{prefix}{name}.")
    return found


def _children(section: str) -> tuple[str, ...]:
    prefix = f"{section}." if section else ""
    return tuple(path for path in field_paths() if path.startswith(prefix) and "." not in path.removeprefix(prefix))


def _near_misses(path: str, leaf: str) -> tuple[str, ...]:
    """Return fields that may have been meant: the same leaf elsewhere, then similar paths, then similar leaves."""
    same = tuple(known for known in field_paths() if known.rpartition(".")[2] == leaf)
    level = [known for known in field_paths() if known.count(".") == path.count(".")]
    close = get_close_matches(path[:LONGEST_GUESS], level, n=3, cutoff=0.85)
    leaves = [known.rpartition(".")[2] for known in field_paths()]
    meant = get_close_matches(leaf[:LONGEST_GUESS], leaves, n=1, cutoff=0.75)
    return same or tuple(close) or tuple(known for known in field_paths() if known.rpartition(".")[2] in meant)


def _problem(details: ErrorDetails) -> FieldProblem:
    path = ".".join(shortened(str(part)) for part in details["loc"] if part != "[key]")
    kind, given, context = details["type"], details["input"], details.get("ctx", {})
    if kind in {"extra_forbidden", "invalid_key"}:
        return unknown_field(path, _known_in(path))
    if kind == "enum":
        return _not_in_list(path, given)
    if kind == "bound_of_another_field":
        return FieldProblem(
            path, BETWEEN, RELATED.get(path, RELATED_OTHERWISE), {**context, "value": as_json_text(given)}
        )
    problem, remedy = OUTLANDISH if isinstance(given, Outlandish) else _texts_for(kind, path, context)
    return FieldProblem(path, problem, remedy, _values(path, given, context))


def _known_in(path: str) -> tuple[str, ...]:
    """Return what may stand in an own row, a licence or a task; nothing where the scenario's own groups say it."""
    if _is_row(path):
        return tuple(OwnRow.model_fields)
    if path.startswith(f"{OWNED_LICENCES}."):
        return tuple(OwnedLicence.model_fields)
    return figure_names_at(path) if _is_task(path) else ()


def _texts_for(kind: str, path: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return problem and remedy of an error's type; some have others for own rows, tasks, money, days and lists."""
    if _is_row(path) and (kind in ROW_TEXTS or kind in WHOLE_KINDS):
        return UNITS if kind in WHOLE_KINDS and path.endswith(".from_quantity") else ROW_TEXTS.get(kind, WHOLE)
    own_texts = next((texts for holds, texts in OWN_TEXTS if holds(path)), {})
    if kind in own_texts:
        return own_texts[kind]
    if kind in {"not_a_number", "decimal_type"} and unit_of(path) is units.MONEY:
        return AMOUNT
    if kind == "tuple_type" and path != CLOSURES:
        return SPAN
    if kind in BOUNDS_OF_DAYS and any(str(bound).startswith(DAY_MARK) for bound in context.values()):
        return BOUNDS_OF_DAYS[kind]
    return TOO_MANY if kind == "too_long" and not path.startswith(CLOSURES) else TEXTS.get(kind, UNEXPECTED)


def _is_licence(path: str) -> bool:
    """Tell whether a path leads to the licences that a company has today."""
    return path.startswith(OWNED_LICENCES)


def _bound(context: Mapping[str, Any]) -> str:
    """Return the bound that was missed; pydantic gives it as Python would write it."""
    bound = str(next((context[name] for name in ("ge", "gt", "le", "max_length") if name in context), ""))
    if bound.startswith(DAY_MARK):
        year, month, day = (int(part) for part in bound.removeprefix(DAY_MARK).rstrip(")").split(","))
        return date(year, month, day).isoformat()
    return bound.removeprefix("Decimal('").removesuffix("')")


def _values(path: str, given: Any, context: Mapping[str, Any]) -> dict[str, object]:  # noqa: ANN401 - any input
    """Return what fills the gaps of problem and remedy."""
    return {
        **context,
        "value": as_json_text(given),
        "bound": _bound(context),
        "length": len(given) if isinstance(given, str) else 0,
        "most": context.get("most", context.get("max_length", NAME_LENGTH)),
        "example": _example(path),
    }


def _example(path: str) -> str:
    if _is_row(path):
        return ROW_EXAMPLE
    if _is_task(path):
        return _example_of_task(path)
    if path.startswith("prices"):
        return '{"entra-p2": 8.50}'
    if _is_licence(path):
        return f"[{LICENCE_EXAMPLE}]" if path == OWNED_LICENCES else LICENCE_EXAMPLE
    if path == RUNNING:
        return '["siem", "training"]'
    span = '["2027-07-26", "2027-08-13"]'
    return f"[{span}]" if path == CLOSURES else span if path.startswith(CLOSURES) else '{"employees": 180}'


def _not_in_list(path: str, given: Any) -> FieldProblem:  # noqa: ANN401 - any input
    """Return the problem of a word that is none of a list's."""
    known = _words_of(path)
    close = get_close_matches(given[:200], known, n=3) if isinstance(given, str) else []
    values = {"value": as_json_text(given), "candidates": Alternatives(close) if close else ", ".join(known)}
    return FieldProblem(path, msgid("{value} is not a choice"), DID_YOU_MEAN if close else USE_ONE_OF, values)


def _words_of(path: str) -> tuple[str, ...]:
    if _is_row(path):
        return _words_of_column(path)
    field = field_at(path)
    return () if field is None or field.choices is None else tuple(field.choices)


def _is_row(path: str) -> bool:
    """Tell whether a path leads to own rows or a cell of one."""
    return path == ALL_ROWS or path.startswith(OWN_ROWS)


def _words_of_column(path: str) -> tuple[str, ...]:
    """Return the words that may stand in the column that a path leads to, or in one place of its list."""
    column = next((part for part in reversed(path.split(".")) if part in OwnRow.model_fields), "")
    field = OwnRow.model_fields.get(column)
    kinds = () if field is None else (field.annotation, *get_args(field.annotation))
    words = [tuple(kind) for kind in kinds if isinstance(kind, type) and issubclass(kind, StrEnum)]
    return words[0] if words else ()


def _is_task(path: str) -> bool:
    """Tell whether a path leads to what is set for tasks."""
    return path in TASK_GROUPS or path.startswith(tuple(TASK_EXAMPLES))


def _is_counted(path: str) -> bool:
    """Tell whether a path leads to a number that is no amount of money."""
    return unit_of(path) is units.EQUIVALENTS


OWN_TEXTS = (
    (_is_task, TASK_TEXTS),
    (_is_licence, LICENCE_TEXTS),
    (RUNNING.__eq__, RUNNING_TEXTS),
    (_is_counted, COUNTED_TEXTS),
)
"""Words of their own that errors have where a path leads to tasks, to owned licences, or to what runs."""


def is_unknown_figure(path: str) -> bool:
    """Tell whether a path goes on after the id of a task, but not with one of its figures."""
    return _is_task(path) and path.count(".") > WHOLE_TASK_DOTS and len(path_parts(path)) == len(TASK_EDITS.split("."))


def figure_names_at(path: str) -> tuple[str, ...]:
    """Return the names of the figures that may stand where a path leads."""
    return tuple(next(figures for prefix, figures in FIGURES.items() if path.startswith(prefix)))


def _example_of_task(path: str) -> str:
    """Return how it is written where a path leads."""
    if path_parts(path)[-1] == "after" or ".after." in path:
        return '["kickoff"]'
    return next(example for prefix, example in TASK_EXAMPLES.items() if path.startswith(prefix.rstrip(".")))


def as_json_text(value: Any) -> str:  # noqa: ANN401 - any input
    """Return a value as JSON would have it, shortened for a message."""
    if isinstance(value, Outlandish):
        return shortened(value.written)
    if isinstance(value, Decimal):
        return shortened(str(value))
    return shortened(json.dumps(value, ensure_ascii=False, default=_as_text))


def _as_text(value: object) -> str:
    return value.written if isinstance(value, Outlandish) else str(value)
