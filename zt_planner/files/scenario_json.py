"""A scenario as a JSON file, and changes of its fields by their dotted paths, such as those of `--set`.

The form is that of docs/scenario.md: nested objects, shares as numbers, ISO dates, money as
text with two decimals, null for what follows a default. Whatever is read is
validated as a whole, and every faulty field is named at once, of very many the first.

Laws: `scenario_from(scenario_bytes(s))` is `s` with a start; any bytes give a
scenario or a ScenarioError; the order of settings does not matter; setting the differences of two scenarios turns one
into the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from zt_planner.domain import units
from zt_planner.domain.scenario.declared import unit_of
from zt_planner.domain.scenario.fields import OPEN, set_fields
from zt_planner.domain.scenario.scenario import SCHEMA_VERSION, Scenario
from zt_planner.engine.scheduling.calendar import with_start
from zt_planner.errors import FieldProblem, ScenarioError, msgid
from zt_planner.files.json_text import json_bytes, json_from, value_from
from zt_planner.files.scenario_problems import (
    as_json_text,
    field_paths,
    figure_names_at,
    is_unknown_figure,
    scenario_error,
    unknown_field,
)
from zt_planner.gaps import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

SCENARIO_FILE = "scenario.json"


def scenario_bytes(scenario: Scenario) -> bytes:
    """Write a scenario as a JSON file."""
    return json_bytes(scenario.model_dump(mode="json"))


def scenario_from(content: bytes, *, today: date, file: str = SCENARIO_FILE) -> Scenario:
    """Read a scenario and give it a start; raise ScenarioError with every faulty field."""
    return with_start(parsed_scenario(content, file=file), today)


def parsed_scenario(content: bytes, *, file: str = SCENARIO_FILE) -> Scenario:
    """Read a scenario as it stands, its start left open where the file leaves it open."""
    return scenario_in(json_from(content, file), file)


def scenario_in(data: object, file: str) -> Scenario:
    """Return the scenario that parsed JSON holds."""
    if not isinstance(data, dict):
        problem = msgid("it holds {value}, not a scenario")
        remedy = msgid("Write an object, as in {example}")
        values = {"value": as_json_text(data), "example": '{"company": {"employees": 180}}'}
        raise ScenarioError((FieldProblem(file, problem, remedy, values),))
    _check_version(data)
    return validated(data)


def with_settings(scenario: Scenario, settings: Iterable[str]) -> Scenario:
    """Return the scenario with settings like `company.employees=180`, applied together and validated once."""
    data = scenario.model_dump()
    problems: list[FieldProblem] = []
    done: set[str] = set()
    for setting in settings:
        problem = _apply(data, setting, done)
        problems += [] if problem is None else [problem]
    changed = scenario
    try:
        changed = validated(data) if done else scenario
    except ScenarioError as error:
        problems += error.problems
    if problems:
        raise ScenarioError(tuple(problems))
    return changed


def check_settings(settings: Iterable[str]) -> None:
    """Raise ScenarioError where settings name no field, or one of them twice: they fit no scenario."""
    data, done = Scenario().model_dump(), set[str]()
    problems = tuple(problem for setting in settings if (problem := _apply(data, setting, done)) is not None)
    if problems:
        raise ScenarioError(problems)


def with_values(scenario: Scenario, values: Mapping[str, Any]) -> Scenario:
    """Return the scenario with fields set as `Scenario.with_fields` does; raise ScenarioError with every faulty one."""
    try:
        return scenario.with_fields(values)
    except ValidationError as error:
        raise scenario_error(error) from None


def validated(data: Mapping[str, Any]) -> Scenario:
    """Return a scenario from its nested data; raise ScenarioError with every faulty field."""
    try:
        return Scenario.model_validate(data)
    except ValidationError as error:
        raise scenario_error(error) from None


def _check_version(data: Mapping[str, Any]) -> None:
    """Refuse a file of another version before its unknown fields are named."""
    version = data.get("schema_version", SCHEMA_VERSION)
    if isinstance(version, int) and not isinstance(version, bool) and version != SCHEMA_VERSION:
        problem = msgid("the file has version {value}, this program reads version {known}")
        remedy = msgid("Use the ZT Planner that wrote it, or enter the plan anew")
        values = {"value": version, "known": SCHEMA_VERSION}
        raise ScenarioError((FieldProblem("schema_version", problem, remedy, values),))


def _apply(data: dict[str, Any], setting: str, done: set[str]) -> FieldProblem | None:
    """Set one field of nested data; return what is wrong with the setting itself."""
    path, mark, text = setting.partition("=")
    path = path.strip()
    if not mark or not path:
        problem, remedy = msgid("there is no value"), msgid("Write it as {example}")
        return FieldProblem(
            shortened(path or setting) or "--set", problem, remedy, {"example": "company.employees=180"}
        )
    if any(path == other or path.startswith(f"{other}.") or other.startswith(f"{path}.") for other in done):
        return FieldProblem(shortened(path), msgid("it is set twice"), msgid("Set it once"))
    if path not in field_paths() and not (path.startswith(OPEN) and path not in OPEN):
        return unknown_field(path)
    value = value_from(text)
    if is_unknown_figure(path) and not isinstance(value, dict):
        return unknown_field(path, figure_names_at(path))
    done.add(path)
    is_text = unit_of(path) is units.TEXT  # takes 4711 or null for the text that it is
    set_fields(data, {path: text if is_text and not isinstance(value, str) else value})
    return None
