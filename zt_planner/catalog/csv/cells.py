"""Read one cell: a text becomes a number, a date, a word of a list, or is refused with a remedy.

Numbers have a decimal point and nothing else; `1.200` and `1,50` are refused,
as nobody knows which notation their writer had in mind. Laws: a reader returns
a value within its bounds or raises WrongCell; it takes no time to speak of,
whatever the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeAlias, Union, get_args, get_origin

from zt_planner.domain.data.columns import (
    COUNTRY,
    CURRENCY,
    MOST_CHARACTERS,
    REGION,
    WORD,
    CountryCode,
    CurrencyCode,
    Printable,
    RegionCode,
    Word,
)
from zt_planner.domain.readings import has_two_readings, readings
from zt_planner.domain.scenario.own_rows import FIRST_DAY, LAST_DAY
from zt_planner.domain.scenario.values import ISO_DATE
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from collections.abc import Iterable

Reader: TypeAlias = Callable[[str], Any]
"""What reads the text of a cell, or raises WrongCell."""

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
WHOLE = re.compile(r"-?[0-9]+")
DECIMAL_COMMA = re.compile(r"[0-9]{1,15},[0-9]{1,6}")
GROUPED = re.compile(r"([0-9]{1,3}(?:[ .,'’\u00a0\u202f]?[0-9]{3}){0,5})(?:[.,]([0-9]{1,2}))?")
GROUP_MARK = re.compile(r"[^0-9]")
MOST_DECIMALS = 6


class WrongCell(Exception):
    """A cell that cannot be read; caught where file, row and column are known."""

    def __init__(self, value: str, problem: str, remedy: str, **values: object) -> None:
        """Keep what the message needs: the wrong part of the cell, problem, remedy and what fills their gaps."""
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
        self.values = {**values, "value": value}


def text(value: str) -> str:
    """Read a text unchanged."""
    if len(value) > MOST_CHARACTERS:
        problem = msgid("the text is longer than {most} characters")
        raise WrongCell(value, problem, msgid("Shorten it"), most=MOST_CHARACTERS)
    return value


def matching(pattern: re.Pattern[str], problem: str, remedy: str) -> Callable[[str], str]:
    """Return a reader for texts of one form."""

    def read(value: str) -> str:
        if not pattern.fullmatch(value):
            raise WrongCell(value, problem, remedy)
        return value

    return read


word = matching(WORD, msgid("'{value}' is not one word"), msgid("Write it without spaces, as in entra-p2"))
currency = matching(CURRENCY, msgid("'{value}' is not a currency"), msgid("Write its three letters, as in EUR"))
country = matching(COUNTRY, msgid("'{value}' is not a country"), msgid("Write its two letters, as in DE"))
region = matching(REGION, msgid("'{value}' is not a region"), msgid("Write it as DE or DE-NW"))


def cross(value: str) -> bool:
    """Read a cross; an empty cell has none."""
    if value == "x":
        return True
    raise WrongCell(value, msgid("'{value}' is not a cross"), msgid("Write x, or leave the cell empty"))


def read_day(value: str) -> date:
    """Read a date in the form 2026-07-01."""
    remedy = msgid("Write it as 2026-07-01")
    try:
        read = date.fromisoformat(value) if ISO_DATE.fullmatch(value) else None
    except ValueError:
        read = None
    if read is None:
        raise WrongCell(value, msgid("'{value}' is not a date"), remedy)
    if not FIRST_DAY <= read <= LAST_DAY:
        remedy = msgid("Write a day from {least} to {most}")
        raise WrongCell(value, msgid("'{value}' is out of range"), remedy, least=FIRST_DAY, most=LAST_DAY)
    return read


def notation(value: str) -> WrongCell:
    """Return the error for a number in another notation, with the plain form where it can be told."""
    if has_two_readings(value):
        plain, other = readings(value)
        problem, remedy = msgid("'{value}' can be read in two ways"), msgid("Write {plain} or {other}")
        return WrongCell(value, problem, remedy, plain=plain, other=other)
    problem = msgid("'{value}' is not a number")
    if DECIMAL_COMMA.fullmatch(value):
        return WrongCell(value, problem, msgid("Write {plain}"), plain=value.replace(",", "."))
    written = without_groups(value)
    if written is None:
        return WrongCell(value, problem, msgid("Write digits with a decimal point, as in 1200.50"))
    return WrongCell(value, problem, msgid("Write {plain}"), plain=written)


def without_groups(value: str) -> str | None:
    """Return a number in any notation with a decimal point and nothing else; None for what is none, or mixes marks."""
    grouped = GROUPED.fullmatch(value)
    if grouped is None:
        return None
    marks = GROUP_MARK.findall(grouped[1])
    decimal_mark = value[len(grouped[1]) : len(grouped[1]) + 1]
    if len({*marks}) > 1 or decimal_mark in marks:
        return None
    return GROUP_MARK.sub("", grouped[1]) + (f".{grouped[2]}" if grouped[2] else "")


def within(value: str, least: str, most: str) -> Decimal:
    """Return a number in plain notation; raise where it is out of bounds or too exact."""
    exact = Decimal(value)
    if not Decimal(least) <= exact <= Decimal(most):
        problem = msgid("'{value}' is negative") if exact < 0 else msgid("'{value}' is out of range")
        raise WrongCell(value, problem, msgid("Write a number from {least} to {most}"), least=least, most=most)
    if _places(exact) > MOST_DECIMALS:
        problem = msgid("'{value}' has more than {most} decimals")
        raise WrongCell(value, problem, msgid("Round it"), most=MOST_DECIMALS)
    return exact


def _places(exact: Decimal) -> int:
    exponent = exact.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def number_reader(most: str, least: str = "0") -> Callable[[str], Decimal]:
    """Return a reader for a number between two bounds, both included."""

    def read(value: str) -> Decimal:
        if not NUMBER.fullmatch(value) or has_two_readings(value):
            raise notation(value)
        return within(value, least, most)

    return read


def whole_number_reader(most: str, least: str = "0") -> Callable[[str], int]:
    """Return a reader for a whole number between two bounds, both included."""

    def read(value: str) -> int:
        if not WHOLE.fullmatch(value):
            raise WrongCell(value, msgid("'{value}' is not a whole number"), msgid("Write digits only, as in 15"))
        return int(within(value, least, most))

    return read


def one_of(names: Iterable[StrEnum]) -> Reader:
    """Return a reader for one word of a fixed list."""
    by_word = {str(name): name for name in names}

    def read(value: str) -> StrEnum:
        if value not in by_word:
            problem, remedy = msgid("'{value}' is not a known value"), msgid("Use one of: {known}")
            raise WrongCell(value, problem, remedy, known=", ".join(by_word))
        return by_word[value]

    return read


def many(read: Reader) -> Callable[[str], tuple[Any, ...]]:
    """Return a reader for several values in one cell."""

    def read_all(value: str) -> tuple[Any, ...]:
        return tuple(read(part.strip()) for part in value.split(";"))

    return read_all


def different(read: Reader) -> Callable[[str], tuple[Any, ...]]:
    """Return a reader for several values in one cell, none of them twice."""

    def read_all(value: str) -> tuple[Any, ...]:
        values: list[Any] = []
        for part in (part.strip() for part in value.split(";")):
            values.append(read(part))
            if values[-1] in values[:-1]:
                raise WrongCell(part, msgid("'{value}' appears twice"), msgid("Keep one of them"))
        return tuple(values)

    return read_all


READERS: dict[object, Reader] = {
    str: text,
    Printable: text,
    bool: cross,
    date: read_day,
    Word: word,
    CurrencyCode: currency,
    CountryCode: country,
    RegionCode: region,
}


def reader_of(column_type: Any) -> Reader:  # noqa: ANN401 - whatever a field is annotated with
    """Return how the cells of a column are read: the type of its field says so, for a number with its bounds."""
    if column_type in READERS:
        return READERS[column_type]
    if isinstance(column_type, type) and issubclass(column_type, StrEnum):
        return one_of(column_type)
    first, *others = get_args(column_type)
    if get_origin(column_type) in {Union, UnionType} and others == [NoneType]:
        return reader_of(first)
    if get_origin(column_type) is tuple:
        return different(reader_of(first))
    bounds = {type(mark).__name__: mark for mark in others[0].metadata}
    least, most = str(bounds["Ge"].ge), str(bounds["Le"].le)
    return whole_number_reader(most, least) if first is int else number_reader(most, least)
