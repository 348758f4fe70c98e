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
from zt_planner.topics.labels import signed_share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zt_planner.domain.plan import Headlines
    from zt_planner.domain.scenario.prices import Prices
    from zt_planner.engine.plan import Plan
    from zt_planner.language import Language


def headline_sentence(plan: Plan, language: Language, *, names_mfa: bool = False) -> str:
    """Return the answer to both questions, in whole euros, with or without the day on which everyone has MFA."""
    people = language.plural("{n} person", "{n} people", plan.scenario.company.employees)
    figures = plan.headlines
    if figures is None and plan.has_finding(Code.TIMELINE_NO_WORK):
        return language.say("Zero Trust for {people}: there is no work to plan.", people=people)
    if figures is None:
        return language.say(
            "Zero Trust for {people}: with these teams and days off, the work does not end.", people=people
        )
    values = {
        "people": people,
        "first_year": shown_first_year(plan, figures, language),
        "done": done(figures, language, names_mfa=names_mfa),
        "afterwards": afterwards(figures, language),
    }
    if plan.is_complete:
        return language.say(
            "Zero Trust for {people}: {first_year}, {done}, then {afterwards}.",
            **values,
        )
    if not rounded(figures.run_rate_monthly, 0):
        return without_a_month(figures, values, language)
    return language.say(
        "Zero Trust for {people}: at least {first_year}, {done}, then at least {afterwards}. Prices are missing.",
        **values,
    )


def afterwards(figures: Headlines, language: Language) -> str:
    """Return what each month after the finish takes: money, and days of the own team where there are any."""
    amount, days = language.money(figures.run_rate_monthly), rounded(figures.operation_days_monthly, 1)
    if not days:
        return language.say("{amount} a month", amount=amount)
    return language.plural(
        "{amount} and {n} day of your team a month",
        "{amount} and {n} days of your team a month",
        language.number(days, 1),
        amount=amount,
    )


def done(figures: Headlines, language: Language, *, names_mfa: bool) -> str:
    """Return by when all is done, and where asked for, by when everyone has MFA."""
    finish = language.day(figures.finish_date)
    if not names_mfa or figures.mfa_date is None:
        return language.say("done by {finish}", finish=finish)
    return language.say(
        "MFA for everyone by {mfa}, done by {finish}", mfa=language.day(figures.mfa_date), finish=finish
    )


def shown_first_year(plan: Plan, figures: Headlines, language: Language) -> str:
    """Return what the first year costs, and whether labour is left out of it."""
    amount, say = language.money(figures.first_year_budget), language.say
    if plan.shows_labour:
        return say("{amount} in the first year", amount=amount)
    return say("{amount} in the first year without labour", amount=amount)


def without_a_month(figures: Headlines, values: Mapping[str, str], language: Language) -> str:
    """Return the answer where nothing that goes on every month has a price, or nothing at all has one."""
    if not rounded(figures.first_year_budget, 0):
        return language.say("Zero Trust for {people}: {done}. The cost is unknown: prices are missing.", **values)
    return language.say(
        "Zero Trust for {people}: at least {first_year}, {done}. Prices are missing, including all costs after that.",
        **values,
    )


def planning_note(plan: Plan, language: Language) -> str:
    """Return what every figure of the plan is subject to."""
    note = language.say(
        "Planning figures, not a quote. Net of VAT. Prices as of {day}.", day=language.day(plan.priced_on)
    )
    parts = [note, *what_if_note(plan.scenario.prices, language)]
    return " ".join(parts if plan.shows_labour else (*parts, labour_note(language)))


def what_if_note(prices: Prices, language: Language) -> tuple[str, ...]:
    """Return what a what-if adds to every amount, while there is one."""
    if not prices.rise:
        return ()
    rise = signed_share(prices.rise, language)
    if prices.rise_from is None:
        return (language.say("What-if: list prices of licences {rise}.", rise=rise),)
    day = language.day(prices.rise_from)
    return (language.say("What-if: list prices of licences {rise} from {day} on.", rise=rise, day=day),)


def labour_note(language: Language) -> str:
    """Return what is left out of every amount where day rates are hidden."""
    return language.say("No amount includes labour or contingency, because day rates are hidden in this session.")
