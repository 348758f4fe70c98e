"""Imported table rows: their cells, what comes of them, and what is wrong with them in the words of a spreadsheet.

A cell is a text in one form, whoever wrote it: days like 2027-03-01, numbers
with a point, ids between semicolons. Laws: equal values are told to be equal,
whatever form a spreadsheet gave them; what can be read in two ways is no number;
what came from a cell is told without the paths and marks of a scenario's file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from zt_planner.domain.data.price_book import PriceBook
from zt_planner.domain.incoming import FileKind, ImportNotice, Incoming
from zt_planner.domain.money import rounded
from zt_planner.domain.readings import has_two_readings, readings
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.domain.units import Unit, UnitKind
from zt_planner.errors import FieldProblem, Place, ScenarioError, msgid
from zt_planner.files.problem_texts import IN_A_CELL
from zt_planner.gaps import shortened
from zt_planner.language import Labelled, Language, LanguageCode, Words
from zt_planner.topics.error_texts import explain, place_text, problem_text
from zt_planner.topics.inputs.fields import field_label

LANGUAGES = tuple(Language(code) for code in LanguageCode)
TRUE, FALSE = ("wahr", "vrai", "verdadero"), ("falsch", "faux", "falso")
"""What Excel writes for a yes and a no."""
DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]{1,2}")
"""What can be no thousands: a number with a decimal comma among numbers with points."""
NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]*([eE][+-]?[0-9]{1,3})?")
"""A number as programs write it; longer exponents would take the server's memory."""
LARGEST = Decimal(10) ** 15
"""Numbers from here on are no figures of a plan."""
SLASHED_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/(?:20)?([0-9]{2})")
"""A day as Excel saves it between commas: 31/12/2027 if it is British, 12/31/2027 if it is American."""
FOLLOWS = msgid("'{value}' is calculated from other figures and cannot be set")
"""Why a changed cell that is computed is left out."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A row: where it stands, its cells by the names of their columns, and what its reader knows those columns as."""

    place: Place
    cells: Mapping[str, str]
    titles: Mapping[str, str] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """Return a cell."""
        return self.cells.get(column, "").strip()

    def at(self, column: str) -> Place:
        """Return where a cell stands."""
        return Place(self.place.file, self.place.row, self.titles.get(column, column))


@dataclass(slots=True)
class ImportResult:
    """Edits by their dotted paths, and what is left out or noticed, in the order of the file."""

    edits: dict[str, Any] = field(default_factory=dict)
    left_out: list[ImportNotice] = field(default_factory=list)
    notices: list[ImportNotice] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def edit(self, path: str, value: object, place: Place | None = None) -> None:
        """Say that a field becomes something else, and where that stands."""
        self.edits[path] = value
        if place is not None:
            self.places[path] = place

    def leave(self, place: Place | str, problem: str, remedy: str, **values: object) -> None:
        """Say that something cannot become an edit."""
        self.left_out.append(ImportNotice(place, problem, remedy, values))

    def notice(self, place: Place | str, problem: str, remedy: str, **values: object) -> None:
        """Say what the reader should know."""
        self.notices.append(ImportNotice(place, problem, remedy, values))

    def incoming(self, source: FileKind, scenario: Scenario | None = None) -> Incoming:
        """Return what was read of a file, with the whole plan that it holds, if it does."""
        return Incoming(source, scenario, self.edits, tuple(self.left_out), tuple(self.notices), self.places)


# Cells


def cannot_be_read(row: Returned, column: str, result: ImportResult) -> None:
    """Take note of a cell that is neither empty nor what its column holds."""
    text, place = row.text(column), row.at(column)
    number = text.removesuffix("%").strip()
    if has_two_readings(number):
        plain, other = readings(number)
        problem, remedy = msgid("'{value}' can be read in two ways"), msgid("Write {plain} or {other}")
        result.leave(place, problem, remedy, value=text, plain=plain, other=other)
        return
    if all(days := slashed_days(text)):
        problem, remedy = msgid("'{value}' can be read in two ways"), msgid("Write {plain} or {other}")
        result.leave(place, problem, remedy, value=text, plain=str(days[0]), other=str(days[1]))
        return
    problem, remedy = msgid("'{value}' cannot be read"), msgid("Write it as the other rows have it")
    result.leave(place, problem, remedy, value=shortened(text))


def number_in(text: str) -> Decimal | None:
    """Return a number, None when a text is none, is beyond all bounds, or can be read as two."""
    number = text.replace(",", ".") if DECIMAL_COMMA.fullmatch(text) else text
    if has_two_readings(text) or not NUMBER.fullmatch(number):
        return None
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None
    return value if abs(value) < LARGEST else None


def whole_in(text: str) -> int | None:
    """Return a whole number, None when a text is none."""
    number = number_in(text)
    return None if number is None or number != number.to_integral_value() else int(number)


def share_in(text: str) -> Decimal | None:
    """Return a share, written as one or in per cent; None when a text is none."""
    number = number_in(text.removesuffix("%").strip())
    return number / 100 if number is not None and text.endswith("%") else number


def day_in(text: str) -> date | None:
    """Return a day, None when a text is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def value_in(text: str, unit: Unit) -> Decimal | int | date | None:
    """Return a day or a number of a unit, None when a text is none."""
    if unit.kind is UnitKind.DAY:
        return day_in(text)
    if unit.kind is UnitKind.SHARE:
        return share_in(text)
    return number_in(text) if unit.typed_places else whole_in(text)


def slashed_days(text: str) -> tuple[date | None, date | None]:
    """Return what 04/01/2027 is where the day is first, and where the month is; None for what is no day."""
    match = SLASHED_DAY.fullmatch(text)
    if match is None:
        return None, None
    first, second, year = int(match[1]), int(match[2]), match[3]
    return day_in(f"20{year}-{second:02}-{first:02}"), day_in(f"20{year}-{first:02}-{second:02}")


def is_month_first(written: Iterable[tuple[str, date | None]]) -> bool | None:
    """Tell the order of the slashed days of a file, each with the plan's own day; None where it cannot be told.

    Days that can be read in one way decide; if there are none, the order in which more days are the plan's.
    """
    read = [(slashed_days(text), kept) for text, kept in written]
    sure = {day is None for (day, month), _ in read if (day is None) is not (month is None)}
    if sure:
        return None if len(sure) > 1 else sure.pop()
    more = sum((month == kept) - (day == kept) for (day, month), kept in read)
    return more > 0 if more else None


def with_iso_days(row: Returned, columns: Iterable[str], *, month_first: bool | None) -> Returned:
    """Return a row with its slashed days as 2027-01-04; what may be another day stays as it is."""
    days = {column: slashed_days(row.text(column)) for column in columns}
    read = {
        column: (month if month_first else day) or day or month
        for column, (day, month) in days.items()
        if month_first is not None or None in {day, month} or day == month
    }
    return replace(row, cells={**row.cells, **{column: day.isoformat() for column, day in read.items() if day}})


def is_same(text: str, value: Decimal | Fraction | int, places: int = 2) -> bool:
    """Tell whether a cell still says a number, as it was written with so many places."""
    number = number_in(text)
    return number is not None and rounded(number, places) == rounded(value, places)


def yes_no_words(*, is_true: bool) -> set[str]:
    """Return how a yes or a no is written, by programs and by people."""
    words = {"true", "1", *TRUE} if is_true else {"false", "0", *FALSE}
    return words | {(language.say("yes") if is_true else language.say("no")).casefold() for language in LANGUAGES}


# What is wrong with them


def with_places(
    error: ScenarioError,
    places: Mapping[str, Place],
    book: PriceBook | None = None,
    tasks: Mapping[str, str] | None = None,
) -> tuple[Words, ...]:
    """Return what is wrong with fields, each with the place in the file that it came from, where that is known."""

    def line(problem: FieldProblem, otherwise: Words) -> Words:
        place = next((place for path, place in places.items() if problem.path.startswith(path)), None)
        if place is None:
            return otherwise
        label = field_label(problem.path, book, tasks)
        remedy = IN_A_CELL.get(problem.remedy, problem.remedy)
        return Labelled(place_text(place), Labelled(label, problem_text(problem.problem, remedy, problem.values)))

    return tuple(map(line, error.problems, explain(error)))
