"""How sure a plan is, in the reader's words: its bands on the first screen, percentiles, and the chance of both.

Law: what is said is about the plan that is shown; amounts are whole euros,
dates whole days, chances whole per cent, and none is said to be certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from zt_planner.domain.money import to_cents
from zt_planner.engine.simulation.result import ENOUGH, HIGH, LOW, MIDDLE, PERCENTILES, SURE, reserve_of
from zt_planner.language import (
    Capitalised,
    Money,
    Number,
    Plural,
    Share,
    ShortDay,
    Text,
    Trimmed,
    Words,
)
from zt_planner.topics.figure import without_labour
from zt_planner.topics.labels import bounded_money, horizon_words, is_unknown
from zt_planner.topics.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from zt_planner.domain.headlines import Headlines
    from zt_planner.engine.plan import Plan
    from zt_planner.engine.promise import Promise
    from zt_planner.engine.simulation.result import Reserve, SimulationResult

FINISH, INTRODUCTION = "finish_date", "introduction_budget"
BOTH_MET = Text("Plan's date and budget both met")
MARGIN = 0.04
"""What is left free at both ends of a band, as a share of its width."""


@dataclass(frozen=True, slots=True)
class Band:
    """One figure with how far it may move; places are 0 to 100 along the band, for P10, P50, P80, P90 and the plan."""

    alt: Words
    places: tuple[float, float, float, float, float]


def chance_text(chance: float) -> Words:
    """Write a chance in whole per cent; never as certain, nor as impossible, as draws prove neither."""
    if chance >= 0.995:  # noqa: PLR2004 - what would be rounded to certain
        return Text("more than 99%")
    if chance < 0.005:  # noqa: PLR2004 - what would be rounded to impossible
        return Text("less than 1%")
    return Share(Decimal(str(round(chance, 2))))


def sure_by(day: date, limit: date) -> Words:
    """Say by which day all is done with 80 %; within a sentence."""
    if day > limit:
        return Text("80% sure only after {day}", day=ShortDay(limit))
    return Text("80% sure by {day}", day=ShortDay(day))


def sure_title(figure: Words, share: float = SURE) -> Words:
    """Name what holds with so many per cent of a figure."""
    return Text("{figure}, {share} sure", figure=figure, share=chance_text(share))


def day_text(day: date, limit: date) -> Words:
    """Write a day that is drawn; of a draw that is not done when the calendar ends only that it is later."""
    return ShortDay(day) if day <= limit else Text("after {day}", day=ShortDay(limit))


class DrawnFigure(NamedTuple):
    """A figure that is drawn: its name, what it is called, how its amounts are written, its own, its percentiles.

    `of_plan` is its name with the plan's amount in it, `sure` what holds with 80 %.
    """

    name: str
    title: Words
    written: Callable[[Any], Words]
    of_plan: Words
    sure: Words
    plan: Decimal | date
    at: Callable[[float], Any]


def drawn_figures(plan: Plan, figures: Headlines, simulation: SimulationResult) -> tuple[DrawnFigure, ...]:
    """Return finish, MFA for all, the budget and the total over the horizon, in this order, if they are known."""

    def of_day(name: str, title: Words, named: Words, own: date, at: Callable[[float], date | None]) -> DrawnFigure:
        limit = simulation.limit
        sure = Capitalised(sure_by(at(SURE) or own, limit))
        return DrawnFigure(name, title, partial(day_text, limit=limit), named, sure, own, at)

    def written(amount: Decimal) -> Words:
        return bounded_money(amount, is_whole=plan.is_complete)

    def of_money(name: str, title: Words, own: Decimal, at: Callable[[float], Decimal]) -> DrawnFigure:
        title = without_labour(title, plan)
        named = Text("{title}: {amount}", title=title, amount=written(own))
        sure = Capitalised(Text("80% sure with {amount}", amount=written(at(SURE))))
        return DrawnFigure(name, title, written, named, sure, own, at)

    finish, mfa = figures.finish_date, figures.mfa_date
    found = [of_day(FINISH, Text("Done by"), Text("Done by {day}", day=finish), finish, simulation.finish_at)]
    if mfa is not None:
        named = Text("Everyone has MFA by {day}", day=mfa)
        found.append(of_day("mfa_date", Text("Everyone has MFA by"), named, mfa, simulation.mfa_at))
    budget, total, is_whole = figures.introduction_budget, figures.horizon_total, plan.is_complete
    if not is_unknown(budget, is_whole=is_whole):
        title = Text("Budget to get there")
        found.append(of_money(INTRODUCTION, title, budget, simulation.introduction_at))
    if not is_unknown(total, is_whole=is_whole):
        found.append(of_money("horizon_total", horizon_words(plan), total, simulation.horizon_at))
    return tuple(found)


def bands_of(plan: Plan, simulation: SimulationResult) -> dict[str, Band]:
    """Return how far each figure that is drawn may move, by its name; nothing for a plan that has stopped."""
    drawn = drawn_figures(plan, plan.headlines, simulation)
    return {figure.name: band_of(figure) for figure in drawn}


def band_legend() -> Words:
    """Say what the marks of a band are."""
    return Text("The bar spans 10% to 90%; the thick mark is 80%, the thin one 50%, the dot is the plan.")


class Target(NamedTuple):
    """A day by which a plan shall be done and a budget for the introduction that shall be enough, or one of them."""

    by: date | None = None
    budget: Decimal | None = None


def plan_target(figures: Headlines) -> Target:
    """Return the plan's own date and budget."""
    return Target(figures.finish_date, figures.introduction_budget)


def promised_target(promise: Promise) -> Target:
    """Return the date and the budget that are promised, as shown, as far as they are not the plan's own."""
    budget = promise.rounded_budget if promise.why_planned_budget is None else None
    return Target(promise.finish_at_confidence, budget)


def chance_of(target: Target, simulation: SimulationResult) -> float:
    """Return the chance that a date and a budget both hold."""
    return simulation.chance(budget=target.budget, by=target.by)


def chance_sentence(target: Target, simulation: SimulationResult) -> Words:
    """Say how likely it is that a budget and a date hold, each alone and both; one of them may be missing."""
    chance = chance_text(chance_of(target, simulation))
    if target.budget is None:
        return Text("The chance of being done by {finish} is {chance}.", chance=chance, finish=target.by or "")
    budget = Money(target.budget)
    if target.by is None:
        return Text(
            "The chance of needing at most {budget} for the introduction is {chance}.", chance=chance, budget=budget
        )
    return Text(
        "The chance of keeping {budget} for the introduction is {of_budget}, of being done by {finish} {of_date}, "
        "of both {both}.",
        budget=budget,
        of_budget=chance_text(simulation.chance(budget=target.budget)),
        finish=target.by,
        of_date=chance_text(simulation.chance(by=target.by)),
        both=chance,
    )


def shown_reserve(plan: Plan, simulation: SimulationResult) -> Reserve | None:
    """Return the 80 % budget beside the plan's own; None where a price is missing or labour is not shown."""
    if not plan.is_complete or not plan.shows_labour:
        return None
    return reserve_of(plan, plan.headlines, simulation)


def reserve_sentence(plan: Plan, simulation: SimulationResult) -> Words:
    """Say which budget is enough with 80 %, and what it takes beyond the plan's; nothing where that is not told."""
    reserve = shown_reserve(plan, simulation)
    if reserve is None:
        return ""
    values = {
        "sure": chance_text(SURE),
        "needed": Money(reserve.shown_sure),
        "reserve": Money(reserve.shown_to_add),
        "budget": Money(reserve.budget),
        "contingency": Money(reserve.contingency),
    }
    if reserve.to_add:
        return Text(
            "{sure} confidence needs {needed}: {reserve} more than the plan's {budget}, which already includes "
            "{contingency} of contingency.",
            **values,
        )
    return Text(
        "The plan's {budget}, {contingency} of contingency included, is enough with {sure} confidence.", **values
    )


def reserve_text(plan: Plan, simulation: SimulationResult) -> Words:
    """Say which reserve 80 % takes, or why that is not told."""
    if not plan.shows_labour:
        return Text("The contingency is hidden from you.")
    return reserve_sentence(plan, simulation) or Text("A price is missing, so the reserve cannot be calculated.")


def reserve_table(reserve: Reserve) -> Table:
    """Return the plan's budget, its contingency and what 80 % takes, one below the other."""
    rows: tuple[tuple[Words, ...], ...] = (
        (Text("Budget to get there, in the plan"), Money(reserve.budget)),
        (Text("of which contingency"), Money(reserve.contingency)),
        (sure_title(Text("Budget to get there")), Money(reserve.shown_sure)),
        (Text("Reserve to add"), Money(reserve.shown_to_add)),
        (Text("Draws in which the plan's budget is enough"), chance_text(reserve.chance)),
    )
    return Table((Text("Budget and reserve"), Text("Amount")), rows, numbers=(1,))


def band_of(figure: DrawnFigure) -> Band:
    """Return the band of a figure."""
    low, middle, sure, high = (figure.at(share) for share in (LOW, MIDDLE, SURE, HIGH))
    written = {"low": figure.written(low), "high": figure.written(high)}
    return Band(
        Text("{title}. {sure}. From {low} (10%) to {high} (90%).", title=figure.of_plan, sure=figure.sure, **written),
        band_positions(tuple(map(position_of, (low, middle, sure, high, figure.plan)))),
    )


def position_of(value: Decimal | date) -> int:
    """Return a day or an amount as a whole number."""
    return to_cents(value) if isinstance(value, Decimal) else value.toordinal()


def band_positions(values: tuple[int, ...]) -> tuple[float, float, float, float, float]:
    """Return where values lie along a band that holds them all, 0 to 100; in the middle where all are equal."""
    least, most = min(values), max(values)
    width = most - least
    free = 100 * (1 - 2 * MARGIN)
    low, middle, sure, high, plan = (
        round(100 * MARGIN + free * (value - least) / width, 2) if width else 50.0 for value in values
    )
    return low, middle, sure, high, plan


def percentile_table(plan: Plan, simulation: SimulationResult) -> tuple[tuple[Words, ...], ...]:
    """Return P10, P50, P80 and P90 of every figure that is drawn, beside the plan's own, a heading first."""
    figures = plan.headlines
    shares = (Share(Decimal(str(share))) for share in PERCENTILES)
    return (
        ("", Text("The plan"), *shares),
        *(percentile_row(each) for each in drawn_figures(plan, figures, simulation)),
    )


def percentile_row(figure: DrawnFigure) -> tuple[Words, ...]:
    """Return the percentiles of a figure, its title and the plan's own first."""
    return (figure.title, figure.written(figure.plan), *(figure.written(figure.at(share)) for share in PERCENTILES))


def simulation_lines(plan: Plan, simulation: SimulationResult) -> tuple[Words, ...]:
    """Say which reserve 80 % takes, how the draws were made, and what lies past the calendar."""
    made = Text(
        "{draws} draws, seed {seed}, correlation {correlation}.",
        draws=Number(simulation.draws),
        seed=str(simulation.source.seed),
        correlation=Trimmed(Decimal(str(simulation.source.correlation))),
    )
    return tuple(filter(None, (reserve_sentence(plan, simulation), beyond_sentence(simulation), made)))


def beyond_sentence(simulation: SimulationResult) -> Words:
    """Say how many draws are not done when the calendar ends; nothing where all are."""
    if not simulation.beyond_limit:
        return ""
    return Plural(
        "{n} draw is not done when the calendar ends, on {day}: it has no date.",
        "{n} draws are not done when the calendar ends, on {day}: they have no date.",
        simulation.beyond_limit,
        day=simulation.limit,
    )


def no_date_sentence(simulation: SimulationResult, share: float = SURE) -> Words:
    """Say why no day is so sure: too many draws are not done when the calendar ends; nothing where one is."""
    if simulation.finish_at(share) <= simulation.limit:
        return ""
    return Text(
        "No date is {sure} sure: {late} of the draws are not done by {day}, when the calendar ends.",
        sure=chance_text(share),
        late=late_text(simulation),
        day=simulation.limit,
    )


def late_text(simulation: SimulationResult) -> Words:
    """Write which share of the draws is not done when the calendar ends."""
    return chance_text(simulation.beyond_limit / simulation.draws)


def needed_sentence(simulation: SimulationResult, by: date | None) -> Words:
    """Say which budget holds with 70 % together with a day, or that the day alone holds in fewer draws."""
    if by is None:
        return ""
    needed, day = simulation.budget_for(ENOUGH, by), by
    if needed is None:
        chance = chance_text(simulation.chance(by=by))
        return Text(
            "No budget gives {day} a 70% chance: the day alone has a chance of {chance}.", day=day, chance=chance
        )
    return Text(
        "A 70% chance of being done by {day} within the budget needs {amount} for the introduction.",
        day=day,
        amount=Money(needed),
    )
