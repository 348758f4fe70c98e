"""The figures of a plan: what each comes to, whether that is all of it, what it is made of, and by which rule.

Laws: a missing price is never 0: the value is then the least that it can be, and of an amount of which nothing has a
price nothing is known; the parts of a sum add up to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Generic, TypeVar

from zt_planner.domain.money import rounded, total
from zt_planner.domain.month import Month
from zt_planner.domain.plan import CostLine

Value = TypeVar("Value")


class AmountState(StrEnum):
    """How much of an amount is known: all, the least that it can be, nothing, or nothing for this reader."""

    KNOWN = "known"
    AT_LEAST = "at_least"
    UNKNOWN = "unknown"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Amount(Generic[Value]):
    """A figure of a plan. `value` is what has a price; `known` is what may be shown of it.

    The parts of money are cost lines, those of person-days what they are for.
    """

    value: Value
    state: AmountState = AmountState.KNOWN
    parts: tuple[Any, ...] = field(default=(), repr=False, compare=False)
    rule: object = field(default=None, repr=False, compare=False)

    @property
    def known(self) -> Value | None:
        """The value; None where nothing of it has a price, and where it is hidden."""
        return self.value if self.state in {AmountState.KNOWN, AmountState.AT_LEAST} else None

    @property
    def is_hidden(self) -> bool:
        """Whether its reader may not see it."""
        return self.state is AmountState.HIDDEN

    @property
    def is_whole(self) -> bool:
        """Whether no price is missing in it."""
        return self.state is AmountState.KNOWN


def amount_of(parts: Iterable[CostLine], rule: object = None) -> Amount[Decimal]:
    """Return the amount that cost lines add up to."""
    lines = tuple(parts)
    value = total(line.amount for line in lines if line.amount is not None)
    return Amount(value, state_of(value, is_whole=all(line.amount is not None for line in lines)), lines, rule)


def state_of(value: Decimal, *, is_whole: bool) -> AmountState:
    """Return how much is known of money: where prices are missing, nothing of what is less than half a euro."""
    if is_whole:
        return AmountState.KNOWN
    return AmountState.AT_LEAST if rounded(value, 0) else AmountState.UNKNOWN


class FigureName(StrEnum):
    """The headline figures that are sums of cost lines."""

    INTRODUCTION_BUDGET = "introduction_budget"
    FIRST_YEAR_BUDGET = "first_year_budget"
    ONE_OFF_TOTAL = "one_off_total"
    ONE_OFF_FIRST_YEAR = "one_off_first_year"
    RECURRING_FIRST_YEAR = "recurring_first_year"
    RUN_RATE_MONTHLY = "run_rate_monthly"
    HORIZON_TOTAL = "horizon_total"
    PEAK_AMOUNT = "peak_amount"
    INTERNAL_VALUE = "internal_value"


class Headline(Generic[Value]):
    """The value of a headline figure, as an attribute of its name."""

    def __set_name__(self, _: type[Headlines], name: str) -> None:
        """Keep the name."""
        self.name = name

    def __get__(self, figures: Headlines, _: type[Headlines]) -> Value:
        """Return the value."""
        value: Value = figures[self.name].value
        return value


class Headlines(Mapping[str, Amount[Any]]):
    """The figures of a plan by name, in the accrual view; as attributes the values of those that code computes with.

    Money in EUR, of which prices may be missing: what is shown asks the amount. Days are person-days, exact. `mfa_date`
    is None where no task brings MFA for all; `operation_days_monthly` is in no other days. A plan that stopped
    (`timeline.too_long`, `timeline.no_work`) has none.
    """

    introduction_budget = Headline[Decimal]()
    first_year_budget = Headline[Decimal]()
    one_off_total = Headline[Decimal]()
    one_off_first_year = Headline[Decimal]()
    recurring_first_year = Headline[Decimal]()
    run_rate_monthly = Headline[Decimal]()
    horizon_total = Headline[Decimal]()
    peak_month = Headline[Month]()
    peak_amount = Headline[Decimal]()
    start_date = Headline[date]()
    finish_date = Headline[date]()
    mfa_date = Headline["date | None"]()
    duration_months = Headline[Decimal]()
    internal_days = Headline[Fraction]()
    external_days = Headline[Fraction]()
    internal_value = Headline[Decimal]()
    internal_days_per_week = Headline[Decimal]()
    external_days_per_week = Headline[Decimal]()
    internal_days_per_week_average = Headline[Fraction]()
    operation_days_monthly = Headline[Fraction]()

    def __init__(self, amounts: Mapping[str, Amount[Any]]) -> None:
        """Keep the amounts by name."""
        self._amounts = amounts

    def __getitem__(self, name: str) -> Amount[Any]:
        """Return a figure."""
        return self._amounts[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._amounts)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._amounts)

    def __repr__(self) -> str:
        """Show every figure: equal figures look alike."""
        return f"Headlines({dict(self._amounts)!r})"
