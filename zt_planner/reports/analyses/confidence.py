"""How sure a plan is, in the reader's words: its bands on the first screen, percentiles, and the chance of both.

Law: what is said is about the plan that is shown; amounts are whole euros,
dates whole days, chances whole per cent, and none is said to be certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from zt_planner.domain.money import to_cents
from zt_planner.engine.simulation.result import ENOUGH, HIGH, LOW, MIDDLE, PERCENTILES, SURE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from zt_planner.domain.plan import Headlines, Plan
    from zt_planner.engine.simulation.result import SimulationResult
    from zt_planner.language import Language

MARGIN = 0.04
"""What is left free at both ends of a band, as a share of its width."""


@dataclass(frozen=True, slots=True)
class Band:
    """One figure with how far it may move; places are 0 to 100 along the band, for P10, P50, P80, P90 and the plan."""

    title: str
    sure: str
    span: str
    alt: str
    places: tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sureness:
    """What the first screen says of a simulation: a sentence, and a band for each headline figure."""

    sentence: str
    legend: str
    bands: tuple[Band, ...]


def chance_text(chance: float, language: Language) -> str:
    """Write a chance in whole per cent; never as certain, nor as impossible, as draws prove neither."""
    if chance >= 0.995:  # noqa: PLR2004 - what would be rounded to certain
        return language.say("more than 99%")
    if chance < 0.005:  # noqa: PLR2004 - what would be rounded to impossible
        return language.say("less than 1%")
    return language.percent(Decimal(str(round(chance, 2))))


def sureness_of(plan: Plan, simulation: SimulationResult, language: Language) -> Sureness | None:
    """Return how sure a plan is; None for a plan that has stopped."""
    figures = plan.headlines
    if figures is None:
        return None
    return Sureness(
        both_sentence(figures, simulation, language) + " " + language.say("See the Uncertainty page."),
        language.say("The bar spans 10% to 90%; the thick mark is 80%, the thin one 50%, the dot is the plan."),
        (
            finish_band(figures, simulation, language),
            money_band(
                language.say("First-year budget"), figures.first_year_budget, simulation.first_year_at, language
            ),
            money_band(
                language.plural("In total, {n} month", "In total, {n} months", len(plan.horizon)),
                figures.horizon_total,
                simulation.horizon_at,
                language,
            ),
        ),
    )


def both_sentence(figures: Headlines, simulation: SimulationResult, language: Language) -> str:
    """Say how likely it is that the plan's date and its budget both hold."""
    chance = simulation.chance(budget=figures.first_year_budget, by=figures.finish_date)
    return language.say(
        "Chance of meeting both {day} and {amount} in the first year: {chance}.",
        day=language.day(figures.finish_date),
        amount=language.money(figures.first_year_budget),
        chance=chance_text(chance, language),
    )


def finish_band(figures: Headlines, simulation: SimulationResult, language: Language) -> Band:
    """Return the band of the finish."""
    low, middle, sure, high = (simulation.finish_at(share) for share in (LOW, MIDDLE, SURE, HIGH))
    days = tuple(day.toordinal() for day in (low, middle, sure, high, figures.finish_date))
    written = {"low": language.short_day(low), "high": language.short_day(high)}
    title = language.say("Done by {day}", day=language.day(figures.finish_date))
    sure_text = language.say("80% sure by {day}", day=language.day(sure))
    return Band(
        title,
        sure_text,
        language.say("10% to 90%: {low} to {high}", **written),
        language.say("{title}. {sure}. From {low} (10%) to {high} (90%).", title=title, sure=sure_text, **written),
        band_positions(days),
    )


def money_band(title: str, estimate: Decimal, at: Callable[[float], Decimal], language: Language) -> Band:
    """Return the band of an amount."""
    low, middle, sure, high = (at(share) for share in (LOW, MIDDLE, SURE, HIGH))
    cents = tuple(to_cents(amount) for amount in (low, middle, sure, high, estimate))
    written = {"low": language.money(low), "high": language.money(high)}
    sure_text = language.say("80% sure with {amount}", amount=language.money(sure))
    named = language.say("{title}: {amount}", title=title, amount=language.money(estimate))
    return Band(
        named,
        sure_text,
        language.say("10% to 90%: {low} to {high}", **written),
        language.say("{title}. {sure}. From {low} (10%) to {high} (90%).", title=named, sure=sure_text, **written),
        band_positions(cents),
    )


def band_positions(values: tuple[int, ...]) -> tuple[float, float, float, float, float]:
    """Return where values lie along a band that holds them all, 0 to 100; in the middle where all are equal."""
    least, most = min(values), max(values)
    width = most - least
    free = 100 * (1 - 2 * MARGIN)
    low, middle, sure, high, plan = (
        round(100 * MARGIN + free * (value - least) / width, 2) if width else 50.0 for value in values
    )
    return low, middle, sure, high, plan


def percentile_table(plan: Plan, simulation: SimulationResult, language: Language) -> tuple[tuple[str, ...], ...]:
    """Return P10, P50, P80 and P90 of every figure that is drawn, beside the plan's own, a heading first."""
    figures = plan.headlines
    if figures is None:
        return ()
    money, day = language.money, language.short_day
    shares = (language.percent(Decimal(str(share))) for share in PERCENTILES)
    months = language.plural("In total, {n} month", "In total, {n} months", len(plan.horizon))
    return (
        ("", language.say("the plan"), *shares),
        (
            language.say("Done by"),
            day(figures.finish_date),
            *(day(simulation.finish_at(share)) for share in PERCENTILES),
        ),
        (
            language.say("First-year budget"),
            money(figures.first_year_budget),
            *(money(simulation.first_year_at(share)) for share in PERCENTILES),
        ),
        (
            months,
            money(figures.horizon_total),
            *(money(simulation.horizon_at(share)) for share in PERCENTILES),
        ),
    )


def simulation_lines(plan: Plan, simulation: SimulationResult, language: Language) -> tuple[str, ...]:
    """Say how likely the plan's own figures are, how the draws were made, and what lies past the calendar."""
    figures, say = plan.headlines, language.say
    if figures is None:
        return ()
    made = say(
        "{draws} draws, seed {seed}, correlation {correlation}.",
        draws=language.number(simulation.draws),
        seed=str(simulation.source.seed),
        correlation=language.trimmed(Decimal(str(simulation.source.correlation))),
    )
    return tuple(
        filter(None, (both_sentence(figures, simulation, language), beyond_sentence(simulation, language), made))
    )


def beyond_sentence(simulation: SimulationResult, language: Language) -> str:
    """Say how many draws are not done when the calendar ends; nothing where all are."""
    if not simulation.beyond_limit:
        return ""
    return language.plural(
        "{n} draw is not done when the calendar ends, on {day}: its date is shown as that day.",
        "{n} draws are not done when the calendar ends, on {day}: their date is shown as that day.",
        simulation.beyond_limit,
        day=language.day(simulation.axis.day(simulation.axis.last)),
    )


def needed_sentence(simulation: SimulationResult, by: date | None, language: Language) -> str:
    """Say which first-year budget holds with 70 % together with a day, or that the day alone holds in fewer draws."""
    if by is None:
        return ""
    needed, day = simulation.budget_for(ENOUGH, by), language.day(by)
    if needed is None:
        chance = chance_text(simulation.chance(by=by), language)
        return language.say(
            "No budget gives {day} a 70% chance: the day alone has a chance of {chance}.", day=day, chance=chance
        )
    return language.say(
        "A 70% chance of finishing by {day} needs {amount} in the first year.", day=day, amount=language.money(needed)
    )
