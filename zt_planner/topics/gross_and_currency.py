"""Additional forms of a net EUR amount: with VAT, and in another currency.

A plan is computed in EUR, net; both are only shown (M1, ADR 0022). The rate of VAT is
that of the day as of which the plan is made, the exchange rate the latest one on or
before it (M4). Laws: what is shown beside an amount follows from that amount itself,
rounded once, half up, and is no sum of rounded parts; internal work carries no VAT, as it
is effort and no money that leaves the company; a rate that is a guess is named as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from zt_planner.domain.data.price_book import Origin
from zt_planner.domain.money import HOME_CURRENCY, rounded_product
from zt_planner.domain.scenario.display import Currency
from zt_planner.domain.units import EXCHANGE_RATE
from zt_planner.language import Country, Listed, Money, ShortDay, Text, Words, exact_percent, in_table
from zt_planner.topics.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from zt_planner.domain.data.price_book import ExchangeRate, VatRate
    from zt_planner.engine.plan import AnyPlan
    from zt_planner.topics.view import AnyView


@dataclass(frozen=True, slots=True)
class ConvertedAmount:
    """One amount of EUR net in its other forms; None for those that are not shown."""

    gross: Decimal | None
    converted: Decimal | None
    converted_gross: Decimal | None


@dataclass(frozen=True, slots=True)
class AmountForms:
    """What is asked for beside amounts; a rate is None where it is not asked for, or no VAT is known on that day."""

    country: str | None
    vat: VatRate | None
    rate: ExchangeRate | None
    day: date

    @property
    def is_asked_for(self) -> bool:
        """Tell whether anything is to stand beside amounts."""
        return self.country is not None or self.rate is not None

    def amounts(self, net: Decimal, *, carries_vat: bool = True) -> ConvertedAmount:
        """Return an amount with VAT and in the other currency, each rounded once."""
        share = None if self.vat is None or not carries_vat else 1 + Fraction(self.vat.rate)
        unit = None if self.rate is None else 1 / Fraction(self.rate.eur_per_unit)
        return ConvertedAmount(
            gross=None if share is None else rounded_product(net, share),
            converted=None if unit is None else rounded_product(net, unit),
            converted_gross=None if share is None or unit is None else rounded_product(net, share, unit),
        )

    def forms(
        self, net: Decimal, places: int = 0, *, carries_vat: bool = True, is_short: bool = False
    ) -> tuple[Words, ...]:
        """Say what stands beside an amount, form by form; in short, without the exchange rate's day at the end."""
        found = self.amounts(net, carries_vat=carries_vat)
        forms = (*self._gross(found, places), *self._converted(found, places))
        return forms if self.rate is None or is_short else (*forms, rate_of(self.rate))

    def _gross(self, amount: ConvertedAmount, places: int) -> Iterator[Words]:
        """Write an amount with VAT, at which rate, and whether that is a guess."""
        if self.vat is not None and amount.gross is not None:
            values = {"amount": Money(amount.gross, places), "percent": percent_of(self.vat)}
            if self.vat.origin is not Origin.ASSUMED:
                yield Text("{amount} with {percent} VAT", **values)
            else:
                yield Text("{amount} with {percent} VAT (assumed)", **values)

    def _converted(self, amount: ConvertedAmount, places: int) -> Iterator[Words]:
        """Write an amount in the other currency, net and with VAT where both are shown."""
        if self.rate is not None and amount.converted is not None:
            net = Money(amount.converted, places, self.rate.currency)
            if amount.converted_gross is None:
                yield net
            else:
                yield Text("{amount} net", amount=net)
                gross = Money(amount.converted_gross, places, self.rate.currency)
                yield Text("{amount} with VAT", amount=gross)


def in_one_line(forms: Iterable[Words]) -> Listed:
    """Put the forms of an amount side by side."""
    return Listed(forms, " · ")


def amount_forms_of(plan: AnyPlan) -> AmountForms:
    """Return what a plan's scenario asks for, with today's VAT and the exchange rate that is known."""
    shown, day = plan.scenario.display, plan.today
    country = shown.vat_country
    return AmountForms(
        country=country,
        vat=None if country is None else plan.case.book.vat_on(country, day),
        rate=None if shown.currency is Currency.EUR else plan.case.book.rate_on(shown.currency, plan.priced_on),
        day=day,
    )


def percent_of(vat: VatRate) -> Words:
    """Write a rate of VAT: `19%`, `8.1%`."""
    return exact_percent(vat.rate)


def rate_of(rate: ExchangeRate) -> Words:
    """Say of which day an exchange rate is, and whether it is a guess."""
    day = ShortDay(rate.date)
    if rate.origin is not Origin.ASSUMED:
        return Text("rate of {day}", day=day)
    return Text("rate of {day}, assumed", day=day)


def amount_notes(view: AnyView) -> tuple[Words, ...]:
    """Return a sentence for each form that is shown beside amounts: its rate, and the headline's amounts in it.

    Where a price is missing, the headline's amounts are lower bounds: they are not named again.
    """
    if not isinstance(view, View):
        return ()
    amount_forms = amount_forms_of(view.plan)
    return (*_vat_notes(amount_forms, view), *_rate_notes(amount_forms, view))


def _vat_notes(amount_forms: AmountForms, view: View) -> Iterator[Words]:
    """Say whose VAT is shown, and what the plan comes to with it."""
    if amount_forms.country is None:
        return
    country, vat = Country(amount_forms.country), amount_forms.vat
    if vat is None:
        day = amount_forms.day
        yield Text("No VAT rate is known for {country} on {day}: none is shown.", country=country, day=day)
        return
    values = {"percent": percent_of(vat), "country": country}
    if vat.origin is not Origin.ASSUMED:
        title = Text("With {percent} VAT ({country})", **values)
    else:
        title = Text("With {percent} VAT ({country}, assumed)", **values)
    yield _sentence(title, HOME_CURRENCY, 1 + Fraction(vat.rate), view)


def _rate_notes(amount_forms: AmountForms, view: View) -> Iterator[Words]:
    """Say at which rate amounts are converted, and what the plan comes to in the other currency, net."""
    rate = amount_forms.rate
    if rate is None:
        return
    title = Text(
        "In {currency}, net, at {eur} EUR for one ({rate})",
        currency=rate.currency,
        eur=in_table(rate.eur_per_unit, EXCHANGE_RATE),
        rate=rate_of(rate),
    )
    yield _sentence(title, rate.currency, 1 / Fraction(rate.eur_per_unit), view)


def _sentence(title: Text, currency: str, factor: Fraction, view: View) -> Words:
    """Put the amounts of the plan's own sentence in another form behind the words for that form."""
    budget = view.promise.rounded_budget
    if not view.plan.is_complete or budget is None:
        return Listed((title, "."), "")

    def shown(net: Decimal) -> Money:
        return Money(rounded_product(net, factor), currency=currency)

    if view.plan.scenario.status.is_under_way:
        return Text("{title}: {amount} to get there.", title=title, amount=shown(budget))
    return Text(
        "{title}: {budget} to get there, then {monthly} a month.",
        title=title,
        budget=shown(budget),
        monthly=shown(view.figures.run_rate_monthly),
    )
