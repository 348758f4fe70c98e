"""What a person may type into a field or a cell: how a value is written there, and read from what they type.

An entry knows the unit and the bounds. Laws: what is written is read back as the same value, in every language; a
number is never rounded or clipped on the way, and a day never taken for another one, but refused in words that name
the bounds and the remedy; what could be thousands as well as decimals is asked about, never guessed (ADR 0046).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from zt_planner.domain.readings import THOUSAND, has_two_readings, without_accents
from zt_planner.domain.scenario.declared import field_at
from zt_planner.domain.scenario.values import AMBIGUOUS_PLACES, ISO_DATE
from zt_planner.domain.units import Unit, UnitKind
from zt_planner.errors import DayRefused, InputRefused, NumberRefused, msgid
from zt_planner.gaps import Alternatives, Count, shortened
from zt_planner.language import MINUS, Language, Writable, month_numbers

PARTS_OF_A_DAY = {"DD": "(?P<day>[0-9]{1,2})", "MM": "(?P<month>[0-9]{1,2})", "YYYY": "(?P<year>[0-9]{4}|[0-9]{2})"}
"""How the parts of a day are typed; a year of two digits is one of this century."""
EXAMPLE = date(2027, 12, 31)
"""None that could be read as another one with its month first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Numbers or days that may be typed: their unit, and the first and the last value that is allowed.

    The bounds of a share are kept as a share, as is what was typed in per cent.
    """

    unit: Unit
    least: Any
    most: Any

    def written(self, value: Any, language: Language) -> str:  # noqa: ANN401 - a number or a day
        """Write a day in figures, a number with every decimal that it has; one more where three could be thousands."""
        if isinstance(value, date):
            return language.typed_day(value)
        shown = Decimal(value * self.unit.factor)
        least_places = self.unit.places.files if self.unit.kind is UnitKind.MONEY else 0
        text = language.number(shown, max(least_places, decimals_of(shown)))
        if self._as_thousands(text, shown) is None:
            return text
        return language.number(shown, AMBIGUOUS_PLACES + 1)

    def read(self, text: str, language: Language) -> Any:  # noqa: ANN401 - as above
        """Return what was typed as the field keeps it; raise InputRefused."""
        return self._day(text, language) if self.unit.kind is UnitKind.DAY else self._number(text, language)

    def refusal(self, text: str, language: Language) -> InputRefused | None:
        """Return why the input is refused, None when it is accepted."""
        try:
            self.read(text, language)
        except InputRefused as refused:
            return refused
        return None

    def _day(self, text: str, language: Language) -> date:
        day = day_in(text, language)
        if not self.least <= day <= self.most:
            raise DayRefused(
                msgid("'{value}' is out of range"),
                msgid("Write a day from {least} to {most}"),
                value=shortened(text.strip()),
                least=language.typed_day(self.least),
                most=language.typed_day(self.most),
            )
        return day

    def _number(self, text: str, language: Language) -> Decimal | int:
        typed = text.strip().removesuffix("%" if self.unit.kind is UnitKind.SHARE else "").rstrip()
        number = self._unbounded_number(typed, language)
        if decimals_of(number) > self.unit.typed_places:
            raise NumberRefused(
                msgid("'{value}' has more than {decimals}"),
                msgid("Write at most {decimals}"),
                value=shortened(typed),
                decimals=Count("{n} decimal", "{n} decimals", self.unit.typed_places),
            )
        if not self._holds(number):
            raise NumberRefused(
                msgid("{value} is not between {lowest} and {highest}"),
                msgid("Write a number from {lowest} to {highest}"),
                value=language.number(number, decimals_of(number)),
                lowest=self.written(self.least, language),
                highest=self.written(self.most, language),
            )
        return number / self.unit.factor if self.unit.typed_places else int(number)

    def _unbounded_number(self, typed: str, language: Language) -> Decimal:
        """Read a number; an entry of whole ones says so where it is none."""
        try:
            number = language.number_in(typed)
        except NumberRefused:
            if self.unit.typed_places:
                raise
        else:
            self._ask_for_one_reading(typed, number, language)
            if self.unit.typed_places or not decimals_of(number):
                return number
        raise NumberRefused(
            msgid("'{value}' is not a whole number"),
            msgid("Write a whole number from {lowest} to {highest}"),
            value=shortened(typed),
            lowest=self.written(self.least, language),
            highest=self.written(self.most, language),
        )

    def _ask_for_one_reading(self, typed: str, number: Decimal, language: Language) -> None:
        """Refuse what can be read in two ways, with how to write each that is allowed.

        What has more decimals than are allowed is refused for that.
        """
        thousands, is_too_exact = self._as_thousands(typed, number), decimals_of(number) > self.unit.typed_places
        if thousands is None or (self.unit.typed_places and is_too_exact):
            return
        is_held = self._holds(number) and not is_too_exact
        decimals = (self.written(number / self.unit.factor, language),) if is_held else ()
        raise NumberRefused(
            msgid("'{value}' can be read in two ways"),
            msgid("Did you mean {candidates}?"),
            value=shortened(typed),
            candidates=Alternatives((language.number(thousands), *decimals)),
        )

    def _as_thousands(self, text: str, number: Decimal) -> Decimal | None:
        """Return what a text says where its decimal mark is that of the thousands; None when that is out of bounds.

        A number from a thousand on was read so already.
        """
        if abs(number) >= THOUSAND or not has_two_readings(text.replace(MINUS, "-")):
            return None
        thousands = number * THOUSAND
        return thousands if self._holds(thousands) else None

    def _holds(self, shown: Decimal) -> bool:
        """Tell whether a number lies within the bounds."""
        return bool(self.least <= shown / self.unit.factor <= self.most)


@dataclass(frozen=True, slots=True)
class TypedNumber(Writable):
    """A number as it is typed into a cell."""

    value: Decimal | int
    entry: Entry

    def written(self, language: Language) -> str:
        """Write it with every decimal that it has."""
        return self.entry.written(self.value, language)


def entry_at(path: str, highest: int | None = None) -> Entry:
    """Return the entry of a field by its dotted path; `highest` is a bound that another field sets.

    Raises LookupError for what is no number or day, and without a bound.
    """
    field = field_at(path)
    most = highest if field is None or field.most is None else field.most
    if field is None or field.least is None or most is None:
        raise LookupError(path)
    return Entry(field.unit, field.least, most)


def decimals_of(number: Decimal) -> int:
    """Return how many decimals a number has, zeros at the end left out."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


NAMED_DAY = re.compile(
    r"""
    (?P<day>[0-9]{1,2})(?:\.|st|nd|rd|th|er|º)?[ -]?(?:de[ ])?
    (?P<month>[^\W\d_]{3,10})\.?,?[ -]?(?:de[ ])?(?P<year>[0-9]{4}|[0-9]{2})
    | (?P<month_first>[^\W\d_]{3,10})\.?[ ](?P<day_then>[0-9]{1,2})(?:st|nd|rd|th)?,?[ ](?P<year_last>[0-9]{4})
    """,
    re.VERBOSE,
)
"""A day with its month's name: `3 April 2027`, `3. Apr 27`, `April 3, 2027`, `3 de abril de 2027`."""


def day_in(text: str, language: Language) -> date:
    """Read a day as the reader types it, `04/01/2027` or `4/1/27`, as in `2027-01-04`, or with the name of its month.

    The name may be in any language: it has one reading. Raises DayRefused.
    """
    typed = text.strip()
    parts, named = _pattern(language.date_format).fullmatch(typed), NAMED_DAY.fullmatch(" ".join(typed.split()))
    with suppress(ValueError):
        if ISO_DATE.fullmatch(typed):
            return date.fromisoformat(typed)
        if parts is not None:
            return date(int(f"20{parts['year']}"[-4:]), int(parts["month"]), int(parts["day"]))
        if named is not None:
            month = month_numbers().get(without_accents(named["month"] or named["month_first"]), 0)
            year = f"20{named['year'] or named['year_last']}"[-4:]
            return date(int(year), month, int(named["day"] or named["day_then"]))
    raise DayRefused(
        msgid("'{value}' is not a date"),
        msgid("Write a date as in {example}"),
        value=shortened(typed),
        example=language.typed_day(EXAMPLE),
    )


def month_first(text: str, language: Language) -> date | None:
    """Return the day that a text of the page's form says with its month before its day; None where that is none."""
    parts = _pattern(language.date_format).fullmatch(text.strip())
    if parts is None:
        return None
    with suppress(ValueError):
        return date(int(f"20{parts['year']}"[-4:]), int(parts["day"]), int(parts["month"]))
    return None


def ask_for_one_day(text: str, language: Language) -> None:
    """Refuse a day that has another reading with its month first, with how to write each."""
    other = month_first(text, language)
    if other is None:
        return
    day = day_in(text, language)
    if other != day:
        raise DayRefused(
            msgid("'{value}' can be read in two ways, because another date in the column starts with the month"),
            msgid("Did you mean {candidates}?"),
            value=shortened(text.strip()),
            candidates=Alternatives((day.isoformat(), other.isoformat())),
        )


@lru_cache
def _pattern(form: str) -> re.Pattern[str]:
    """Return the pattern of a day that is typed in a form, with or without spaces around its separators."""
    parts = filter(None, re.split(f"({'|'.join(PARTS_OF_A_DAY)})", form))
    return re.compile("".join(PARTS_OF_A_DAY.get(part, rf"\s*{re.escape(part)}\s*") for part in parts))
