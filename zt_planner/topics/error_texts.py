"""Errors in the reader's language: one line for each thing that is wrong.

Decides only words. A line names what is wrong (a field's dotted path, or file,
row and column), the problem and the remedy.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.errors import (
    CatalogError,
    GoalRefused,
    InputRefused,
    Place,
    PlannerError,
    ScenarioError,
    SessionError,
    StoreError,
    msgid,
)
from zt_planner.gaps import Alternatives, Chain, Count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zt_planner.language import Language

PLACE_IN_ROW = msgid("{file}, row {row}, column {column}")
PLACE_ROW = msgid("{file}, row {row}")
PLACE_COLUMN = msgid("{file}, column {column}")
STORE_AWAY = msgid("The plan store is not available")
STORE_REMEDY = msgid(
    "Your change stays on this page and is saved automatically once the store is back. The server's log has the reason"
)
"""Which file or server that is, and what it answered, is nobody's business who looks at a page."""
SYSTEM_REASONS = {
    msgid("Address already in use"),
    msgid("Cannot assign requested address"),
    msgid("Disk quota exceeded"),
    msgid("File exists"),
    msgid("File name too long"),
    msgid("Input/output error"),
    msgid("Is a directory"),
    msgid("Name or service not known"),
    msgid("No space left on device"),
    msgid("No such file or directory"),
    msgid("Not a directory"),
    msgid("Operation not permitted"),
    msgid("Permission denied"),
    msgid("Read-only file system"),
    msgid("attempt to write a readonly database"),
    msgid("database disk image is malformed"),
    msgid("database is locked"),
    msgid("database or disk is full"),
    msgid("file is not a database"),
    msgid("the server does not answer"),
    msgid("unable to open database file"),
}
"""Why the operating system or the database refuses something; any other reason is shown as they say it, in English."""


def explain(error: PlannerError, language: Language, name_of: Callable[[str], str] = str) -> tuple[str, ...]:
    """Return an error as lines to show; `name_of` tells what a field of the scenario is called, by its path."""
    if isinstance(error, ScenarioError):
        return tuple(
            language.labelled(name_of(problem.path), told(problem.problem, problem.remedy, problem.values, language))
            for problem in error.problems
        )
    if isinstance(error, CatalogError):
        where = place_text(Place(error.file, error.row, error.column), language)
        return (language.labelled(where, told(error.problem, error.remedy, error.values, language)),)
    if isinstance(error, GoalRefused):
        values = {name: _in_readers_form(value, language) for name, value in error.values.items()}
        return (told(error.problem, error.remedy, values, language),)
    if type(error) is StoreError:
        return (told(STORE_AWAY, STORE_REMEDY, {}, language),)
    if isinstance(error, StoreError | SessionError | InputRefused):
        return (told(error.problem, error.remedy, error.values, language),)
    return tuple(str(error).splitlines())


def _in_readers_form(value: object, language: Language) -> object:
    """Write a day or an amount as the reader does."""
    if isinstance(value, date):
        return language.day(value)
    return language.money(value, 2) if isinstance(value, Decimal) else value


def place_text(place: Place, language: Language) -> str:
    """Say where in a data file: as much of row and column as is known."""
    if place.row is None:
        return place.file if place.column is None else language.say(PLACE_COLUMN, file=place.file, column=place.column)
    if place.column is None:
        return language.say(PLACE_ROW, file=place.file, row=place.row)
    return language.say(PLACE_IN_ROW, file=place.file, row=place.row, column=place.column)


def told(problem: str, remedy: str, values: Mapping[str, object], language: Language) -> str:
    """Return problem and remedy as sentences; a question needs no full stop."""
    shown = {name: _shown(value, language) for name, value in values.items()}
    texts = (language.say(problem, **shown), language.say(remedy, **shown))
    return " ".join(text if text.endswith("?") else f"{text}." for text in texts)


def _shown(value: object, language: Language) -> object:
    """Return what fills a gap in the reader's words: of alternatives that one is meant, of a chain the tasks' names."""
    if isinstance(value, Alternatives):
        return language.either(value)
    if isinstance(value, Count):
        return language.plural(value.one, value.many, value.number)
    if isinstance(value, str) and value in SYSTEM_REASONS:
        return language.say(value)
    if isinstance(value, ScenarioError):
        return " ".join(explain(value, language)).removesuffix(".")
    return Chain(map(language.say, value)) if isinstance(value, Chain) else value
