"""What a board is asked to decide: money, the reserve that makes it sure, the own people's days, the start.

Laws: an amount is the headline's, in whole euros; the reserve is what the
Uncertainty page says is missing, and none is asked for where it would tell what is
hidden; an incomplete plan asks for no more than "at least", and says that offers
are needed first; what must be solved is said first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.engine.costing.budget import FIRST_YEAR_MONTHS
from zt_planner.engine.simulation.result import SURE
from zt_planner.reports.analyses.confidence import chance_text
from zt_planner.reports.figures.words import team_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from zt_planner.domain.plan import Headlines, Plan
    from zt_planner.engine.simulation.drivers import Drivers, Reserve
    from zt_planner.language import Language
    from zt_planner.reports.documents.handout import Handout


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is asked for: what, and what it is for."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class BoardDecision:
    """What is asked for, and what stands against it."""

    heading: str
    lead: str
    points: tuple[Point, ...]
    cautions: tuple[str, ...]


def decision_of(handout: Handout, drivers: Drivers | None) -> BoardDecision:
    """Return what is asked for; of a plan that has stopped nothing but to mend it."""
    plan, say = handout.plan, handout.language.say
    figures = plan.headlines
    if figures is None:
        lead = say("There is nothing to decide yet: this plan has no schedule and no budget. See below what to do.")
        return BoardDecision(say("Decision requested"), lead, (), ())
    return BoardDecision(
        say("Decision requested"),
        say("The board is asked to approve:"),
        tuple(points_of(plan, figures, drivers, handout.language)),
        tuple(cautions_of(plan, figures, handout.language)),
    )


def is_unknown(plan: Plan, amount: Decimal) -> bool:
    """Tell whether nothing of an amount has a price."""
    return not plan.is_complete and not rounded(amount, 0)


def bounded_money(plan: Plan, amount: Decimal, language: Language) -> str:
    """Write an amount; one that lacks prices as a lower bound, or as not known."""
    if is_unknown(plan, amount):
        return language.say("not known")
    shown = language.money(amount)
    return shown if plan.is_complete else language.say("at least {amount}", amount=shown)


def points_of(plan: Plan, figures: Headlines, drivers: Drivers | None, language: Language) -> Iterator[Point]:
    """Yield what is asked for, in the order in which it is decided."""
    say = language.say
    if not is_unknown(plan, figures.first_year_budget):
        yield first_year_point(plan, figures, language)
    if drivers is not None and plan.is_complete and plan.shows_labour:
        yield from reserve_point(drivers.reserve, language)
    if figures.finish_date > plan.horizon[FIRST_YEAR_MONTHS - 1].last_day and not is_unknown(
        plan, figures.one_off_total
    ):
        why = say(
            "one-off for the whole plan, until {finish}; the part in the first year is in both figures",
            finish=language.day(figures.finish_date),
        )
        yield Point(bounded_money(plan, figures.one_off_total, language), why)
    if not is_unknown(plan, figures.run_rate_monthly):
        why = say("a month from then on, for licences, monitoring and subscriptions")
        yield Point(bounded_money(plan, figures.run_rate_monthly, language), why)
    yield Point(
        language.plural(
            "{n} day of our own people", "{n} days of our own people", language.number(figures.internal_days)
        ),
        say(
            "{team}, until {finish}",
            team=team_text(figures, language),
            finish=language.day(figures.finish_date),
        ),
    )
    yield from operation_point(figures, language)
    yield Point(say("Start on {day}", day=language.day(figures.start_date)), say("with the first task of the roadmap"))


def operation_point(figures: Headlines, language: Language) -> Iterator[Point]:
    """Yield the days of the own people that operation takes once the work is done; nothing where it takes none."""
    days = rounded(figures.operation_days_monthly, 1)
    if days:
        what = language.plural(
            "{n} day a month of our own people", "{n} days a month of our own people", language.number(days, 1)
        )
        yield Point(what, language.say("from then on, for operation"))


def first_year_point(plan: Plan, figures: Headlines, language: Language) -> Point:
    """Return the budget of the first year: for which months, and how much of it is paid once."""
    say, months = language.say, plan.horizon[:FIRST_YEAR_MONTHS]
    values = {
        "first": language.month(months[0]),
        "last": language.month(months[-1]),
        "once": language.money(figures.one_off_first_year),
    }
    if plan.shows_labour:
        why = say("for the first year, {first} to {last}, of which {once} is one-off", **values)
    else:
        why = say(
            "for the first year, {first} to {last}, without labour and contingency, of which {once} is one-off",
            **values,
        )
    return Point(bounded_money(plan, figures.first_year_budget, language), why)


def reserve_point(reserve: Reserve, language: Language) -> Iterator[Point]:
    """Yield what the first year takes beyond its contingency to be 80 % sure; nothing where that is enough."""
    missing = reserve.needed - reserve.planned
    if rounded(missing, 0) > 0:
        why = language.say(
            "on top as a reserve for the first year: together with the contingency of {planned} in the "
            "budget, this gives {sure} confidence",
            planned=language.money(reserve.planned),
            sure=chance_text(SURE, language),
        )
        yield Point(language.money(missing), why)


def cautions_of(plan: Plan, figures: Headlines, language: Language) -> Iterator[str]:
    """Yield what stands against deciding now."""
    if plan.is_blocked:
        yield language.say("Something must be solved before this can be decided: see the last section.")
    if is_unknown(plan, figures.first_year_budget):
        yield language.say("The cost is unknown, because prices are missing. Get quotes for them before you decide.")
    elif not plan.is_complete:
        yield language.say(
            "Prices are missing, so the amounts are lower bounds. Get quotes for these prices before you decide."
        )
