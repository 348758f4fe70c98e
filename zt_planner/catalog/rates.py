"""fx.csv and vat.csv: what each column means and what rows must be together.

Laws: a currency has one rate a day, and one EUR is 1 EUR; no two rates of VAT
of one country hold on the same day.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.catalog.cells import country, currency, day, number, one_of, text
from zt_planner.catalog.spans import check_spans
from zt_planner.catalog.tables import Column, Line, built, lines_of
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.price_book import Confidence, ExchangeRate, VatRate
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from datetime import date

RATES, VAT = "fx.csv", "vat.csv"

confidence = one_of(Confidence, msgid("'{value}' is not a known word of confidence"))

RATE_COLUMNS = {
    "currency": Column(currency),
    "eur_per_unit": Column(number("1000000", least="0.000001")),
    "date": Column(day),
    "source": Column(text, is_needed=False),
    "confidence": Column(confidence),
}
VAT_COLUMNS = {
    "country": Column(country),
    "rate": Column(number("1")),
    "valid_from": Column(day),
    "valid_to": Column(day, is_needed=False),
    "source": Column(text, is_needed=False),
    "confidence": Column(confidence),
}

VatLine: TypeAlias = tuple[Line, VatRate]


def exchange_rates_from(content: str) -> tuple[ExchangeRate, ...]:
    """Return the rates; raise for two of one currency and day, and for a EUR that is not 1 EUR."""
    rates: dict[tuple[str, date], ExchangeRate] = {}
    for line in lines_of(RATES, content, RATE_COLUMNS):
        rate = built(ExchangeRate, line, RATE_COLUMNS)
        if rate.currency == HOME_CURRENCY and rate.eur_per_unit != Decimal(1):
            raise line.wrong("eur_per_unit", msgid("one EUR cannot be {value} EUR"), msgid("Write 1"))
        if (rate.currency, rate.date) in rates:
            problem = msgid("the currency {currency} has a rate of '{value}' already")
            raise line.wrong("date", problem, msgid("Keep one of them"), currency=rate.currency)
        rates[rate.currency, rate.date] = rate
    return tuple(rates.values())


def vat_rates_from(content: str) -> tuple[VatRate, ...]:
    """Return the rates of VAT; raise for a span that ends before it starts, and for two that hold on the same day."""
    rows = [(line, built(VatRate, line, VAT_COLUMNS)) for line in lines_of(VAT, content, VAT_COLUMNS)]
    check_spans(rows, "country", msgid("'{value}' overlaps row {other}: two rates of {country} hold on the same day"))
    return tuple(rate for _, rate in rows)
