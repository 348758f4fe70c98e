"""Read one cell: a text becomes a number, a date, a word of a list, or is refused with a remedy.

Numbers have a decimal point and nothing else; `1.200` and `1,50` are refused,
as nobody knows which notation their writer had in mind. Laws: a reader returns
a value within its bounds or raises WrongCell; it takes no time to speak of,
whatever the length of the text.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zt_planner.domain.readings import has_two_readings, readings
from zt_planner.domain.scenario.own_rows import CURRENCY, FIRST_DAY, LAST_DAY, MOST_CHARACTERS, WORD
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
WHOLE = re.compile(r"-?[0-9]+")
DECIMAL_COMMA = re.compile(r"[0-9]{1,15},[0-9]{1,6}")
GROUPED = re.compile(r"([0-9]{1,3}(?:[ .,'’\u00a0\u202f]?[0-9]{3}){0,5})(?:[.,]([0-9]{1,2}))?")
GROUP_MARK = re.compile(r"[^0-9]")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
COUNTRY = re.compile(r"[A-Z]{2}")
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


def word(value: str) -> str:
    """Read an id: one word of at most 80 characters."""
    if not WORD.fullmatch(value):
        raise WrongCell(value, msgid("'{value}' is not one word"), msgid("Write it without spaces, as in entra-p2"))
    return value


def currency(value: str) -> str:
    """Read the three letters of a currency."""
    if not CURRENCY.fullmatch(value):
        raise WrongCell(value, msgid("'{value}' is not a currency"), msgid("Write its three letters, as in EUR"))
    return value


def country(value: str) -> str:
    """Read the two letters of a country."""
    if not COUNTRY.fullmatch(value):
        raise WrongCell(value, msgid("'{value}' is not a country"), msgid("Write its two letters, as in DE"))
    return value


def read_day(value: str) -> date:
    """Read a date in the form 2026-07-01."""
    remedy = msgid("Write it as 2026-07-01")
    try:
        read = date.fromisoformat(value) if DATE.fullmatch(value) else None
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


money = number_reader("999999999999.99")


def whole_number_reader(most: str, least: str = "0") -> Callable[[str], int]:
    """Return a reader for a whole number between two bounds, both included."""

    def read(value: str) -> int:
        if not WHOLE.fullmatch(value):
            raise WrongCell(value, msgid("'{value}' is not a whole number"), msgid("Write digits only, as in 15"))
        return int(within(value, least, most))

    return read


def one_of(names: Iterable[StrEnum], problem: str) -> Callable[[str], Any]:
    """Return a reader for one word of a fixed list; `problem` is the text for any other word."""
    by_word = {str(name): name for name in names}

    def read(value: str) -> StrEnum:
        if value not in by_word:
            raise WrongCell(value, problem, msgid("Use one of: {known}"), known=", ".join(by_word))
        return by_word[value]

    return read


def many(read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    """Return a reader for several values in one cell."""

    def read_all(value: str) -> tuple[Any, ...]:
        return tuple(read(part.strip()) for part in value.split(";"))

    return read_all


def different(read: Callable[[str], Any], separator: str = ";") -> Callable[[str], tuple[Any, ...]]:
    """Return a reader for several values in one cell, none of them twice."""

    def read_all(value: str) -> tuple[Any, ...]:
        found: dict[Any, None] = {}
        for part in (part.strip() for part in value.split(separator)):
            read_part = read(part)
            if read_part in found:
                raise WrongCell(part, msgid("'{value}' appears twice"), msgid("Keep one of them"))
            found[read_part] = None
        return tuple(found)

    return read_all
