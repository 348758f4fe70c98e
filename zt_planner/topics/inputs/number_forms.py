"""How a field's number is written for a reader, and read back from what they type.

A form knows what the field may hold: its bounds, how many decimals, and
whether a share is shown as a percentage. Laws: what is written is read back as
the same number, in every language; a number is never rounded or clipped on the
way, but refused in words that name the bounds and the remedy; what could be
thousands as well as decimals is asked about, never guessed (ADR 0046).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.readings import THOUSAND, has_two_readings
from zt_planner.domain.scenario.declared import field_at
from zt_planner.domain.scenario.inputs import Kind
from zt_planner.domain.scenario.values import AMBIGUOUS_PLACES
from zt_planner.errors import NumberRefused, msgid
from zt_planner.gaps import Alternatives, Count, shortened
from zt_planner.topics.inputs.typed_forms import TypedForm

if TYPE_CHECKING:
    from zt_planner.language import Language

CENTS, MOST_PLACES = 2, 6
PERCENT = 100


@dataclass(frozen=True, slots=True)
class NumberForm(TypedForm):
    """What a number field may hold: its bounds as they are kept, and the most decimals as they are shown.

    `least_places` are always written; `factor` is what a share is multiplied with to become a percentage.
    """

    least: Decimal | int
    most: Decimal | int
    places: int = 0
    least_places: int = 0
    factor: int = 1

    def written(self, value: Decimal | int, language: Language) -> str:
        """Write a number in full, with every decimal that it has; one more where three could be thousands."""
        shown = Decimal(value * self.factor)
        text = language.number(shown, max(self.least_places, decimals_of(shown)))
        if self._as_thousands(text, shown) is None:
            return text
        return language.number(shown, AMBIGUOUS_PLACES + 1)

    def read(self, text: str, language: Language) -> Decimal | int:
        """Return what was typed as the field keeps it; raise NumberRefused."""
        typed = text.strip().removesuffix("%" if self.factor == PERCENT else "").rstrip()
        number = self._number(typed, language)
        if decimals_of(number) > self.places:
            raise NumberRefused(
                msgid("'{value}' has more than {decimals}"),
                msgid("Write at most {decimals}"),
                value=shortened(typed),
                decimals=Count("{n} decimal", "{n} decimals", self.places),
            )
        kept = number / self.factor
        if not self._holds(number):
            raise NumberRefused(
                msgid("{value} is not between {lowest} and {highest}"),
                msgid("Write a number from {lowest} to {highest}"),
                value=language.number(number, decimals_of(number)),
                lowest=self.written(self.least, language),
                highest=self.written(self.most, language),
            )
        return kept if self.places else int(kept)

    def _number(self, typed: str, language: Language) -> Decimal:
        """Read a number; a field for whole ones says so where it is none."""
        try:
            number = language.number_in(typed)
        except NumberRefused:
            if self.places:
                raise
        else:
            self._ask_for_one_reading(typed, number, language)
            if self.places or not decimals_of(number):
                return number
        raise NumberRefused(
            msgid("'{value}' is not a whole number"),
            msgid("Write a whole number from {lowest} to {highest}"),
            value=shortened(typed),
            lowest=self.written(self.least, language),
            highest=self.written(self.most, language),
        )

    def _ask_for_one_reading(self, typed: str, number: Decimal, language: Language) -> None:
        """Refuse what can be read in two ways, with how to write each that the field may hold.

        What has more decimals than the field may hold is refused for that.
        """
        thousands, is_too_exact = self._as_thousands(typed, number), decimals_of(number) > self.places
        if thousands is None or (self.places and is_too_exact):
            return
        is_held = self._holds(number) and not is_too_exact
        decimals = (self.written(number / self.factor, language),) if is_held else ()
        raise NumberRefused(
            msgid("'{value}' can be read in two ways"),
            msgid("Did you mean {candidates}?"),
            value=shortened(typed),
            candidates=Alternatives((language.number(thousands), *decimals)),
        )

    def _as_thousands(self, text: str, number: Decimal) -> Decimal | None:
        """Return what a text says where its decimal mark is that of the thousands; None when the field cannot hold it.

        A number from a thousand on was read so already.
        """
        if abs(number) >= THOUSAND or not has_two_readings(text.replace("\N{MINUS SIGN}", "-")):
            return None
        thousands = number * THOUSAND
        return thousands if self._holds(thousands) else None

    def _holds(self, shown: Decimal) -> bool:
        """Tell whether a number lies within the bounds."""
        return self.least <= shown / self.factor <= self.most


def decimals_of(number: Decimal) -> int:
    """Return how many decimals a number has, zeros at the end left out."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def form_of(path: str, highest: int | None = None) -> NumberForm:
    """Return the form of a field by its dotted path; `highest` is a bound that another field sets."""
    field = field_at(path)
    most = highest if field is None or field.most is None else field.most
    if field is None or field.least is None or most is None:
        raise LookupError(path)
    if field.is_whole:
        return NumberForm(field.least, most)
    if field.kind is Kind.MONEY:
        return NumberForm(field.least, most, CENTS, CENTS)
    return NumberForm(field.least, most, MOST_PLACES, factor=PERCENT if field.kind is Kind.SHARE else 1)
