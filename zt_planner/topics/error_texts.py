"""What is wrong, one line for each thing.

Decides only words. A line names what is wrong (a field's dotted path, or file,
row and column), the problem and the remedy.
"""

from __future__ import annotations

from dataclasses import dataclass
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
from zt_planner.gaps import Alternatives, Chain, Count, Title
from zt_planner.language import Labelled, Listed, LongDay, Money, Plural, Text, Words, Writable, either, sentences

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
NOTHING_WAITS = msgid("No change of yours is waiting; what others change appears once the store is back")
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


def explain(error: PlannerError, name_of: Callable[[str], Words] = str) -> tuple[Words, ...]:
    """Return an error as lines to show; `name_of` tells what a field of the scenario is called, by its path."""
    if isinstance(error, ScenarioError):
        return tuple(
            Labelled(name_of(problem.path), problem_text(problem.problem, problem.remedy, problem.values))
            for problem in error.problems
        )
    if isinstance(error, CatalogError):
        place = place_text(Place(error.file, error.row, error.column))
        return (Labelled(place, problem_text(error.problem, error.remedy, error.values)),)
    if isinstance(error, GoalRefused):
        values = {name: _as_read(value) for name, value in error.values.items()}
        return (problem_text(error.problem, error.remedy, values),)
    if type(error) is StoreError:
        return (problem_text(STORE_AWAY, STORE_REMEDY, {}),)
    if isinstance(error, StoreError | SessionError | InputRefused):
        return (problem_text(error.problem, error.remedy, error.values),)
    return tuple(str(error).splitlines())


def place_text(place: Place) -> Words:
    """Say where in a data file: as much of row and column as is known."""
    column: Words = Text(place.column) if isinstance(place.column, Title) else place.column or ""
    if place.row is None:
        return Text(PLACE_COLUMN, file=place.file, column=column) if column else place.file
    if not column:
        return Text(PLACE_ROW, file=place.file, row=str(place.row))
    return Text(PLACE_IN_ROW, file=place.file, row=str(place.row), column=column)


def problem_text(problem: str, remedy: str, values: Mapping[str, object]) -> Words:
    """Return problem and remedy as sentences; a question needs no full stop."""
    shown = {name: _shown(value) for name, value in values.items()}
    stops = ((text, "" if text.endswith("?") else ".") for text in (problem, remedy))
    return sentences(*(Listed((Text(text, **shown), stop), "") for text, stop in stops))


def _as_read(value: object) -> object:
    if isinstance(value, date):
        return LongDay(value)
    return Money(value, 2) if isinstance(value, Decimal) else value


def _shown(value: object) -> Words:
    """Return what fills a gap: of alternatives that one is meant, of a chain the tasks' names."""
    if isinstance(value, Writable):
        return value
    if isinstance(value, Alternatives):
        return either(value)
    if isinstance(value, Count):
        return Plural(value.one, value.many, value.number)
    if isinstance(value, Chain):
        return TaskChain(value)
    if isinstance(value, ScenarioError):
        return WithoutStop(sentences(*explain(value)))
    return Text(value) if isinstance(value, str) and value in SYSTEM_REASONS else str(value)


@dataclass(frozen=True, slots=True)
class TaskChain(Writable):
    """The names of tasks that wait for each other; a very long chain is cut."""

    names: Chain

    def written(self, language: Language) -> str:
        """Translate the names of the model's tasks."""
        return str(Chain(map(language.say, self.names)))


@dataclass(frozen=True, slots=True)
class WithoutStop(Writable):
    """Sentences within another one, which has the full stop."""

    words: Words

    def written(self, language: Language) -> str:
        """Write them without the last full stop."""
        return language.write(self.words).removesuffix(".")
