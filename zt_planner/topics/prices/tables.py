"""The price book as columns, for the page and for the sheet Prices; exchange rates and VAT; what the page answers.

Law: a plan that does not show labour names no day rate.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from zt_planner.domain import units
from zt_planner.domain.data.price_book import ExchangeRate, Price, PriceBook, Term, VatRate
from zt_planner.domain.finding import Code
from zt_planner.domain.headlines import FigureName
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.month import Month
from zt_planner.domain.plan import UnitPrice
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.engine.costing.pricing import PriceList, billing_term, first_month_from, price_list_of, rate_for
from zt_planner.engine.costing.trust import TO_QUOTE, marks_of, marks_of_line, marks_of_row, share_of, total_size
from zt_planner.engine.figures import figure_lines
from zt_planner.engine.plan import AnyPlan, Plan
from zt_planner.language import Country, Listed, Money, Number, ShortDay, Text, Trimmed, Words, sentences
from zt_planner.topics.badges import Badge, badges
from zt_planner.topics.figure_names import PRICE, RATE, VAT
from zt_planner.topics.gross_and_currency import percent_of
from zt_planner.topics.labels import (
    label,
    product_name,
    rate_source,
    share_text,
    shortened_list,
    validity_text,
    vendor_name,
)
from zt_planner.topics.prices.origins import origin_words
from zt_planner.topics.table import Column, Table, chosen, table_of

ON_PAGE = (
    *("product", "now", "stepped_unit", "list_price", "term", "vendor", "confidence", "dated_source"),
    "valid",
)
"""What a product costs comes right after its name: a telephone shows the first columns only."""
IN_PLAN = ("product", "now", "stepped_unit", "term_now", "confidence", "source_now")
ON_SHEET = (
    *("product", "now", "unit", "from_quantity", "amount", "currency", "term", "vendor", "valid_from", "valid_to"),
    *("confidence", "source", "source_date", "source_url", "id"),
)


@dataclass(frozen=True, slots=True)
class PriceNow:
    """A row of the book and what it is in the plan's first month; None when another row holds then."""

    row: Price
    now: UnitPrice | None
    plan: AnyPlan
    prices: PriceList

    @property
    def is_own(self) -> bool:
        """Tell whether the price is the scenario's own."""
        return self.row.is_own or (self.now is not None and self.now.is_own)

    @property
    def term_now(self) -> Term:
        """How the plan is billed for it: the price in the plan is that of this term (M3)."""
        is_override = self.now is not None and self.now.is_override
        return billing_term(self.row, self.prices.billing, is_override=is_override)


def prices_now(plan: AnyPlan) -> list[PriceNow]:
    """Return the rows that a plan's reader may see."""
    prices, month = plan.case.prices, plan.months[0]
    rows = [row for row in plan.case.book.prices if plan.shows_labour or row.id not in DAY_RATES]
    return [PriceNow(row, _price_by_row(row, prices, month), plan, prices) for row in rows]


def _price_by_row(row: Price, prices: PriceList, month: Month) -> UnitPrice | None:
    """Return what a unit costs in a month by this row, which can be a step of a price; None where another one holds."""
    price = prices.price_of(row.id, month)
    steps = () if price is None else prices.steps_of(price)
    return next((each for _, each in steps if each.row == row), None)


def _stepped_unit(row: Price) -> Words:
    """Return per what a price is, and from which number on where it falls by steps."""
    unit, step = label(row.unit), row.from_quantity
    return unit if step is None else Text("{unit}, from number {n}", unit=unit, n=Number(step))


def price_columns() -> tuple[Column[PriceNow], ...]:
    """Return every column, whichever of them a medium has."""
    return (
        Column(Text("Product"), value=lambda price: Text(price.row.product), name="product", width=42),
        Column(
            Text("In this plan"),
            units.MONEY,
            lambda price: None if price.now is None else price.now.amount,
            _amounts,
            asks=lambda price: "" if price.now is None else f"{PRICE}:{price.row.id}",
            name="now",
            width=16,
        ),
        Column(Text("Per"), value=lambda price: label(price.row.unit), name="unit", width=18),
        Column(Text("Per"), value=lambda price: _stepped_unit(price.row), name="stepped_unit"),
        Column(Text("From number"), units.COUNT, lambda price: price.row.from_quantity, name="from_quantity", width=10),
        Column(Text("List price"), units.NUMBER, lambda price: price.row.amount, name="amount", width=12),
        Column(
            Text("List price"),
            units.NUMBER,
            words=lambda price: Money(price.row.amount, 2, price.row.currency),
            name="list_price",
        ),
        Column(Text("Currency"), value=lambda price: price.row.currency, name="currency", width=9),
        Column(Text("Term"), value=lambda price: label(price.row.term), name="term", width=22),
        Column(Text("Term"), value=lambda price: label(price.term_now), name="term_now"),
        Column(Text("Vendor"), value=lambda price: vendor_name(price.row.vendor), name="vendor", width=16),
        Column(Text("Valid from"), units.DAY, lambda price: price.row.valid_from, name="valid_from", width=13),
        Column(Text("Valid until"), units.DAY, lambda price: price.row.valid_to, name="valid_to", width=13),
        *_source_columns(),
        Column(
            Text("Valid"),
            value=lambda price: validity_text(price.row.valid_from, price.row.valid_to),
            name="valid",
        ),
        Column(Text("Price ID"), value=lambda price: price.row.id, name="id", width=26),
    )


def _source_columns() -> tuple[Column[PriceNow], ...]:
    """Return how sure a price is, and where it is from."""

    def confidence(price: PriceNow) -> Words:
        return Text("own price") if price.is_own else label(price.row.confidence)

    def source_now(price: PriceNow) -> Words:
        is_replaced = price.is_own and not price.row.is_own
        return Text("own price") if is_replaced else _dated_source(price.row)

    return (
        Column(Text("Confidence"), value=confidence, name="confidence", width=13),
        Column(Text("Source"), value=lambda price: price.row.source, name="source", width=40),
        Column(Text("Source"), value=lambda price: _dated_source(price.row), name="dated_source"),
        Column(Text("Source"), value=source_now, name="source_now"),
        Column(
            Text("Date of the source"),
            units.DAY,
            lambda price: price.row.source_date,
            name="source_date",
            width=13,
        ),
        Column(Text("Address of the source"), value=lambda price: price.row.source_url, name="source_url", width=40),
    )


def price_table(plan: AnyPlan) -> Table:
    """Return the whole price book, with what each price is in the plan's start month and billing term."""
    columns = chosen(price_columns(), ON_PAGE)
    return table_of(columns, prices_now(plan), _price_badges)


def used_prices_table(plan: Plan) -> Table:
    """Return the prices that a plan's money rests on, without where else they are from."""
    used = {line.price_id for line in (*plan.cost_lines, *plan.run_rate_lines)}
    shown = [price for price in prices_now(plan) if price.row.id in used and price.now is not None]
    columns = chosen(price_columns(), IN_PLAN)
    return table_of(columns, shown, _price_badges)


def changes_since(plan: AnyPlan) -> Table:
    """Return the prices that today's book knows otherwise than on the day as of which the plan's are known."""
    month, then, book = plan.months[0], plan.case.prices, plan.case.book
    now = price_list_of(plan.scenario.changed("prices.as_of", None), book, then.parameters)
    rows: list[tuple[Text, Decimal | None, Decimal | None]] = []
    for key, known in book.rows_by_id.items():
        before, after = (_amount_by_step(prices, key, month) for prices in (then, now))
        product = Text(known[-1].product)
        for step in sorted({*before, *after}):
            name = Text("{price}, from number {step}", price=product, step=step) if step > 1 else product
            if before.get(step) != after.get(step) and (plan.shows_labour or key not in DAY_RATES):
                rows.append((name, before.get(step), after.get(step)))
    columns: tuple[Column[tuple[Text, Decimal | None, Decimal | None]], ...] = (
        Column(Text("Product"), value=lambda row: row[0]),
        Column(Text("Known then"), units.MONEY, lambda row: row[1]),
        Column(Text("Known today"), units.MONEY, lambda row: row[2]),
    )
    return table_of(columns, rows)


def _amount_by_step(prices: PriceList, price_id: str, month: Month) -> dict[int, Decimal]:
    """Return what a unit of each step costs in a month, by its first unit; nothing where there is no price."""
    price = prices.price_of(price_id, month)
    return {} if price is None else {first: each.amount for first, each in prices.steps_of(price)}


def _dated_source(row: Price) -> Words:
    """Return where a price is from, and of which day."""
    if row.is_own and row.source is None:
        return Text("own price")
    day = ShortDay(row.source_date) if row.source_date else Text("without a date")
    return Listed((row.source or "", day), ", ")


def _amounts(price: PriceNow) -> Words:
    """Return what a unit costs in the first month, and where a what-if raises it later, what it costs from then on."""
    now, as_of = price.now, price.prices.as_of
    if now is None:
        return Text("not known yet") if as_of is not None and price.row.valid_from > as_of else ""
    shown, day = Money(now.amount, 2), price.plan.scenario.prices.rise_from
    month = None if day is None else first_month_from(day)
    later = None if month is None or month <= now.priced_in else price.prices.price_of(now.price_id, month)
    if day is None or later is None or later.rise_factor == 1:
        return shown
    return Text(
        "{amount}; {later} from {day} on",
        amount=shown,
        later=Money(later.amount, 2),
        day=ShortDay(day),
    )


def _price_badges(price: PriceNow) -> tuple[Badge, ...]:
    """Return what is to be said of a row of the book, as the plan uses it or as it stands."""
    day = price.plan.priced_on
    return badges(marks_of_row(price.row, day) if price.now is None else marks_of(price.now, day))


def rate_table(book: PriceBook, plan: AnyPlan | None = None) -> Table:
    """Return the exchange rates with their dates and sources; those of a plan's first month can be asked about."""

    def asks(rate: ExchangeRate) -> str:
        if plan is None or rate.currency == HOME_CURRENCY:
            return ""
        used, _ = rate_for(book, rate.currency, plan.months[0], plan.scenario.prices.as_of)
        return f"{RATE}:{rate.currency}" if used == rate else ""

    columns: tuple[Column[ExchangeRate], ...] = (
        Column(Text("Currency"), value=lambda rate: rate.currency),
        Column(
            Text("EUR per unit"),
            units.NUMBER,
            words=lambda rate: Trimmed(rate.eur_per_unit, 4),
            asks=asks,
        ),
        Column(Text("Date"), units.DAY, lambda rate: rate.date),
        Column(Text("Confidence"), value=lambda rate: label(rate.confidence)),
        Column(Text("Source"), value=rate_source),
    )
    return table_of(columns, book.rates)


def vat_table(book: PriceBook, plan: AnyPlan | None = None) -> Table:
    """Return the rates of VAT with their spans and sources; those of a plan's day can be asked about."""

    def asks(vat: VatRate) -> str:
        is_used = plan is not None and book.vat_on(vat.country, plan.today) == vat
        return f"{VAT}:{vat.country}" if is_used else ""

    columns: tuple[Column[VatRate], ...] = (
        Column(Text("Country"), value=lambda vat: Country(vat.country)),
        Column(Text("VAT"), units.SHARE, words=percent_of, asks=asks),
        Column(Text("Valid"), value=lambda vat: validity_text(vat.valid_from, vat.valid_to)),
        Column(Text("Confidence"), value=lambda vat: label(vat.confidence)),
        Column(Text("Source"), value=lambda vat: vat.source),
    )
    return table_of(columns, book.vat)


def prices_answer(plan: Plan) -> Words:
    """Say where the money is from, and which quote matters most."""
    missing = next((found.facts["prices"] for found in plan.findings if found.code is Code.PRICE_MISSING), None)
    if isinstance(missing, tuple):
        names = shortened_list([product_name(str(key), plan.case.book) for key in missing])
        return Text(
            "Prices are missing: get quotes for {products} first. Until then, the assumed share is unknown.",
            products=names,
        )
    wanted, ask = quote_to_ask(plan), Text("No quote is missing.")
    if wanted is not None:
        price_id, share = wanted
        ask = Text(
            "Get a quote for this first: {product} ({share} of the money).",
            product=product_name(price_id, plan.case.book),
            share=share_text(share),
        )
    origins = origin_words(plan)
    return sentences(Listed((origins, "."), "") if origins else "", ask)


def quote_to_ask(plan: Plan) -> tuple[str, Decimal] | None:
    """Return the price on which most of the assumed money rests, and its share of all; None where none does."""
    lines = figure_lines(FigureName.INTRODUCTION_BUDGET, plan)
    sizes: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if not TO_QUOTE.isdisjoint(marks_of_line(line, plan.scenario, plan.priced_on)):
            sizes[line.price_id] += total_size((line,))
    if not sizes:
        return None
    largest = max(sizes, key=lambda price_id: sizes[price_id])
    return largest, share_of(sizes[largest], total_size(lines))
