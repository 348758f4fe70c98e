"""Why this price, this rate? A price's row and terms, an exchange rate, VAT; how much money rests on what is doubtful.

Laws: the row that counts is the one by which the plan is converted, or shown with VAT, and the book's other rows of the
same kind stand beside it and count nothing; shares are those of the findings; credits count by their size; internal
work is effort and no part of the money.
"""

from __future__ import annotations

from zt_planner.domain import units
from zt_planner.domain.data.price_book import ExchangeRate, VatRate
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.domain.plan import CostLine
from zt_planner.domain.scenario.prices import DAY_RATES
from zt_planner.engine.costing.pricing import rate_for
from zt_planner.engine.costing.trust import Mark, marks_of_line, share_of, shares_of, total_size
from zt_planner.engine.plan import Plan
from zt_planner.errors import msgid
from zt_planner.language import Country, Listed, Money, Number, ShortDay, Text, Words, in_table
from zt_planner.topics.budget.amount_traces import converted, gathered, price_source, row_of
from zt_planner.topics.figure_names import MONEY_SHARE, PRICE, RATE, VAT
from zt_planner.topics.gross_and_currency import percent_of
from zt_planner.topics.labels import label, product_name, rate_source, share_text, validity_text
from zt_planner.topics.table import Column, Table, table_of
from zt_planner.topics.trace import Divisor, Source, Trace, TraceRow
from zt_planner.topics.view import AnyView, View


def price_titles(view: AnyView) -> dict[str, Words]:
    """Return what has a price in the plan's first month, by its id; day rates only where labour is shown."""
    prices, plan = view.case.prices, view.plan
    return {
        price_id: product_name(price_id, view.book)
        for price_id in view.book.rows_by_id
        if (plan.shows_labour or price_id not in DAY_RATES) and prices.price_of(price_id, plan.months[0]) is not None
    }


def explain_price(price_id: str, view: AnyView) -> Trace | None:
    """Return why a unit costs what it does in the plan's first month; None without a price or leave to see it."""
    plan, prices = view.plan, view.case.prices
    price, row = prices.price_of(price_id, plan.months[0]), prices.row_of(price_id, plan.months[0])
    if price is None or row is None or (price_id in DAY_RATES and not plan.shows_labour):
        return None
    return Trace(
        name=f"{PRICE}:{price_id}",
        title=product_name(price_id, view.book),
        value=price.amount,
        shown=Money(price.amount, 2),
        rule=Text(
            "The price that applies on the first day of the plan's first month (rule M2), converted into EUR (rule "
            "M4), then to the billing term (rule M3), then rounded to the cent. An own price takes precedence and is "
            "not converted."
        ),
        rows=(
            TraceRow(
                item=product_name(price_id, view.book),
                times=label(row.unit),
                amount=price.amount,
                how=converted(price) or Money(row.amount, 2, row.currency),
                source=price_source(price),
            ),
        ),
        notes=tuple(
            Text(
                "From number {step} on, each costs {amount} (rule M13).",
                step=Number(first),
                amount=Money(step.amount, 2),
            )
            for first, step in prices.steps_of(price)[1:]
        ),
    )


def rate_titles(view: AnyView) -> dict[str, Words]:
    """Return the currencies of the book but for that of the plan."""
    others = (currency for currency in view.book.rates_by_currency if currency != HOME_CURRENCY)
    return {currency: _rate_title(currency) for currency in others}


def vat_titles(view: AnyView) -> dict[str, Words]:
    """Return the countries whose VAT is known on the day as of which the plan is made."""
    known = (country for country in view.book.vat_countries if view.book.vat_on(country, view.plan.today))
    return {country: _vat_title(country) for country in known}


def _rate_title(currency: str) -> Words:
    return Text("EUR per {currency}", currency=currency)


def _vat_title(country: str) -> Words:
    return Text("VAT, {country}", country=Country(country))


def explain_rate(currency: str, view: AnyView) -> Trace | None:
    """Return why a currency is worth so much in the plan's first month; None for an unknown one."""
    plan = view.plan
    rates = view.book.rates_by_currency.get(currency)
    if rates is None:
        return None
    rate, is_later = rate_for(view.book, currency, plan.months[0], plan.scenario.prices.as_of)
    notes = [Text("All rates in the price book are later: the earliest one is used.")] if is_later else []
    shown_rate = view.book.rate_on(currency, plan.priced_on)
    if plan.scenario.display.currency == currency and shown_rate != rate:
        day = shown_rate.date
        notes.append(Text("Amounts in {currency} are shown at the rate of {day}.", currency=currency, day=day))
    return Trace(
        name=f"{RATE}:{currency}",
        title=_rate_title(currency),
        value=rate.eur_per_unit,
        shown=in_table(rate.eur_per_unit, units.EXCHANGE_RATE),
        rule=Text(
            "The latest rate on or before the first day of the plan's first month, or the earliest there is. Later "
            "months take the latest rate on or before theirs (rule M4)."
        ),
        rows=tuple(_rate_row(known, rate) for known in rates),
        unit=units.EXCHANGE_RATE,
        notes=tuple(notes),
    )


def _rate_row(known: ExchangeRate, used: ExchangeRate) -> TraceRow:
    return TraceRow(
        item=Listed((str(known.currency), ShortDay(known.date)), ", "),
        times="" if known is used else in_table(known.eur_per_unit, units.EXCHANGE_RATE),
        amount=known.eur_per_unit if known is used else None,
        source=Source(rate_source(known), confidence=label(known.confidence)),
    )


def explain_vat(country: str, view: AnyView) -> Trace | None:
    """Return why VAT is so much in a country; None where none is known."""
    plan = view.plan
    vat = view.book.vat_on(country, plan.today)
    if vat is None:
        return None
    rows = (_vat_row(known, vat) for known in view.book.vat if known.country == country)
    return Trace(
        name=f"{VAT}:{country}",
        title=_vat_title(country),
        value=vat.rate,
        shown=percent_of(vat),
        rule=Text(
            "The standard rate on {day}. It is only shown: an amount with VAT is the net amount times one and this "
            "rate, rounded once; the plan itself is net (rule M1).",
            day=plan.today,
        ),
        rows=tuple(rows),
        unit=units.SHARE,
    )


def _vat_row(known: VatRate, used: VatRate) -> TraceRow:
    span = validity_text(known.valid_from, known.valid_to)
    return TraceRow(
        item=Listed((Country(known.country), span), ", "),
        times="" if known is used else percent_of(known),
        amount=known.rate if known is used else None,
        source=Source(known.source or "", confidence=label(known.confidence)),
    )


TITLES = {
    Mark.ASSUMED: msgid("Money on assumed prices"),
    Mark.ASSUMED_DAYS: msgid("Money on assumed days"),
    Mark.STALE: msgid("Money on prices over a year old"),
    Mark.OWN: msgid("Money on own prices"),
    Mark.WHAT_IF: msgid("Money on a what-if"),
}

PRICES_RULE = msgid(
    "The cost of the lines with such prices in all months of the plan, divided by the cost of all "
    "lines. A credit counts by its size; internal work does not count, because it is effort (rules "
    "M2 and M18)."
)
DAYS_RULE = msgid(
    "The cost of the consultant's days of tasks for which nobody has set an effort or a range of it, and of "
    "coordination as long as its days a month are the usual ones, divided by the cost of all lines in all months of "
    "the plan (rules M16 and M18)."
)


def _cash(plan: Plan) -> list[CostLine]:
    return [line for line in plan.cost_lines if line.is_cash and line.amount]


def share_titles(view: View) -> dict[str, Words]:
    """Return the marks on which some money rests."""
    plan = view.plan
    marks = {mark for line in _cash(plan) for mark in marks_of_line(line, plan.scenario, plan.priced_on)}
    return {mark.value: Text(TITLES[mark]) for mark in Mark if mark in marks}


def share_table(view: View) -> Table:
    """Return how much of the plan's money rests on each of them, as far as any does."""
    plan = view.plan
    shares = shares_of(_cash(plan), plan.scenario, plan.priced_on)
    columns: tuple[Column[Mark], ...] = (
        Column(Text("What the money depends on"), value=lambda mark: Text(TITLES[mark])),
        Column(
            Text("Percentage"),
            units.SHARE,
            words=lambda mark: share_text(shares[mark]),
            asks=lambda mark: f"{MONEY_SHARE}:{mark}",
        ),
    )
    return table_of(columns, shares)


def explain_resting(name: str, view: View) -> Trace | None:
    """Return how much of the plan's money rests on what has a mark; None where none does."""
    if name not in share_titles(view):
        return None
    mark, plan = Mark(name), view.plan
    cash = _cash(plan)
    lines = [line for line in cash if mark in marks_of_line(line, plan.scenario, plan.priced_on)]
    whole = total_size(cash)
    share = share_of(total_size(lines), whole)
    return Trace(
        name=f"{MONEY_SHARE}:{name}",
        title=Text(TITLES[mark]),
        value=share,
        shown=share_text(share),
        rule=Text(DAYS_RULE if mark is Mark.ASSUMED_DAYS else PRICES_RULE),
        rows=tuple(row_of(group, total_size(group), plan) for group in gathered(lines)),
        divisors=(Divisor(Text("all costs of the plan, credits counted as positive"), whole, Money(whole, 2)),),
    )
