"""What is wrong with a scenario, field by field, with a remedy: pydantic's errors in the words of a reader.

Every faulty field is named by its dotted path (`company.employees`,
`timeline.closures.0.1`, `prices.overrides.entra-p2`), the value as it was
given, and what is expected. Law: no error of pydantic is left without words.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from zt_planner.domain.fields import OWN_PRICES
from zt_planner.domain.scenario import Scenario
from zt_planner.domain.values import NAME_LENGTH
from zt_planner.engine.case import DID_YOU_MEAN, USE_ONE_OF
from zt_planner.errors import Alternatives, FieldProblem, ScenarioError, listed, msgid, shortened
from zt_planner.export import row_problems, task_problems
from zt_planner.export.json_text import Outlandish
from zt_planner.export.row_problems import is_row
from zt_planner.export.task_problems import is_task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic_core import ErrorDetails

NO_FIELD = msgid("'{field}' is not a field")

WHOLE = (msgid("{value} is not a whole number"), msgid("Write a whole number, as in 180"))
NUMBER = (msgid("{value} is not a number"), msgid("Write a number without quotes, as in 2.5"))
AMOUNT = (msgid("{value} is not an amount"), msgid("Write EUR as 1150 or 1150.00, with two decimals at most"))
DAY = (msgid("{value} is not a date"), msgid("Write the date as 2027-01-04"))
SPANS = (msgid("{value} is not a list of closures"), msgid("Write first and last days, as in {example}"))
SPAN = (msgid("{value} is not a closure"), msgid("Write its first and last day, as in {example}"))
TEXT = (msgid("{value} is not a text"), msgid("Write a text in quotes"))
CONTROL = (msgid("{value} holds control characters"), msgid("Take tabs, line breaks and invisible characters out"))
SECTION = (msgid("{value} is not a group of fields"), msgid("Write its fields between braces, as in {example}"))
PRECISE = (msgid("{value} has too many digits"), msgid("Write at most 15 digits"))

TEXTS: Mapping[str, tuple[str, str]] = {
    "int_type": WHOLE,
    "int_from_float": WHOLE,
    "not_a_number": NUMBER,
    "decimal_type": NUMBER,
    "finite_number": NUMBER,
    "not_money": AMOUNT,
    "decimal_parsing": AMOUNT,
    "decimal_max_places": AMOUNT,
    "decimal_max_digits": PRECISE,
    "decimal_whole_digits": PRECISE,
    "not_a_date": DAY,
    "missing": SPAN,
    "tuple_type": SPANS,
    "too_long": SPAN,
    "bool_type": (msgid("{value} is neither true nor false"), msgid("Write true or false, without quotes")),
    "string_type": TEXT,
    "string_unicode": CONTROL,
    "control_characters": CONTROL,
    "string_too_long": (
        msgid("the text has {length} characters, more than the {most} allowed"),
        msgid("Shorten it to {most} characters"),
    ),
    "model_type": SECTION,
    "dict_type": SECTION,
    "greater_than_equal": (msgid("{value} is too low"), msgid("Write {bound} or more")),
    "greater_than": (msgid("{value} is too low"), msgid("Write more than {bound}")),
    "less_than_equal": (msgid("{value} is too high"), msgid("Write {bound} or less")),
    "closure_ends_early": (
        msgid("a closure from {first} ends on {last}, before it starts"),
        msgid("Write the earlier day first"),
    ),
    "unknown_region": (
        msgid("{value} is not a region whose holidays are known"),
        msgid("Write a country or a country and its region, as in DE or DE-NW, or null for no holidays"),
    ),
}
"""Problem and remedy for each type of error that pydantic or the scenario raises."""

OUTLANDISH = (msgid("{value} is beyond all bounds"), msgid("Write a number that a company could have"))
LONGEST_GUESS = 200
UNEXPECTED = (msgid("{value} cannot be used"), msgid("Leave the field out: it has a default"))

BETWEEN = msgid("{value} is not between {lowest} and {highest}")
RELATED = {
    "company.frontline": msgid("Write {highest} at most: one of the company.employees at least has office work"),
    "company.admins": msgid("Write {highest} at most, the company.employees without frontline people, or null"),
    "company.remote_users": msgid("Write {highest} at most, the company.employees, or null"),
}
RELATED_OTHERWISE = msgid("Write a number from {lowest} to {highest}")

CLOSURES, MONEY_FIELDS = "timeline.closures", (OWN_PRICES, "labour.internal_day", "labour.external_day")
DAY_MARK = "datetime.date("
BOUNDS_OF_DAYS = {
    "greater_than_equal": (msgid("{value} is too early"), msgid("Write {bound} or later")),
    "less_than_equal": (msgid("{value} is too late"), msgid("Write {bound} or earlier")),
}


def scenario_error(error: ValidationError) -> ScenarioError:
    """Return all faulty fields of a scenario as one error, of very many the first."""
    return ScenarioError(listed(_problem(details) for details in error.errors(include_url=False)))


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
        return FieldProblem(path, BETWEEN, RELATED.get(path, RELATED_OTHERWISE), {**context, "value": written(given)})
    problem, remedy = OUTLANDISH if isinstance(given, Outlandish) else _texts_for(kind, path, context)
    return FieldProblem(path, problem, remedy, _values(path, given, context))


def _known_in(path: str) -> tuple[str, ...]:
    """Return what may stand in an own row or a task; nothing where the scenario's own groups say it."""
    if is_row(path):
        return row_problems.ROW_COLUMNS
    return task_problems.figures_of(path) if is_task(path) else ()


def _texts_for(kind: str, path: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return problem and remedy of an error's type; some have others for own rows, tasks, money, days and closures."""
    if is_row(path) and kind in row_problems.TEXTS:
        return row_problems.TEXTS[kind]
    if is_task(path) and kind in task_problems.TEXTS:
        return task_problems.TEXTS[kind]
    if kind in {"not_a_number", "decimal_type"} and path.startswith(MONEY_FIELDS):
        return AMOUNT
    if kind == "tuple_type" and path != CLOSURES:
        return SPAN
    if kind in BOUNDS_OF_DAYS and any(str(bound).startswith(DAY_MARK) for bound in context.values()):
        return BOUNDS_OF_DAYS[kind]
    return TEXTS.get(kind, UNEXPECTED)


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
        "value": written(given),
        "bound": _bound(context),
        "length": len(given) if isinstance(given, str) else 0,
        "most": context.get("most", NAME_LENGTH),
        "example": _example(path),
    }


def _example(path: str) -> str:
    if is_row(path):
        return row_problems.EXAMPLE
    if is_task(path):
        return task_problems.example_of(path)
    if path.startswith("prices"):
        return '{"entra-p2": 8.50}'
    span = '["2027-07-26", "2027-08-13"]'
    return f"[{span}]" if path == CLOSURES else span if path.startswith(CLOSURES) else '{"employees": 180}'


def _not_in_list(path: str, given: Any) -> FieldProblem:  # noqa: ANN401 - any input
    """Return the problem of a word that is none of a list's."""
    known = _words_of(path)
    close = get_close_matches(given[:200], known, n=3) if isinstance(given, str) else []
    values = {"value": written(given), "candidates": Alternatives(close) if close else ", ".join(known)}
    return FieldProblem(path, msgid("{value} is not a choice"), DID_YOU_MEAN if close else USE_ONE_OF, values)


def _words_of(path: str) -> tuple[str, ...]:
    if is_row(path):
        return row_problems.words_of_column(path)
    if is_task(path):
        return task_problems.words_of_figure(path)
    section, _, leaf = path.partition(".")
    group = Scenario.model_fields[section].annotation
    words = group.model_fields[leaf].annotation if isinstance(group, type) and issubclass(group, BaseModel) else None
    return tuple(words) if isinstance(words, type) and issubclass(words, StrEnum) else ()


def written(value: Any) -> str:  # noqa: ANN401 - any input
    """Return a value as JSON would have it, shortened for a message."""
    if isinstance(value, Outlandish):
        return shortened(value.written)
    if isinstance(value, Decimal):
        return shortened(str(value))
    return shortened(json.dumps(value, ensure_ascii=False, default=_as_text))


def _as_text(value: object) -> str:
    return value.written if isinstance(value, Outlandish) else str(value)
