"""What the first screen says below its figures: of what an amount is a part, since when, in which month, how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zt_planner.domain.money import rounded
from zt_planner.domain.plan import CoverageState
from zt_planner.engine.costing.budget import FIRST_YEAR_MONTHS
from zt_planner.reports.words.labels import product_name

if TYPE_CHECKING:
    from zt_planner.domain.plan import Headlines, Plan
    from zt_planner.language import Language
    from zt_planner.reports.figure import FigureContext


def counted_measures(plan: Plan, state: CoverageState) -> int:
    """Count the NIS2 measures that the finished plan serves so far."""
    return sum(measure.state is state for measure in plan.coverage)


def budget_context(told: FigureContext) -> str:
    """Say how much of the first year is paid once; the whole one-off cost where the work takes longer."""
    plan, figures, language = told.plan, told.figures, told.language
    if len(plan.months) > FIRST_YEAR_MONTHS and figures.finish_date > plan.horizon[FIRST_YEAR_MONTHS - 1].last_day:
        context = language.say("{amount} once, for the whole plan", amount=language.money(figures.one_off_total))
    else:
        context = language.say("of which {amount} is one-off", amount=language.money(figures.one_off_first_year))
    return _without_labour(context, told)


def _without_labour(context: str, told: FigureContext) -> str:
    return context if told.plan.shows_labour else told.language.say("without labour; {context}", context=context)


def run_rate_context(told: FigureContext) -> str:
    """Say which licences stay as they are, where any do; otherwise since when the amount recurs."""
    plan, language = told.plan, told.language
    kept = sorted({holding.kept for holding in plan.mix.holdings if holding.kept}) if plan.mix else []
    if kept:
        names = [product_name(price_id, told.book, language) for price_id in kept]
        return language.say("You already pay for {licences}.", licences=language.listed(names))
    return language.say("once finished on {day}", day=language.day(told.figures.finish_date))


def peak_context(told: FigureContext) -> str:
    """Name the dearest month."""
    return _without_labour(told.language.month(told.figures.peak_month), told)


def peak_text(told: FigureContext) -> str:
    """Write the dearest month with its amount."""
    return f"{told.language.month(told.figures.peak_month)}: {told.language.money(told.figures.peak_amount, 2)}"


def horizon_title(told: FigureContext) -> str:
    """Say over how many months the horizon's cost is."""
    return told.language.plural("Cost over {n} month", "Cost over {n} months", len(told.plan.horizon))


def team_text(figures: Headlines, language: Language) -> str:
    """Say how much of the own people's week is asked for, at most and on average.

    The average is rounded from the figure with two decimals that every file shows: 2.25 there is 2.3 here.
    """
    return language.plural(
        "up to {n} day a week, {average} on average",
        "up to {n} days a week, {average} on average",
        language.trimmed(figures.internal_days_per_week),
        average=language.number(rounded(figures.internal_days_per_week_average, 2), 1),
    )


def own_team(told: FigureContext) -> str:
    """Say how much of the own people's week is asked for."""
    return team_text(told.figures, told.language)


def external_team(told: FigureContext) -> str:
    """Say how much of the consultant's week is asked for at most."""
    days = told.language.trimmed(told.figures.external_days_per_week)
    return told.language.plural("up to {n} day a week", "up to {n} days a week", days)


def work_help(told: FigureContext) -> str:
    """Say what the days are, and what they are worth where that is shown."""
    language = told.language
    if not told.plan.shows_labour:
        return language.say("Person-days of your own people. Effort, not cash: not part of any budget figure.")
    return language.say(
        "Person-days of your own people, worth {value}. Effort, not cash: not part of any budget figure.",
        value=language.money(told.figures.internal_value),
    )


def measures_value(told: FigureContext) -> str:
    """Say how many of all measures are supported."""
    count = counted_measures(told.plan, CoverageState.SUPPORTED)
    return told.language.say("{count} of {of}", count=count, of=len(told.plan.coverage))


def measures_context(told: FigureContext) -> str:
    """Say how many more measures are partly supported."""
    partly = counted_measures(told.plan, CoverageState.PARTLY)
    return told.language.say("supported at the end, {partly} more partly", partly=partly)
