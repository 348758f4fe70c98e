"""The price book as columns, for the page and for the sheet Prices; exchange rates and VAT as tables.

Law: a plan that does not show labour names no day rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.engine.costing.pricing import PriceList, billing_term, first_month_from, price_list_of, rate_for
from zt_planner.engine.costing.trust import marks_of, marks_of_row
from zt_planner.topics.badges import badges
from zt_planner.topics.figure_names import PRICE, RATE, VAT
from zt_planner.topics.gross_and_currency import percent_of
from zt_planner.topics.labels import label, rate_source, unit_label, vendor_name
from zt_planner.topics.table import CellFormat, Column, chosen, table_of

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from zt_planner.domain.data.price_book import ExchangeRate, Price, PriceBook, Term, VatRate
    from zt_planner.domain.month import Month
    from zt_planner.domain.plan import UnitPrice
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language
    from zt_planner.topics.badges import Badge
    from zt_planner.topics.table import Table

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
    plan: Plan
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


def prices_now(plan: Plan) -> list[PriceNow]:
    """Return the rows that a plan's reader may see."""
    prices, month = plan.case.prices, plan.months[0]
    rows = [row for row in plan.case.book.prices if plan.shows_labour or row.id not in DAY_RATES]
    return [PriceNow(row, _price_by_row(row, prices, month), plan, prices) for row in rows]


def _price_by_row(row: Price, prices: PriceList, month: Month) -> UnitPrice | None:
    """Return what a unit costs in a month by this row, which can be a step of a price; None where another one holds."""
    price = prices.price_of(row.id, month)
    steps = () if price is None else prices.steps_of(price)
    return next((each for _, each in steps if each.row == row), None)


def _stepped_unit(row: Price, language: Language) -> str:
    """Return per what a price is, and from which number on where it falls by steps."""
    unit, step = language.write(unit_label(row.unit)), row.from_quantity
    return unit if step is None else language.say("{unit}, from number {n}", unit=unit, n=language.number(step))


def _list_price(row: Price, language: Language) -> str:
    """Return a list price in its own currency."""
    return f"{language.number(row.amount, 2)}\N{NO-BREAK SPACE}{row.currency}"


def price_columns(language: Language) -> tuple[Column[PriceNow], ...]:
    """Return every column, whichever of them a medium has."""
    say = language.say

    return (
        Column(say("Product"), value=lambda price: say(price.row.product), name="product", width=42),
        Column(
            say("In this plan"),
            CellFormat.MONEY,
            lambda price: None if price.now is None else price.now.amount,
            lambda price: _amounts(price, language),
            asks=lambda price: "" if price.now is None else f"{PRICE}:{price.row.id}",
            name="now",
            width=16,
        ),
        Column(say("Per"), value=lambda price: language.write(unit_label(price.row.unit)), name="unit", width=18),
        Column(say("Per"), value=lambda price: _stepped_unit(price.row, language), name="stepped_unit"),
        Column(
            say("From number"), CellFormat.WHOLE, lambda price: price.row.from_quantity, name="from_quantity", width=10
        ),
        Column(say("List price"), CellFormat.NUMBER, lambda price: price.row.amount, name="amount", width=12),
        Column(
            say("List price"),
            CellFormat.NUMBER,
            words=lambda price: _list_price(price.row, language),
            name="list_price",
        ),
        Column(say("Currency"), value=lambda price: price.row.currency, name="currency", width=9),
        Column(say("Term"), value=lambda price: language.write(label(price.row.term)), name="term", width=22),
        Column(say("Term"), value=lambda price: language.write(label(price.term_now)), name="term_now"),
        Column(
            say("Vendor"), value=lambda price: language.write(vendor_name(price.row.vendor)), name="vendor", width=16
        ),
        Column(say("Valid from"), CellFormat.DATE, lambda price: price.row.valid_from, name="valid_from", width=13),
        Column(say("Valid until"), CellFormat.DATE, lambda price: price.row.valid_to, name="valid_to", width=13),
        *_source_columns(language),
        Column(
            say("Valid"),
            value=lambda price: validity_text(price.row.valid_from, price.row.valid_to, language),
            name="valid",
        ),
        Column(say("Price ID"), value=lambda price: price.row.id, name="id", width=26),
    )


def _source_columns(language: Language) -> tuple[Column[PriceNow], ...]:
    """Return how sure a price is, and where it is from."""
    say = language.say

    def confidence(price: PriceNow) -> str:
        return say("own price") if price.is_own else language.write(label(price.row.confidence))

    def source_now(price: PriceNow) -> str:
        is_replaced = price.is_own and not price.row.is_own
        return say("own price") if is_replaced else _dated_source(price.row, language)

    return (
        Column(say("Confidence"), value=confidence, name="confidence", width=13),
        Column(say("Source"), value=lambda price: price.row.source, name="source", width=40),
        Column(say("Source"), value=lambda price: _dated_source(price.row, language), name="dated_source"),
        Column(say("Source"), value=source_now, name="source_now"),
        Column(
            say("Date of the source"),
            CellFormat.DATE,
            lambda price: price.row.source_date,
            name="source_date",
            width=13,
        ),
        Column(say("Address of the source"), value=lambda price: price.row.source_url, name="source_url", width=40),
    )


def price_table(plan: Plan, language: Language) -> Table:
    """Return the whole price book, with what each price is in the plan's start month and billing term."""
    columns = chosen(price_columns(language), ON_PAGE)
    return table_of(columns, prices_now(plan), _price_badges)


def used_prices_table(plan: Plan, language: Language) -> Table:
    """Return the prices that a plan's money rests on, without where else they are from."""
    used = {line.price_id for line in (*plan.cost_lines, *plan.run_rate_lines)}
    shown = [price for price in prices_now(plan) if price.row.id in used and price.now is not None]
    columns = chosen(price_columns(language), IN_PLAN)
    return table_of(columns, shown, _price_badges)


def changes_since(plan: Plan, language: Language) -> Table:
    """Return the prices that today's book knows otherwise than on the day as of which the plan's are known."""
    month, then, book = plan.months[0], plan.case.prices, plan.case.book
    now = price_list_of(plan.scenario.changed("prices.as_of", None), book, then.parameters)
    rows: list[tuple[str, Decimal | None, Decimal | None]] = []
    for key, known in book.rows_by_id.items():
        before, after = (_amount_by_step(prices, key, month) for prices in (then, now))
        product = language.say(known[-1].product)
        for step in sorted({*before, *after}):
            name = language.say("{price}, from number {step}", price=product, step=step) if step > 1 else product
            if before.get(step) != after.get(step) and (plan.shows_labour or key not in DAY_RATES):
                rows.append((name, before.get(step), after.get(step)))
    columns: tuple[Column[tuple[str, Decimal | None, Decimal | None]], ...] = (
        Column(language.say("Product"), value=lambda row: row[0]),
        Column(language.say("Known then"), CellFormat.MONEY, lambda row: row[1]),
        Column(language.say("Known today"), CellFormat.MONEY, lambda row: row[2]),
    )
    return table_of(columns, rows)


def _amount_by_step(prices: PriceList, price_id: str, month: Month) -> dict[int, Decimal]:
    """Return what a unit of each step costs in a month, by its first unit; nothing where there is no price."""
    price = prices.price_of(price_id, month)
    return {} if price is None else {first: each.amount for first, each in prices.steps_of(price)}


def validity_text(first: date, last: date | None, language: Language) -> str:
    """Return from which day until which one something holds."""
    if last is None:
        return language.say("from {day}", day=language.short_day(first))
    return language.span(first, last)


def _dated_source(row: Price, language: Language) -> str:
    """Return where a price is from, and of which day."""
    if row.is_own and row.source is None:
        return language.say("own price")
    day = language.short_day(row.source_date) if row.source_date else language.say("without a date")
    return f"{row.source}, {day}" if row.source else day


def _amounts(price: PriceNow, language: Language) -> str:
    """Return what a unit costs in the first month, and where a what-if raises it later, what it costs from then on."""
    now, as_of = price.now, price.prices.as_of
    if now is None:
        return language.say("not known yet") if as_of is not None and price.row.valid_from > as_of else ""
    shown, day = language.money(now.amount, 2), price.plan.scenario.prices.rise_from
    month = None if day is None else first_month_from(day)
    later = None if month is None or month <= now.priced_in else price.prices.price_of(now.price_id, month)
    if day is None or later is None or later.rise_factor == 1:
        return shown
    return language.say(
        "{amount}; {later} from {day} on",
        amount=shown,
        later=language.money(later.amount, 2),
        day=language.short_day(day),
    )


def _price_badges(price: PriceNow) -> tuple[Badge, ...]:
    """Return what is to be said of a row of the book, as the plan uses it or as it stands."""
    day = price.plan.priced_on
    return badges(marks_of_row(price.row, day) if price.now is None else marks_of(price.now, day))


def rate_table(book: PriceBook, language: Language, plan: Plan | None = None) -> Table:
    """Return the exchange rates with their dates and sources; those of a plan's first month can be asked about."""
    say = language.say

    def asks(rate: ExchangeRate) -> str:
        if plan is None or rate.currency == HOME_CURRENCY:
            return ""
        used, _ = rate_for(book, rate.currency, plan.months[0], plan.scenario.prices.as_of)
        return f"{RATE}:{rate.currency}" if used == rate else ""

    columns: tuple[Column[ExchangeRate], ...] = (
        Column(say("Currency"), value=lambda rate: rate.currency),
        Column(
            say("EUR per unit"),
            CellFormat.NUMBER,
            words=lambda rate: language.trimmed(rate.eur_per_unit, 4),
            asks=asks,
        ),
        Column(say("Date"), CellFormat.DATE, lambda rate: rate.date),
        Column(say("Confidence"), value=lambda rate: language.write(label(rate.confidence))),
        Column(say("Source"), value=lambda rate: language.write(rate_source(rate))),
    )
    return table_of(columns, book.rates)


def vat_table(book: PriceBook, language: Language, plan: Plan | None = None) -> Table:
    """Return the rates of VAT with their spans and sources; those of a plan's day can be asked about."""
    say = language.say

    def asks(vat: VatRate) -> str:
        is_used = plan is not None and book.vat_on(vat.country, plan.today) == vat
        return f"{VAT}:{vat.country}" if is_used else ""

    columns: tuple[Column[VatRate], ...] = (
        Column(say("Country"), value=lambda vat: language.country(vat.country)),
        Column(say("VAT"), CellFormat.SHARE, words=lambda vat: language.write(percent_of(vat)), asks=asks),
        Column(say("Valid"), value=lambda vat: validity_text(vat.valid_from, vat.valid_to, language)),
        Column(say("Confidence"), value=lambda vat: language.write(label(vat.confidence))),
        Column(say("Source"), value=lambda vat: vat.source),
    )
    return table_of(columns, book.vat)
