"""What a field or a cell may hold, how that is written for a reader, and how it is read from what they type.

This is a day; a number is in `number_forms`. Laws: what is written is read back as the same; what cannot be read, or
is not allowed, is refused in words that name the remedy, and is never taken for another day.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zt_planner.domain.scenario.declared import field_at
from zt_planner.domain.scenario.inputs import Kind
from zt_planner.domain.scenario.values import ISO_DATE
from zt_planner.errors import DayRefused, InputRefused, msgid
from zt_planner.gaps import shortened

if TYPE_CHECKING:
    from zt_planner.language import Language

PARTS = {"DD": "(?P<day>[0-9]{1,2})", "MM": "(?P<month>[0-9]{1,2})", "YYYY": "(?P<year>[0-9]{4}|[0-9]{2})"}
"""How the parts of a day are typed; a year of two digits is one of this century."""
EXAMPLE = date(2027, 12, 31)
"""None that could be read as another one with its month first."""


class TypedForm:
    """What a field may hold."""

    def written(self, value: Any, language: Language) -> str:  # noqa: ANN401 - a number or a day
        """Write a value as it is typed."""
        raise NotImplementedError

    def read(self, text: str, language: Language) -> Any:  # noqa: ANN401 - as above
        """Return what was typed as the field keeps it; raise InputRefused."""
        raise NotImplementedError

    def refusal(self, text: str, language: Language) -> InputRefused | None:
        """Return why the input is refused, None when it is accepted."""
        try:
            self.read(text, language)
        except InputRefused as refused:
            return refused
        return None


@dataclass(frozen=True, slots=True)
class DayForm(TypedForm):
    """A day within bounds, both included."""

    first: date
    last: date

    def written(self, value: date, language: Language) -> str:
        """Write a day in figures: `04/01/2027`."""
        return language.typed_day(value)

    def read(self, text: str, language: Language) -> date:
        """Return the day that was typed; raise DayRefused."""
        day = day_in(text, language)
        if not self.first <= day <= self.last:
            raise DayRefused(
                msgid("'{value}' is out of range"),
                msgid("Write a day from {least} to {most}"),
                value=shortened(text.strip()),
                least=language.typed_day(self.first),
                most=language.typed_day(self.last),
            )
        return day


def day_in(text: str, language: Language) -> date:
    """Read a day as the reader types it, `04/01/2027` or `4/1/27`, or as in `2027-01-04`; raise DayRefused."""
    typed = text.strip()
    parts = _pattern(language.date_format).fullmatch(typed)
    with suppress(ValueError):
        if ISO_DATE.fullmatch(typed):
            return date.fromisoformat(typed)
        if parts is not None:
            return date(int(f"20{parts['year']}"[-4:]), int(parts["month"]), int(parts["day"]))
    raise DayRefused(
        msgid("'{value}' is not a date"),
        msgid("Write a date as in {example}"),
        value=shortened(typed),
        example=language.typed_day(EXAMPLE),
    )


@lru_cache
def _pattern(form: str) -> re.Pattern[str]:
    """Return the pattern of a day that is typed in a form, with or without spaces around its separators."""
    parts = filter(None, re.split(f"({'|'.join(PARTS)})", form))
    return re.compile("".join(PARTS.get(part, rf"\s*{re.escape(part)}\s*") for part in parts))


def day_form_of(path: str) -> DayForm:
    """Return the form of a day of the scenario by its dotted path."""
    field = field_at(path)
    if field is None or field.kind is not Kind.DAY:
        raise LookupError(path)
    return DayForm(field.least, field.most)
