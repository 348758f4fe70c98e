"""prices.csv, fx.csv and vat.csv: what rows must be together.

Laws: no two prices of one id, and no two rates of VAT of one country, hold on the same day; a currency has one rate a
day, each currency of a price has one, and one EUR is 1 EUR; a required product is a row of the book.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from zt_planner.catalog.csv.cells import WrongCell, text
from zt_planner.catalog.csv.tables import CsvTable, Line, read_text
from zt_planner.domain.data.price_book import ExchangeRate, Price, PriceBook, VatRate, Vendor
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.engine.costing.own_prices import uncounted
from zt_planner.errors import msgid

SAME_IN_EVERY_STEP = ("vendor", "category", "unit", "currency", "term", "valid_to")

PriceLine: TypeAlias = tuple[Line, Price]
Held: TypeAlias = Price | VatRate
"""A row that holds from a day on, to a last one or for good; both ends are included."""


def vendor(value: str) -> str:
    """Read a vendor: any name, but those that rules name only as the rules write them."""
    if (name := Vendor.spelling_of(value)) != value:
        raise WrongCell(value, msgid("'{value}' is written differently elsewhere"), msgid("Write {name}"), name=name)
    return text(value)


def check_euro(line: Line, rate: ExchangeRate) -> None:
    """Raise for a EUR that is not 1 EUR."""
    if rate.currency == HOME_CURRENCY and rate.eur_per_unit != Decimal(1):
        raise line.wrong("eur_per_unit", msgid("one EUR cannot be {value} EUR"), msgid("Write 1"))


def yes_or_no(value: str) -> bool:
    """Read whether something is so."""
    if value not in {"yes", "no"}:
        raise WrongCell(value, msgid("'{value}' is neither yes nor no"), msgid("Write yes or no"))
    return value == "yes"


PRICES = CsvTable("prices.csv", Price, readers={"vendor": vendor, "sold": yes_or_no})
RATES = CsvTable("fx.csv", ExchangeRate, check=check_euro)
VAT = CsvTable("vat.csv", VatRate)
BOOK_TABLES: Mapping[str, CsvTable[Any]] = {"prices": PRICES, "rates": RATES, "vat": VAT}
"""The files by the fields of `PriceBook`."""


def load_price_book(folder: Path, rates_folder: Path | None = None) -> PriceBook:
    """Read prices.csv of a folder, fx.csv and vat.csv of the same or of another one.

    Raises CatalogError if one is wrong.
    """
    rates = rates_folder or folder
    book = price_book_from(read_text(folder / PRICES.file), read_text(rates / RATES.file))
    return replace(book, vat=vat_rates_from(read_text(rates / VAT.file)))


def price_book_from(prices: str, rates: str) -> PriceBook:
    """Build a price book of prices and rates alone from their texts; raise CatalogError if one is wrong."""
    rate_rows = exchange_rates_from(rates)
    rows = PRICES.read(prices)
    check_currencies(rows, sorted({rate.currency for rate in rate_rows}))
    check_requirements(rows)
    check_validity(rows)
    check_counted(rows)
    return PriceBook(tuple(price for _, price in rows), rate_rows)


def exchange_rates_from(content: str) -> tuple[ExchangeRate, ...]:
    """Return the rates; raise for two of one currency and day."""
    rates: dict[tuple[str, date], ExchangeRate] = {}
    for line, rate in RATES.read(content):
        if rates.setdefault((rate.currency, rate.date), rate) is not rate:
            problem = msgid("the currency {currency} has a rate of '{value}' already")
            raise line.wrong("date", problem, msgid("Keep one of them"), currency=rate.currency)
    return tuple(rates.values())


def vat_rates_from(content: str) -> tuple[VatRate, ...]:
    """Return the rates of VAT; raise for a span that ends before it starts, and for two that hold on the same day."""
    rows = VAT.read(content)
    check_spans(rows, "country", msgid("'{value}' overlaps row {other}: two rates of {country} apply on the same day"))
    return tuple(rate for _, rate in rows)


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
        for needed in price.required_ids:
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
    lines: dict[tuple[str, date, int], Line] = {}
    for line, price in rows:
        earlier = lines.setdefault((price.id, price.valid_from, price.step), line)
        if earlier is not line and price.id in graduated:
            problem = msgid("from {step} on, {id} has a price in row {other} already, valid from the same day on")
            remedy = msgid("Write another first number (an empty one means 1), or keep one of the rows")
            raise line.wrong("from_quantity", problem, remedy, id=price.id, step=price.step, other=earlier.row)


def check_spans(rows: Sequence[tuple[Line, Held]], column: str, overlap: str) -> None:
    """Raise for a span that ends before it starts, and for the first row whose span overlaps another one's.

    Rows with the same cell in `column` are about one thing, steps of a graduated price one by one. `overlap` says
    what is wrong with two of them, with `{other}`, the row, and the column's own cell by its name.
    """
    groups: dict[tuple[str, int], list[tuple[Line, Held]]] = defaultdict(list)
    for line, held in rows:
        if held.valid_to is not None and held.valid_to < held.valid_from:
            problem, remedy = msgid("'{value}' is before the first day, {first}"), msgid("Write the last day here")
            raise line.wrong("valid_to", problem, remedy, first=held.valid_from)
        groups[line.cells[column], held.step].append((line, held))
    overlaps = (pair for group in groups.values() for pair in _overlapping(group))
    first = min(overlaps, key=lambda pair: pair[1].row, default=None)
    if first is not None:
        other, line = first
        remedy = msgid("End the earlier one on the day before the later one starts")
        raise line.wrong("valid_from", overlap, remedy, other=other.row, **{column: line.cells[column]})


def _overlapping(group: Sequence[tuple[Line, Held]]) -> Iterator[tuple[Line, Line]]:
    """Return the neighbours in time that hold on the same day, in the order of the file."""
    for (line, held), (next_line, following) in pairwise(sorted(group, key=lambda row: row[1].valid_from)):
        if held.valid_to is None or following.valid_from <= held.valid_to:
            upper, lower = sorted((line, next_line), key=lambda neighbour: neighbour.row)
            yield upper, lower
