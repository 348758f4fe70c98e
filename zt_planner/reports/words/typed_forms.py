"""What a field or a cell may hold, how that is written for a reader, and how it is read from what they type.

This is a day; a number is in `number_forms`. Laws: what is written is read back as the same; what cannot be read, or
is not allowed, is refused in words that name the remedy, and is never taken for another day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zt_planner.errors import DayRefused, InputRefused, msgid
from zt_planner.reports.words.controls import day_bounds_of

if TYPE_CHECKING:
    from datetime import date

    from zt_planner.language import Language


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
        day = language.day_in(text)
        if not self.first <= day <= self.last:
            raise DayRefused(
                msgid("'{value}' is out of range"),
                msgid("Write a day from {least} to {most}"),
                value=language.typed_day(day),
                least=language.typed_day(self.first),
                most=language.typed_day(self.last),
            )
        return day


def day_form_of(path: str) -> DayForm:
    """Return the form of a day of the scenario by its dotted path."""
    return DayForm(*day_bounds_of(path))
