"""The plan in one sentence: how many people, what it costs, when it is done.

It is the title of the first screen and the first line of `zt-planner plan`.
Laws: an incomplete plan says "at least" before every amount, and names none of
which no part has a price; a plan without a schedule says so and names no amount;
one that does not show labour says so beside its amount.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.finding import Code
from zt_planner.domain.money import rounded
from zt_planner.engine.plan import StoppedPlan
from zt_planner.language import Money, Number, Plural, Text, Words, exact_percent, sentences
from zt_planner.topics.labels import is_unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.domain.headlines import Headlines
    from zt_planner.domain.scenario.prices import Prices
    from zt_planner.engine.plan import AnyPlan, Plan


def headline_sentence(plan: AnyPlan, *, names_mfa: bool = False) -> Words:
    """Return the answer to both questions, in whole euros, with or without the day on which everyone has MFA."""
    people = Plural("{n} person", "{n} people", plan.scenario.company.employees)
    if isinstance(plan, StoppedPlan) and plan.has_finding(Code.TIMELINE_NO_WORK):
        return Text("Zero Trust for {people}: there is no work to plan.", people=people)
    if isinstance(plan, StoppedPlan):
        return Text("Zero Trust for {people}: with these teams and days off, the work does not end.", people=people)
    figures = plan.headlines
    values = {
        "people": people,
        "first_year": shown_first_year(plan, figures),
        "done": done(figures, names_mfa=names_mfa),
        "afterwards": afterwards(figures),
    }
    if plan.is_complete:
        return Text(
            "Zero Trust for {people}: {first_year}, {done}, then {afterwards}.",
            **values,
        )
    if not rounded(figures.run_rate_monthly, 0):
        return without_a_month(figures, values)
    return Text(
        "Zero Trust for {people}: at least {first_year}, {done}, then at least {afterwards}. Prices are missing.",
        **values,
    )


def afterwards(figures: Headlines) -> Words:
    """Return what each month after the finish takes: money, and days of the own team where there are any."""
    amount, days = Money(figures.run_rate_monthly), rounded(figures.operation_days_monthly, 1)
    if not days:
        return Text("{amount} a month", amount=amount)
    return Plural(
        "{amount} and {n} day of your team a month",
        "{amount} and {n} days of your team a month",
        Number(days, 1),
        amount=amount,
    )


def done(figures: Headlines, *, names_mfa: bool) -> Words:
    """Return by when all is done, and where asked for, by when everyone has MFA."""
    finish = figures.finish_date
    if not names_mfa or figures.mfa_date is None:
        return Text("done by {finish}", finish=finish)
    return Text("MFA for everyone by {mfa}, done by {finish}", mfa=figures.mfa_date, finish=finish)


def shown_first_year(plan: Plan, figures: Headlines) -> Words:
    """Return what the first year costs, and whether labour is left out of it."""
    amount = Money(figures.first_year_budget)
    if plan.shows_labour:
        return Text("{amount} in the first year", amount=amount)
    return Text("{amount} in the first year without labour", amount=amount)


def without_a_month(figures: Headlines, values: Mapping[str, Words]) -> Words:
    """Return the answer where nothing that goes on every month has a price, or nothing at all has one."""
    if not rounded(figures.first_year_budget, 0):
        return sentences(Text("Zero Trust for {people}: {done}.", **values), COST_UNKNOWN)
    return Text(
        "Zero Trust for {people}: at least {first_year}, {done}. Prices are missing, including all costs after that.",
        **values,
    )


COST_UNKNOWN = Text("The cost is unknown: prices are missing.")
LOWER_BOUNDS = Text("A price is missing, so every amount is a lower bound.")


def missing_prices(plan: Plan) -> Words:
    """Say what missing prices make of the amounts; nothing where none is missing. In short it is `bounded_money`."""
    if plan.is_complete:
        return ""
    return COST_UNKNOWN if is_unknown(plan.headlines.introduction_budget, is_whole=False) else LOWER_BOUNDS


def planning_note(plan: AnyPlan) -> Words:
    """Return what every figure of the plan is subject to."""
    note = Text("Planning figures, not a quote. Net of VAT. Prices as of {day}.", day=plan.priced_on)
    return sentences(note, *what_if_note(plan.scenario.prices), "" if plan.shows_labour else labour_note())


def what_if_note(prices: Prices) -> tuple[Words, ...]:
    """Return what a what-if adds to every amount, while there is one."""
    if not prices.rise:
        return ()
    rise = exact_percent(prices.rise, is_signed=True)
    if prices.rise_from is None:
        return (Text("What-if: list prices of licences {rise}.", rise=rise),)
    day = prices.rise_from
    return (Text("What-if: list prices of licences {rise} from {day} on.", rise=rise, day=day),)


def labour_note() -> Text:
    """Return what is left out of every amount where day rates are hidden."""
    return Text("No amount includes labour or contingency, because day rates are hidden in this session.")


def no_schedule() -> Words:
    """Say that there is nothing to say yet, and where it stands why."""
    return Text("There is no schedule yet, and so no answer here: the Roadmap page says what is wrong.")
