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

WORD = re.compile(r"[^\s;]{1,80}")
CURRENCY = re.compile("[A-Z]{3}")
COUNTRY = re.compile("[A-Z]{2}")
REGION = re.compile("[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
"""A country or a part of it, as in DE-NW."""
MOST_CHARACTERS = 500
"""Of a text in a cell."""
LEAST_FACTOR, MOST_FACTOR = Decimal("0.01"), Decimal(100)


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
Money = Annotated[Decimal, Field(ge=0, le=Decimal("999999999999.99"))]
Millions = Annotated[Decimal, Field(ge=0, le=1_000_000)]
Share = Annotated[Decimal, Field(ge=0, le=1)]
LowFactor = Annotated[Decimal, Field(ge=LEAST_FACTOR, le=1)]
HighFactor = Annotated[Decimal, Field(ge=1, le=MOST_FACTOR)]
Year = Annotated[int, Field(ge=1990, le=2100)]
People = Annotated[int, Field(ge=1, le=5000)]
Quantity = Annotated[int, Field(ge=1, le=1_000_000)]
EffortDays = Annotated[Decimal, Field(ge=Decimal("0.01"), le=10_000)]
LengthDays = Annotated[int, Field(ge=1, le=5_000)]
WaitWeeks = Annotated[int, Field(ge=0, le=520)]


def alternatives_of(word: str) -> tuple[str, ...]:
    """Return the ids of which one is enough: `a|b` are two."""
    return tuple(word.split("|"))


class Row(BaseModel):
    """One row of a data file."""

    model_config = ConfigDict(frozen=True, extra="forbid")
