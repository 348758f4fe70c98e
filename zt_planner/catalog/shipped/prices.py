"""prices.csv: what each column means and what rows must be together.

Laws: no two rows of one id hold on the same day; each currency has a rate; a
required product is a row of the book.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from zt_planner.catalog.csv.cells import (
    WrongCell,
    currency,
    different,
    money,
    one_of,
    read_day,
    text,
    whole_number_reader,
    word,
)
from zt_planner.catalog.csv.spans import check_spans
from zt_planner.catalog.csv.tables import CsvColumn, Line, built, csv_lines, read_text
from zt_planner.catalog.shipped.rates import (
    RANGES,
    RATES,
    VAT,
    confidence,
    exchange_rates_from,
    price_ranges_from,
    vat_rates_from,
)
from zt_planner.domain.data.price_book import Audience, Capability, Category, Price, PriceBook, PriceUnit, Term, Vendor
from zt_planner.engine.costing.own_prices import uncounted
from zt_planner.errors import msgid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

PRICES = "prices.csv"

category = one_of(Category, msgid("'{value}' is not a known category"))
unit = one_of(PriceUnit, msgid("'{value}' is not a known unit"))
term = one_of(Term, msgid("'{value}' is not a known term"))
capability = one_of(Capability, msgid("'{value}' is not a known capability"))
audience = one_of(Audience, msgid("'{value}' is not a known audience"))


def vendor(value: str) -> str:
    """Read a vendor: any name, but those that rules name only as the rules write them."""
    if (name := Vendor.spelling_of(value)) != value:
        raise WrongCell(value, msgid("'{value}' is written differently elsewhere"), msgid("Write {name}"), name=name)
    return text(value)


PRICE_COLUMNS = {
    "id": CsvColumn(word),
    "vendor": CsvColumn(vendor),
    "product": CsvColumn(text),
    "category": CsvColumn(category),
    "unit": CsvColumn(unit),
    "amount": CsvColumn(money),
    "currency": CsvColumn(currency),
    "term": CsvColumn(term),
    "valid_from": CsvColumn(read_day),
    "valid_to": CsvColumn(read_day, is_needed=False),
    "grants": CsvColumn(different(capability), is_needed=False),
    "requires": CsvColumn(different(word), is_needed=False),
    "audience": CsvColumn(audience, is_needed=False),
    "seat_family": CsvColumn(word, is_needed=False),
    "seat_cap": CsvColumn(whole_number_reader("1000000", least="1"), is_needed=False),
    "from_quantity": CsvColumn(whole_number_reader("1000000", least="1"), is_needed=False),
    "min_per_month": CsvColumn(money, is_needed=False),
    "source": CsvColumn(text, is_needed=False),
    "source_url": CsvColumn(text, is_needed=False),
    "source_date": CsvColumn(read_day, is_needed=False),
    "confidence": CsvColumn(confidence),
    "note": CsvColumn(text, is_needed=False),
}

SAME_IN_EVERY_STEP = ("vendor", "category", "unit", "currency", "term", "valid_to")

PriceLine: TypeAlias = tuple[Line, Price]


def load_price_book(folder: Path, rates_folder: Path | None = None) -> PriceBook:
    """Read prices.csv and price_ranges.csv of a folder, fx.csv and vat.csv of the same or of another one.

    Raises CatalogError if one is wrong.
    """
    rates = rates_folder or folder
    book = price_book_from(read_text(folder / PRICES), read_text(rates / RATES))
    ranges = price_ranges_from(read_text(folder / RANGES), book.rows_by_id.keys())
    return replace(book, vat=vat_rates_from(read_text(rates / VAT)), ranges=ranges)


def price_book_from(prices: str, rates: str) -> PriceBook:
    """Build a price book of prices and rates alone from their texts; raise CatalogError if one is wrong."""
    rate_rows = exchange_rates_from(rates)
    rows = [(line, built(Price, line, PRICE_COLUMNS)) for line in csv_lines(PRICES, prices, PRICE_COLUMNS)]
    check_currencies(rows, sorted({rate.currency for rate in rate_rows}))
    check_requirements(rows)
    check_validity(rows)
    check_counted(rows)
    return PriceBook(tuple(price for _, price in rows), rate_rows)


def check_currencies(rows: Sequence[PriceLine], known: Sequence[str]) -> None:
    """Raise for a currency without an exchange rate."""
    for line, price in rows:
        if price.currency not in known:
            problem = msgid("'{value}' is a currency without a rate in fx.csv")
            remedy = msgid("Use one of: {known}; or add a rate")
            raise line.wrong("currency", problem, remedy, known=", ".join(known))


def check_requirements(rows: Sequence[PriceLine], others: Iterable[str] = ()) -> None:
    """Raise for a product that requires itself or one that is neither among the rows nor the others."""
    ids = {price.id for _, price in rows} | set(others)
    for line, price in rows:
        for needed in price.requires:
            if needed == price.id:
                problem, remedy = msgid("'{value}' requires itself"), msgid("Name another product or leave it empty")
                raise line.wrong("requires", problem, remedy, value=needed)
            if needed not in ids:
                problem, remedy = msgid("'{value}' is not an id of this file"), msgid("Correct the id or add its row")
                raise line.wrong("requires", problem, remedy, value=needed)


def check_counted(rows: Sequence[PriceLine]) -> None:
    """Raise for what a row says that no rule would count."""
    for line, price in rows:
        for fault in uncounted(price):
            raise line.wrong(fault.column, fault.problem, fault.remedy, **fault.values)


def check_validity(rows: Sequence[PriceLine]) -> None:
    """Raise for rows that do not go together: steps of a graduated price, spans that overlap or end early."""
    check_steps(rows)
    check_days(rows)


def check_days(rows: Sequence[PriceLine]) -> None:
    """Raise for a span that ends before it starts, and for the first row whose span overlaps another one's."""
    check_spans(rows, "id", msgid("'{value}' overlaps row {other}: two prices of {id} apply on the same day"))


def check_steps(rows: Sequence[PriceLine]) -> None:
    """Raise for a step of a graduated price that is there twice, lacks the one from 1 on, or differs from it."""
    check_steps_once(rows)
    firsts = {(price.id, price.valid_from): price for _, price in rows if price.step == 1}
    for line, price in rows:
        if price.step == 1:
            continue
        first = firsts.get((price.id, price.valid_from))
        if first is None:
            problem = msgid("step '{value}' of {id} has no matching row that begins at quantity 1")
            remedy = msgid("Add the row that begins at 1, valid on the same days")
            raise line.wrong("from_quantity", problem, remedy, id=price.id)
        for column in SAME_IN_EVERY_STEP:
            if getattr(first, column) != getattr(price, column):
                problem = msgid("'{value}' differs from the row of {id} that begins at 1")
                raise line.wrong(column, problem, msgid("Write the same in every step"), id=price.id)


def check_steps_once(rows: Sequence[PriceLine]) -> None:
    """Raise for the first row of a graduated price that begins at the same quantity on the same day as another."""
    graduated = {price.id for _, price in rows if price.from_quantity is not None}
    found: dict[tuple[str, date, int], Line] = {}
    for line, price in rows:
        earlier = found.setdefault((price.id, price.valid_from, price.step), line)
        if earlier is not line and price.id in graduated:
            problem = msgid("from {step} on, {id} has a price in row {other} already, valid from the same day on")
            remedy = msgid("Write another first number (an empty one means 1), or keep one of the rows")
            raise line.wrong("from_quantity", problem, remedy, id=price.id, step=price.step, other=earlier.row)
