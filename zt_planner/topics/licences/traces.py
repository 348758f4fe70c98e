"""Why these licences, and what do they cost? The mix as a figure: its seats at their prices, and its reasons in words.

What a mix costs a month is at the prices that decided it (M12); the budget
takes each seat from its own month on (M11). Law: seats times prices, what is
given back deducted, come to what the mix costs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from zt_planner.domain.money import ZERO
from zt_planner.domain.month import MONTHS_A_YEAR
from zt_planner.domain.scenario.scenario import IdentityProvider
from zt_planner.engine.costing.trust import marks_of
from zt_planner.engine.licence_cliffs import MOST_PEOPLE, fewest_people
from zt_planner.engine.licensing.licences import license_company
from zt_planner.engine.licensing.seats import LicenceSeat, SeatChange, seats_in
from zt_planner.language import Listed, Money, Number, Plural, Text, Words
from zt_planner.topics.badges import badges
from zt_planner.topics.budget.amount_traces import converted, price_source
from zt_planner.topics.figure import traced
from zt_planner.topics.figure_names import LICENCES
from zt_planner.topics.inputs.controls import shown_licence_month
from zt_planner.topics.labels import label, product_name
from zt_planner.topics.licences.mix import explain_mix, mix_words, next_best_words
from zt_planner.topics.trace import Trace, TraceRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zt_planner.domain.plan import Mix
    from zt_planner.domain.scenario.scenario import Scenario
    from zt_planner.topics.figure import KeyFigure
    from zt_planner.topics.view import View

LICENCE_MIX, NEXT_BEST_MIX = "licence_mix", "next_best_mix"


def _rows(seats: Counter[LicenceSeat], view: View, months: int = 1) -> Iterator[TraceRow]:
    """Yield a row for each licence: so many seats at its price, so many months."""
    plan, prices = view.plan, view.case.prices
    month = shown_licence_month(plan)
    roles = {
        SeatChange.KEPT: Text("kept, paid for already"),
        SeatChange.CREDITED: Text("given back, credited"),
    }
    for seat, count in seats.items():
        price = prices.price_of(seat.product, month)
        each = ZERO if price is None or seat.change is SeatChange.KEPT else price.amount
        times = Plural("{each} × 1 month", "{each} × {n} months", months, each=Number(count))
        how = (roles.get(seat.change, ""), "" if price is None else converted(price))
        yield TraceRow(
            item=product_name(seat.product, view.book),
            times=times,
            unit_price=Money(each, 2),
            amount=(-each if seat.change is SeatChange.CREDITED else each) * count * months,
            how=Listed(how, ";"),
            source=price_source(price),
            badges=badges(marks_of(price, plan.priced_on)),
        )


def explain_licences(figure: KeyFigure, view: View) -> Trace:
    """Return what the mix costs a month, and in words why it is what it is."""
    plan = view.plan
    found = explain_mix(plan)
    words = None if found is None else mix_words(found, plan)
    return traced(
        figure,
        view.plan,
        _rows(seats_in(() if plan.mix is None else plan.mix.holdings), view),
        rule=Text(
            "The cheapest mix that gives everyone what the tasks need, within the vendors' seat caps, at the prices of "
            "{month}, when most licences start (rule M12). In the budget each seat starts in its own month (rule M11).",
            month=shown_licence_month(plan),
        ),
        notes=() if words is None else words.sentences(),
    )


def explain_next_best(figure: KeyFigure, view: View) -> Trace:
    """Return what the next best mix costs a month more than the mix: the seats in which they differ."""
    plan = view.plan
    found = explain_mix(plan)
    other = None if found is None else found.next_best
    words = next_best_words(other, view.book)
    if other is None or plan.mix is None:
        return traced(figure, view.plan, shown=words)
    seats = seats_in(other.mix.holdings)
    seats.subtract(seats_in(plan.mix.holdings))
    rows = _rows(Counter({seat: count for seat, count in seats.items() if count}), view)
    value = other.extra_monthly
    trace = traced(figure, view.plan, rows, shown=Money(value, 2), notes=(words,))
    return replace(trace, value=value)


def own_size_titles(view: View) -> dict[str, Words]:
    """Return the company's own number of people with each provider; any other number may be asked for, too."""
    people = view.plan.scenario.company.employees
    return {
        f"{provider}:{people}": size_title(provider, people)
        for provider in IdentityProvider
        if explain_size(f"{provider}:{people}", view) is not None
    }


def explain_size(rest: str, view: View) -> Trace | None:
    """Return what licences cost a year with a provider and so many people; None where no mix is allowed.

    Everything else is as in the plan, as in the licence cliff radar.
    """
    plan = view.plan
    provider, _, number = rest.partition(":")
    people = int(number) if number.isdecimal() and len(number) <= len(str(MOST_PEOPLE)) else 0
    if provider not in set(IdentityProvider) or not fewest_people(plan.scenario.company) <= people <= MOST_PEOPLE:
        return None
    mix = _mix_for(_grown(plan.scenario, IdentityProvider(provider), people), view)
    if mix is None:
        return None
    value = mix.monthly_cost * MONTHS_A_YEAR
    return Trace(
        name=f"{LICENCES}:{rest}",
        title=size_title(IdentityProvider(provider), people),
        value=value,
        shown=Money(value, 2),
        rule=Text(
            "Twelve months of the cheapest mix for this many people, credits deducted, at the prices of "
            "{month}; everything else is as in this plan (rule M12).",
            month=shown_licence_month(plan),
        ),
        rows=tuple(_rows(seats_in(mix.holdings), view, MONTHS_A_YEAR)),
    )


def size_title(provider: IdentityProvider, people: int) -> Words:
    """Return what a point of a curve is called."""
    return Plural(
        "{provider}, {n} person, a year",
        "{provider}, {n} people, a year",
        people,
        provider=label(provider),
    )


def _grown(scenario: Scenario, provider: IdentityProvider, people: int) -> Scenario:
    company = scenario.company.model_copy(update={"employees": people})
    return scenario.changed("choices.identity_provider", provider).model_copy(update={"company": company})


def _mix_for(scenario: Scenario, view: View) -> Mix | None:
    case = view.case.changed(scenario)
    return license_company(scenario, case.tasks, case.prices, shown_licence_month(view.plan)).mix
