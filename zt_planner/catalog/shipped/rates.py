"""fx.csv, vat.csv and price_ranges.csv: what each column means and what rows must be together.

Laws: a currency has one rate a day, and one EUR is 1 EUR; no two rates of VAT
of one country hold on the same day; a price has one range, and the range holds it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.catalog.csv.cells import country, currency, number_reader, one_of, read_day, text, word
from zt_planner.catalog.csv.spans import check_spans
from zt_planner.catalog.csv.tables import CsvColumn, built, csv_lines
from zt_planner.domain.data.price_book import Confidence, ExchangeRate, KnownRange, VatRate
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.scenario.uncertainty import LEAST_FACTOR, MOST_FACTOR
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

RATES, VAT, RANGES = "fx.csv", "vat.csv", "price_ranges.csv"

confidence = one_of(Confidence, msgid("'{value}' is not a known confidence level"))

RATE_COLUMNS = {
    "currency": CsvColumn(currency),
    "eur_per_unit": CsvColumn(number_reader("1000000", least="0.000001")),
    "date": CsvColumn(read_day),
    "source": CsvColumn(text, is_needed=False),
    "confidence": CsvColumn(confidence),
}
VAT_COLUMNS = {
    "country": CsvColumn(country),
    "rate": CsvColumn(number_reader("1")),
    "valid_from": CsvColumn(read_day),
    "valid_to": CsvColumn(read_day, is_needed=False),
    "source": CsvColumn(text, is_needed=False),
    "confidence": CsvColumn(confidence),
}

low_factor, high_factor = number_reader("1", least=str(LEAST_FACTOR)), number_reader(str(MOST_FACTOR), least="1")
RANGE_COLUMNS = {
    "id": CsvColumn(word),
    "low": CsvColumn(low_factor),
    "high": CsvColumn(high_factor),
    "source": CsvColumn(text, is_needed=False),
    "confidence": CsvColumn(confidence),
    "note": CsvColumn(text, is_needed=False),
}


def exchange_rates_from(content: str) -> tuple[ExchangeRate, ...]:
    """Return the rates; raise for two of one currency and day, and for a EUR that is not 1 EUR."""
    rates: dict[tuple[str, date], ExchangeRate] = {}
    for line in csv_lines(RATES, content, RATE_COLUMNS):
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
    rows = [(line, built(VatRate, line, VAT_COLUMNS)) for line in csv_lines(VAT, content, VAT_COLUMNS)]
    check_spans(rows, "country", msgid("'{value}' overlaps row {other}: two rates of {country} apply on the same day"))
    return tuple(rate for _, rate in rows)


def price_ranges_from(content: str, known: Collection[str]) -> tuple[KnownRange, ...]:
    """Return the ranges of prices; raise for one of a price that nobody knows, and for two of one price."""
    found: dict[str, KnownRange] = {}
    for line in csv_lines(RANGES, content, RANGE_COLUMNS):
        row = built(KnownRange, line, RANGE_COLUMNS)
        if row.id not in known:
            problem, remedy = msgid("'{value}' is not an id of prices.csv"), msgid("Correct the id or remove the row")
            raise line.wrong("id", problem, remedy, value=row.id)
        if row.id in found:
            raise line.wrong("id", msgid("'{value}' has a range already"), msgid("Keep one of them"), value=row.id)
        found[row.id] = row
    return tuple(found.values())
