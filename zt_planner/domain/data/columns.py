"""What the columns of the data files hold, as the types of a row's fields: bounds, words, codes.

`catalog` reads each cell by its type here; a row that comes from elsewhere, as from a plan that keeps its own data,
is checked by the same types.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from zt_planner.domain.money import LARGEST_AMOUNT

WORD = re.compile(r"[^\s;]{1,80}")
CURRENCY = re.compile("[A-Z]{3}")
COUNTRY = re.compile("[A-Z]{2}")
REGION = re.compile("[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
"""A country or a part of it, as in DE-NW."""
MOST_CHARACTERS = 500
"""Of a text in a cell."""
LEAST_FACTOR, MOST_FACTOR = Decimal("0.01"), Decimal(100)
MOST_EFFORT_DAYS, MOST_WAIT_WEEKS = Decimal(10_000), 520

SHARE, MILLIONS = Field(ge=0, le=1), Field(ge=0, le=1_000_000)
LOW_FACTOR, HIGH_FACTOR = Field(ge=LEAST_FACTOR, le=1), Field(ge=1, le=MOST_FACTOR)
PEOPLE, QUANTITY = Field(ge=1, le=5_000), Field(ge=1, le=1_000_000)
EFFORT_DAYS, LENGTH_DAYS = Field(ge=Decimal("0.01"), le=MOST_EFFORT_DAYS), Field(ge=1, le=5_000)
WAIT_WEEKS = Field(ge=0, le=MOST_WAIT_WEEKS)
"""Bounds of what a row of a file and a field of a scenario both hold."""


def printable(value: str) -> str:
    """Refuse control characters and lone surrogates: no file or screen could carry them."""
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in value):
        raise PydanticCustomError("control_characters", "the text holds control characters", {})
    return value


Printable = Annotated[str, Field(max_length=MOST_CHARACTERS), AfterValidator(printable)]
"""A text that a plan keeps: every file and every screen can carry it."""
Word = Annotated[str, Field(pattern=f"^{WORD.pattern}$")]

CurrencyCode = Annotated[str, Field(pattern=f"^{CURRENCY.pattern}$")]
CountryCode = Annotated[str, Field(pattern=f"^{COUNTRY.pattern}$")]
RegionCode = Annotated[str, Field(pattern=f"^{REGION.pattern}$")]
Money = Annotated[Decimal, Field(ge=0, le=LARGEST_AMOUNT)]
Millions = Annotated[Decimal, MILLIONS]
Share = Annotated[Decimal, SHARE]
LowFactor = Annotated[Decimal, LOW_FACTOR]
HighFactor = Annotated[Decimal, HIGH_FACTOR]
Year = Annotated[int, Field(ge=1990, le=2100)]
People = Annotated[int, PEOPLE]
Quantity = Annotated[int, QUANTITY]
EffortDays = Annotated[Decimal, EFFORT_DAYS]
LengthDays = Annotated[int, LENGTH_DAYS]
WaitWeeks = Annotated[int, WAIT_WEEKS]


def alternatives_of(word: str) -> tuple[str, ...]:
    """Return the ids of which one is enough: `a|b` are two."""
    return tuple(word.split("|"))


class Row(BaseModel):
    """One row of a data file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
