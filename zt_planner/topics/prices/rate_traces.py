"""Why this rate? What one unit of a currency is in EUR (M4), and the VAT that is shown beside amounts (M1).

Law: the row that counts is the one by which the plan is converted, or shown
with VAT; the book's other rows of the same kind stand beside it and count
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain import units
from zt_planner.domain.money import HOME_CURRENCY
from zt_planner.engine.costing.pricing import rate_for
from zt_planner.language import Country, Listed, ShortDay, Text, Words, in_table
from zt_planner.topics.figure_names import RATE, VAT
from zt_planner.topics.gross_and_currency import percent_of
from zt_planner.topics.labels import label, rate_source
from zt_planner.topics.prices.tables import validity_text
from zt_planner.topics.trace import Source, Trace, TraceRow

if TYPE_CHECKING:
    from zt_planner.domain.data.price_book import ExchangeRate, VatRate
    from zt_planner.topics.view import AnyView


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
