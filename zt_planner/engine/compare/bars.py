"""What each cause adds on the way from one plan to another.

In the order in which things happened, a step is what its cause adds there. Order-free, its contribution is its Shapley
value: the mean of what it adds over every order of the causes, rounded by largest remainder. Laws: steps and
contributions add up to the difference of both ends; the way back flips every sign; a cause that moves nothing has zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import factorial
from typing import Generic, TypeVar

from zt_planner.domain.money import largest_remainder, rounded
from zt_planner.domain.plan import Headlines

AnyCause = TypeVar("AnyCause")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan comes to: first-year budget in EUR (without labour for some readers), and the finish."""

    budget: Decimal
    finish: date


def figures_of(headlines: Headlines | None) -> Figures | None:
    """Return what a plan comes to in whole euros, as steps are shown, so that they add up; None without a schedule."""
    return None if headlines is None else Figures(rounded(headlines.first_year_budget, 0), headlines.finish_date)


@dataclass(frozen=True, slots=True)
class BridgeStep(Generic[AnyCause]):
    """What a cause does in its order, to the budget in EUR and to the finish in calendar days, later above 0.

    Both are None where there is no schedule after it, or none was known before; then `after` or `before` is None.
    """

    cause: AnyCause
    effect: Decimal | None
    days: int | None
    before: Figures | None
    after: Figures | None


@dataclass(frozen=True, slots=True)
class Contribution(Generic[AnyCause]):
    """What a cause adds: EUR, or calendar days, later above 0. An idle one moves the figure in no order."""

    cause: AnyCause
    amount: Decimal
    is_idle: bool


def in_order(
    causes: Sequence[AnyCause], first: Figures | None, *reached: Figures | None
) -> tuple[BridgeStep[AnyCause], ...]:
    """Return the steps taken one after the other, each counted from the last figures that are known before it."""
    steps, known = [], first
    for cause, after in zip(causes, reached, strict=True):
        if known is None or after is None:
            steps.append(BridgeStep(cause, None, None, known, after))
        else:
            effect, days = after.budget - known.budget, (after.finish - known.finish).days
            steps.append(BridgeStep(cause, effect, days, known, after))
        known = after or known
    return tuple(steps)


def order_free(
    causes: Sequence[AnyCause], amounts: Sequence[Decimal], places: int
) -> tuple[Contribution[AnyCause], ...]:
    """Return the contributions of causes, their Shapley values, in units of so many decimals.

    `amounts` has one for each set of causes: that of the set whose bits are in its index, cause 0 the lowest.
    """
    units, count = [int(amount.scaleb(places)) for amount in amounts], len(causes)
    weights = [factorial(size) * factorial(count - size - 1) for size in range(count)]
    sums, idle = [], []
    for bit in (1 << index for index in range(count)):
        steps = [(mask.bit_count(), units[mask | bit] - units[mask]) for mask in range(len(units)) if not mask & bit]
        sums.append(sum(weights[size] * step for size, step in steps))
        idle.append(not any(step for _, step in steps))
    whole = largest_remainder(sums, factorial(count))
    return tuple(
        Contribution(cause, Decimal(amount).scaleb(-places), is_idle)
        for cause, amount, is_idle in zip(causes, whole, idle, strict=True)
    )
