"""Imported table rows, and what all kinds share when they are compared with the plan.

A cell is a text in one form, whoever wrote it: days like 2027-03-01, numbers
with a point, ids between semicolons. Laws: equal values are told to be equal,
whatever form a spreadsheet gave them; what can be read in two ways is no number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003 - dataclasses read annotations at run time
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.domain.readings import has_two_readings, readings
from zt_planner.errors import Place, msgid
from zt_planner.gaps import shortened

if TYPE_CHECKING:
    from fractions import Fraction

    from zt_planner.importing.result import ImportResult

DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]{1,2}")
"""What can be no thousands: a number with a decimal comma among numbers with points."""
NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]*([eE][+-]?[0-9]{1,3})?")
"""A number as programs write it; longer exponents would take the server's memory."""
LARGEST = Decimal(10) ** 15
"""Numbers from here on are no figures of a plan."""
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


def cannot_be_read(row: Returned, column: str, result: ImportResult) -> None:
    """Take note of a cell that is neither empty nor what its column holds."""
    text, place = row.text(column), row.at(column)
    number = text.removesuffix("%").strip()
    if has_two_readings(number):
        plain, other = readings(number)
        problem, remedy = msgid("'{value}' can be read in two ways"), msgid("Write {plain} or {other}")
        result.leave(place, problem, remedy, value=text, plain=plain, other=other)
        return
    problem, remedy = msgid("'{value}' cannot be read"), msgid("Write it as the other rows have it")
    result.leave(place, problem, remedy, value=shortened(text))


def number_in(text: str) -> Decimal | None:
    """Return a number, None when a text is none, is beyond all bounds, or can be read as two."""
    number = text.replace(",", ".") if DECIMAL_COMMA.fullmatch(text) else text
    if has_two_readings(text) or not NUMBER.fullmatch(number):
        return None
    try:
        found = Decimal(number)
    except InvalidOperation:
        return None
    return found if abs(found) < LARGEST else None


def day_in(text: str) -> date | None:
    """Return a day, None when a text is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_same(text: str, value: Decimal | Fraction | int, places: int = 2) -> bool:
    """Tell whether a cell still says a number, as it was written with so many places."""
    found = number_in(text)
    return found is not None and rounded(found, places) == rounded(value, places)
