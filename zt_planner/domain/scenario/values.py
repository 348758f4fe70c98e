"""What a field of the scenario may hold: whole numbers, shares, money, days, closures, with their bounds.

Decides how a value is read and written, not which field holds it. Laws: NaN,
infinities, booleans for numbers and numbers for days are refused; a value that
is written as JSON reads back as itself.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from zt_planner.domain.data.columns import MILLIONS, SHARE, printable
from zt_planner.domain.money import LARGEST_AMOUNT
from zt_planner.domain.regions import is_region
from zt_planner.domain.scan import NO_DAY

NAME_LENGTH = 80
ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
AMBIGUOUS_PLACES = 3
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2100, 12, 31)
"""The days that a plan can be about."""


def _number(value: object) -> object:
    """Refuse booleans and texts where a number belongs."""
    if isinstance(value, bool | str):
        raise PydanticCustomError("not_a_number", "{value} is not a number", {"value": repr(value)})
    return value


def _whole(value: object) -> object:
    """Refuse booleans and texts where a whole number belongs."""
    if isinstance(value, bool | str):
        raise PydanticCustomError("not_whole", "{value} is not a whole number", {"value": repr(value)})
    return value


def _money(value: object) -> object:
    """Accept numbers and texts like `1150.00`; refuse booleans, exponents and more than two places."""
    if isinstance(value, bool):
        raise PydanticCustomError("not_a_number", "{value} is not a number", {"value": repr(value)})
    if isinstance(value, str) and not value.replace(".", "", 1).removeprefix("-").isdecimal():
        raise PydanticCustomError("not_money", "{value} is not an amount", {"value": repr(value)})
    return value


def as_number(value: Decimal) -> int | float:
    """Write a share or a number of days as a JSON number."""
    return int(value) if value == value.to_integral_value() else float(value)


def _as_money(value: Decimal) -> str:
    """Write money as a text with two places."""
    return f"{value:.2f}"


def price_text(value: Decimal) -> str:
    """Write an amount of the price book: two places at least, never three, which could be read as thousands."""
    places = -int(value.normalize().as_tuple().exponent)
    return f"{value:.{4 if places == AMBIGUOUS_PLACES else max(2, places)}f}"


def _only_dates(value: object) -> object:
    """Refuse numbers and times where a date belongs: `2027-01-04` is the only form."""
    if type(value) is date:
        return value
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise PydanticCustomError("not_a_date", "{value} is not a date", {"value": repr(value)})


def _day_text(value: str) -> str:
    """Refuse what is not a date as in `2027-01-04`."""
    _only_dates(value)
    return value


def _scan_day(value: str) -> str:
    """Refuse what is neither a date nor unknown."""
    return value if value == NO_DAY else _day_text(value)


def _in_order(span: tuple[date, date]) -> tuple[date, date]:
    """Refuse a closure that ends before it starts."""
    first, last = span
    if last < first:
        raise PydanticCustomError(
            "closure_ends_early",
            "the closure from {first} ends on {last}, before it starts",
            {"first": first.isoformat(), "last": last.isoformat()},
        )
    return span


def _known_region(value: object) -> object:
    """Refuse a text that is no region; what is no text is refused after this."""
    if isinstance(value, str) and not is_region(value):
        raise PydanticCustomError("unknown_region", "{value} is not a region with known holidays", {"value": value})
    return value


PlainText = Annotated[str, AfterValidator(printable)]
"""A text that every file and every screen can carry."""
PlainName = Annotated[str, Field(max_length=NAME_LENGTH), AfterValidator(printable)]
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    Field(allow_inf_nan=False, max_digits=15),
    PlainSerializer(as_number, when_used="json"),
]
Share = Annotated[Number, SHARE]
Millions = Annotated[Number, MILLIONS]
"""Millions of EUR a year, as a balance sheet says them."""
Money = Annotated[
    Decimal,
    BeforeValidator(_money),
    Field(ge=0, le=LARGEST_AMOUNT, decimal_places=2, allow_inf_nan=False),
    PlainSerializer(_as_money, when_used="json"),
]
Amount = Annotated[
    Decimal,
    BeforeValidator(_money),
    Field(ge=0, le=LARGEST_AMOUNT, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(price_text, when_used="json"),
]
"""An amount of the price book, which may be a small part of a cent."""
SignedMoney = Annotated[
    Decimal,
    BeforeValidator(_money),
    Field(ge=-LARGEST_AMOUNT, le=LARGEST_AMOUNT, decimal_places=2, allow_inf_nan=False),
    PlainSerializer(_as_money, when_used="json"),
]
Day = Annotated[date, BeforeValidator(_only_dates)]
MonthText = Annotated[str, Field(pattern="^[12][0-9]{3}-(0[1-9]|1[0-2])$")]
PlanDay = Annotated[Day, Field(ge=FIRST_DAY, le=LAST_DAY)]
DayText = Annotated[str, AfterValidator(_day_text)]
ScanDay = Annotated[str, AfterValidator(_scan_day)]
Region = Annotated[str | None, BeforeValidator(_known_region)]
Closure = Annotated[tuple[Day, Day], AfterValidator(_in_order)]
LEAST_DAYS_A_WEEK, MOST_DAYS_A_WEEK = Decimal("0.25"), Decimal(50)
DaysPerWeek = Annotated[Number, Field(ge=LEAST_DAYS_A_WEEK, le=MOST_DAYS_A_WEEK)]


ONLY_IF_KEPT = Field(repr=False, exclude_if=lambda kept: kept is None)
"""Data of a scenario's own: where it keeps none, the field is not written."""


class Part(BaseModel):
    """A part of the scenario: immutable, without unknown fields, its defaults checked as well."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    def __copy__(self) -> Self:
        """Return a copy in which nothing is cached: `model_copy` gives it other fields."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


def bounded(value: int, lowest: int, highest: int, why: str) -> int:
    """Check a bound that depends on another field."""
    if not lowest <= value <= highest:
        raise PydanticCustomError(
            "bound_of_another_field",
            "{value} is not between {lowest} and {highest} ({why})",
            {"value": value, "lowest": lowest, "highest": highest, "why": why},
        )
    return value
