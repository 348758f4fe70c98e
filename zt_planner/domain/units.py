"""The kinds of quantity: what a value counts, how exact it is, and what its unit is called.

Whatever holds values names their unit: a field of the scenario, a figure of a task, a key figure, a column, the parts
of an explanation. `language` writes values of a unit, `entries` reads what a person types, and each medium derives its
own forms from what is declared here: a spreadsheet's number format, how a cell is read back. A new kind of quantity is
one declaration. Law: no two units have the same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from zt_planner.domain.money import HOME_CURRENCY, rounded
from zt_planner.errors import msgid, msgids


class UnitKind(Enum):
    """What the values of a unit are, whatever they count."""

    NUMBER = auto()
    MONEY = auto()
    SHARE = auto()
    """Kept as 0.15, shown as 15%."""
    DAY = auto()
    MONTH = auto()
    WORDS = auto()


class Places(NamedTuple):
    """How many decimals a number has: in files, in tables, in sentences, and for those who decide."""

    files: int
    tables: int
    text: int
    brief: int


WHOLE = Places(0, 0, 0, 0)
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of quantity.

    Zeros at the end are left out where it `is_trimmed`. `typed_places` are the most decimals that a person may type;
    of a share, in per cent. `counted` is a number with its unit in a sentence, `title` stands above a column of parts,
    `name` beside a figure.
    """

    key: str
    kind: UnitKind = UnitKind.NUMBER
    places: Places = WHOLE
    typed_places: int = 0
    is_trimmed: bool = False
    counted: tuple[str, str] | None = None
    title: str = ""
    name: str = ""

    @property
    def is_number(self) -> bool:
        """Tell whether its values are numbers: they are read from their right end."""
        return self.kind in {UnitKind.NUMBER, UnitKind.MONEY, UnitKind.SHARE}

    @property
    def factor(self) -> int:
        """What a value is multiplied by where it is shown: a share is shown in per cent."""
        return PERCENT if self.kind is UnitKind.SHARE else 1

    def exact(self, value: Decimal | Fraction | int) -> Decimal:
        """Return a number as files have it."""
        return rounded(value, self.places.files)

    def rounded_up(self, value: Fraction) -> Decimal:
        """Return a number with as many decimals, rounded up."""
        places = self.places.files
        return Decimal(ceil(value * 10**places)).scaleb(-places)

    @property
    def of_difference(self) -> Unit:
        """The unit of what two values differ by."""
        return CALENDAR_DAYS if self.kind is UnitKind.DAY else self


NUMBER = Unit("number", places=Places(6, 2, 2, 2), typed_places=6, is_trimmed=True)
COUNT = Unit("count", title=msgid("Counts"))
EQUIVALENTS = Unit("full_time_equivalents", places=Places(1, 1, 1, 1), typed_places=1, is_trimmed=True)
MULTIPLE = Unit("multiple", places=Places(4, 2, 2, 2), typed_places=4, is_trimmed=True)
POINTS = Unit("points", title=msgid("Counts"), name=msgid("points"))

MONEY = Unit("money", UnitKind.MONEY, Places(2, 2, 2, 0), 2, title=msgid("Amount"), name=HOME_CURRENCY)
EUROS = Unit("whole_euros", UnitKind.MONEY, typed_places=2, title=msgid("Amount"))
EXCHANGE_RATE = Unit("exchange_rate", places=Places(6, 6, 6, 6), is_trimmed=True, title=msgid("EUR per unit"))
SHARE = Unit("share", UnitKind.SHARE, Places(4, 4, 4, 4), 6, title=msgid("Percentage"))

PERSON_DAYS = Unit(
    "person_days",
    places=Places(2, 2, 1, 0),
    typed_places=6,
    counted=msgids("{n} day", "{n} days"),
    title=msgid("Person-days"),
    name=msgid("person-days"),
)
DAYS_A_WEEK = Unit("days_a_week", places=Places(2, 2, 2, 2), is_trimmed=True)
DAYS_A_MONTH = Unit(
    "days_a_month",
    places=Places(2, 1, 1, 1),
    counted=msgids("{n} day a month", "{n} days a month"),
    title=msgid("Person-days"),
    name=msgid("days a month"),
)
STANDSTILL_DAYS = Unit("days_at_a_standstill", places=Places(1, 1, 1, 1), counted=msgids("{n} day", "{n} days"))
CALENDAR_DAYS = Unit("calendar_days", title=msgid("Calendar days"))
WORKING_DAYS = Unit("working_days", counted=msgids("{n} working day", "{n} working days"), title=msgid("Working days"))
WEEKS = Unit("weeks", counted=msgids("{n} week", "{n} weeks"))
MONTHS = Unit(
    "months",
    places=Places(1, 1, 1, 0),
    counted=msgids("{n} month", "{n} months"),
    title=msgid("Months"),
    name=msgid("months"),
)
DAY = Unit("day", UnitKind.DAY, name=msgid("date"))
MONTH = Unit("month", UnitKind.MONTH)

TEXT = Unit("text", UnitKind.WORDS)
FLAG = Unit("flag", UnitKind.WORDS)
"""Yes or no."""
CHOICE = Unit("choice", UnitKind.WORDS)
"""One of a few words, each of which has a name."""
PRODUCT = Unit("product", UnitKind.WORDS)
REGION = Unit("region", UnitKind.WORDS)
TASKS = Unit("tasks", UnitKind.WORDS)
PARTS = Unit("parts", UnitKind.WORDS)
"""What has several parts, each with a unit of its own."""
