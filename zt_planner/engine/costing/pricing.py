"""What one unit costs in EUR in a month (M2, M3, M4).

Looks up the row of the book, converts the currency, then the billing term, adds the what-if's rise, then rounds to the
cent. Laws: a missing price is None, never 0; an override wins everywhere and is not converted; an own row is converted
like the book's; neither rises; within an annual term the price does not move; of what begins after the day as of which
prices are known, nothing is used (ADR 0019).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from zt_planner.domain.data.parameters import Parameters
from zt_planner.domain.data.price_book import Category, DayRate, ExchangeRate, Price, PriceBook, PriceUnit, Term, Vendor
from zt_planner.domain.money import HOME_CURRENCY, rounded_product
from zt_planner.domain.month import MONTHS_A_YEAR, Month
from zt_planner.domain.plan import UnitPrice
from zt_planner.domain.scenario.scenario import Scenario
from zt_planner.engine.costing.own_prices import joined_book

CONVERTING_VENDORS = frozenset({Vendor.MICROSOFT, Vendor.GOOGLE})
TERMS_THAT_CONVERT = frozenset({Term.ANNUAL_PREPAID, Term.ANNUAL_MONTHLY, Term.MONTHLY})
REGIONAL_RATES = {
    "AT": DayRate.EXTERNAL_AT,
    "AUT": DayRate.EXTERNAL_AT,
    "CH": DayRate.EXTERNAL_CH,
    "CHE": DayRate.EXTERNAL_CH,
}
"""The consultant's day rate by the country of the region, as the holidays library names it (M16)."""
SEAT_UNITS = frozenset({PriceUnit.USER_MONTH, PriceUnit.SERVER_MONTH})
ANNUAL_TERMS = frozenset({Term.ANNUAL_PREPAID, Term.ANNUAL_MONTHLY})


def converts(row: Price) -> bool:
    """Tell whether a price follows the scenario's billing term."""
    return row.vendor in CONVERTING_VENDORS and row.unit in SEAT_UNITS and row.term in TERMS_THAT_CONVERT


def is_seat(row: Price) -> bool:
    """Tell whether a price is a licence per user or server."""
    return row.category is Category.LICENCE and row.unit in SEAT_UNITS


def billing_term(row: Price, billing: Term, *, is_override: bool) -> Term:
    """Return the term on which a price of a row is bought; an override of a licence is in the scenario's (M2)."""
    return billing if converts(row) or (is_override and is_seat(row)) else row.term


def term_factors(parameters: Parameters) -> dict[Term, Fraction]:
    """Return billing terms as multiples of the annual, prepaid price; they do not stack (M3)."""
    return {
        Term.ANNUAL_PREPAID: Fraction(1),
        Term.ANNUAL_MONTHLY: Fraction(parameters.term_annual_monthly),
        Term.MONTHLY: Fraction(parameters.term_monthly),
    }


def first_month_from(day: date) -> Month:
    """Return the first month whose prices a change on a day decides: the one that begins on it or after it."""
    return Month.of(day) if day.day == 1 else Month.of(day).plus(1)


def known_day(month: Month, as_of: date | None) -> date:
    """Return the day that decides a month's prices: its first, or the earlier day as of which prices are known."""
    first = month.first_day
    return first if as_of is None else min(first, as_of)


def rate_for(book: PriceBook, currency: str, month: Month, as_of: date | None = None) -> tuple[ExchangeRate, bool]:
    """Return the latest rate on or before the day that decides, else the earliest, and whether that is from later on.

    Raises KeyError for a currency without any rate; the catalog refuses such a book.
    """
    day = known_day(month, as_of)
    rate = book.rate_on(currency, day)
    return rate, rate.date > day


class PriceList:
    """The prices of one scenario: its own ones, the book's as they are known, its billing term, its what-if.

    Prices are remembered.
    """

    def __init__(self, scenario: Scenario, book: PriceBook, parameters: Parameters) -> None:
        self.book = book
        self.billing = Term(scenario.choices.billing)
        self.own = scenario.own_prices
        self.as_of = scenario.prices.as_of
        self._rise, self._rise_from = Fraction(scenario.prices.rise), scenario.prices.rise_from
        self.parameters = parameters
        factors = term_factors(parameters)
        self._term_factors = {term: factors[self.billing] / factor for term, factor in factors.items()}
        region = (scenario.timeline.region or "").partition("-")[0]
        self.external_days = (REGIONAL_RATES.get(region, DayRate.EXTERNAL), DayRate.EXTERNAL)
        self.external_day = self._external_day()
        self._prices: dict[tuple[str, Month], UnitPrice | None] = {}

    def _external_day(self) -> DayRate:
        """Return the id of the consultant's day rate: the region's, unless the scenario sets the other one (M16)."""
        rates, rows = self.external_days, self.book.rows_by_id
        own_prices = (rate for rate in rates if rate in self.own)
        own_rows = filter(self._has_own_rows, rates)
        return next(chain(own_prices, own_rows, (rate for rate in rates if rate in rows)), DayRate.EXTERNAL)

    def price_of(self, price_id: str, month: Month) -> UnitPrice | None:
        """Return what a unit costs in a month, None when no price is valid."""
        key = (price_id, month)
        if key not in self._prices:
            self._prices[key] = self._look_up(price_id, month)
        return self._prices[key]

    def _look_up(self, price_id: str, month: Month) -> UnitPrice | None:
        if price_id in self.own:
            row = self.row_of(price_id, month)
            return UnitPrice(self.own[price_id], price_id, row, month, is_own=True, is_override=True)
        row = self.valid_row(price_id, month)
        if row is None:
            return None
        return self.in_eur(row, row.amount, month)

    def steps_of(self, price: UnitPrice) -> tuple[tuple[int, UnitPrice], ...]:
        """Return the steps of a graduated price, each with the first unit that it is the price of (M13).

        One step where a price is not graduated, is never graduated, or is an override: that holds for every unit.
        """
        rows = () if price.is_override else self.book.steps_on(price.price_id, known_day(price.priced_in, self.as_of))
        if len(rows) < 2 or rows[0].is_same_for_every_unit:  # noqa: PLR2004 - one step is none
            return ((1, price),)
        return tuple((row.step, self.in_eur(row, row.amount, price.priced_in)) for row in rows)

    def valid_row(self, price_id: str, month: Month) -> Price | None:
        """Return the row whose price holds in a month; None where none does."""
        return self.book.price_on(price_id, known_day(month, self.as_of))

    def row_of(self, price_id: str, month: Month) -> Price | None:
        """Return the row that names a product in a month, whether its price holds or not; None for an unknown id."""
        return self.book.nearest_row(price_id, known_day(month, self.as_of))

    def own_row_prices(self, price_id: str, months: Iterable[Month]) -> Iterator[UnitPrice]:
        """Yield what units cost by own rows in some months, step by step, even where an override takes their place."""
        if self._has_own_rows(price_id):
            for month in months:
                for row in self.book.steps_on(price_id, known_day(month, self.as_of)):
                    yield self.in_eur(row, row.amount, month)

    def rises(self, row: Price) -> bool:
        """Tell whether the what-if is about a price: a licence per user or server from the list, no second opinion."""
        return is_seat(row) and not row.is_own and row.id not in self.own and not self.book.is_second_opinion(row.id)

    def rise_factor(self, row: Price, month: Month) -> Fraction:
        """Return what the what-if multiplies a price of a month with."""
        is_due = self._rise_from is None or month.first_day >= self._rise_from
        return 1 + self._rise if self._rise and is_due and self.rises(row) else Fraction(1)

    def in_eur(self, row: Price, amount: Decimal, month: Month) -> UnitPrice:
        """Convert an amount of a row: currency first, then the term, then the what-if, then round."""
        factor = self._term_factors[row.term] if converts(row) else Fraction(1)
        rise = self.rise_factor(row, month)
        if row.currency == HOME_CURRENCY:
            amount = rounded_product(amount, factor, rise)
            return UnitPrice(amount, row.id, row, month, is_own=row.is_own, term_factor=factor, rise_factor=rise)
        rate, extrapolated = rate_for(self.book, row.currency, month, self.as_of)
        return UnitPrice(
            rounded_product(amount, rate.eur_per_unit, factor, rise),
            row.id,
            row,
            month,
            is_own=row.is_own,
            rate=rate.eur_per_unit,
            rate_date=rate.date,
            rate_extrapolated=extrapolated,
            term_factor=factor,
            rise_factor=rise,
        )

    def stands_alone(self, price_id: str, other_id: str) -> bool:
        """Tell whether a price holds whatever another one is: an override, or own rows where that has none."""
        return price_id in self.own or (self._has_own_rows(price_id) and not self._has_own_rows(other_id))

    def _has_own_rows(self, price_id: str) -> bool:
        return any(row.is_own for row in self.book.rows_by_id.get(price_id, ()))

    def term_of(self, price_id: str, month: Month) -> Term | None:
        """Return the term on which a price is bought; None for an id that the book does not know."""
        row = self.row_of(price_id, month)
        return None if row is None else billing_term(row, self.billing, is_override=price_id in self.own)

    def term_months(self, price_id: str, month: Month) -> int:
        """Return how many months a price holds that is bought in a month: twelve where the term is annual, else one."""
        return MONTHS_A_YEAR if self.term_of(price_id, month) in ANNUAL_TERMS else 1

    def is_prepaid(self, price_id: str, first: Month) -> bool:
        """Tell whether a whole year is paid at its start."""
        return self.term_of(price_id, first) is Term.ANNUAL_PREPAID


@dataclass(frozen=True, slots=True)
class _Basis:
    """What prices follow from, told apart by all that is not the book or the scenario themselves."""

    book_version: str
    billing: str
    own: frozenset[tuple[str, Decimal]]
    own_rows: tuple[str, ...]
    as_of: date | None
    rise: Decimal
    rise_from: date | None
    region: str | None
    parameters: Parameters
    scenario: Scenario = field(compare=False)
    book: PriceBook = field(compare=False)


def price_list_of(scenario: Scenario, price_book: PriceBook, parameters: Parameters) -> PriceList:
    """Return the prices of a scenario; remembered, as most changes of a scenario leave prices as they are.

    Whether `price_book` has the scenario's own rows in it makes no difference: the list's book has them.
    """
    book = joined_book(price_book, scenario.prices)
    prices, own = scenario.prices, frozenset(scenario.own_prices.items())
    basis = _Basis(
        book_version=book.version,
        billing=scenario.choices.billing,
        own=own,
        own_rows=tuple(prices.rows),
        as_of=prices.as_of,
        rise=prices.rise,
        rise_from=prices.rise_from,
        region=scenario.timeline.region,
        parameters=parameters,
        scenario=scenario,
        book=book,
    )
    return _remembered(basis)


@lru_cache(maxsize=16)
def _remembered(basis: _Basis) -> PriceList:
    return PriceList(basis.scenario, basis.book, basis.parameters)
