"""The plan in one sentence: how many people, what it costs, when it is done.

It is the title of the first screen and the first line of `zt-planner plan`.
Laws: an incomplete plan says "at least" before every amount; a plan without a
schedule says so and names no amount.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zt_planner.domain.plan import Plan
    from zt_planner.language import Language


def headline_sentence(plan: Plan, language: Language) -> str:
    """Return the answer to both questions, in whole euros."""
    people = language.plural("{n} person", "{n} people", plan.scenario.company.employees)
    figures = plan.headlines
    if figures is None:
        return language.say(
            "Zero Trust for {people}: with these teams and days off, the work does not end.", people=people
        )
    values = {
        "people": people,
        "first_year": language.money(figures.first_year_budget),
        "finish": language.day(figures.finish_date),
        "monthly": language.money(figures.run_rate_monthly),
    }
    if plan.is_complete:
        return language.say(
            "Zero Trust for {people}: {first_year} in the first year, done by {finish}, {monthly} a month after that.",
            **values,
        )
    return language.say(
        "Zero Trust for {people}: at least {first_year} in the first year, done by {finish}, "
        "at least {monthly} a month after that. Prices are missing.",
        **values,
    )


def planning_note(plan: Plan, language: Language) -> str:
    """Return what every figure of the plan is subject to."""
    return language.say("Planning figures, not a quote. Net of VAT. Prices as of {day}.", day=language.day(plan.today))
