"""What one unit costs in EUR in a month (M2, M3, M4).

Finds the row of the book, converts the currency, then the billing term, then
rounds to the cent. Laws: a missing price is None, never 0; an own price wins
everywhere and is not converted; within an annual term the price does not move.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain.money import HOME_CURRENCY, rounded_product
from zt_planner.domain.month import MONTHS_A_YEAR
from zt_planner.domain.plan import UnitPrice
from zt_planner.domain.price_book import ExchangeRate, Price, PriceBook, Term, Unit, Vendor

if TYPE_CHECKING:
    from decimal import Decimal

    from zt_planner.domain.month import Month
    from zt_planner.domain.scenario import Scenario

TERM_FACTORS = {
    Term.ANNUAL_PREPAID: Fraction(1),
    Term.ANNUAL_MONTHLY: Fraction(105, 100),
    Term.MONTHLY: Fraction(120, 100),
}
"""Billing terms as multiples of the annual, prepaid price (docs/data.md, billing terms); they do not stack."""

CONVERTING_VENDORS = frozenset({Vendor.MICROSOFT, Vendor.GOOGLE})
CONVERTING_UNITS = frozenset({Unit.USER_MONTH, Unit.SERVER_MONTH})
ANNUAL_TERMS = frozenset({Term.ANNUAL_PREPAID, Term.ANNUAL_MONTHLY})


def converts(row: Price) -> bool:
    """Tell whether a price follows the scenario's billing term."""
    return row.vendor in CONVERTING_VENDORS and row.unit in CONVERTING_UNITS and row.term in TERM_FACTORS


def rate_for(book: PriceBook, currency: str, month: Month) -> tuple[ExchangeRate, bool]:
    """Return the latest rate on or before a month's first day, else the earliest, and whether that is an extrapolation.

    Raises KeyError for a currency without any rate; the catalog refuses such a book.
    """
    rate = book.rate_on(currency, month.first_day)
    return rate, rate.date > month.first_day


class PriceList:
    """The prices of one scenario: its own ones, the book's and its billing term. Remembers what it found."""

    def __init__(self, scenario: Scenario, book: PriceBook) -> None:
        """Keep scenario and book; nothing is looked up yet."""
        self.book = book
        self.billing = Term(scenario.choices.billing)
        self.own = scenario.own_prices
        self._term_factors = {term: TERM_FACTORS[self.billing] / factor for term, factor in TERM_FACTORS.items()}
        self._found: dict[tuple[str, Month], UnitPrice | None] = {}

    def price_of(self, price_id: str, month: Month) -> UnitPrice | None:
        """Return what a unit costs in a month, None where no price is valid."""
        key = (price_id, month)
        if key not in self._found:
            self._found[key] = self._look_up(price_id, month)
        return self._found[key]

    def _look_up(self, price_id: str, month: Month) -> UnitPrice | None:
        day = month.first_day
        if price_id in self.own:
            return UnitPrice(self.own[price_id], price_id, self.book.nearest_row(price_id, day), month, is_own=True)
        row = self.book.price_on(price_id, day)
        if row is None:
            return None
        return self.in_eur(row, row.amount, month)

    def in_eur(self, row: Price, amount: Decimal, month: Month) -> UnitPrice:
        """Convert an amount of a row: currency first, then the term, then round."""
        factor = self._term_factors[row.term] if converts(row) else Fraction(1)
        if row.currency == HOME_CURRENCY:
            return UnitPrice(rounded_product(amount, factor), row.id, row, month, term_factor=factor)
        rate, extrapolated = rate_for(self.book, row.currency, month)
        return UnitPrice(
            rounded_product(amount, rate.eur_per_unit, factor),
            row.id,
            row,
            month,
            rate=rate.eur_per_unit,
            rate_date=rate.date,
            rate_extrapolated=extrapolated,
            term_factor=factor,
        )

    def term_of(self, price_id: str, month: Month) -> Term | None:
        """Return the term on which a price is bought; None for an id that the book does not know."""
        row = self.book.nearest_row(price_id, month.first_day)
        if row is None:
            return None
        return self.billing if converts(row) else row.term

    def term_months(self, price_id: str, month: Month) -> int:
        """Return how many months a price holds that is found in a month: twelve where the term is annual, else one."""
        return MONTHS_A_YEAR if self.term_of(price_id, month) in ANNUAL_TERMS else 1

    def is_prepaid(self, price_id: str, first: Month) -> bool:
        """Tell whether a whole year is paid at its start."""
        return self.term_of(price_id, first) is Term.ANNUAL_PREPAID
