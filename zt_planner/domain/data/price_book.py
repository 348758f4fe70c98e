"""The price book: dated, sourced prices, exchange rates and rates of VAT (M1 to M4).

Holds what the files say; which price applies to a scenario is decided in
`engine.costing.pricing`. Laws: two rows of one id never overlap in time; every row
keeps its source, date and confidence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import Field

from zt_planner.domain.data.columns import (
    CountryCode,
    CurrencyCode,
    Money,
    Quantity,
    Row,
    Share,
    Word,
    alternatives_of,
)
from zt_planner.domain.versions import text_of, version_of

SECOND_OPINION_SUFFIX = "-list"


class DayRate(StrEnum):
    """The ids under which the book keeps what a day of work costs."""

    INTERNAL = "internal-day"
    EXTERNAL = "external-day"
    EXTERNAL_AT = "external-day-at"
    EXTERNAL_CH = "external-day-ch"


class Category(StrEnum):
    """What kind of thing a price buys."""

    LICENCE = "licence"
    HARDWARE = "hardware"
    MONITORING = "monitoring"
    TRAINING = "training"
    OPERATION = "operation"
    LABOUR = "labour"


class PriceUnit(StrEnum):
    """What one price is charged for: a thing, or a thing for a month."""

    USER_MONTH = "user/month"
    SERVER_MONTH = "server/month"
    SITE_MONTH = "site/month"
    COMPANY_MONTH = "company/month"
    ENDPOINT_MONTH = "endpoint/month"
    PIECE = "piece"
    SITE = "site"
    USER = "user"
    DAY = "day"
    GIGABYTE = "GB"


class Vendor(StrEnum):
    """The vendors that rules name (M3, M12); a book may hold others, by any name."""

    MICROSOFT = "Microsoft"
    GOOGLE = "Google"
    OKTA = "Okta"

    @classmethod
    def spelling_of(cls, name: str) -> str:
        """Return a vendor's name, of those that rules name as the rules write it."""
        return next((str(known) for known in cls if known.casefold() == name.casefold()), name)


class Term(StrEnum):
    """How a price is billed."""

    ANNUAL_PREPAID = "annual_prepaid"
    ANNUAL_MONTHLY = "annual_monthly"
    MONTHLY = "monthly"
    ONE_OFF = "one_off"
    USAGE = "usage"


class Capability(StrEnum):
    """What a product can do, as far as a plan asks for it."""

    OFFICE = "office"
    FRONTLINE_OFFICE = "frontline_office"
    MAIL = "mail"
    SSO = "sso"
    MFA = "mfa"
    CONDITIONAL_ACCESS = "conditional_access"
    MDM = "mdm"
    EDR = "edr"
    PIM = "pim"
    EMAIL_PROTECTION = "email_protection"
    RISK_ACCESS = "risk_access"
    SIEM = "siem"
    MDR = "mdr"
    ZTNA = "ztna"
    TEAMS = "teams"


class Audience(StrEnum):
    """Whom a product may be given to, where it is not everyone."""

    FRONTLINE = "frontline"


class Confidence(StrEnum):
    """How far a figure can be trusted, as the files say it; the last two count as assumed."""

    DEFINITION = "definition"
    PRIMARY = "primary"
    ARTICLE = "article"
    SECONDARY = "secondary"
    CATALOGUE = "catalogue"
    DERIVED = "derived"
    UNVERIFIED = "unverified"
    ASSUMPTION = "assumption"


class Origin(StrEnum):
    """Where a figure is from, in the words of readers and of the files that are written for them."""

    DEFINITION = "definition"
    VENDOR = "vendor"
    CATALOGUE = "catalogue"
    THIRD_PARTY = "third_party"
    DERIVED = "derived"
    ASSUMED = "assumed"


ORIGIN_OF = {
    Confidence.DEFINITION: Origin.DEFINITION,
    Confidence.PRIMARY: Origin.VENDOR,
    Confidence.ARTICLE: Origin.THIRD_PARTY,
    Confidence.SECONDARY: Origin.THIRD_PARTY,
    Confidence.CATALOGUE: Origin.CATALOGUE,
    Confidence.DERIVED: Origin.DERIVED,
    Confidence.UNVERIFIED: Origin.ASSUMED,
    Confidence.ASSUMPTION: Origin.ASSUMED,
}
EuroRate = Annotated[Decimal, Field(ge=Decimal("0.000001"), le=1_000_000)]
ASSUMED = frozenset(confidence for confidence, origin in ORIGIN_OF.items() if origin is Origin.ASSUMED)


def either_of(requires: Iterable[str]) -> tuple[frozenset[str], ...]:
    """Return what a product requires, each as the ids of which one is enough."""
    return tuple(frozenset(alternatives_of(alternatives)) for alternatives in requires)


class Price(Row):
    """One row of prices.csv: an amount per unit, in its currency and term, for a span of days.

    A row with `from_quantity` is a step of a graduated price: from that unit on, up to the next step.
    """

    is_own: ClassVar[bool] = False
    """A row of the scenario instead of the book's."""

    id: Word
    vendor: str
    product: str
    category: Category
    unit: PriceUnit
    amount: Money
    currency: CurrencyCode
    term: Term
    valid_from: date
    valid_to: date | None = None
    grants: tuple[Capability, ...] = ()
    requires: tuple[Word, ...] = ()
    sold: bool = True
    audience: Audience | None = None
    seat_family: Word | None = None
    seat_cap: Quantity | None = None
    from_quantity: Quantity | None = None
    min_per_month: Money | None = None
    source: str | None = None
    source_url: str | None = None
    source_date: date | None = None
    confidence: Confidence
    note: str | None = None

    @property
    def required_ids(self) -> tuple[str, ...]:
        """Every product of which it requires one, in order."""
        return tuple(sorted(frozenset[str]().union(*either_of(self.requires))))

    @property
    def step(self) -> int:
        """The first unit that it is the price of."""
        return self.from_quantity or 1

    def holds_on(self, day: date) -> bool:
        """Tell whether the price is valid on a day; both ends of its span are included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def origin(self) -> Origin:
        """Where it is from; what has no dated source is assumed."""
        return Origin.ASSUMED if self.source_date is None else ORIGIN_OF[self.confidence]

    @property
    def is_user_licence(self) -> bool:
        """A licence that is bought per user and month."""
        return self.category is Category.LICENCE and self.unit is PriceUnit.USER_MONTH

    @property
    def is_in_mix(self) -> bool:
        """A licence that the mix compares (M12); network access is bought beside it."""
        return self.is_user_licence and not set(self.grants) <= {Capability.ZTNA}

    @property
    def is_same_for_every_unit(self) -> bool:
        """What is never graduated: a licence of the mix, which compares seat by seat (M12), and a day of work."""
        return self.is_in_mix or self.category is Category.LABOUR

    @property
    def is_monthly(self) -> bool:
        """What is paid for month by month, whenever it is billed."""
        return self.unit.endswith("/month")

    def is_of_another_vendor(self, other: Price) -> bool:
        """Tell whether another row of this licence names another vendor: who may provide what goes by it (M12)."""
        return self.category is Category.LICENCE and other.vendor != self.vendor


class ExchangeRate(Row):
    """One row of fx.csv: EUR for one unit of a currency, from a day on."""

    currency: CurrencyCode
    eur_per_unit: EuroRate
    date: date
    source: str | None = None
    confidence: Confidence

    @property
    def origin(self) -> Origin:
        """Where it is from."""
        return ORIGIN_OF[self.confidence]


class VatRate(Row):
    """One row of vat.csv: the share that a country adds to a net amount, for a span of days."""

    step: ClassVar[int] = 1
    """It is never graduated, as a price may be."""

    country: CountryCode
    rate: Share
    valid_from: date
    valid_to: date | None = None
    source: str | None = None
    confidence: Confidence

    @property
    def origin(self) -> Origin:
        """Where it is from."""
        return ORIGIN_OF[self.confidence]


@dataclass(frozen=True)
class PriceBook:
    """All prices in the order of the file, the exchange rates, and the rates of VAT."""

    prices: tuple[Price, ...]
    rates: tuple[ExchangeRate, ...]
    vat: tuple[VatRate, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all its tables."""
        return *self.prices, *self.rates, *self.vat

    @cached_property
    def rows_by_id(self) -> Mapping[str, tuple[Price, ...]]:
        """The rows of each id by their first day and step; ids in the order of the book."""
        rows: dict[str, list[Price]] = {}
        for price in self.prices:
            rows.setdefault(price.id, []).append(price)
        return {key: tuple(sorted(group, key=lambda row: (row.valid_from, row.step))) for key, group in rows.items()}

    @cached_property
    def rates_by_currency(self) -> Mapping[str, tuple[ExchangeRate, ...]]:
        """The rates of each currency by their day."""
        rates: dict[str, list[ExchangeRate]] = {}
        for rate in sorted(self.rates, key=lambda rate: rate.date):
            rates.setdefault(rate.currency, []).append(rate)
        return {currency: tuple(group) for currency, group in rates.items()}

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Where an id stands in the book; ties are broken by it."""
        return {key: index for index, key in enumerate(self.rows_by_id)}

    @cached_property
    def version(self) -> str:
        """A short hash of every row, so that a figure can be reproduced."""
        return version_of(text_of(self.rows))

    def price_on(self, price_id: str, day: date) -> Price | None:
        """Return the row that holds on a day, None when there is none."""
        row = self.nearest_row(price_id, day)
        return row if row is not None and row.holds_on(day) else None

    def nearest_row(self, price_id: str, day: date) -> Price | None:
        """Return the row that holds on a day, else the last before it, else the first after it.

        As rows do not overlap, the last one begun is the one that holds, if any does.
        """
        rows = self._first_steps.get(price_id)
        return rows[max(bisect_right(rows, day, key=lambda row: row.valid_from) - 1, 0)] if rows else None

    @cached_property
    def _first_steps(self) -> Mapping[str, tuple[Price, ...]]:
        """The rows of each id that are the price of its first unit, by their first day."""
        return {key: tuple(row for row in rows if row.step == 1) for key, rows in self.rows_by_id.items()}

    def steps_on(self, price_id: str, day: date) -> tuple[Price, ...]:
        """Return the rows of a graduated price that hold on a day, by step; one row where it is not graduated."""
        rows = (row for row in self.rows_by_id.get(price_id, ()) if row.holds_on(day))
        return tuple(sorted(rows, key=lambda row: row.step))

    def rate_on(self, currency: str, day: date) -> ExchangeRate:
        """Return the latest rate on or before a day, else the earliest (M4); KeyError for a currency without any."""
        rates = self.rates_by_currency[currency]
        return rates[max(bisect_right(rates, day, key=lambda rate: rate.date) - 1, 0)]

    @cached_property
    def vat_countries(self) -> tuple[str, ...]:
        """The countries with a rate of VAT, in the order of the file."""
        return tuple(dict.fromkeys(rate.country for rate in self.vat))

    def vat_on(self, country: str, day: date) -> VatRate | None:
        """Return the rate of VAT that a country has on a day, None when none is known."""
        valid = (rate for rate in self.vat if rate.country == country and rate.valid_from <= day)
        latest = max(valid, key=lambda rate: rate.valid_from, default=None)
        return None if latest is None or (latest.valid_to is not None and latest.valid_to < day) else latest

    def is_second_opinion(self, price_id: str) -> bool:
        """Tell whether an id is only another source's price for a product of the book: shown, never chosen."""
        first = price_id.removesuffix(SECOND_OPINION_SUFFIX)
        return first != price_id and first in self.rows_by_id

    @cached_property
    def user_licences(self) -> tuple[str, ...]:
        """The ids that a company can own: licences per user and month, in the order of the book."""
        return tuple(key for key, rows in self.rows_by_id.items() if rows[-1].is_user_licence)
