"""What a purchase comes to by the month in which it begins: asked once, and read by every draw (M11 to M15, M22).

Laws: what is paid once counts for the introduction whenever it falls; what begins after
all months comes to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zt_planner.domain.categories import Kind
from zt_planner.domain.money import to_cents
from zt_planner.domain.month import Month, months_from
from zt_planner.engine.costing.budget import FIRST_YEAR_MONTHS
from zt_planner.engine.costing.charges import BillingWindow, Charge, charges, periods
from zt_planner.engine.costing.pricing import PriceList
from zt_planner.engine.costing.purchases import Purchase, Recurrence
from zt_planner.engine.simulation.quantiles import Floats

Cents: TypeAlias = NDArray[np.float64]


class SampledTotals(NamedTuple):
    """What each draw costs without contingency, in cents.

    The introduction is all that is paid once, whenever it falls, and what recurs in the first year of the plan: for
    the months in which the plan has it, so that a late draw never looks cheap.
    """

    introduction: Cents
    first_year: Cents
    horizon: Cents

    def rounded_as(self, estimate: Sequence[int]) -> SampledTotals:
        """Return it moved by the cents by which the first draw, the estimate, misses the plan: its lines are rounded.

        `estimate` is what the plan comes to, without contingency, in the same order.
        What is missed is at most a cent a line.
        """
        return SampledTotals(*(cents + (planned - cents[0]) for cents, planned in zip(self, estimate, strict=True)))


@dataclass(frozen=True, slots=True)
class PriceHorizon:
    """The months in which something may begin, with one price list: `count` of them from `first` on.

    `horizon` of them are the plan's; only what is paid once counts after these. What is paid in `closed` ones comes to
    nothing: what was booked in them is certain (M27).
    """

    price_list: PriceList
    first: Month
    count: int
    horizon: int
    closed: frozenset[int] = frozenset()

    def charges(self, purchase: Purchase, row: int) -> Iterator[tuple[Charge, range]]:
        """Yield what a purchase comes to that begins in a month, with the indices of its months that are open."""
        last = self.first.plus(self.horizon - 1)
        for charge in charges(self.price_list, BillingWindow(last, last), purchase, self.first.plus(row)):
            first = self.first.until(charge.months[0])
            for months in self._open(charge, range(first, first + len(charge.months))):
                yield charge, months

    def charges_by_row(
        self, purchase: Purchase, rows: Iterable[int]
    ) -> Iterator[tuple[int, list[tuple[Charge, range]]]]:
        """Yield the months in which a purchase may begin, in order, each with what it comes to.

        What is bought anew every month is asked for once: from a later month on, it is the rest of the same.
        """
        found, is_monthly = list[tuple[Charge, range]](), False
        for row in sorted(rows):
            if is_monthly:
                found = [(charge, months) for charge, months in found if months.start >= row]
            else:
                found, is_monthly = list(self.charges(purchase, row)), self._is_bought_monthly(purchase, row)
            yield row, found

    def _is_bought_monthly(self, purchase: Purchase, row: int) -> bool:
        """Tell whether a purchase that begins in a month is bought anew in each one."""
        if purchase.recurrence is not Recurrence.EVERY_MONTH:
            return False
        last, first = self.first.plus(self.horizon - 1), self.first.plus(row)
        span, other = BillingWindow(last, last), purchase.or_per_unit
        ids = (purchase.price_id,) if other is None else (purchase.price_id, other.price_id)
        bought = (period for price_id in ids for period in periods(self.price_list, span, price_id, first))
        return all(period.paid_in is None and len(period.months) == 1 for period in bought)

    def _open(self, charge: Charge, months: range) -> Iterator[range]:
        """Yield the parts of a charge's months that are not paid in closed ones."""
        if charge.paid_in is not None:
            if self.first.until(charge.paid_in) not in self.closed:
                yield months
        elif self.closed.isdisjoint(months):
            yield months
        else:
            yield from (range(month, month + 1) for month in months if month not in self.closed)

    def is_graduated(self, price_id: str) -> bool:
        """Tell whether what one more unit costs depends on how many there are."""
        return any(row.step > 1 for row in self.price_list.book.rows_by_id.get(price_id, ()))


@lru_cache(maxsize=16)
def unit_cents(asked: PriceHorizon, price_id: str) -> Cents:
    """Return what a unit costs in each month, in cents, 0 where no price is valid; remembered."""
    prices = (asked.price_list.price_of(price_id, month) for month in months_from(asked.first, asked.count))
    return np.array([0 if price is None else to_cents(price.amount) for price in prices], float)


def months_before(months: range, end: int) -> int:
    """Return how many of some months come before one."""
    return max(0, min(months.stop, end) - months.start)


class PurchaseAmounts:
    """What a purchase comes to by the month in which it begins, by price, in cents.

    Of each price: what is paid once, all of the first year, all of the horizon, and what recurs in the first year.
    A row is made when it is asked for; the last is for what begins after all months, and stays 0. Several threads may
    ask at once: a row is the same whoever makes it.
    """

    def __init__(self, asked: PriceHorizon, purchase: Purchase) -> None:
        """Make no row yet."""
        self.asked, self.purchase = asked, purchase
        self.sums: dict[str, Cents] = {}
        self._missing = set(range(asked.count))

    def make(self, rows: Iterable[int]) -> None:
        """Make rows that are missing."""
        for row, charges_of_row in self.asked.charges_by_row(self.purchase, self._missing.intersection(rows)):
            found: dict[str, list[int]] = {}
            for charge, months in charges_of_row:
                sums, cents = found.setdefault(charge.price_id, [0, 0, 0, 0]), charge.cents or 0
                first_year = months_before(months, FIRST_YEAR_MONTHS)
                if charge.kind is Kind.ONE_OFF:
                    sums[0] += cents * len(months)
                else:
                    sums[3] += cents * first_year
                sums[1] += cents * first_year
                sums[2] += cents * months_before(months, self.asked.horizon)
            for price_id, sums in found.items():
                self.sums.setdefault(price_id, np.zeros((4, self.asked.count + 1)))[:, row] = sums
            self._missing.discard(row)


@lru_cache(maxsize=256)
def purchase_amounts(asked: PriceHorizon, purchase: Purchase) -> PurchaseAmounts:
    """Return what a purchase comes to; remembered, as a move of a slider leaves most of it as it is."""
    return PurchaseAmounts(asked, purchase)


def counted(asked: PriceHorizon, purchase: Purchase) -> tuple[Purchase, int]:
    """Return a purchase as one that others share, and how often it is made; just as it is where units differ in price.

    They do with a least amount, with a choice of two prices, and with steps.
    """
    shared = replace(purchase, task_id="")
    if purchase.has_minimum or purchase.or_per_unit is not None or asked.is_graduated(purchase.price_id):
        return shared, 1
    return replace(shared, quantity=1), purchase.quantity


class DearerPurchase:
    """What is bought at the higher of two prices, month by month, where the draws decide which one that is.

    `amounts` are cents at each price by first month and month, `open_amounts` without what is paid in closed months:
    that is compared, but not counted. The last row is for what begins after the horizon.
    """

    def __init__(self, asked: PriceHorizon, purchases: tuple[Purchase, Purchase]) -> None:
        """Make no row yet."""
        self.asked, self.purchases = asked, purchases
        self.amounts = np.zeros((len(purchases), asked.count + 1, asked.horizon))
        self.open_amounts = np.zeros_like(self.amounts)

    def make(self, rows: Iterable[int]) -> None:
        """Make the rows of months; where one price is missing, neither counts."""
        given = tuple(rows)
        every_month = replace(self.asked, closed=frozenset())
        for index, purchase in enumerate(self.purchases):
            self._add(self.amounts[index], every_month.charges_by_row(purchase, given))
            self._add(self.open_amounts[index], self.asked.charges_by_row(purchase, given))
        is_known = ~np.isnan(self.amounts).any(axis=0)
        self.amounts, self.open_amounts = (np.where(is_known, each, 0) for each in (self.amounts, self.open_amounts))

    @staticmethod
    def _add(table: Cents, charges_by_row: Iterable[tuple[int, list[tuple[Charge, range]]]]) -> None:
        """Add cents by first month and month, not a number where there is no price."""
        for row, charges_of_row in charges_by_row:
            for charge, months in charges_of_row:
                table[row, months.start : months.stop] += np.nan if charge.cents is None else charge.cents

    def of(self, begun: NDArray[np.int32], prices: Mapping[str, Floats]) -> tuple[Cents, Cents]:
        """Return what each draw costs in the first year and over the horizon."""
        first, whole = np.zeros(begun.shape), np.zeros(begun.shape)
        factors = [prices.get(purchase.price_id, np.float32(1)) for purchase in self.purchases]

        def cents(tables: Cents, month: int) -> list[Cents]:
            return [table[:, month].take(begun) * factor for table, factor in zip(tables, factors, strict=True)]

        for month in range(self.asked.horizon):
            one, other = cents(self.amounts, month)
            dearer = np.maximum(one, other)
            if self.asked.closed:
                open_one, open_other = cents(self.open_amounts, month)
                dearer = np.where(other > one, open_other, open_one)
            whole += dearer
            if month < FIRST_YEAR_MONTHS:
                first += dearer
        return first, whole
